"""The endpoint of pages: HTML that is charged, cached and tagged as JSON responses are."""

import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from msgspec.structs import replace
from starlette.types import Scope

from careergraph.engine.content import Catalog
from careergraph.engine.text.locale_lookup import nearest_locale
from careergraph.engine.text.localized_catalog import localize
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_record import record
from careergraph.web.execution.admission import Caller
from careergraph.web.pages.errors import failed_page, missing
from careergraph.web.pages.rendering.addresses import Addresses
from careergraph.web.pages.rendering.document import Document
from careergraph.web.pages.rendering.rendering import Rendering
from careergraph.web.pages.rendering.visit import Failed, Moved, Visit
from careergraph.web.pages.rendering.words import Words
from careergraph.web.read_endpoint import ReadEndpoint
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.response import (
    NO_STORE,
    NOSNIFF,
    VARY,
    Headers,
    RawResponse,
    private_headers,
    raw_headers,
)
from careergraph.web.response.response_cache import Key

Page = Callable[[Visit], Awaitable[Document]]
"""A function that makes one kind of page. Raises Moved, Failed and Refusal."""

SECURITY: Headers = [
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: https:; "
        b"font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'",
    ),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
]
"""Security headers of every page: it loads files of this site only, without inline script or style."""


class PageEndpoint(ReadEndpoint):
    """One kind of page, as an ASGI app. `path` is its path in the default language, with `{names}` in it."""

    def __init__(self, rendering: Rendering, path: str, page: Page, media: Media = Media.HTML) -> None:
        super().__init__(rendering.graphql, rendering.config.observability.request_id_header, path, media)
        self._rendering, self._page = rendering, page

    def refuse(
        self, scope: Scope, status: int, message: str, extensions: Mapping[str, Any], headers: Mapping[str, str]
    ) -> RawResponse:
        """The page of a request that is refused."""
        content = self._rendering.refused(scope, extensions["code"], message, extensions.get("id", ""))
        return _private(content, status, more=headers)

    def headers(self, scope: Scope, response: RawResponse) -> Headers:
        """The security headers, and the file name of a download."""
        if self.media is not Media.CSV or response.status != 200:
            return SECURITY
        return [(b"content-disposition", f'attachment; filename="{_file_name(scope)}"'.encode()), *SECURITY]

    async def respond(self, request: GraphQLRequest, caller: Caller, up: str | None = None) -> RawResponse:
        """A page, a redirect or a problem; with `up`, the way to the root, at another address. Raises Refusal."""
        graphql, scope = self.graphql, request.scope
        if (other := self._other_locale(scope, caller.catalog)) is not None:
            return other
        visit = self._visit(request, caller, up)
        key: Key = (Media.HTML, self.path, tuple(visit.names.items()), visit.locale.code, request.source)
        if caller.shared and (response := graphql.responses.look_up(request, caller, key, key)) is not None:
            return response
        try:
            document = await (missing if visit.stray else self._page)(visit)
        except Moved as moved:
            return _moved(moved.address, moved.status)
        except Failed as failed:
            record(scope, codes=(failed.code,))
            document = failed_page(visit, failed)
        content = self._rendering.render(document, visit) if document.raw is None else document.raw
        if not caller.shared or document.status != 200 or not visit.complete:
            return _private(content, document.status, Media.HTML if document.raw is None else self.media)
        name = self._page.__name__
        record(scope, operation=name, version=caller.catalog.version)
        return graphql.responses.share(request, caller, key, content, self._tags(visit), name)

    def _other_locale(self, scope: Scope, catalog: Catalog) -> RawResponse | None:
        """Redirect from a language tag to the nearest locale (RFC 4647). Permanent only for the default locale, whose
        address holds no code: any other tag may become a locale of its own."""
        names = dict(scope.get("path_params", {}))
        code = names.pop("locale", None)
        nearest = None if code is None else nearest_locale(catalog.locales, code)
        if nearest is None or code == nearest != catalog.default_locale:
            return None
        here = self.path.format(**names)
        target = Addresses("/", nearest, catalog.default_locale).localized(nearest, here)
        status = 301 if code == catalog.default_locale else 302
        return _moved(Addresses(f"/{code}{here}", "", "").file(target) + _query(scope), status)

    def _visit(self, request: GraphQLRequest, caller: Caller, up: str | None) -> Visit:
        """The visit of a request, over a preview's catalog if there is one. Raises Moved and Refusal."""
        names: dict[str, str] = dict(request.scope.get("path_params", {}))
        code = names.pop("locale", None)
        catalog = getattr(caller.context, "catalog", caller.catalog)
        path = self.path.format(**names)
        locale = catalog.locales.get(code or catalog.default_locale)
        if stray := locale is None:
            path, locale = f"/{code}{path}", catalog.locales.get(catalog.default_locale)
        if locale is None:
            raise Refusal(WebCode.NOT_FOUND, "The catalog is written in no language.")
        addresses = Addresses(path, locale.code, catalog.default_locale, self._rendering.config.pages.public_url, up)
        graphql, files = self._rendering.graphql, self._rendering.files
        context = caller.context or graphql.admission.anonymous(request, catalog)
        caller = replace(caller, catalog=catalog, context=context)
        words = Words(localize(catalog, locale.code))
        return Visit(request, caller, graphql, files, locale, addresses, names, words, stray)

    def _tags(self, visit: Visit) -> bytes:
        """The tags of a page: those of its results, of its locales' words, and of the list of locales."""
        tags = visit.tags | dict.fromkeys([*[f"locale:{each.code}" for each in visit.locale.chain()], "locales"])
        text = " ".join(tags).encode("ascii", "replace")
        return text if len(text) < self._rendering.config.cache.max_tags_bytes else b"catalog"


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
    return RawResponse(status, [*private_headers(content, media), *raw_headers(more or {})], content)
