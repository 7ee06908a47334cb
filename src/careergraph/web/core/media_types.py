"""The media types a GraphQL answer has, and which of them a client asked for."""

from enum import StrEnum
from functools import lru_cache

from careergraph.web.core.codes import Refusal, WebCode


class Media(StrEnum):
    """The media type of an answer. Those of GraphQL differ in status: `application/json` is 200 for whatever is
    well-formed. Pages are HTML, their
    downloads CSV."""

    RESPONSE = "application/graphql-response+json"
    JSON = "application/json"
    HTML = "text/html"
    CSV = "text/csv"

    __hash__ = str.__hash__  # an enum's own is Python code, and kept answers are looked up by it


EVENT_STREAM = "text/event-stream"
"""The media type of what goes on: the results of a subscription."""


@lru_cache(maxsize=256)
def forms(accept: bytes) -> tuple[Media | None, bool]:
    """The media type for an `Accept` header, and whether it names that of events. A wildcard, which expects an end,
    does not. None where only events are accepted. Raises Refusal (NOT_ACCEPTABLE) where nothing of ours is."""
    text = accept.decode("latin-1")
    events = weights(text).get(EVENT_STREAM, 0.0) > 0
    try:
        return accepted(text), events
    except Refusal:
        if not events:
            raise
        return None, True


@lru_cache(maxsize=256)
def accepted(accept: str | None) -> Media:
    """The media type for an `Accept` header: the better weighted one that it names, JSON where a wildcard decides.

    Raises Refusal (NOT_ACCEPTABLE) where it allows neither.
    """
    if accept is None or not accept.strip():
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
    """The media type of a `Content-Type` header and its charset, both in lower case; `utf-8` where it names none."""
    kind, *parameters = (part.strip().lower() for part in content_type.split(";"))
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset":
            return kind, value.strip().strip('"')
    return kind, "utf-8"


def weights(accept: str) -> dict[str, float]:
    """The weights of a header such as `Accept`, by what it names in lower case; 0 where one is no number."""
    weight_of: dict[str, float] = {}
    for item in accept.split(","):
        kind, *parameters = (part.strip().lower() for part in item.split(";"))
        weight_of[kind] = max(weight_of.get(kind, 0.0), _weight(parameters))
    return weight_of


def _weight(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return float(value)
            except ValueError:
                return 0.0
    return 1.0
