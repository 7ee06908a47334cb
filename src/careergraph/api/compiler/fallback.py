"""Fallbacks: why a plan leaves a request to standard execution, which is counted and logged."""

import logging
import secrets
from collections import Counter
from collections.abc import Mapping
from enum import StrEnum
from threading import Lock

from graphql import GraphQLError

from careergraph.engine.errors import CodedError

LOG = logging.getLogger("careergraph.api")


class Reason(StrEnum):
    """The reasons of fallbacks: a bounded label of a metric."""

    NEW = "new"  # an operation is compiled when it comes again
    DIRECTIVE = "directive"  # one beside @skip and @include, or a null in these
    INTROSPECTION = "introspection"
    HOST = "host"  # the schema, a type or a field is a host's
    REQUEST = "request"  # a field below the root reads the request
    ARGUMENT = "argument"  # an argument is refused
    SIZE = "size"  # too many fields, or too many ways to select them
    VALUE = "value"  # a value has to be completed, or is refused
    REFUSED = "refused"  # a resolver refuses the request, as it will in standard execution
    BUG = "bug"


class Unplanned(Exception):
    """A plan does not cover this: standard execution answers."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class Fallbacks:
    """The fallbacks of one operation. Each reason is logged the first time."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._logged: set[Reason] = set()

    def note(self, problem: Exception) -> None:
        """Count a fallback, and log it where its reason is new. A bug is logged as an error with an id."""
        reason = _reason(problem)
        with _lock:
            _counts[reason] += 1
        if reason in self._logged:
            return
        self._logged.add(reason)
        if reason is Reason.BUG:
            name = secrets.token_hex(8)
            LOG.error("fault id=%s in the plan of %s: %s", name, self._title, type(problem).__name__, exc_info=problem)
        else:  # a new operation is no news
            level = logging.DEBUG if reason is Reason.NEW else logging.INFO
            LOG.log(level, "no plan for %s: reason=%s, %s", self._title, reason, problem)


def fallback_counts() -> Mapping[Reason, int]:
    """Return how many requests of this process fell back, by reason."""
    with _lock:
        return {reason: _counts[reason] for reason in Reason}


def _reason(problem: Exception) -> Reason:
    if isinstance(problem, Unplanned):
        return problem.reason
    return Reason.REFUSED if isinstance(problem, CodedError | GraphQLError) else Reason.BUG


_counts: Counter[Reason] = Counter()
_lock = Lock()
