"""RawResponse: a response in the form that an ASGI server takes, and the headers by which caches store it."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

import msgspec
from starlette.responses import Response

from careergraph.web.core.config import Config
from careergraph.web.core.content_codings import Coding
from careergraph.web.core.media_types import Media
from careergraph.web.core.origins import Origins, vary_by_origin

try:
    from xxhash import xxh3_128_hexdigest
except ImportError:  # there is none for this Python
    xxh3_128_hexdigest = None  # type: ignore[assignment]

Header = tuple[bytes, bytes]
Headers = list[Header]

NO_STORE = b"no-store"
NOSNIFF = (b"x-content-type-options", b"nosniff")
VARY = (b"vary", b"Accept, Authorization, X-Careergraph-Preview")
"""A cache must never send the response for an editor, or of a preview, to the public, nor the reverse."""

VARY_CODED = (b"vary", b"Accept, Accept-Encoding, Authorization, X-Careergraph-Preview")
"""The same for responses whose content coding depends on the client."""

_RESPONSE = Media.RESPONSE
_CONTENT_TYPES = {media: (b"content-type", f"{media}; charset=utf-8".encode()) for media in Media}
_CONTROL = bytes([code for code in (*range(0x20), 0x7F) if code != ord("\t")])
_COMMAS = bytes.maketrans(_CONTROL + b" ", b"\n" * len(_CONTROL) + b",")
"""Makes the spaces between tags commas, and control characters one that is easily found."""

_VARYING = (b"content-length", b"etag", b"surrogate-key", b"cache-tag")
_ONLY_WITH_CONTENT = (b"content-type", b"content-length", b"content-encoding", b"etag")


class Frame(NamedTuple):
    """The headers that all responses of a kind have alike, and the lines of all headers, as a format of the parts that
    differ."""

    fixed: Headers
    lines: bytes


class RawResponse(msgspec.Struct, eq=False):
    """A status, headers and a body; `encoded` is whether the body is in a content coding. `charged` is the response to
    a POST that was charged, without the allowance of its client; None until one is needed. A response is sent through
    ASGI or past it: its headers are made in the form that is needed, where it has a frame and the parts in it."""

    status: int
    _headers: Headers | None
    body: bytes
    encoded: bool = False
    charged: "RawResponse | None" = None
    _frame: Frame | None = None
    _parts: tuple[bytes, ...] = ()
    _lines: bytes = b""

    @property
    def headers(self) -> Headers:
        """The headers as an ASGI server takes them."""
        if self._headers is None:
            fixed = [] if self._frame is None else self._frame.fixed
            self._headers = fixed + list(zip(_VARYING, self._parts, strict=True))
        return self._headers

    def header_lines(self, origins: Origins) -> bytes:
        """The headers as HTTP/1.1 writes them, once. Raises ValueError for one that would break a line."""
        if not self._lines:
            if self._frame is not None:
                self._lines = self._frame.lines % self._parts
            else:
                self._lines = header_lines(vary_by_origin(self.headers) if origins else self.headers)
        return self._lines

    @classmethod
    def of(cls, response: Response) -> "RawResponse":
        """A response of Starlette's, which must not be cached."""
        headers = [*response.raw_headers, NOSNIFF, VARY]
        if "cache-control" not in response.headers:
            headers.append((b"cache-control", NO_STORE))
        return cls(response.status_code, headers, bytes(response.body))


def header_lines(headers: Headers) -> bytes:
    """Headers as HTTP/1.1 writes them. Raises ValueError for one that would break a line."""
    lines = b"".join([b"\r\n".join(map(b": ".join, headers)), b"\r\n" if headers else b""])
    if len(lines) - len(lines.translate(None, _CONTROL)) != 2 * len(headers):  # its return and its line feed
        raise ValueError("a header holds a control character")
    return lines


def raw_headers(headers: Mapping[str, str]) -> Headers:
    """Headers as an ASGI server takes them."""
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]


