"""Reply: what is sent, in the form that an ASGI server takes, and the headers by which caches keep it."""

from hashlib import sha256
from typing import NamedTuple

from starlette.responses import Response

from careergraph.web.config import Config
from careergraph.web.media import Media

Header = tuple[bytes, bytes]
Headers = list[Header]

NO_STORE = b"no-store"
NOSNIFF = (b"x-content-type-options", b"nosniff")
VARY = (b"vary", b"Accept, Authorization, X-Careergraph-Preview")
"""Whoever caches must never take an answer to an editor, or of a preview, for the public one, nor the reverse."""

_KINDS = {media: f"{media}; charset=utf-8".encode() for media in Media}
_ONLY_WITH_CONTENT = (b"content-type", b"content-length")


class Reply(NamedTuple):
    """A status, headers and a body."""

    status: int
    headers: Headers
    body: bytes


def reply_of(response: Response) -> Reply:
    """A response of Starlette's that must not be kept."""
    headers = [*response.raw_headers, NOSNIFF, VARY]
    if "cache-control" not in response.headers:
        headers.append((b"cache-control", NO_STORE))
    return Reply(response.status_code, headers, bytes(response.body))


def private(content: bytes, media: Media) -> Headers:
    """The headers of an answer that nobody may keep."""
    return [*_content(content, media), (b"cache-control", NO_STORE), VARY, NOSNIFF]


class Keeping:
    """The headers of answers that caches may keep, as the configuration says how long."""

    def __init__(self, config: Config) -> None:
        directives = f"public, max-age={config.max_age_seconds}"
        if config.stale_seconds:
            directives += f", stale-while-revalidate={config.stale_seconds}"
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
            VARY,
            NOSNIFF,
            (b"surrogate-key", tags),
            (b"cache-tag", tags.replace(b" ", b",")),
        ]


def etag(content: bytes, media: Media) -> bytes:
    """The strong validator of an answer: a digest of its bytes, told apart by media type."""
    mark = "-r" if media is Media.RESPONSE else ""
    return f'"{sha256(content).hexdigest()[:32]}{mark}"'.encode()


def unchanged(headers: Headers, if_none_match: bytes) -> bool:
    """Whether a client has the very answer already."""
    mine = next((value for name, value in headers if name == b"etag"), None)
    given = [it.strip().removeprefix(b"W/") for it in if_none_match.split(b",")]
    return mine is not None and (mine in given or b"*" in given)


def not_modified(headers: Headers) -> Reply:
    """The answer to a client that has it already."""
    return Reply(304, [it for it in headers if it[0] not in _ONLY_WITH_CONTENT], b"")


def _content(content: bytes, media: Media) -> Headers:
    return [(b"content-type", _KINDS[media]), (b"content-length", str(len(content)).encode())]
