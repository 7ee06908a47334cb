"""The media types of responses, and which of them a client accepts."""

from enum import StrEnum

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.short_memo import ShortMemo


class Media(StrEnum):
    """The media type of a response. Those of GraphQL differ in status: with `application/json` each well-formed request
    gets 200. Pages are HTML, their downloads CSV."""

    RESPONSE = "application/graphql-response+json"
    JSON = "application/json"
    HTML = "text/html"
    CSV = "text/csv"

    __hash__ = str.__hash__  # an enum's own is Python code, and cached responses are looked up by it


EVENT_STREAM = "text/event-stream"
"""The media type of a stream: the results of a subscription, or of any operation whose client takes nothing else."""


@ShortMemo
def forms(accept: bytes) -> tuple[Media | None, bool]:
    """The media type for an `Accept` header, None if it accepts only events; and whether it names that of events, which
    a wildcard does not. Raises Refusal (NOT_ACCEPTABLE)."""
    text = accept.decode("latin-1")
    events = weights(text).get(EVENT_STREAM, 0.0) > 0
    try:
        return accepted(text), events
    except Refusal:
        if not events:
            raise
        return None, True


@ShortMemo
def accepted(accept: str) -> Media:
    """The media type for an `Accept` header: the better weighted one that it names; JSON if a wildcard decides. Raises
    Refusal (NOT_ACCEPTABLE)."""
    if not accept.strip():
        return Media.JSON
    named = weights(accept)
    wildcard = named.get("application/*", named.get("*/*", 0.0))
    response = named.get(Media.RESPONSE, 0.0)
    json = named.get(Media.JSON, wildcard)
    if response > 0 and response >= json:
        return Media.RESPONSE
    if json > 0:
        return Media.JSON
    raise Refusal(WebCode.NOT_ACCEPTABLE, f"The answer can be {Media.RESPONSE} or {Media.JSON}.")


def essence(content_type: str) -> tuple[str, str]:
    """The media type of a `Content-Type` header and its charset, both in lower case; `utf-8` without one."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    charset = _parameter(parameters, "charset")
    return kind, "utf-8" if charset is None else charset.strip('"')


def weights(accept: str) -> dict[str, float]:
    """The weights of a header such as `Accept`, by its items in lower case; 0 for a weight that is no number."""
    weight_of: dict[str, float] = {}
    for item in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in item.split(";"))
        weight_of[kind] = max(weight_of.get(kind, 0.0), _weight(parameters))
    return weight_of


def _weight(parameters: list[str]) -> float:
    weight = _parameter(parameters, "q")
    try:
        return 1.0 if weight is None else float(weight)
    except ValueError:
        return 0.0


def _parameter(parameters: list[str], name: str) -> str | None:
    """The value of the first parameter of a name; None without one."""
    pairs = (parameter.partition("=") for parameter in parameters)
    return next((value.strip() for key, _, value in pairs if key.strip() == name), None)
