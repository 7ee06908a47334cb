"""The endpoint of pages: from a request to HTML that is charged, kept and tagged as answers are."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from jinja2 import Environment
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from careergraph.api.base.errors import fault
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Locale
from careergraph.engine.text.locale_lookup import nearest_locale
from careergraph.engine.text.localized_catalog import localize
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_record import record
from careergraph.web.execution.rate_limit import with_allowance
from careergraph.web.graphql import GraphQL
from careergraph.web.pages.errors import failed_page, missing
from careergraph.web.pages.rendering.addresses import Addresses
from careergraph.web.pages.rendering.files import Files
from careergraph.web.pages.rendering.render import Document
from careergraph.web.pages.rendering.structured import script_text
from careergraph.web.pages.rendering.visit import Failed, Moved, Visit
from careergraph.web.pages.rendering.words import Words
from careergraph.web.request.endpoint import REQUEST_ID, named
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.answer import Answer
from careergraph.web.response.response import NO_STORE, NOSNIFF, VARY, Headers, RawResponse, private
from careergraph.web.response.response_cache import CachedResponse, Key

Page = Callable[[Visit], Awaitable[Document]]
"""What makes one kind of page. Raises Moved, Failed and Refusal."""

METHODS = ("GET", "HEAD")
ALLOW = "GET, HEAD, OPTIONS"
STATIC = "/_careergraph/pages"
"""Where the static files of pages are served."""

SECURITY: Headers = [
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; "
        b"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    ),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
"""What browsers are told of every page: it loads files of its own and nothing else, no script or style inside."""


class Site:
    """What all pages of an app share."""

    def __init__(self, config: Config, graphql: GraphQL, files: Files, templates: Environment) -> None:
        self.config, self.graphql, self.files, self.templates = config, graphql, files, templates
        self.request_id_header = config.request_id_header.lower().encode("latin-1")

    def render(self, document: Document, visit: Visit) -> bytes:
        """The HTML of a page."""
        catalog, addresses = visit.catalog, visit.addresses
        words = visit.words
        title = words(document.label, title=document.title) if document.label else document.title
        values = {
            "fallback": False,
            **document.values,
            "preview": getattr(visit.context, "preview_name", None),
            "w": words,
            "title": title,
            "description": words(document.lead) if document.lead else document.description or title,
            "link": addresses.link,
            "file": addresses.file,
            "compare": addresses.compare,
            "static": lambda name: addresses.file(f"{STATIC}/{name}", v=self.files.static[name].digest),
            "page": document,
            "structured": script_text(document.structured),
            "locale": visit.locale.code,
            "canonical": addresses.public(path=document.canonical),
            "languages": [
                (code, locale.name, addresses.public(code, document.canonical))
                for code, locale in _sorted(catalog).items()
            ],
            "localized": lambda code: addresses.localized(code, None if document.status == 200 else "/"),
            "config": self.config,
            "path": addresses.path,
        }
        return self.templates.get_template(document.template).render(values).encode()

    def refused(self, scope: Scope, code: str, message: str, name: str = "") -> bytes:
        """The page of a request that is refused before anything is known of it."""
        path = scope["path"].removeprefix(scope.get("root_path", ""))
        up = "../" * (path.count("/") - 1)
        values = {"code": code, "message": message, "id": name, "up": up}
        return self.templates.get_template("refused.html").render(values).encode()


class PageEndpoint:
    """One kind of page, as an ASGI app. `path` is its path in the default language, with `{names}` in it."""

    def __init__(self, site: Site, path: str, page: Page, media: Media = Media.HTML) -> None:
        self._site, self._path, self._page, self._media = site, path, page, media

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        graphql_request = GraphQLRequest(scope, receive)
        graphql_request.media = self._media
        name = scope[REQUEST_ID] = named(graphql_request.headers.get(self._site.request_id_header))
        try:
            reply = await self._reply(graphql_request)
        except ClientDisconnect:
            return  # nobody is left to answer
        reply = await self._site.graphql.coded(graphql_request, reply)
        headers = with_allowance(reply.headers, self._site.graphql.allowance(graphql_request.client), posted=False)
        if self._media is Media.CSV and reply.status == 200:
            headers.append((b"content-disposition", f'attachment; filename="{_file_name(scope)}"'.encode()))
        headers = [*headers, *graphql_request.more, *SECURITY, (self._site.request_id_header, name.encode())]
        await send({"type": "http.response.start", "status": reply.status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if graphql_request.method == "HEAD" else reply.body})

    async def _reply(self, graphql_request: GraphQLRequest) -> RawResponse:
        try:
            if graphql_request.method == "OPTIONS":
                return RawResponse(204, [(b"allow", ALLOW.encode()), (b"cache-control", NO_STORE), NOSNIFF], b"")
            if graphql_request.method not in METHODS:
                message = f"This address does not answer {graphql_request.method[:16]}."
                raise Refusal(WebCode.METHOD_NOT_ALLOWED, message, headers={"Allow": ALLOW})
            return await self._admitted(graphql_request)
        except Refusal as refusal:
            record(graphql_request.scope, codes=(str(refusal.code),))
            content = self._site.refused(graphql_request.scope, str(refusal.code), refusal.message)
            return _private(content, refusal.status, more=refusal.headers)
        except ClientDisconnect:
            raise
        except Exception as problem:  # a bug: the one place that turns it into a page
            where = f"{graphql_request.method} page {self._path} request={graphql_request.scope[REQUEST_ID]}"
            error = fault(problem, where)
            name = error["extensions"].get("id", "")
            return _private(
                self._site.refused(graphql_request.scope, error["extensions"]["code"], error["message"], name), 500
            )

    async def _admitted(self, graphql_request: GraphQLRequest) -> RawResponse:
        graphql, query = self._site.graphql, graphql_request.scope["query_string"]
        catalog, context, shared = await graphql.admit(graphql_request)
        if (other := self._other_locale(graphql_request.scope, catalog)) is not None:
            return other
        visit = self._visit(graphql_request, catalog, context)
        key: Key = (Media.HTML, self._path, tuple(visit.names.items()), visit.locale.code, query)
        graphql_request.spelling, graphql_request.source = key, query
        if shared and (reply := graphql.kept(graphql_request, key, catalog)) is not None:
            return reply
        try:
            document = await (missing if visit.stray else self._page)(visit)
        except Moved as moved:
            return _moved(moved.address, moved.status)
        except Failed as failed:
            record(graphql_request.scope, codes=(failed.code,))
            document = failed_page(visit, failed)
        content = self._site.render(document, visit) if document.raw is None else document.raw
        if not shared or document.status != 200 or not visit.complete:
            return _private(content, document.status, Media.HTML if document.raw is None else self._media)
        name = self._page.__name__
        record(graphql_request.scope, operation=name, version=catalog.version)
        answer = Answer(content, started=True, clean=True)
        return graphql.share(
            graphql_request, CachedResponse(key, answer, self._tags(visit), {}, 0, name, catalog.version), catalog
        )

    def _other_locale(self, scope: Scope, catalog: Catalog) -> RawResponse | None:
        """The redirect from a language tag to the address of the nearest locale (RFC 4647); for good only where the tag
        is the default locale, whose address holds no code: another tag may become a locale of its own."""
        names = dict(scope.get("path_params", {}))
        code = names.pop("locale", None)
        nearest = None if code is None else nearest_locale(catalog.locales, code)
        if nearest is None or code == nearest != catalog.default_locale:
            return None
        here = self._path.format(**names)
        target = Addresses("/", nearest, catalog.default_locale).localized(nearest, here)
        status = 301 if code == catalog.default_locale else 302
        return _moved(Addresses(f"/{code}{here}", "", "").file(target) + _query(scope), status)

    def _visit(self, graphql_request: GraphQLRequest, live: Catalog, context: Any) -> Visit:
        """What the page is made from: a preview's catalog where there is one. Raises Moved and Refusal."""
        names: dict[str, str] = dict(graphql_request.scope.get("path_params", {}))
        code = names.pop("locale", None)
        catalog = getattr(context, "catalog", live)
        path = self._path.format(**names)
        locale = catalog.locales.get(code or catalog.default_locale)
        if stray := locale is None:
            path, locale = f"/{code}{path}", catalog.locales.get(catalog.default_locale)
        if locale is None:
            raise Refusal(WebCode.NOT_FOUND, "The catalog is written in no language.")
        addresses = Addresses(path, locale.code, catalog.default_locale, self._site.config.public_url)
        graphql, files = self._site.graphql, self._site.files
        context = context or graphql.nobody(graphql_request, catalog)
        words = Words(localize(catalog, locale.code))
        return Visit(graphql_request, graphql, files, catalog, context, locale, addresses, names, words, stray)

    def _tags(self, visit: Visit) -> bytes:
        """What the page follows from: its answers, the words of its languages, and which languages there are."""
        tags = visit.tags | dict.fromkeys([*[f"locale:{each.code}" for each in visit.locale.chain()], "locales"])
        text = " ".join(tags).encode("ascii", "replace")
        return text if len(text) < self._site.config.max_tags_bytes else b"catalog"


def _sorted(catalog: Catalog) -> Mapping[str, Locale]:
    default = catalog.default_locale
    return {code: catalog.locales[code] for code in sorted(catalog.locales, key=lambda code: (code != default, code))}


def _file_name(scope: Scope) -> str:
    """The last part of an address, for a file."""
    return re.sub(r"[^A-Za-z0-9._-]", "_", scope["path"].rpartition("/")[2])


def _query(scope: Scope) -> str:
    text: str = scope["query_string"].decode("latin-1")
    return f"?{text}" if text else ""


def _moved(address: str, status: int) -> RawResponse:
    headers = [(b"location", address.encode("latin-1")), (b"content-length", b"0"), (b"cache-control", NO_STORE)]
    return RawResponse(status, [*headers, NOSNIFF, VARY], b"")


def _private(
    content: bytes, status: int, media: Media = Media.HTML, more: Mapping[str, str] | None = None
) -> RawResponse:
    headers = [(name.lower().encode(), value.encode("latin-1")) for name, value in (more or {}).items()]
    return RawResponse(status, [*private(content, media), *headers], content)
