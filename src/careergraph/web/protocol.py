"""Protocol: how uvicorn parses HTTP with httptools, which tells us nothing of the host of an absolute address."""

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from careergraph.web.request.target import split_target, with_host


class HttpTools(HttpToolsProtocol):
    """uvicorn's own protocol, whose requests for an absolute address are for its host and its path."""

    def on_headers_complete(self) -> None:
        """Begins to answer a request whose headers are all there."""
        if not self.url.startswith(b"/"):
            self._read_target()
        super().on_headers_complete()

    def _read_target(self) -> None:
        if self.url == b"*" and self.parser.get_method() == b"OPTIONS":
            self.url = b"/"
        elif (parts := split_target(self.url)) is not None:
            host, self.url = parts
            self.headers[:] = with_host(self.headers, host)
