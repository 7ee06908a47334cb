"""Pages and files in the content coding that their clients accept: pages at a fast level, files once and for all."""

from starlette.requests import Request
from starlette.responses import Response

from careergraph.web.core.content_codings import PLAIN_ONLY, Accepted, Coding, accepted
from careergraph.web.response.compressor import SMALLEST_KEPT, Compressor, Packed
from careergraph.web.response.response import marked, unchanged


class File:
    """Bytes that stay the same while the process runs: their media type, their digest, and what they compress to."""

    def __init__(self, content: bytes, media_type: str, digest: str) -> None:
        self.content, self.media_type, self.digest = content, media_type, digest
        self.packed: Packed = {}


class PageCoder:
    """Codes the responses of one app, or none where it has no compressor."""

    def __init__(self, compressor: Compressor | None) -> None:
        self._compressor = compressor

    async def page(self, request: Request, response: Response) -> Response:
        """The response with a page, coded where that pays. Raises Refusal (NOT_ACCEPTABLE)."""
        body = bytes(getattr(response, "body", b""))  # what is streamed has none
        if self._compressor is None or not body or "content-encoding" in response.headers:
            return response
        codings = self._accepted(request)
        if len(body) >= SMALLEST_KEPT and "accept-encoding" not in response.headers.get("vary", "").lower():
            response.headers.add_vary_header("Accept-Encoding")
        if codings is None or codings.coding is None or (len(body) < SMALLEST_KEPT and codings.plain):
            return response
        if (validator := response.headers.get("etag", "")).startswith('"'):
            response.headers["ETag"] = f"W/{validator}"  # it stands for the bytes without a coding
        _set(response, await self._compressor.fast(body, codings.coding), codings.coding)
        return response

    async def file(self, request: Request, file: File, **headers: str) -> Response:
        """The response with a file, or 304 to a client that has it. Raises Refusal (NOT_ACCEPTABLE)."""
        validator = f'"{file.digest}"'.encode()
        response = Response(file.content, headers=headers | {"ETag": validator.decode()}, media_type=file.media_type)
        codings = self._accepted(request)
        if self._compressor is not None:
            response.headers.add_vary_header("Accept-Encoding")
        if (theirs := request.headers.get("if-none-match")) is not None:
            marks = PLAIN_ONLY if codings is None else codings.marks
            if (same := unchanged([(b"etag", validator)], theirs.encode("latin-1"), marks)) is not None:
                varying = {"Vary": response.headers["vary"]} if "vary" in response.headers else {}
                return Response(status_code=304, headers=headers | varying | {"ETag": same.decode()})
        if self._compressor is None or codings is None or (coding := codings.coding) is None:
            return response
        if (body := self._compressor.best(file.packed, file.content, coding)) is not None:
            level = coding.best
        else:
            level, body = coding.fast, await self._compressor.fast(file.content, coding)
        response.headers["ETag"] = marked(validator, coding.mark(level)).decode()
        _set(response, body, coding)
        return response

    def _accepted(self, request: Request) -> Accepted | None:
        header = request.headers.get("accept-encoding")
        return None if header is None or self._compressor is None else accepted(header.encode("latin-1"))


def _set(response: Response, body: bytes, coding: Coding) -> None:
    response.body = body
    response.headers["Content-Length"] = str(len(body))
    response.headers["Content-Encoding"] = coding.name.decode()
