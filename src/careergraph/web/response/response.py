"""Reply: what is sent, in the form that an ASGI server takes, and the headers by which caches keep it."""

from collections.abc import Sequence
from hashlib import sha256
from typing import NamedTuple

from starlette.responses import Response

from careergraph.web.core.config import Config
from careergraph.web.core.content_codings import Coding
from careergraph.web.core.media_types import Media

Header = tuple[bytes, bytes]
Headers = list[Header]

NO_STORE = b"no-store"
NOSNIFF = (b"x-content-type-options", b"nosniff")
VARY = (b"vary", b"Accept, Authorization, X-Careergraph-Preview")
"""Whoever caches must never take an answer to an editor, or of a preview, for the public one, nor the reverse."""

VARY_CODED = (b"vary", b"Accept, Accept-Encoding, Authorization, X-Careergraph-Preview")
"""The same for answers whose content coding the client decides."""

_KINDS = {media: f"{media}; charset=utf-8".encode() for media in Media}
_ONLY_WITH_CONTENT = (b"content-type", b"content-length", b"content-encoding", b"etag")


class RawResponse(NamedTuple):
    """A status, headers and a body; `coded` says that the body is in a content coding."""

    status: int
    headers: Headers
    body: bytes
    coded: bool = False

    @classmethod
    def of(cls, response: Response) -> "RawResponse":
        """A response of Starlette's, which must not be kept."""
        headers = [*response.raw_headers, NOSNIFF, VARY]
        if "cache-control" not in response.headers:
            headers.append((b"cache-control", NO_STORE))
        return cls(response.status_code, headers, bytes(response.body))


def private(content: bytes, media: Media) -> Headers:
    """The headers of an answer that nobody may keep."""
    return [*_content(content, media), (b"cache-control", NO_STORE), VARY, NOSNIFF]


class CacheHeaders:
    """The headers of answers that caches may keep, as the configuration says how long."""

    def __init__(self, config: Config) -> None:
        directives = f"public, max-age={config.max_age_seconds}"
        if config.stale_seconds:
            directives += f", stale-while-revalidate={config.stale_seconds}"
        self._vary = VARY_CODED if config.compression else VARY
        self._control: Headers = [(b"cache-control", directives.encode())]
        if config.cdn_seconds:
            self._control.append((b"cdn-cache-control", b"public, max-age=%d" % config.cdn_seconds))
            self._control.append((b"surrogate-control", b"max-age=%d" % config.cdn_seconds))

    def headers(self, content: bytes, media: Media, tags: bytes) -> Headers:
        """The headers of an answer that follows from the documents that `tags` name, with spaces between them."""
        return [
            *_content(content, media),
            (b"etag", etag(content, media)),
            *self._control,
            self._vary,
            NOSNIFF,
            (b"surrogate-key", tags),
            (b"cache-tag", tags.replace(b" ", b",")),
        ]


def etag(content: bytes, media: Media) -> bytes:
    """The strong validator of an answer: a digest of its bytes, told apart by media type."""
    mark = "-r" if media is Media.RESPONSE else ""
    return f'"{sha256(content).hexdigest()[:32]}{mark}"'.encode()


def marked(validator: bytes, mark: bytes) -> bytes:
    """The validator of an answer in another form, such as a content coding."""
    return validator[:-1] + mark + b'"'


def unchanged(headers: Headers, if_none_match: bytes, marks: Sequence[bytes] = (b"",)) -> bytes | None:
    """The validator of the answer that a client has already, in one of the forms that it accepts; None for none.

    `headers` are those of the answer without a coding.
    """
    mine = next((value for name, value in headers if name == b"etag"), None)
    if mine is None:
        return None
    theirs = [validator.strip().removeprefix(b"W/") for validator in if_none_match.split(b",")]
    ours = [marked(mine, mark) for mark in marks]
    return next((validator for validator in theirs if validator in ours), ours[0] if b"*" in theirs else None)


def not_modified(headers: Headers, validator: bytes) -> RawResponse:
    """The answer to a client that has it already, in the form of this validator."""
    return RawResponse(304, [(b"etag", validator), *(it for it in headers if it[0] not in _ONLY_WITH_CONTENT)], b"")


def coded(reply: RawResponse, coding: Coding, level: int, body: bytes) -> RawResponse:
    """A reply whose body is compressed at a level."""
    headers: Headers = [(b"content-encoding", coding.name)]
    for name, value in reply.headers:
        match name:
            case b"content-length":
                headers.append((name, str(len(body)).encode()))
            case b"etag":
                headers.append((name, marked(value, coding.mark(level))))
            case b"vary":
                headers.append(VARY_CODED)
            case _:
                headers.append((name, value))
    return RawResponse(reply.status, headers, body, coded=True)


def _content(content: bytes, media: Media) -> Headers:
    return [(b"content-type", _KINDS[media]), (b"content-length", str(len(content)).encode())]
