"""Names: those of our types begin with the host's prefix, and a name that two types have is an error."""

from typing import Any

from strawberry.schema.name_converter import NameConverter
from strawberry.types.base import StrawberryObjectDefinition
from strawberry.types.enum import StrawberryEnumDefinition
from strawberry.types.union import StrawberryUnion


class PrefixedNames(NameConverter):
    """The names of a schema, in which those of our types begin with a prefix."""

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix
        self._origins: dict[str, tuple[str, ...]] = {}

    def from_type(self, type_: Any) -> str:
        """Return the name of a type. Raises TypeError where another type has it."""
        name = super().from_type(type_)
        origin = _origin(type_)
        if origin and all(it.startswith("careergraph.") for it in origin):
            name = self._prefix + name
        first = self._origins.setdefault(name, origin)
        if first != origin:
            raise TypeError(
                f"Two types are called {name}: {', '.join(first)} and {', '.join(origin)}. Another prefix for those of "
                "careergraph keeps them apart."
            )
        return name


def _origin(type_: Any) -> tuple[str, ...]:
    """The paths of the classes that a type is made of; none for a scalar or a directive."""
    if isinstance(type_, StrawberryObjectDefinition):
        return (path(type_.origin),)
    if isinstance(type_, StrawberryEnumDefinition):
        return (path(type_.wrapped_cls),)
    if isinstance(type_, StrawberryUnion):
        return tuple(path(it) for it in type_.types)
    return ()


def path(cls: Any) -> str:
    """Return the path of a class."""
    return f"{cls.__module__}.{cls.__qualname__}"
