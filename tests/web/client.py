"""A client that calls an ASGI app directly, each request in an event loop of its own."""

import json
from typing import Any

import anyio
import httpx
from starlette.types import ASGIApp


class Client:
    """Asks an app as a program would; a browser's headers are up to the test."""

    def __init__(self, app: ASGIApp, **headers: str) -> None:
        self._app = app
        self._headers = headers

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """One request; redirects are not followed."""
        return anyio.run(self._request, method, path, options)

    def get(self, path: str, **options: Any) -> httpx.Response:
        """One GET."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """One POST."""
        return self.request("POST", path, **options)

    def ask(self, query: str, path: str = "/graphql", **parameters: Any) -> Any:
        """The answer to a GraphQL query."""
        response = self.post(path, json={"query": query, **parameters})
        assert response.status_code == 200, response.text
        return json.loads(response.text)

    async def _request(self, method: str, path: str, options: dict[str, Any]) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://host", headers=self._headers) as client:
            return await client.request(method, path, **options)
