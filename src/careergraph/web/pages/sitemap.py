"""Sitemaps: every page of the site for search engines, in files of at most 50,000 addresses, and robots.txt.

Comparisons are those that the API lists, without hidden ones. Files are written while they are sent: none is ever in
memory as a whole.
"""

import re
from collections.abc import AsyncIterator, Iterator
from datetime import datetime
from xml.sax.saxutils import escape

from anyio import lowlevel
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from careergraph.api.connections.pairs import SlugPair, pairs_by_slug
from careergraph.engine.content import Catalog
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.rendering.addresses import VERSUS, Addresses
from careergraph.web.request.request import GraphQLRequest

MOST = 50_000
"""Addresses of one file, as the protocol allows."""

CHUNK = 1000
"""Addresses written before other requests run."""

ADDRESSES_PER_COST = 3
"""Addresses for one unit of cost."""

INDEX = "/sitemap.xml"
"""The path of the index."""

_NUMBER = re.compile("[1-9][0-9]{0,6}")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Sitemaps:
    """The sitemaps of one app."""

    def __init__(self, config: Config, graphql: GraphQL) -> None:
        self._config, self._graphql = config, graphql

    async def index(self, request: Request) -> Response:
        """The index: a file of pages and as many of comparisons as it takes, for each language. Raises Refusal."""
        catalog, _ = await self._admit(request)
        if self._same(request, catalog):
            return Response(status_code=304, headers=self._headers(catalog))
        changed = catalog.published_at.isoformat(timespec="seconds")
        names = [
            name
            for code in sorted(catalog.locales)
            for name in (f"pages-{code}", *[f"compare-{code}-{n + 1}" for n in range(_files(catalog))])
        ]
        at = Addresses(INDEX, catalog.default_locale, catalog.default_locale, self._config.pages.public_url)
        entries = [
            f"<sitemap><loc>{escape(at.public(path=f'/sitemap/{name}.xml'))}</loc><lastmod>{changed}</lastmod></sitemap>\n"
            for name in names
        ]
        text = f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(entries)}</sitemapindex>\n"
        return Response(text, headers=self._headers(catalog), media_type="application/xml")

    async def file(self, request: Request) -> Response:
        """One file, by its `{name}`. Raises Refusal (NOT_FOUND)."""
        catalog, client = await self._admit(request)
        kind, _, rest = request.path_params["name"].partition("-")
        code, _, number = rest.rpartition("-") if kind == "compare" else (rest, "", "1")
        at = int(number) - 1 if _NUMBER.fullmatch(number) else -1
        if code not in catalog.locales or kind not in ("pages", "compare") or not 0 <= at < max(_files(catalog), 1):
            raise Refusal(WebCode.NOT_FOUND, "There is no such sitemap.")
        if self._same(request, catalog):
            return Response(status_code=304, headers=self._headers(catalog))
        if request.method == "HEAD":  # without writing the whole file for nobody
            return StreamingResponse(_nothing(), headers=self._headers(catalog), media_type="application/xml")
        size = _size(catalog, kind, at)
        if (rate := self._graphql.rate_limiter) is not None:
            rate.take_at_most_all(client, size // ADDRESSES_PER_COST)
        prefix = self._prefix(catalog, code)
        entries = _pages(catalog, prefix) if kind == "pages" else _comparisons(catalog, prefix, at)
        return StreamingResponse(_written(entries), headers=self._headers(catalog), media_type="application/xml")

    async def robots(self, request: Request) -> Response:
        """The rules for robots, with the sitemap's address if the site has a public one."""
        lines = ["User-agent: *", f"Disallow: {self._config.graphql.path}", "Allow: /"]
        if self._config.pages.public_url:
            lines += ["", f"Sitemap: {self._config.pages.public_url.rstrip('/')}{INDEX}"]
        return Response(
            "\n".join(lines) + "\n", headers={"Cache-Control": "public, max-age=3600"}, media_type="text/plain"
        )

    async def _admit(self, request: Request) -> tuple[Catalog, str]:
        """The live catalog, and the client that pays for the request. Raises Refusal."""
        caller = await self._graphql.admission.admit(GraphQLRequest.of(request))
        return caller.catalog, caller.client

    def _same(self, request: Request, catalog: Catalog) -> bool:
        """Return whether the client has this version of the file."""
        return f'"{catalog.version}"' in request.headers.get("if-none-match", "")

    def _headers(self, catalog: Catalog) -> dict[str, str]:
        return {
            "Cache-Control": f"public, max-age={self._config.cache.max_age_seconds}",
            "Surrogate-Key": "catalog",
            "Cache-Tag": "catalog",
            "ETag": f'W/"{catalog.version}"',
        }

    def _prefix(self, catalog: Catalog, code: str) -> str:
        """The prefix of paths in a file: absolute if the site has a public address."""
        language = "" if code == catalog.default_locale else f"/{code}"
        return escape(f"{self._config.pages.public_url.rstrip('/') or '..'}{language}")


def _files(catalog: Catalog) -> int:
    """Return how many files the comparisons take, in one language."""
    return -(-len(pairs_by_slug(catalog, None, None)) // MOST)


def _size(catalog: Catalog, kind: str, number: int) -> int:
    """Return how many addresses a file holds, near enough for its cost."""
    if kind == "pages":
        return len(catalog.careers) + len(catalog.skills) + len(catalog.categories) + len(catalog.collections)
    return min(MOST, len(pairs_by_slug(catalog, None, None)) - number * MOST)


def _pages(catalog: Catalog, prefix: str) -> Iterator[str]:
    """The pages beside the comparisons."""
    newest = catalog.published_at
    for path in ("/compare", "/careers", "/skills", "/categories", "/collections"):
        yield _entry(f"{prefix}{path}", newest)
    for career in catalog.careers.values():
        yield _entry(f"{prefix}/careers/{career.slug}", career.published_at)
    folders = {"skills": catalog.skills, "categories": catalog.categories, "collections": catalog.collections}
    for folder, items in folders.items():
        for slug in items:
            yield f"<url><loc>{prefix}/{folder}/{slug}</loc></url>\n"


def _comparisons(catalog: Catalog, prefix: str, number: int) -> Iterator[str]:
    """The comparisons of a file. One changed last when the later of its careers did."""
    pairs = pairs_by_slug(catalog, None, None)
    for place in range(number * MOST, min((number + 1) * MOST, len(pairs))):
        pair: SlugPair = pairs[place]
        changed = max(pair.a.published_at, pair.b.published_at)
        yield _entry(f"{prefix}/compare/{pair.a.slug}{VERSUS}{pair.b.slug}", changed)


def _entry(address: str, changed: datetime) -> str:
    return f"<url><loc>{address}</loc><lastmod>{changed.isoformat(timespec='seconds')}</lastmod></url>\n"


async def _nothing() -> AsyncIterator[str]:
    """Empty content of unknown length."""
    texts: tuple[str, ...] = ()
    for text in texts:
        yield text


async def _written(entries: Iterator[str]) -> AsyncIterator[str]:
    """Yield the file in chunks; other requests run between them."""
    chunk = [f"{_HEAD}<urlset {_SPACE}>\n"]
    for entry in entries:
        chunk.append(entry)
        if len(chunk) >= CHUNK:
            yield "".join(chunk)
            await lowlevel.checkpoint()
            chunk = []
    yield "".join([*chunk, "</urlset>\n"])
