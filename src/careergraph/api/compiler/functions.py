"""Functions: the code of a plan's functions, and which of them depend on the variables of a request, or on more of the
catalog than the object that they show."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from graphql import FieldNode, print_ast
from graphql.execution.values import VariableValues

from careergraph.api.base.context import Context
from careergraph.api.compiler.writer import Names, Writer

SHARED = ("variables", "shelves_of", "spend")
"""The parameters of every function, after its own."""

Spend = Callable[[int], None]
Run = Callable[[Context, VariableValues, Spend], Any]
"""The function of a whole operation."""


class Functions:
    """The functions of one plan. The same selection of one type is one function."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._texts: list[str] = []
        self._known: dict[tuple[object, ...], str] = {}
        self._asked: dict[int, str] = {}
        self._open: list[str] = []
        self._vary: set[str] = set()
        self._reach: set[str] = set()

    @property
    def text(self) -> str:
        """The code of all functions and tables."""
        return "\n".join(self._texts)

    def of(
        self,
        cls: type,
        places: Iterable[str],
        nodes: Iterable[FieldNode],
        body: Callable[[Writer, Mapping[str, str]], str],
    ) -> str:
        """Return the name of the function that builds the selected data of a type; `body` returns its expression."""
        key = (cls, *[self._selected(it) for it in nodes])
        if (name := self._known.get(key)) is None:
            name = self._known[key] = f"f{len(self._known)}"
            source = {place: self._names.fresh() for place in places}
            self.write(name, source.values(), lambda writer: body(writer, source))
        if name in self._vary:
            self.vary()
        if name in self._reach:
            self.reach()
        return name

    def write(self, name: str, parameters: Iterable[str], body: Callable[[Writer], str]) -> None:
        """Write a function that returns an expression; `body` returns it, after writing the lines that it needs."""
        writer = Writer(f"def {name}({', '.join((*parameters, *SHARED))}):", parameters)
        self._open.append(name)
        result = body(writer)
        writer.settle()
        writer.line(f"return {result}")
        self._open.pop()
        self._texts.append(writer.text())

    def vary(self) -> None:
        """Note that the functions being written depend on the request's variables."""
        self._vary.update(self._open)

    def varies(self, names: Iterable[str]) -> bool:
        """Return whether any of these functions depends on the request's variables."""
        return not self._vary.isdisjoint(names)

    def reach(self) -> None:
        """Note that the functions being written read other documents than the object that they show."""
        self._reach.update(self._open)

    def reaches(self, names: Iterable[str]) -> bool:
        """Return whether any of these functions does."""
        return not self._reach.isdisjoint(names)

    def call(self, function: str, source: Mapping[str, str]) -> str:
        """Return the expression that calls a function for an object."""
        return f"{function}({', '.join((*source.values(), *SHARED))})"

    def table(self, by_class: Mapping[type, str]) -> str:
        """Return the name of a table of functions by class."""
        name = self._names.fresh()
        entries = ", ".join(f"{self._names.thing(cls)}: {function}" for cls, function in by_class.items())
        self._texts.append(f"{name} = {{{entries}}}\n")
        return name

    def _selected(self, node: FieldNode) -> str:
        if (text := self._asked.get(id(node))) is None:
            text = self._asked[id(node)] = print_ast(node.selection_set) if node.selection_set else ""
        return text
