"""What a request asks for: the parameters of GraphQL over HTTP, read from a POST body or a GET address."""

from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import anyio
import msgspec
from starlette.requests import Request

from careergraph.web.codes import Refusal, WebCode
from careergraph.web.config import Config
from careergraph.web.media import Media, essence

Read = TypeVar("Read")

PREFLIGHT_HEADERS = (
    "graphql-require-preflight",
    "apollo-require-preflight",
    "x-apollo-operation-name",
    "x-requested-with",
)
"""Headers that a page of another site cannot send unless this server gives it leave (a CORS preflight)."""

_SIMPLE = ("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")


class Parameters(msgspec.Struct, frozen=True, rename="camel"):
    """The parameters of one GraphQL request."""

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None


_BODY = msgspec.json.Decoder(Parameters)
_MAP = msgspec.json.Decoder(dict[str, Any] | None)


async def read(request: Request, config: Config) -> Parameters:
    """The parameters of a GET or POST request. Raises Refusal for whatever is no GraphQL request."""
    if request.method == "POST":
        parameters = await _posted(request, config)
    else:
        _refuse_cross_site(request)
        parameters = _asked(request.scope["query_string"])
    if not parameters.query:
        raise _without_query(parameters)
    return parameters


async def _posted(request: Request, config: Config) -> Parameters:
    kind, charset = essence(request.headers.get("content-type", ""))
    if kind != Media.JSON or charset not in ("utf-8", "utf8"):
        raise Refusal(WebCode.UNSUPPORTED_MEDIA_TYPE, f"A POST needs Content-Type: {Media.JSON}, in UTF-8.")
    if request.headers.get("content-encoding", "identity").strip().lower() != "identity":
        raise Refusal(WebCode.UNSUPPORTED_MEDIA_TYPE, "A POST must not be compressed.")
    body = await _body(request, config)
    return _decoded(_BODY.decode, body, "The body")


async def _body(request: Request, config: Config) -> bytes:
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > config.max_body_bytes:
        raise _too_large(config)
    body = bytearray()
    try:
        with anyio.fail_after(config.body_seconds):
            async for chunk in request.stream():
                body += chunk
                if len(body) > config.max_body_bytes:
                    raise _too_large(config)
    except TimeoutError:
        message = f"The body did not arrive within {config.body_seconds:g} seconds."
        raise Refusal(WebCode.BODY_TIMEOUT, message, headers={"Connection": "close"}) from None
    return bytes(body)


def _too_large(config: Config) -> Refusal:
    message = f"The body is larger than {config.max_body_bytes} bytes."
    close = {"Connection": "close"}  # the rest of the body is not read
    return Refusal(WebCode.BODY_TOO_LARGE, message, headers=close, maximum=config.max_body_bytes)


def _asked(query_string: bytes) -> Parameters:
    try:
        pairs = parse_qsl(query_string.decode("latin-1"), True, errors="strict", max_num_fields=64)
    except ValueError:  # text that is no UTF-8, or more fields than anyone means
        raise Refusal(WebCode.BAD_REQUEST, "The address is not readable as UTF-8 parameters.") from None
    found = dict(pairs)
    for name in ("query", "operationName", "variables", "extensions"):
        if sum(key == name for key, _ in pairs) > 1:
            raise Refusal(WebCode.BAD_REQUEST, f"{name} is given more than once.")
    return Parameters(
        query=found.get("query"),
        operation_name=found.get("operationName") or None,
        variables=_decoded(_MAP.decode, found.get("variables") or "null", "variables"),
        extensions=_decoded(_MAP.decode, found.get("extensions") or "null", "extensions"),
    )


def _decoded(decode: Callable[[Any], Read], source: bytes | str, what: str) -> Read:
    try:
        return decode(source)
    except msgspec.ValidationError as problem:
        raise Refusal(WebCode.BAD_REQUEST, f"{what} does not hold a GraphQL request: {problem}") from None
    except msgspec.DecodeError as problem:
        raise Refusal(WebCode.BAD_REQUEST, f"{what} is not JSON: {problem}") from None
    except UnicodeError:
        raise Refusal(WebCode.BAD_REQUEST, f"{what} is not UTF-8.") from None
    except RecursionError:
        raise Refusal(WebCode.BAD_REQUEST, f"{what} is nested too deeply.") from None


def _without_query(parameters: Parameters) -> Refusal:
    if "persistedQuery" in (parameters.extensions or {}):
        # the very text clients look for before they send the query itself
        return Refusal(WebCode.PERSISTED_QUERY_NOT_SUPPORTED, "PersistedQueryNotSupported")
    return Refusal(WebCode.BAD_REQUEST, "The parameter query is missing or empty.")


def _refuse_cross_site(request: Request) -> None:
    """A GET that a browser sends for another site's page is refused unless that page needed leave to send it.

    Browsers say where a request comes from in `Sec-Fetch-Site`; those that do not still send `Origin` with requests
    whose answer a page could read. Programs send neither and are not concerned.
    """
    headers = request.headers
    if essence(headers.get("content-type", ""))[0] not in _SIMPLE or any(name in headers for name in PREFLIGHT_HEADERS):
        return
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin", "")
    foreign = (
        site in ("cross-site", "same-site") if site else origin.partition("://")[2] not in ("", headers.get("host"))
    )
    if foreign or (not site and origin == "null"):
        raise Refusal(
            WebCode.CROSS_SITE,
            "A query over GET from another site's page needs the header GraphQL-Require-Preflight or a content type of "
            f"{Media.JSON}.",
        )
