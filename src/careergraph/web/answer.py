"""Answer: what a GraphQL request is answered with, as the bytes that are sent."""

from dataclasses import dataclass
from typing import Any

import msgspec

from careergraph.api.errors import Formatted


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL answer. `started` says whether execution began: if not, there is no data to speak of. `clean` says that
    it has no errors."""

    content: bytes
    started: bool
    clean: bool

    @classmethod
    def refused(cls, errors: list[Formatted]) -> "Answer":
        """The answer to an operation that is not executed."""
        return cls(msgspec.json.encode({"errors": errors}), started=False, clean=False)

    @classmethod
    def executed(cls, data: Any, errors: list[Formatted] | None, cost: bytes) -> "Answer":
        """The answer of an execution: errors first, as they are easily missed behind the data."""
        shown: dict[str, Any] = {"errors": errors} if errors else {}
        return cls(_with(msgspec.json.encode({**shown, "data": data}), cost), started=True, clean=not errors)

    @classmethod
    def planned(cls, content: bytes, cost: bytes) -> "Answer":
        """The answer of a compiled plan, which has no errors."""
        return cls(_with(content, cost), started=True, clean=True)


def cost_shown(requested: int, maximum: int) -> bytes:
    """`extensions` with the cost of an operation, as it stands at the end of an answer."""
    return b',"extensions":{"cost":{"requested":%d,"maximum":%d}}}' % (requested, maximum)


def _with(content: bytes, cost: bytes) -> bytes:
    return content[:-1] + cost if cost else content
