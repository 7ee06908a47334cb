"""Leaves: scalars and enums, as the standard path makes them.

Their text is written by the same JSON encoder, so what matters here is that it gets the same values: a value of the
very type that the scalar stands for is one already, and any other goes the way that it goes in standard execution.
"""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from graphql import GraphQLEnumType, GraphQLLeafType, Undefined

from careergraph.api.compiler.fallback import Reason, Unplanned
from careergraph.api.compiler.writer import Names, Writer


class Leaves:
    """The functions and tables of one plan's leaves, one for each type."""

    def __init__(self, names: Names) -> None:
        self._things = names
        self._completed: dict[str, Callable[[Any], Any]] = {}
        self._names: dict[str, Mapping[Any, str]] = {}

    def write(self, writer: Writer, type_: GraphQLLeafType, name: str, *, required: bool) -> str:
        """Return the expression of the leaf in a local variable, after writing the line that completes it."""
        if isinstance(type_, GraphQLEnumType):
            names = self._things.thing(self.names_of(type_))
            return f"{names}[{name}]" if required else f"(None if {name} is None else {names}[{name}])"
        test = TESTS.get(type_.name, "True").format(name)
        test = test if required else f"{name} is not None and ({test})"
        writer.line(f"if {test}: {name} = {self._things.thing(self.completed(type_))}({name})")
        return name

    def completed(self, type_: GraphQLLeafType) -> Callable[[Any], Any]:
        """Return a function that completes any value of a leaf. It raises where standard execution has an error."""
        return self._completed.setdefault(type_.name, _completed(type_))

    def names_of(self, type_: GraphQLEnumType) -> Mapping[Any, str]:
        """The names of an enum by its values. The engine's own members equal those values, and hash alike."""
        return self._names.setdefault(type_.name, {value.value: name for name, value in type_.values.items()})


def _completed(type_: GraphQLLeafType) -> Callable[[Any], Any]:
    def complete(value: Any) -> Any:
        coerced = None if value is None else type_.coerce_output_value(value)
        if coerced is None or coerced is Undefined or (type(coerced) is float and not isfinite(coerced)):
            raise Unplanned(Reason.VALUE, f"{type_} is null")
        return coerced

    return complete


TESTS: Mapping[str, str] = {
    "String": "type({0}) is not str",
    "ID": "type({0}) is not str",
    "Int": "type({0}) is not int or not -2147483648 <= {0} <= 2147483647",
    "Float": "type({0}) is not float or not isfinite({0})",
    "Boolean": "type({0}) is not bool",
}
"""The test, by scalar, of a value that has to be completed first."""


def refuse() -> None:
    """Leave the request to standard execution."""
    raise Unplanned(Reason.VALUE, "a value has to be completed, or refused")


def listed(value: object) -> object:
    """Return a list of a resolver. Standard execution takes more than these."""
    if type(value) is not list and type(value) is not tuple:
        raise Unplanned(Reason.VALUE, "a list is no list")
    return value
