"""Interrupted work: in front of each instruction of a function, the work of another thread is done."""

import sys
from collections.abc import Callable
from types import CodeType, FrameType
from typing import Any

Work = Callable[[], Any]
Begin = Callable[[], tuple[Work, Work]]


def interrupted(function: Callable[..., Any], begin: Begin, most: int = 1000) -> list[tuple[Any, Any]]:
    """Return what two pieces of work result in, for each instruction of a function that the first one calls, and for so
    many at most: the second one is done in front of it. Both begin anew for each."""
    results = list[tuple[Any, Any]]()
    while len(results) < most:
        work, other = begin()
        between = _Between(function.__code__, other, len(results))
        result = between.run(work)
        if not between.done:
            break
        results.append((result, between.done[0]))
    return results


class _Between:
    """Some work in front of one instruction of a function, by its place."""

    def __init__(self, code: CodeType, work: Work, place: int) -> None:
        self._code, self._work, self._left = code, work, place
        self.done: list[Any] = []
        """What it resulted in; empty where the function has fewer instructions."""

    def run(self, work: Work) -> Any:
        """Return the result of work that is interrupted."""
        sys.settrace(self._trace)
        try:
            return work()
        finally:
            sys.settrace(None)

    def _trace(self, frame: FrameType, event: str, _: object) -> Callable[..., Any] | None:
        if self.done or frame.f_code is not self._code:
            return None
        frame.f_trace_opcodes = True
        self._left -= event == "opcode"
        if self._left < 0:
            sys.settrace(None)
            self.done.append(self._work())
        return self._trace
