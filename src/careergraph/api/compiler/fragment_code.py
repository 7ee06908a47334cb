"""Shelving: which shelf of kept fragments each function of a plan has, and the lines that take from it."""

from careergraph.api.compiler.names import Names
from careergraph.api.compiler.writer import Writer


class FragmentCode:
    """The shelves of one plan, by number."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._numbers: dict[tuple[str, ...], int] = {}

    def __len__(self) -> int:
        return len(self._numbers)

    def kept(self, writer: Writer, behind: tuple[str, ...], of: str, view: str | None, expression: str) -> str | None:
        """The expression of the fragment that these functions show of an object: `expression` where it is not kept.

        None where there is no view to say of which edition it would be kept.
        """
        view = next(iter(writer.shelves), None) if view is None else view  # what has no view is alike in all of them
        if view is None:
            return None
        shelf = self._shelf(writer, view, self._numbers.setdefault(behind, len(self._numbers)))
        name = self._names.fresh()
        writer.line(f"{name} = {shelf}_get(id({of}))")
        with writer.block(f"if {name} is None:"):
            writer.line(f"{name} = {shelf}.put({of}, {expression})")
        return name

    def _shelf(self, writer: Writer, view: str, number: int) -> str:
        """The local variable that has a shelf of a view, with its `get` beside it."""
        shelves = writer.shelves.setdefault(view, {})
        if number not in shelves:
            if not shelves:
                writer.follow(view, f"{view}_shelves = shelves_of({view})")
            name = shelves[number] = self._names.fresh()
            writer.follow(view, f"{name} = {view}_shelves[{number}]; {name}_get = {name}.get")
        return shelves[number]
