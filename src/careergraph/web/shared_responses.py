"""SharedResponses: the responses that are the same for everybody, as each client gets them."""

from careergraph.engine.content import Catalog
from careergraph.web.core.config import Config
from careergraph.web.core.request_record import RECORD, record
from careergraph.web.execution.admission import Caller
from careergraph.web.execution.heads import Head
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.compressor import Compressor
from careergraph.web.response.response import CacheHeaders, RawResponse, matching_etag, not_modified
from careergraph.web.response.response_cache import CachedResponse, Key, ResponseCache


class SharedResponses:
    """Makes the shared responses of one app, and caches those that are requested again."""

    def __init__(self, config: Config, compressor: Compressor | None) -> None:
        self.cache = ResponseCache(config.cache.answers_bytes)
        self._by_spelling = self.cache.by_spelling
        self.are_kept = config.cache.answers_bytes > 0
        self._cache_headers = CacheHeaders(config)
        self._response = self._cache_headers.response
        self._compressor = compressor

    def at_hand(self, head: Head, body: bytes, catalog: Catalog | None) -> RawResponse | None:
        """The cached response to a POST that came in these very bytes before, where its head says enough."""
        if (variant := head.variant) is None or (cached := self._by_spelling(catalog, body)) is None:
            return None
        return cached.variants.get(variant)

    def look_up(self, request: GraphQLRequest, caller: Caller, key: Key, spelling: object) -> RawResponse | None:
        """The cached response of a key; None if there is none."""
        cached = self.cache.for_catalog(caller.catalog).get(key, spelling, len(request.source))
        return None if cached is None else self.from_cache(request, caller, cached)

    def from_cache(self, request: GraphQLRequest, caller: Caller, cached: CachedResponse) -> RawResponse:
        """The variant of a cached response that a client gets."""
        if RECORD in request.scope:
            record(request.scope, cached=True, operation=cached.title, version=cached.version)
        response = self._variant(request, caller, cached)
        if response.status == 200 and caller.codings is not None and self._compressor is not None:
            return self._compressor.from_cache(cached, request.media, caller.codings, self.cache.grow)
        return response

    def share(  # noqa: PLR0913, PLR0917 - a response and its client
        self, request: GraphQLRequest, caller: Caller, key: Key, content: bytes, tags: bytes, title: str | None
    ) -> RawResponse:
        """A new response, whose `tags` name the documents that it depends on; `title` is the name of its operation.
        Stores it if it was requested before."""
        catalog, media = caller.catalog, request.media
        response = self._response(content, media, tags)
        if self.are_kept and self.cache.for_catalog(catalog).should_store(key):
            cached = CachedResponse(
                key, content, tags, title=title, version=catalog.version, variants={media: response}
            )
            self.cache.store(catalog, cached)
        return response if request.posted else _validated(request, caller, response)

    def _variant(self, request: GraphQLRequest, caller: Caller, cached: CachedResponse) -> RawResponse:
        """The variant of a response in the client's media type, or 304."""
        if (response := cached.variants.get(request.media)) is None:
            response = self._cache_headers.response(cached.content, request.media, cached.tags)
            cached.variants[request.media] = response
        return _validated(request, caller, response)


def _validated(request: GraphQLRequest, caller: Caller, response: RawResponse) -> RawResponse:
    """The response, or 304 if the client has it already."""
    if request.posted or (theirs := request.headers.get(b"if-none-match")) is None:
        return response
    mine = matching_etag(response.headers, theirs, caller.etag_suffixes)
    return response if mine is None else not_modified(response.headers, mine)
