"""Places: a bound on the work that waits or runs at once."""

from careergraph.web.core.codes import overloaded


class Places:
    """At most `most` blocks of `with places:` at once; entering one more raises Refusal (OVERLOADED)."""

    def __init__(self, most: int) -> None:
        self._free = most

    def __enter__(self) -> None:
        if self._free <= 0:
            raise overloaded()
        self._free -= 1

    def __exit__(self, *_: object) -> None:
        self._free += 1
