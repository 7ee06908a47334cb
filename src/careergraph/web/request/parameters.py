"""The parameters of GraphQL over HTTP, decoded from the body of a POST or the query string of a GET."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import parse_qsl

import msgspec

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.media_types import Media, essence
from careergraph.web.core.origins import Origins

Read = TypeVar("Read")

PREFLIGHT_HEADERS = (
    b"graphql-require-preflight",
    b"apollo-require-preflight",
    b"x-apollo-operation-name",
    b"x-requested-with",
)
"""Headers that a page of another site can send only after a CORS preflight."""

_PLAIN = b"application/json"
_SIMPLE = ("", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")


class Parameters(msgspec.Struct, frozen=True, rename="camel"):
    """The parameters of one GraphQL request. `doc_id` is how Relay's clients send a `document_id`."""

    query: str | None = None
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None
    document_id: str | None = None
    doc_id: str | None = msgspec.field(default=None, name="doc_id")


_BODY = msgspec.json.Decoder(Parameters)
_MAP = msgspec.json.Decoder(dict[str, Any] | None)


def from_body(body: bytes) -> Parameters:
    """The parameters of a POST. Raises Refusal."""
    return _decode(_decode_body, body, "The body")


def _decode_body(body: bytes) -> Parameters:
    body.decode()  # msgspec does not look at texts that nobody reads
    return _BODY.decode(body)


def check_content_type(headers: Mapping[bytes, bytes]) -> None:
    """Refuse a POST of a type that pages of other sites can send without a preflight, and a compressed one."""
    if headers.get(b"content-type") == _PLAIN and b"content-encoding" not in headers:
        return
    kind, charset = essence(headers.get(b"content-type", b"").decode("latin-1"))
    if kind != Media.JSON or charset not in ("utf-8", "utf8"):
        raise Refusal(WebCode.UNSUPPORTED_MEDIA_TYPE, f"A POST needs Content-Type: {Media.JSON}, in UTF-8.")
    if headers.get(b"content-encoding", b"identity").strip().lower() != b"identity":
        raise Refusal(WebCode.UNSUPPORTED_MEDIA_TYPE, "A POST must not be compressed.")


def from_query_string(query_string: bytes) -> Parameters:
    """The parameters of a GET. Raises Refusal."""
    pairs = query_pairs(query_string)
    texts = dict(pairs)
    for name in ("query", "operationName", "variables", "extensions", "documentId", "doc_id"):
        if sum(key == name for key, _ in pairs) > 1:
            raise Refusal(WebCode.BAD_REQUEST, f"{name} is given more than once.")
    return Parameters(
        query=texts.get("query"),
        operation_name=texts.get("operationName") or None,
        variables=_decode(_MAP.decode, texts.get("variables") or "null", "variables"),
        extensions=_decode(_MAP.decode, texts.get("extensions") or "null", "extensions"),
        document_id=texts.get("documentId") or None,
        doc_id=texts.get("doc_id") or None,
    )


def query_pairs(query_string: bytes) -> list[tuple[str, str]]:
    """The parameters of a query string, empty ones too. Raises Refusal (BAD_REQUEST)."""
    try:
        return parse_qsl(query_string.decode("latin-1"), True, errors="strict", max_num_fields=64)
    except ValueError:  # text that is no UTF-8, or more fields than anyone means
        raise Refusal(WebCode.BAD_REQUEST, "The address is not readable as UTF-8 parameters.") from None


def _decode(decode: Callable[[Any], Read], source: bytes | str, name: str) -> Read:
    try:
        return decode(source)
    except msgspec.ValidationError as problem:
        raise Refusal(WebCode.BAD_REQUEST, f"{name} does not hold a GraphQL request: {problem}") from None
    except msgspec.DecodeError as problem:
        raise Refusal(WebCode.BAD_REQUEST, f"{name} is not JSON: {problem}") from None
    except UnicodeError:
        raise Refusal(WebCode.BAD_REQUEST, f"{name} is not UTF-8.") from None
    except RecursionError:
        raise Refusal(WebCode.BAD_REQUEST, f"{name} is nested too deeply.") from None


def refuse_cross_site(headers: Mapping[bytes, bytes], origins: Origins) -> None:
    """Refuse a GET that a browser sends for another site's page, unless it needed a preflight or its origin is allowed.

    Browsers name the sender in `Sec-Fetch-Site`; those that do not still send `Origin` with requests whose response a
    page could read. Programs send neither, and pass.
    """
    site, origin = headers.get(b"sec-fetch-site"), headers.get(b"origin", b"")
    if not _is_cross_site(site, origin, headers.get(b"host")) or origins.allow(origin.decode("latin-1")):
        return
    kind, _ = essence(headers.get(b"content-type", b"").decode("latin-1"))
    if kind in _SIMPLE and not any(name in headers for name in PREFLIGHT_HEADERS):
        raise Refusal(
            WebCode.CROSS_SITE,
            "A query over GET from another site's page needs the header GraphQL-Require-Preflight or a content type of "
            f"{Media.JSON}.",
        )


def _is_cross_site(site: bytes | None, origin: bytes, host: bytes | None) -> bool:
    if site:
        return site in (b"cross-site", b"same-site")
    return origin == b"null" or origin.partition(b"://")[2] not in (b"", host)
