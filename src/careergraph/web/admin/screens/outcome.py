"""Outcome: how a verb ended, as templates show it."""

from typing import Any

from careergraph.web.admin.visit import Data


def refusal_of(result: Data) -> dict[str, Any]:
    """The values of a screen whose verb did nothing: its problems, or that somebody was quicker. Empty otherwise."""
    if result["__typename"] == "Rejected":
        return {"status": 422, "problems": result["problems"]}
    return {"status": 409, "conflicted": True} if result["__typename"] == "Conflict" else {}
