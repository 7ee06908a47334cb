"""The problems of import jobs, as they are stored."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

import msgspec

from careergraph.editorial.content.problem import Problem, ProblemCode

MOST_PROBLEMS = 200
"""The most problems that a job keeps."""


def plain(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Return problems as a job keeps them."""
    kept: list[dict[str, Any]] = msgspec.to_builtins(list(islice(problems, MOST_PROBLEMS)))
    return kept


def stopped(message: str) -> list[dict[str, Any]]:
    """Return the problem of a job whose process ended before it did."""
    return plain([Problem(ProblemCode.STOPPED, message)])
