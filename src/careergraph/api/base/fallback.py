"""The fields of a document that a locale lacks, by the declarations of their types."""

from collections.abc import Callable
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from strawberry.utils.str_converters import to_camel_case

from careergraph.api.base.declaration import KEY, Declaration, Shape
from careergraph.api.base.declare import maker
from careergraph.api.base.view import View


class WrittenField(NamedTuple):
    """A field with texts: the function that reads it of an engine value, whether that returns a list, and the fields of
    the objects below; None for a text."""

    name: str
    read: Callable[[Any], Any]
    many: bool
    below: tuple["WrittenField", ...] | None

    def falls_back(self, of: Any, view: View) -> bool:
        """Return whether a text of the field is written, but not in the view's locale."""
        value = self.read(of)
        if not value or self.below is None:
            return view.falls_back(value or {})
        items = value if self.many else (value,)
        return any(field.falls_back(item, view) for item in items for field in self.below)


def fallback_fields(cls: Any, of: object, view: View) -> list[str]:
    """Return the fields of a type, by their names, that are not, or not in every part, written in the view's locale:
    its localized texts, and the objects that are parts of its document."""
    return [field.name for field in _written_fields(cls) if field.falls_back(of, view)]


@cache
def _written_fields(cls: Any) -> tuple[WrittenField, ...]:
    fields = [(field, field.metadata.get(KEY)) for field in cls.__strawberry_definition__.fields]
    return tuple(
        [
            WrittenField(
                to_camel_case(field.python_name),
                _reader(declaration),
                declaration.shape is Shape.CHILDREN,
                _written_fields(maker(field)) if declaration.part else None,
            )
            for field, declaration in fields
            if declaration is not None and (declaration.part or declaration.shape is Shape.LOCALIZED)
        ]
    )


def _reader(declaration: Declaration) -> Callable[[Any], Any]:
    """Return the function that reads a field of an engine value."""
    source = declaration.source
    if not isinstance(source, str):
        return source
    return (lambda of: of) if source == "of" else attrgetter(source)
