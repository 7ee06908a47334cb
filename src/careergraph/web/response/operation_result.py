"""OperationResult: the result of a GraphQL operation, as the bytes of its response."""

from functools import lru_cache
from typing import Any, TypeAlias

import msgspec

from careergraph.api.base.errors import Formatted

Extensions: TypeAlias = dict[str, Any] | None


class OperationResult(msgspec.Struct, frozen=True):
    """A result. `started` is whether execution began: if not, there is no `data`. `clean` is whether it has no errors,
    `codes` are those of its errors."""

    content: bytes
    started: bool
    clean: bool
    codes: tuple[str, ...] = ()

    @classmethod
    def refused(cls, errors: list[Formatted]) -> "OperationResult":
        """The result of an operation that is not executed."""
        return cls(msgspec.json.encode({"errors": errors}), started=False, clean=False, codes=_codes(errors))

    @classmethod
    def executed(cls, data: Any, errors: list[Formatted] | None, extensions: Extensions) -> "OperationResult":
        """The result of standard execution: errors first, as they are easily missed after the data."""
        body: dict[str, Any] = {"errors": errors} if errors else {}
        body["data"] = data
        if extensions is not None:
            body["extensions"] = extensions
        return cls(msgspec.json.encode(body), started=True, clean=not errors, codes=_codes(errors or []))

    @classmethod
    def planned(cls, content: bytes) -> "OperationResult":
        """The result of a compiled plan, which has no errors."""
        return cls(content, started=True, clean=True)


@lru_cache(1024)
def cost_extensions(requested: int, maximum: int) -> Extensions:
    """`extensions` with the cost of an operation."""
    return {"cost": {"requested": requested, "maximum": maximum}}


def _codes(errors: list[Formatted]) -> tuple[str, ...]:
    return tuple([error["extensions"]["code"] for error in errors])
