"""Writer: the text of one function of a plan, line by line, as its blocks open and close; and the names in it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count

DEEPEST = 12
"""Blocks that may stand in each other; Python itself allows 20 loops."""


class Names:
    """Gives names that are not taken, and keeps what the names of things stand for."""

    def __init__(self, things: dict[str, object]) -> None:
        self.things = dict(things)
        self._known: dict[int, str] = {}
        self._numbers = count(1)

    def fresh(self) -> str:
        """The name of a new local variable."""
        return f"v{next(self._numbers)}"

    def thing(self, thing: object) -> str:
        """The name of a thing that the code uses: a function, a class, a constant."""
        if thing is None or thing is True or thing is False:
            return repr(thing)
        if (name := self._known.get(id(thing))) is None:
            name = self._known[id(thing)] = f"c{next(self._numbers)}"
            self.things[name] = thing  # which also keeps it, so that its id stays its own
        return name


class Writer:
    """The lines of one function."""

    def __init__(self, head: str, parameters: Iterable[str]) -> None:
        self._lines: list[list[str]] = [[head]]
        self._set: dict[str, tuple[int, int]] = dict.fromkeys(parameters, (0, 1))
        self.present = set(self._set)
        """The variables that hold an object from the line on that sets them."""
        self._depth = 1
        self._spent: list[str] = []
        self.steps: dict[tuple[str, str], str] = {}
        """The variables of what several paths begin with, by the variable and the attribute."""
        self.shelves: dict[str, dict[int, str]] = {}
        """The variables that have shelves, by their numbers, by the variable of their view."""

    def line(self, text: str) -> None:
        """Adds a line to the block that is open."""
        self._lines.append([" " * self._depth + text])

    def let(self, name: str, value: str) -> None:
        """Sets a local variable."""
        self._set[name] = (len(self._lines), self._depth)
        self.line(f"{name} = {value}")

    def follow(self, name: str, text: str) -> None:
        """Adds a line right behind the one that sets a variable, so that it holds wherever the variable does."""
        place, depth = self._set[name]
        self._lines[place].append(" " * depth + text)

    def path(self, of: str, path: str, names: Names) -> str:
        """Return the expression of a path from an object; what several paths begin with is computed once."""
        first, _, rest = path.partition(".")
        if not rest or of not in self.present:
            return f"{of}.{path}"
        if (step := self.steps.get((of, first))) is None:
            step = self.steps[of, first] = names.fresh()
            self.follow(of, f"{step} = {of}.{first}")
        return f"{step}.{rest}"

    def reserve(self) -> Callable[[str], None]:
        """Keeps the place of a line; returns the function that writes it."""
        lines: list[str] = []
        self._lines.append(lines)
        depth = self._depth
        return lambda text: lines.append(" " * depth + text)

    def spend(self, objects: str) -> None:
        """Take objects from the budget, at once with others: when the block ends."""
        self._spent.append(objects)

    def settle(self) -> None:
        """Write the line that takes from the budget what was spent."""
        if self._spent:
            self.line(f"spend({' + '.join(self._spent)})")
            self._spent = []

    @contextmanager
    def block(self, head: str) -> Iterator[None]:
        """Opens a block."""
        spent, self._spent = self._spent, []
        self.line(head)
        self._depth += 1
        yield
        self.settle()
        self._depth -= 1
        self._spent = spent

    @property
    def deep(self) -> bool:
        """Whether it is time for a function of its own."""
        return self._depth > DEEPEST

    def text(self) -> str:
        """The whole function."""
        return "\n".join([text for lines in self._lines for text in lines]) + "\n"
