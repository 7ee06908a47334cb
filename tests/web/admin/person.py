"""A person before the admin: a browser's cookies and headers, and the forms of the pages, without a browser."""

import re
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode

import anyio
import httpx
from starlette.types import ASGIApp

HOST = "http://127.0.0.1"
OWN: dict[str, str] = {"Sec-Fetch-Site": "same-origin", "Origin": HOST}
"""What a browser sends with the form of a page of the same site."""


class Fields(HTMLParser):
    """The fields of the forms of a page, as a browser would send them, and the texts of its elements."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._select: str | None = None
        self._options: list[tuple[bool, str]] = []
        self._area: str | None = None
        self._text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field."""
        values = dict(attrs)
        if tag == "input" and "name" in values and values.get("type") not in ("submit", "search"):
            if values.get("type") not in ("checkbox", "radio") or "checked" in values:
                self.fields.append((values["name"] or "", values.get("value") or ""))
        elif tag == "select":
            self._select, self._options = values.get("name"), []
        elif tag == "option" and self._select is not None:
            self._options.append(("selected" in values, values.get("value") or ""))
        elif tag == "textarea":
            self._area, self._text = values.get("name"), ""

    def handle_data(self, data: str) -> None:
        """Note the text of a field."""
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        """Note the value of a field with an end."""
        if tag == "select" and self._select is not None:
            chosen = next((value for selected, value in self._options if selected), None)
            first = self._options[0][1] if self._options else ""
            self.fields.append((self._select, first if chosen is None else chosen))
            self._select = None
        elif tag == "textarea" and self._area is not None:
            self.fields.append((self._area, self._text.removeprefix("\n")))
            self._area = None


class Person:
    """Somebody with a browser of their own."""

    def __init__(self, app: ASGIApp, host: str = HOST, client: str = "127.0.0.1") -> None:
        self._app, self._host, self._client = app, host, client
        self.cookies = httpx.Cookies()

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Open a page; redirects are not followed."""
        return anyio.run(self._request, "GET", path, None, headers)

    def post(self, path: str, fields: Any = (), headers: dict[str, str] | None = None) -> httpx.Response:
        """Send fields as the form of a page of ours does."""
        return anyio.run(self._request, "POST", path, fields, OWN if headers is None else headers)

    def upload(self, path: str, fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> httpx.Response:
        """Send a form with files."""
        return anyio.run(self._request, "POST", path, fields, OWN, files)

    def sign_in(self, secret: str) -> httpx.Response:
        """Sign in with an access token."""
        response = self.post("sign-in", {"secret": secret})
        assert response.status_code == 303, response.text
        return response

    @property
    def csrf(self) -> str:
        """The token of this session's forms."""
        match = re.search(r'name="csrf" value="([0-9a-f]+)"', self.get("account").text)
        assert match is not None
        return match[1]

    def send(self, path: str, *, to: str | None = None, **changes: str) -> httpx.Response:
        """Send the fields of a page's forms with some of them changed."""
        fields = dict(Fields(self.get(path).text).fields)
        return self.post(to or path, {**fields, **changes})

    async def _request(
        self, method: str, path: str, fields: Any, headers: dict[str, str], files: Any = None
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, client=(self._client, 1234))
        body = None if fields is None or files else urlencode(fields if isinstance(fields, list) else dict(fields))
        sent = ({} if body is None else {"Content-Type": "application/x-www-form-urlencoded"}) | dict(headers)
        async with httpx.AsyncClient(transport=transport, base_url=self._host, cookies=self.cookies) as client:
            response = await client.request(
                method, f"/admin/{path}", content=body, headers=sent, files=files, data=fields if files else None
            )
            self.cookies = client.cookies
        return response
