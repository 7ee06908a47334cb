"""Answer: what a GraphQL request is answered with, as the bytes that are sent."""

from dataclasses import dataclass
from typing import Any

import msgspec

from careergraph.api.errors import Formatted


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL answer. `started` says whether execution began: if not, there is no data to speak of. `clean` says that
    it has no errors; `codes` are those of its errors."""

    content: bytes
    started: bool
    clean: bool
    codes: tuple[str, ...] = ()

    @classmethod
    def refused(cls, errors: list[Formatted]) -> "Answer":
        """The answer to an operation that is not executed."""
        return cls(msgspec.json.encode({"errors": errors}), started=False, clean=False, codes=_codes(errors))

    @classmethod
    def executed(cls, data: Any, errors: list[Formatted] | None, cost: bytes) -> "Answer":
        """The answer of an execution: errors first, as they are easily missed behind the data."""
        shown: dict[str, Any] = {"errors": errors} if errors else {}
        content = _with(msgspec.json.encode({**shown, "data": data}), cost)
        return cls(content, started=True, clean=not errors, codes=_codes(errors or []))

    @classmethod
    def planned(cls, content: bytes, cost: bytes) -> "Answer":
        """The answer of a compiled plan, which has no errors."""
        return cls(_with(content, cost), started=True, clean=True)


def cost_shown(requested: int, maximum: int) -> bytes:
    """`extensions` with the cost of an operation, as it stands at the end of an answer."""
    return b',"extensions":{"cost":{"requested":%d,"maximum":%d}}}' % (requested, maximum)


def _codes(errors: list[Formatted]) -> tuple[str, ...]:
    return tuple([error["extensions"]["code"] for error in errors])


def _with(content: bytes, cost: bytes) -> bytes:
    return content[:-1] + cost if cost else content
