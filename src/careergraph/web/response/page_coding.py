"""PageCoder: pages and files in the content coding that their clients accept. Files are compressed once."""

from hashlib import sha256

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.content_codings import PLAIN_ONLY, Accepted, Coding, accepted
from careergraph.web.core.request_headers import by_name
from careergraph.web.response.compressor import MIN_CACHED, Compressed, Compressor
from careergraph.web.response.response import matching_etag, variant_etag

FOREVER = "public, max-age=31536000, immutable"
"""How long caches may keep a file whose address names its content."""


class File:
    """Bytes that do not change while the process runs, with their media type, digest and compressed forms."""

    def __init__(self, content: bytes, media_type: str) -> None:
        self.content, self.media_type, self.digest = content, media_type, sha256(content).hexdigest()[:16]
        self.compressed: Compressed = {}


class PageCoder:
    """Compresses the pages and files of one app; without a compressor it leaves them as they are."""

    def __init__(self, compressor: Compressor | None) -> None:
        self._compressor = compressor

    async def page(self, request: Request, response: Response) -> Response:
        """The response with a page, compressed if that pays. Raises Refusal (NOT_ACCEPTABLE)."""
        body = bytes(getattr(response, "body", b""))  # a streamed response has none
        if self._compressor is None or not body or "content-encoding" in response.headers:
            return response
        codings = self._accepted(request)
        if len(body) >= MIN_CACHED and "accept-encoding" not in response.headers.get("vary", "").lower():
            response.headers.add_vary_header("Accept-Encoding")
        if codings is None or codings.coding is None or (len(body) < MIN_CACHED and codings.plain):
            return response
        if (validator := response.headers.get("etag", "")).startswith('"'):
            response.headers["ETag"] = f"W/{validator}"  # the strong one is of the bytes without a coding
        _encode(response, await self._compressor.fast(body, codings.coding), codings.coding)
        return response

    async def file(self, request: Request, file: File, **headers: str) -> Response:
        """The response with a file, or 304 to a client that has it. Raises Refusal (NOT_ACCEPTABLE)."""
        validator = f'"{file.digest}"'.encode()
        response = Response(file.content, headers=headers | {"ETag": validator.decode()}, media_type=file.media_type)
        codings = self._accepted(request)
        if self._compressor is not None:
            response.headers.add_vary_header("Accept-Encoding")
        if (theirs := by_name(request.scope["headers"]).get(b"if-none-match")) is not None:
            suffixes = PLAIN_ONLY if codings is None else codings.etag_suffixes
            if (same := matching_etag([(b"etag", validator)], theirs, suffixes)) is not None:
                varying = {"Vary": response.headers["vary"]} if "vary" in response.headers else {}
                return Response(status_code=304, headers=headers | varying | {"ETag": same.decode()})
        if self._compressor is None or codings is None or (coding := codings.coding) is None:
            return response
        if (body := self._compressor.best(file.compressed, file.content, coding)) is not None:
            level = coding.best
        else:
            level, body = coding.fast, await self._compressor.fast(file.content, coding)
        response.headers["ETag"] = variant_etag(validator, coding.etag_suffix(level)).decode()
        _encode(response, body, coding)
        return response

    async def static(self, request: Request, file: File | None, *, named: bool = False) -> Response:
        """The response with a static file, which caches keep for good by an address with its digest: in its name, or as
        the parameter `v`. Raises Refusal (NOT_FOUND) without a file."""
        if file is None:
            raise Refusal(WebCode.NOT_FOUND, "There is no such file.")
        control = FOREVER if named or request.query_params.get("v") == file.digest else "no-cache"
        policy = {"Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": control}
        return await self.file(request, file, **policy)

    def _accepted(self, request: Request) -> Accepted | None:
        header = by_name(request.scope["headers"]).get(b"accept-encoding")
        return None if header is None or self._compressor is None else accepted(header)


def _encode(response: Response, body: bytes, coding: Coding) -> None:
    response.body = body
    response.headers["Content-Length"] = str(len(body))
    response.headers["Content-Encoding"] = coding.name.decode()
