"""Fragment code: the shelf of cached fragments that each function of a plan has, and the lines that read it."""

from collections.abc import Mapping

from graphql import GraphQLOutputType, get_nullable_type, is_list_type
from msgspec import Raw

from careergraph.api.compiler.comparison.row_form import RowForm
from careergraph.api.compiler.comparison.statement_bytes import BytesForm
from careergraph.api.compiler.fragment_shelf import COMMA_JOIN
from careergraph.api.compiler.functions import Functions
from careergraph.api.compiler.writer import Names, Writer
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.text.statement import Statement

FORMS = {Statement: BytesForm, GlanceRow: RowForm}
"""The forms in bytes, by the class of the engine."""


class FragmentCode:
    """The shelves of one plan, by number."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._numbers: dict[tuple[str, ...], int] = {}

    def lasting(self, functions: Functions) -> list[bool]:
        """Return whether what is on each shelf holds as long as the objects that it shows: none of its functions reads
        another document."""
        return [not functions.reaches(names) for names in self._numbers]

    def cached(self, writer: Writer, possible: tuple[str, ...], source: Mapping[str, str], expression: str) -> str:
        """Return the expression of an object's fragment, which one of these functions builds: `expression` where it is
        not cached."""
        shelf = self._shelf(writer, source["view"], self._numbers.setdefault(possible, len(self._numbers)))
        name, of = self._names.fresh(), source["of"]
        writer.line(f"{name} = {shelf}_get(id({of}))")
        with writer.block(f"if {name} is None:"):
            writer.line(f"{name} = {shelf}.put({of}, {expression})")
        return name

    def all_cached(self, writer: Writer, function: str, items: str, view: str, around: tuple[bytes, bytes]) -> str:
        """Return the expression of the fragments of a list of objects, each of which stands between the bytes `around`
        it, if any; it raises KeyError where one is not cached."""
        shelf = self._shelf(writer, view, self._numbers.setdefault((function,), len(self._numbers)))
        return f"{shelf}.listed({items}, *{around})" if any(around) else f"list(map({shelf}_item, map(id, {items})))"

    def form(self, writer: Writer, kind: type, function: str, view: str) -> str:
        """Return the local variable of the form of statements or rows whose data a function builds, in a view."""
        number = self._numbers.setdefault((kind.__name__, function), len(self._numbers))
        shelves = self._shelves(writer, view)
        if number not in shelves:
            name = shelves[number] = self._names.fresh()
            form = f"{self._names.thing(kind)}({view}_shelves, {number}, {view}, {function}, shelves_of)"
            writer.follow(view, f"{name} = {form}")
        return shelves[number]

    def narrated(self, writer: Writer, kind: type, type_: GraphQLOutputType, item: str, cost: int) -> str:
        """Return the expression of what a form of a kind made: a list of a GraphQL type, or one statement that may be
        None. Each statement costs so much."""
        raw = self._names.thing(Raw)
        if kind is RowForm:
            writer.spend(f"{item}[0]")
            return f"{item}[1]"
        if not is_list_type(get_nullable_type(type_)):
            writer.spend(f"({item} is not None) * {cost}")
            return f"(None if {item} is None else {raw}({item}))"
        writer.spend(f"len({item}) * {cost}" if cost > 1 else f"len({item})")  # nearly all statements have two facts
        return f'{raw}(b"[" + {self._names.thing(COMMA_JOIN)}({item}) + b"]")'

    def _shelf(self, writer: Writer, view: str, number: int) -> str:
        """Return the local variable of a shelf of a view; its `get` is a variable beside it."""
        shelves = self._shelves(writer, view)
        if number not in shelves:
            name = shelves[number] = self._names.fresh()
            reads = f"{name}_get = {name}.get; {name}_item = {name}.__getitem__"
            writer.follow(view, f"{name} = {view}_shelves[{number}]; {reads}")
        return shelves[number]

    def _shelves(self, writer: Writer, view: str) -> dict[int, str]:
        """Return the variables of the shelves of a view, by number; the list of all is a variable of its own."""
        if view not in writer.shelves:
            writer.shelves[view] = {}
            writer.follow(view, f"{view}_shelves = shelves_of({view})")
        return writer.shelves[view]
