"""GraphQL: the GraphQL endpoint, GET for queries and POST for everything.

A request's journey: parse, authenticate, charge, look up, execute, respond. As a framework would cost several times as
much as a cached response, it is an ASGI app.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from anyio import to_thread
from graphql import OperationType
from starlette.requests import ClientDisconnect
from starlette.types import Receive, Scope, Send

from careergraph.api.base.errors import fault
from careergraph.api.limits.check_limits import LimitExceeded
from careergraph.web.catalogs.event_stream import Stream, single_event
from careergraph.web.catalogs.version_feed import VersionFeed
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_headers import by_name
from careergraph.web.core.request_record import RECORD, record
from careergraph.web.execution.admission import CLIENT, Admission, Caller, MakeContext
from careergraph.web.execution.document_cache import Operation, SchemaNotBuilt
from careergraph.web.execution.executor import ExecutionRequest, Executor
from careergraph.web.execution.heads import Heads
from careergraph.web.execution.operation_reader import OperationReader
from careergraph.web.execution.rate_limiter import RateLimiter, add_allowance
from careergraph.web.execution.run_queue import Turn
from careergraph.web.execution.tags import Tags
from careergraph.web.ready_operations import NOT_READY, ReadyOperations
from careergraph.web.request.body import BodyReader
from careergraph.web.request.disconnect import cancel_on_disconnect
from careergraph.web.request.endpoint import REQUEST_ID, json_response, refusal_response, request_id
from careergraph.web.request.no_query import respond_without_query
from careergraph.web.request.request import GraphQLRequest, parse, preferred_media
from careergraph.web.response.compressor import Compressor
from careergraph.web.response.operation_result import OperationResult
from careergraph.web.response.response import Headers, RawResponse, private_headers
from careergraph.web.response.response_cache import Key, response_key
from careergraph.web.shared_responses import SharedResponses

Item = TypeVar("Item")


class GraphQL:
    """Responds to GraphQL requests.

    Only a `pure` response, a function of the catalog and the request, is cached, here and by others. If contexts are
    `plain`, each response to a request without a user and without identifying headers is pure.
    """

    def __init__(  # noqa: PLR0913 - the parts of an endpoint
        self,
        config: Config,
        version_feed: VersionFeed,
        executor: Executor,
        make_context: MakeContext,
        compressor: Compressor | None = None,
        *,
        pure: bool,
        plain: bool = False,
    ) -> None:
        self._config = config
        self._version_feed = version_feed
        self.catalog_holder = version_feed.catalog_holder
        self._executor = executor
        self.run_cached_query = executor.run_cached_query
        self.responses = SharedResponses(config, compressor)
        self.tags = Tags(config.cache.max_tags_bytes)
        self._compressor = compressor
        self._body_reader = BodyReader(config.requests.max_body_bytes, config.requests.body_seconds)
        self.rate_limiter = RateLimiter(config.requests.rate_limit) if config.requests.rate_limit else None
        self._reader = OperationReader(config, executor.documents, self.rate_limiter)
        self.admission = Admission(config, self.catalog_holder, make_context, self.rate_limiter, pure=pure, plain=plain)
        self.ready_operations = ReadyOperations(self.admission, self._reader, executor, self.responses, self.tags)
        self._origins = config.cors.allowed
        self._heads = Heads(self.admission, self._origins)
        self._request_id_header = config.observability.request_id_header.lower().encode("latin-1")

    def prepare(self) -> None:
        """Fetch keys before the first requests need them."""
        self.admission.authentication.prepare()

    @property
    def is_busy(self) -> bool:
        """Whether any thread works for a request. For any thread."""
        return self._executor.is_busy

    def close(self) -> None:
        """Close the editors' database. May block."""
        self.admission.authentication.close()
        if self._compressor is not None:
            self._compressor.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        head = self._heads.of(scope)
        headers: dict[bytes, bytes] = by_name(scope["headers"]) if head is None else head.request.headers
        name = scope[REQUEST_ID] = request_id(headers.get(self._request_id_header))
        response: RawResponse | Stream | None = None
        caller: Caller | None = None
        try:
            if head is not None:
                body = self._body_reader.read(headers, receive)
                body = body if isinstance(body, bytes) else await body
                catalog = self.catalog_holder.at_hand()
                if (response := self.responses.at_hand(head, body, catalog)) is None and catalog is not None:
                    ready = self.ready_operations.respond(head, body, catalog)
                    if isinstance(ready, Turn):
                        await ready.ready
                        ready = ready.respond()
                    if ready is not NOT_READY:
                        response, caller = ready, head.caller
                if response is None:
                    request = head.request.with_body(body, scope, receive)
                    caller = None if catalog is None else self._heads.caller(head, request, catalog)
            elif (response := respond_without_query(scope, headers, self._config)) is None:
                request = await parse(scope, receive, headers, self._body_reader, self._origins)
            if response is None:
                caller = caller or self.admission.admit_anonymous(request) or await self.admission.admit(request)
                response = await self._respond(request, caller, inline=head is None)
        except Refusal as refusal:
            record(scope, codes=(str(refusal.code),))
            response = RawResponse.of(refusal_response(refusal, preferred_media(headers)))
        except ClientDisconnect:
            return  # nobody reads the response
        except Exception as problem:  # a bug: the one place that turns it into a response
            error = fault(problem, f"{scope['method']} GraphQL request={name}")
            response = RawResponse.of(json_response({"errors": [error]}, 500, preferred_media(headers)))
        more = [*(() if caller is None else caller.headers), (self._request_id_header, name.encode())]
        if isinstance(response, Stream):
            await response.send(send, more + self.allowance(scope), head=scope["method"] == "HEAD")
            return
        if self.rate_limiter is not None or (caller is not None and caller.codings is not None):
            response = await self.finish(scope, caller, response)
        await send({"type": "http.response.start", "status": response.status, "headers": response.headers + more})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else response.body})

    def respond_inline(self, request: GraphQLRequest, caller: Caller) -> RawResponse | Turn | None:
        """The response to a request that is read whole and waits for nothing but its turn, if its caller was admitted
        as anonymous; None for others. Raises Refusal."""
        try:
            response = self._look_up_or_charge(request, caller)
        except SchemaNotBuilt:
            return None
        if isinstance(response, RawResponse):
            return self.compress_inline(caller, response)
        if response.key is None or not response.runs_inline:
            return None
        if (ready := self._executor.wait()) is not None:
            return Turn(ready, partial(self._run_inline, request, caller, response))
        return self._run_inline(request, caller, response)

    def _run_inline(self, request: GraphQLRequest, caller: Caller, execution: ExecutionRequest) -> RawResponse | None:
        if (content := self._executor.run_inline(execution)) is None:
            return None
        return self.compress_inline(caller, self._respond_shared(request, caller, execution, content))

    def compress_inline(self, caller: Caller, response: RawResponse) -> RawResponse | None:
        """The response in the content coding that its caller prefers; None where that takes a thread."""
        if caller.codings is None or self._compressor is None:
            return response
        return self._compressor.compress_inline(response, caller.codings)

    async def _respond(self, request: GraphQLRequest, caller: Caller, *, inline: bool) -> RawResponse | Stream:
        """The steps of a request after its admission; `inline` is whether its plan may be tried at once. Raises
        Refusal."""
        response = await self._with_schema(partial(self._look_up_or_charge, request, caller))
        if isinstance(response, RawResponse):
            return response
        if inline and caller.context is None and response.key is not None and response.runs_inline:
            if (ready := self._executor.wait()) is not None:
                await ready
            if (content := self._executor.run_inline(response)) is not None:
                return self._respond_shared(request, caller, response, content)
        return await self._execute(request, caller, response)

    async def _with_schema(self, read: Callable[[], Item]) -> Item:
        """Return what is read of an operation, which may need the whole schema: that is built in a thread."""
        try:
            return read()
        except SchemaNotBuilt:
            await to_thread.run_sync(self._executor.documents.build)
            return read()

    def _look_up_or_charge(self, request: GraphQLRequest, caller: Caller) -> RawResponse | ExecutionRequest:
        """The response of a request if there is one already, or else its operation, charged. Raises Refusal."""
        shared, spelling = caller.shared and request.accepts_json, request.spelling
        cache = self.responses.cache.for_catalog(caller.catalog)
        if shared and (cached := cache.by_spelling(caller.catalog, spelling)) is not None:
            return self.responses.from_cache(request, caller, cached)
        operation_read = self._reader.read(request, caller.client)
        if isinstance(operation_read, OperationResult):
            return _uncached(request, operation_read)
        operation, variables = operation_read
        is_watched, key = RECORD in request.scope, None
        if is_watched:
            record(request.scope, operation=operation.title, version=caller.catalog.version)
        if not operation.shareable:
            request.check(operation.kind)
        elif shared:
            key = response_key(operation.text, operation.name, variables)
            if (cached := cache.get(key, spelling, len(request.source))) is not None:
                return self.responses.from_cache(request, caller, cached)
        try:
            execution = self._charge_operation(request, caller, operation, variables, key, paid=1)
        except LimitExceeded as problem:
            return _uncached(request, OperationResult.refused([problem.formatted()]))
        if is_watched:
            record(request.scope, cost=execution.cost)
        return execution

    async def _execute(
        self, request: GraphQLRequest, caller: Caller, execution: ExecutionRequest
    ) -> RawResponse | Stream:
        """Execute an operation that is charged. Raises Refusal."""
        if (kind := execution.operation.kind) is OperationType.SUBSCRIPTION:
            return await self._subscribe(request, execution)
        running = self._executor.run(execution, blocks=getattr(execution.context, "blocks", False))
        reads_past = execution.reads_past and kind is OperationType.QUERY
        result = await (cancel_on_disconnect(request.receive, running) if reads_past else running)
        if kind is OperationType.MUTATION and getattr(execution.context, "actor", self) is not None:
            self.catalog_holder.expire()  # the editor's next response shows this publish
        if execution.key is None or not result.clean:
            return _uncached(request, result)
        return self._respond_shared(request, caller, execution, result.content)

    def _respond_shared(
        self, request: GraphQLRequest, caller: Caller, execution: ExecutionRequest, content: bytes
    ) -> RawResponse:
        """The response with a content that is the same for everybody."""
        operation, catalog = execution.operation, caller.catalog
        tags = self.tags.of(operation, execution.variables, catalog)
        return self.responses.share(request, caller, execution.key or (), content, tags, operation.title)

    async def run_operation(
        self, request: GraphQLRequest, caller: Caller, text: str, variables: dict[str, Any], paid: int = 0
    ) -> tuple[OperationResult, bytes]:
        """The result of an operation of the server's own, and its tags. Charges its cost, less what is `paid` already.
        Raises Refusal."""
        operation = await self._with_schema(partial(self._executor.documents.find, text, None))
        if isinstance(operation, OperationResult):
            return operation, b""
        try:
            execution = self._charge_operation(request, caller, operation, variables, None, paid)
        except LimitExceeded as problem:
            return OperationResult.refused([problem.formatted()]), b""
        result = await self._executor.run(execution, blocks=getattr(execution.context, "blocks", False))
        return result, self.tags.of(operation, variables, caller.catalog)

    def _charge_operation(  # noqa: PLR0913, PLR0917 - an operation, its input and its payer
        self,
        request: GraphQLRequest,
        caller: Caller,
        operation: Operation,
        variables: dict[str, Any] | None,
        key: Key | None,
        paid: int,
    ) -> ExecutionRequest:
        """Charge an operation, less what is `paid`. Raises LimitExceeded (TOO_COSTLY) and Refusal (RATE_LIMITED)."""
        price = self._executor.documents.price(operation, variables)
        if self.rate_limiter is not None:
            self.rate_limiter.take(caller.client, max(0, price.cost - paid))
        past = operation.complexity.historical
        context = caller.context or self.admission.anonymous(request, caller.catalog, historical=past)
        return ExecutionRequest(operation, variables, context, request.scope[REQUEST_ID], *price, key)

    async def _subscribe(self, request: GraphQLRequest, execution: ExecutionRequest) -> RawResponse | Stream:
        self._version_feed.check()
        results = await self._executor.subscribe(execution)
        if isinstance(results, OperationResult):
            return _uncached(request, results)
        return Stream(results, request.receive, self._version_feed, self._config.requests.beat_seconds)

    def allowance(self, scope: Scope) -> Headers:
        """The headers with the cost that a client may still request; none without a limit."""
        return self.rate_limiter.headers(scope[CLIENT]) if self.rate_limiter is not None and CLIENT in scope else []

    async def finish(self, scope: Scope, caller: Caller | None, response: RawResponse) -> RawResponse:
        """The response in the content coding that its client prefers, with the client's allowance: the last step."""
        if caller is not None and caller.codings is not None and self._compressor is not None:
            response = await self._compressor.compress(response, caller.codings)
        return self.with_allowance(scope, response)

    def with_allowance(self, scope: Scope, response: RawResponse) -> RawResponse:
        """The response with the client's allowance, where there is a limit."""
        if allowance := self.allowance(scope):
            headers = add_allowance(response.headers, allowance, posted=scope["method"] == "POST")
            return RawResponse(response.status, headers, response.body, response.encoded)
        return response


def _uncached(request: GraphQLRequest, result: OperationResult) -> RawResponse:
    record(request.scope, codes=result.codes)
    if not request.accepts_json:
        return single_event(result.content)
    status = 200 if result.started or request.media is Media.JSON else 400
    return RawResponse(status, private_headers(result.content, request.media), result.content)