def private_headers(content: bytes, media: Media) -> Headers:
    """The headers of a response that nobody may cache."""
    length = str(len(content)).encode()
    return [_CONTENT_TYPES[media], (b"content-length", length), (b"cache-control", NO_STORE), VARY, NOSNIFF]


class CacheHeaders:
    """The headers of responses that caches may store, for as long as the configuration allows."""

    def __init__(self, config: Config) -> None:
        directives = f"public, max-age={config.cache.max_age_seconds}"
        if config.cache.stale_seconds:
            directives += f", stale-while-revalidate={config.cache.stale_seconds}"
        fixed: Headers = [(b"cache-control", directives.encode())]
        if config.cache.cdn_seconds:
            fixed.append((b"cdn-cache-control", b"public, max-age=%d" % config.cache.cdn_seconds))
            fixed.append((b"surrogate-control", b"max-age=%d" % config.cache.cdn_seconds))
        fixed += [VARY_CODED if config.compression else VARY, NOSNIFF]
        self._frames = {media: _frame([_CONTENT_TYPES[media], *fixed], config.cors.allowed) for media in Media}

    def response(self, content: bytes, media: Media, tags: bytes) -> RawResponse:
        """The response with a content that depends on the documents in `tags`, which are separated by spaces. Raises
        ValueError for tags that would break a line."""
        cache_tags = tags.translate(_COMMAS)
        if b"\n" in cache_tags:
            raise ValueError("a tag holds a control character")
        parts = b"%d" % len(content), etag(content, media), tags, cache_tags
        return RawResponse(200, None, content, _frame=self._frames[media], _parts=parts)


def _frame(fixed: Headers, origins: Origins) -> Frame:
    headers = [*fixed, *[(name, b"%b") for name in _VARYING]]
    return Frame(fixed, header_lines(vary_by_origin(headers) if origins else headers))


def digest(content: bytes) -> str:
    """A digest of content in hex, at least 32 digits. XXH3 takes a twentieth of the time of SHA-256; a validator tells
    two contents of one address apart, and is no proof against whoever writes both."""
    return sha256(content).hexdigest() if xxh3_128_hexdigest is None else xxh3_128_hexdigest(content)


def etag(content: bytes, media: Media) -> bytes:
    """The strong validator of a response: a digest of its content, another one for each media type."""
    return (b'"%b-r"' if media is _RESPONSE else b'"%b"') % digest(content)[:32].encode()


def variant_etag(validator: bytes, suffix: bytes) -> bytes:
    """The validator of a response in a content coding."""
    return validator[:-1] + suffix + b'"'


def matching_etag(headers: Headers, if_none_match: bytes, suffixes: Sequence[bytes] = (b"",)) -> bytes | None:
    """The validator that a client has already, of a response or one of its variants with these suffixes; None if it has
    none. `headers` are those of the response without a coding."""
    mine = next((value for name, value in headers if name == b"etag"), None)
    if mine is None:
        return None
    theirs = [validator.strip().removeprefix(b"W/") for validator in if_none_match.split(b",")]
    ours = [variant_etag(mine, suffix) for suffix in suffixes]
    return next((validator for validator in theirs if validator in ours), ours[0] if b"*" in theirs else None)


def not_modified(headers: Headers, validator: bytes) -> RawResponse:
    """The response to a client that has the variant of this validator already."""
    return RawResponse(304, [(b"etag", validator), *(it for it in headers if it[0] not in _ONLY_WITH_CONTENT)], b"")


def encode(response: RawResponse, coding: Coding, level: int, body: bytes) -> RawResponse:
    """A response with its body compressed at a level."""
    headers: Headers = [(b"content-encoding", coding.name)]
    for name, value in response.headers:
        match name:
            case b"content-length":
                headers.append((name, str(len(body)).encode()))
            case b"etag":
                headers.append((name, variant_etag(value, coding.etag_suffix(level))))
            case b"vary":
                headers.append(VARY_CODED)
            case _:
                headers.append((name, value))
    return RawResponse(response.status, headers, body, encoded=True)
