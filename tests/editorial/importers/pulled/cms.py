"""Servers of other CMSs on 127.0.0.1, which answer in the shapes of their vendors' published types, two pages each.

The types: `DocumentResponseCollection` of @strapi/client 1.6.2, the `{data}` that @directus/sdk 18.0.3 unwraps,
`EntryCollection` and `EntrySys` of contentful 11.12.10, `PaginatedDocs` of payload 3.90.2.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Query = dict[str, str]
CAREERS = [
    ("c1", "Tide keeper", "Gezeitenwart", "Watches the tides.", "Achtet auf die Gezeiten.", 40_000, 60_000),
    ("c2", "Fog bottler", "Nebelabfüller", "Bottles fog.", "Füllt Nebel ab.", 30_000, 45_000),
]
"""Careers as all servers have them: an id, title and summary in two languages, and the ends of a wage."""


@dataclass
class Cms:
    """A server. `careers` may be changed between two pulls; `tokens` are those it was sent."""

    url: str = ""
    careers: list[tuple[Any, ...]] = field(default_factory=lambda: list(CAREERS))
    tokens: list[str | None] = field(default_factory=list)
    queries: list[Query] = field(default_factory=list)


def strapi(cms: Cms, query: Query) -> Any:
    place = int(query["pagination[page]"]) - 1
    data: list[Any] = []
    for ident, title, german, summary, german_summary, low, high in cms.careers[place : place + 1]:
        shared = {"documentId": ident, "createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z"}
        shared |= {"publishedAt": "2026-01-02T00:00:00Z", "low": low, "high": high}
        shared |= {"skills": [{"id": 7, "documentId": "s1", "name": "Reading clouds"}], "field": {"name": "Healthcare"}}
        for number, locale, name, words in ((1, "en", title, summary), (2, "de", german, german_summary)):
            block = {"type": "paragraph", "children": [{"type": "text", "text": words}]}
            data.append({"id": number, **shared, "locale": locale, "title": name, "summary": [block]})
    data.append({"id": 9, "documentId": "draft", "publishedAt": None, "title": "Draft", "locale": "en"})
    pages = {"page": place + 1, "pageSize": 1, "pageCount": len(cms.careers), "total": len(cms.careers)}
    return {"data": data, "meta": {"pagination": pages}}


def directus(cms: Cms, query: Query) -> Any:
    place = int(query["page"]) - 1
    return {
        "data": [
            {
                "id": ident,
                "status": "published",
                "field": {"id": 3, "name": "Healthcare"},
                "low": low,
                "high": high,
                "skills": [{"id": 1, "skills_id": {"id": "s1", "name": "Reading clouds"}}],
                "translations": [
                    {"id": 1, "languages_code": "en-US", "title": title, "summary": summary},
                    {"id": 2, "languages_code": "de-DE", "title": german, "summary": german_summary},
                ],
            }
            for ident, title, german, summary, german_summary, low, high in cms.careers[place : place + 1]
        ]
    }


def _sys(ident: str, kind: str) -> dict[str, Any]:
    content_type = {"sys": {"type": "Link", "linkType": "ContentType", "id": kind}}
    return {"sys": {"type": "Entry", "id": ident, "contentType": content_type, "revision": 1}}


def contentful(cms: Cms, query: Query) -> Any:
    place = int(query["skip"])
    link = {"sys": {"type": "Link", "linkType": "Entry", "id": "s1"}}
    items = []
    for ident, title, german, summary, german_summary, low, high in cms.careers[place : place + 1]:
        words = {"nodeType": "text", "value": german_summary, "marks": [], "data": {}}
        paragraph = {"nodeType": "paragraph", "data": {}, "content": [words]}
        fields = {
            "title": {"en-US": title, "de": german},
            "summary": {"en-US": summary, "de": {"nodeType": "document", "data": {}, "content": [paragraph]}},
            "field": {"en-US": "Healthcare"},
            "low": {"en-US": low},
            "high": {"en-US": high},
            "skills": {"en-US": [link]},
        }
        items.append({**_sys(ident, "career"), "fields": fields})
    included = [{**_sys("s1", "skill"), "fields": {"name": {"en-US": "Reading clouds"}}}]
    page = {"sys": {"type": "Array"}, "total": len(cms.careers), "skip": place, "limit": 1, "items": items}
    return {**page, "includes": {"Entry": included}}


def payload(cms: Cms, query: Query) -> Any:
    place = int(query["page"]) - 1
    docs = []
    for ident, title, german, summary, german_summary, low, high in cms.careers[place : place + 1]:
        text = {"type": "text", "version": 1, "text": summary}
        root = {"type": "root", "version": 1, "children": [{"type": "paragraph", "version": 1, "children": [text]}]}
        docs.append(
            {
                "id": int(ident[1:]),  # each collection of a Payload on SQL counts from 1
                "_status": "published",
                "title": {"en": title, "de": german},
                "summary": {"en": {"root": root}, "de": german_summary},
                "field": {"id": "f", "name": "Healthcare"},
                "pay": {"low": low, "high": high},
                "skills": [{"id": 1, "name": "Reading clouds"}],
                "updatedAt": "2026-01-01T00:00:00.000Z",
            }
        )
    docs.append({"id": "draft", "_status": "draft", "title": {"en": "Draft"}})
    more = place + 1 < len(cms.careers)
    counts = {"totalDocs": len(cms.careers), "totalPages": len(cms.careers), "limit": 1, "pagingCounter": place + 1}
    return {"docs": docs, **counts, "page": place + 1, "hasNextPage": more, "hasPrevPage": place > 0}


@contextmanager
def serving(answer: Callable[[Cms, Query], Any]) -> Iterator[Cms]:
    """A server that answers every GET; bytes are sent as they are, a number is a status."""
    cms = Cms()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            query = dict(parse_qsl(urlsplit(self.path).query))
            cms.tokens.append(self.headers.get("Authorization"))
            cms.queries.append(query)
            content = answer(cms, query)
            status, body = (content, b"") if isinstance(content, int) else (200, content)
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()
            self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    cms.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield cms
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
