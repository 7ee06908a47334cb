"""Names: what a plan's code calls its local variables and the things it uses."""

from itertools import count


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
