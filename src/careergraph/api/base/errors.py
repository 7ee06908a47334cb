"""Errors as a client sees them: each has a code; a fault of the server has only an id that the log has too."""

import logging
import re
import secrets
from collections.abc import Iterable
from typing import Any, TypeAlias

from graphql import GraphQLError, GraphQLSyntaxError

from careergraph.api.base.codes import GraphQLCode
from careergraph.engine.errors import CodedError

LOG = logging.getLogger("careergraph.api")

Formatted: TypeAlias = dict[str, Any]
"""One entry of `errors` in an answer."""

MASK = "An internal error occurred."
LONGEST = 400
"""The most characters of a message that is answered, so that no message carries a client's input back at length."""

_SUGGESTION = re.compile(r"\s*Did you mean .*?\?(?=\s|$)", re.DOTALL)
_CLIENT = re.compile(r"(Argument|Variable) ")
"""How graphql-core's own execution errors begin where the request is at fault; any other is the server's."""


def explained(errors: Iterable[GraphQLError], code: str | None = None) -> list[Formatted]:
    """Return the errors of a document that is not executed: GRAPHQL_PARSE_FAILED or GRAPHQL_VALIDATION_FAILED, or
    `code` instead. An error with a code of its own keeps it."""
    return [_placed(error, _entry(error, code or _stage(error))) for error in errors]


def executed(errors: Iterable[GraphQLError], request_id: str = "-") -> list[Formatted]:
    """Return the errors of an execution: refusals with their own code, faults masked. A fault that repeats is logged
    once."""
    entries: list[Formatted] = []
    faults: dict[tuple[object, ...], Formatted] = {}
    for error in errors:
        formatted = _refusal(error)
        if formatted is None:
            problem = _origin(error)
            key = (type(problem), error.message, _field(error))
            if key not in faults:
                faults[key] = fault(problem, f"field {_field(error)} request={request_id}")
            formatted = faults[key]
        else:
            _drop_frames(error)
        entries.append(_placed(error, formatted))
    return entries


def _drop_frames(error: GraphQLError) -> None:
    """Drop the tracebacks of an error that is no fault, and of those behind it. Their frames hold the errors, and the
    catalog: all of it would stay until the garbage collector comes by."""
    one: BaseException | None = error
    while one is not None:
        one.__traceback__ = None
        one = getattr(one, "original_error", None) or one.__cause__ or one.__context__


def add_code(error: GraphQLError) -> bool:
    """Return whether the request caused an error of ours; its code is put into `extensions`, for a schema of the
    host's."""
    if isinstance(_origin(error), CodedError):
        error.extensions = (_refusal(error) or {})["extensions"]
    return bool(_own_code(error))


def fault(problem: BaseException, where: str) -> Formatted:
    """Log a bug with its traceback, and return the masked error with the id of the log entry.

    graphql-core's own errors are logged without a traceback: it quotes the query, which is never logged.
    """
    name = secrets.token_hex(8)
    quotes = isinstance(problem, GraphQLError)
    detail = problem.message if isinstance(problem, GraphQLError) else type(problem).__name__
    LOG.error("fault id=%s at %s: %s", name, where, detail, exc_info=None if quotes else problem)
    return {"message": MASK, "extensions": {"code": GraphQLCode.INTERNAL_ERROR.value, "id": name}}


HINTS = ("field", "argument", "right")
"""What refusals of editors may tell beside their code: the field of a document that is outside of the scope; the
condition of a filter that names what there is not, and what would be right."""


def _refusal(error: GraphQLError) -> Formatted | None:
    """Return the error if the request caused it; None for a fault of the server."""
    origin = _origin(error)
    if isinstance(origin, CodedError):
        return {"message": origin.message, "extensions": {"code": origin.code.value, **origin.extensions}}
    if error.path is None or (isinstance(origin, GraphQLError) and _CLIENT.match(error.message)):
        return _entry(error, GraphQLCode.BAD_USER_INPUT)
    return _entry(error, None) if _own_code(error) else None


def _entry(error: GraphQLError, code: str | None) -> Formatted:
    extensions = error.extensions or {}
    named = {name: extensions[name] for name in HINTS if extensions.get(name)}
    return {"message": _clean(error.message), "extensions": {"code": str(_own_code(error) or code), **named}}


def _own_code(error: GraphQLError) -> object:
    return (error.extensions or {}).get("code")


def _stage(error: GraphQLError) -> GraphQLCode:
    syntax = isinstance(error, GraphQLSyntaxError)
    return GraphQLCode.GRAPHQL_PARSE_FAILED if syntax else GraphQLCode.GRAPHQL_VALIDATION_FAILED


def _origin(error: GraphQLError) -> BaseException:
    """Return the error at the root: graphql-core wraps errors, its own included."""
    origin: BaseException = error
    while isinstance(origin, GraphQLError) and origin.original_error is not None:
        origin = origin.original_error
    return origin


def _placed(error: GraphQLError, formatted: Formatted) -> Formatted:
    placed: Formatted = {"message": formatted["message"]}
    if error.locations:
        placed["locations"] = [{"line": place.line, "column": place.column} for place in error.locations[:10]]
    if error.path is not None:
        placed["path"] = error.path
    placed["extensions"] = formatted["extensions"]
    return placed


def _clean(message: str) -> str:
    stripped = _SUGGESTION.sub("", message)
    return stripped if len(stripped) <= LONGEST else stripped[: LONGEST - 1] + "…"


def _field(error: GraphQLError) -> str:
    """Return the name of the field in the schema: a path would hold the aliases of the client."""
    for node in error.nodes or ():
        name = getattr(node, "name", None)
        if name is not None:
            return str(name.value)
    return "?"
