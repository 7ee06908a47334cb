"""Origins: the pages of other sites that may read responses, never with their visitors' cookies (CORS)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ANY = "*"
ANY_PORT = ":*"
LOOPBACK_ORIGINS = ", ".join(
    f"{scheme}://{host}{ANY_PORT}" for host in ("localhost", "127.0.0.1", "[::1]") for scheme in ("http", "https")
)
"""The pages of this machine, such as those of a front-end's development server."""

SENT_HEADERS = (
    *("Authorization", "Content-Type", "If-None-Match", "X-Requested-With"),
    *("GraphQL-Require-Preflight", "Apollo-Require-Preflight"),
    *("X-Apollo-Operation-Name", "ApolloGraphQL-Client-Name", "ApolloGraphQL-Client-Version"),
    *("Traceparent", "Tracestate", "Baggage", "Sentry-Trace"),
)
"""Headers that pages may send: those that are read, and those of GraphQL clients and tracing."""

READ_HEADERS = ("ETag", "Retry-After", "RateLimit", "RateLimit-Policy")
"""Headers that pages may read beside those of any response."""

_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(\[[0-9a-f:.]+\]|[^\s/?#@:*\[\],]+)(:\d+|:\*)?", re.IGNORECASE)


class Origins:
    """The origins of a setting, with commas between them: `https://careers.example`, `http://localhost:*` for every
    port of a host, `*` for any origin. Raises ValueError."""

    def __init__(self, text: str) -> None:
        origins = [origin.strip().lower() for origin in text.split(",") if origin.strip()]
        self.every = ANY in origins
        for origin in origins:
            if origin != ANY and not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin[:60]!r} is no origin, as `https://careers.example` is: no path, no slash")
        self.pattern = "|".join(map(_pattern, origins)) if origins and not self.every else None
        self._matches = re.compile(self.pattern).fullmatch if self.pattern else None

    def __bool__(self) -> bool:
        return self.every or self.pattern is not None

    def allow(self, origin: str) -> bool:
        """Return whether pages of an origin may read responses."""
        return self.every or (self._matches is not None and self._matches(origin) is not None)


@lru_cache(64)
def origins_of(text: str) -> Origins:
    """The origins of a setting. Raises ValueError."""
    return Origins(text)


class CrossOrigin:
    """An endpoint that pages of some origins may read; `sent` and `read` are headers beside the usual ones.

    A request without an origin bypasses Starlette's middleware, which costs a tenth of a cached response.
    """

    def __init__(
        self,
        endpoint: ASGIApp,
        origins: Origins,
        *,
        sent: Sequence[str],
        read: Sequence[str],
        methods: Sequence[str] = ("GET", "POST"),
    ) -> None:
        self._endpoint = endpoint
        self._shared = CORSMiddleware(
            endpoint,
            allow_origins=(ANY,) if origins.every else (),
            allow_origin_regex=origins.pattern,
            allow_methods=methods,
            allow_headers=(*SENT_HEADERS, *sent),
            expose_headers=(*READ_HEADERS, *read),
            max_age=86_400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        for name, _ in scope["headers"]:
            if name == b"origin":
                await self._shared(scope, receive, send)
                return

        async def send_varying(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = vary_by_origin(message["headers"])
            await send(message)

        await self._endpoint(scope, receive, send_varying)


def vary_by_origin(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Headers whose `Vary` names `Origin`: otherwise a cache would send pages the response to a program."""
    varying = list(headers)
    for place, (name, value) in enumerate(varying):
        if name == b"vary":
            varying[place] = name, value + b", Origin"
            break
    return varying


def _pattern(origin: str) -> str:
    if origin.endswith(ANY_PORT):
        return re.escape(origin.removesuffix(ANY_PORT)) + r"(?::[0-9]{1,5})?"
    return re.escape(origin)
