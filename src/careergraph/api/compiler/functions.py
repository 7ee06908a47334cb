"""Functions: the text of a plan's functions, and which of them depend on the variables of a request."""

from collections.abc import Callable, Iterable, Mapping

from graphql import FieldNode, print_ast

from careergraph.api.compiler.expression import Make
from careergraph.api.compiler.names import Names
from careergraph.api.compiler.reading import places
from careergraph.api.compiler.writer import Writer

GIVEN = ("variables", "shelves_of", "spend")
"""The parameters of every function, behind those of its own."""


class Functions:
    """The functions of one plan. What is asked for alike of one class is one function."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._texts: list[str] = []
        self._known: dict[tuple[object, ...], str] = {}
        self._asked: dict[int, str] = {}
        self._open: list[str] = []
        self._vary: set[str] = set()

    @property
    def text(self) -> str:
        """All functions and tables."""
        return "\n".join(self._texts)

    def of(self, cls: type, nodes: Iterable[FieldNode], body: Callable[[Writer, Make], str]) -> str:
        """The name of the function that shows what these fields select of a class; `body` gives its expression."""
        key = (cls, *[self._selected(it) for it in nodes])
        if (name := self._known.get(key)) is None:
            name = self._known[key] = f"f{len(self._known)}"
            fields = {place: self._names.fresh() for place in places(cls)}
            self.write(name, fields.values(), lambda writer: body(writer, Make(cls, fields)))
        if name in self._vary:
            self.vary()
        return name

    def write(self, name: str, parameters: Iterable[str], body: Callable[[Writer], str]) -> None:
        """Writes a function that returns an expression; `body` gives it, and adds the lines that it needs."""
        writer = Writer(f"def {name}({', '.join((*parameters, *GIVEN))}):", parameters)
        self._open.append(name)
        writer.line(f"return {body(writer)}")
        self._open.pop()
        self._texts.append(writer.text())

    def vary(self) -> None:
        """Notes that what is being written depends on the request's variables."""
        self._vary.update(self._open)

    def varies(self, names: Iterable[str]) -> bool:
        """Whether any of these functions depends on the request's variables."""
        return not self._vary.isdisjoint(names)

    def call(self, function: str, fields: Mapping[str, str]) -> str:
        """The expression that calls a function for an object that is known by its private fields."""
        return f"{function}({', '.join((*fields.values(), *GIVEN))})"

    def table(self, by_class: Mapping[type, str]) -> str:
        """The name of a table of functions by class; it can be made only where the functions are."""
        name = self._names.fresh()
        entries = ", ".join(f"{self._names.thing(cls)}: {function}" for cls, function in by_class.items())
        self._texts.append(f"{name} = {{{entries}}}\n")
        return name

    def _selected(self, node: FieldNode) -> str:
        if (text := self._asked.get(id(node))) is None:
            text = self._asked[id(node)] = print_ast(node.selection_set) if node.selection_set else ""
        return text
