"""Answer: what a GraphQL request is answered with, as the bytes that are sent."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import msgspec

from careergraph.api.base.errors import Formatted

Extensions: TypeAlias = dict[str, Any] | None


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
    def executed(cls, data: Any, errors: list[Formatted] | None, extensions: Extensions) -> "Answer":
        """The answer of an execution: errors first, as they are easily missed behind the data."""
        body: dict[str, Any] = {"errors": errors} if errors else {}
        body["data"] = data
        if extensions is not None:
            body["extensions"] = extensions
        return cls(msgspec.json.encode(body), started=True, clean=not errors, codes=_codes(errors or []))

    @classmethod
    def planned(cls, content: bytes) -> "Answer":
        """The answer of a compiled plan, which has no errors."""
        return cls(content, started=True, clean=True)


def cost_shown(requested: int, maximum: int) -> Extensions:
    """`extensions` with the cost of an operation."""
    return {"cost": {"requested": requested, "maximum": maximum}}


def _codes(errors: list[Formatted]) -> tuple[str, ...]:
    return tuple([error["extensions"]["code"] for error in errors])
