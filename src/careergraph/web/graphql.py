"""The GraphQL endpoint: GraphQL over HTTP, GET for queries and POST for everything.

It is an ASGI app of its own rather than a handler: between a request and an answer that is kept lie a few look-ups, and
what frameworks do on the way would cost several times as much.
"""

import inspect
from collections.abc import Callable
from datetime import datetime
from typing import Any

import msgspec
from graphql import OperationType
from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from careergraph.api.base.errors import fault
from careergraph.api.limits.limits import LimitExceeded
from careergraph.engine.content import Catalog
from careergraph.web.catalogs.event_stream import Stream
from careergraph.web.catalogs.version_feed import VersionFeed
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config, host_user
from careergraph.web.core.media_types import Media
from careergraph.web.core.request_record import RECORD, record
from careergraph.web.execution.authentication import IDENTIFYING, PREVIEW, Authentication
from careergraph.web.execution.documents import Operation
from careergraph.web.execution.execution import ExecutionRequest, Executor
from careergraph.web.execution.rate_limit import Rate, client_of, with_allowance
from careergraph.web.execution.run_queue import RunQueue
from careergraph.web.execution.tags import Tags
from careergraph.web.request.body import BodyReader
from careergraph.web.request.connected import while_connected
from careergraph.web.request.endpoint import REQUEST_ID, named, refuse, respond
from careergraph.web.request.no_query import answer_without_query
from careergraph.web.request.parameters import check_kind, refuse_cross_site
from careergraph.web.request.persisted import PersistedDocuments
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.answer import Answer
from careergraph.web.response.compressor import Compressor
from careergraph.web.response.response import CacheHeaders, Headers, RawResponse, not_modified, private, unchanged
from careergraph.web.response.response_cache import CachedResponse, Key, ResponseCache

MakeContext = Callable[[Catalog, Callable[[datetime], Catalog], object | None, Request], Any]
"""Makes what resolvers see: from the catalog, the way to catalogs of the past, the user and the request."""

_CANONICAL = msgspec.json.Encoder(order="deterministic")


class GraphQL:
    """Answers GraphQL requests. Each takes the catalog once, so an answer is of one version.

    Only where an answer is `pure`, a function of the catalog and the request, is it kept and may caches keep it. Where
    contexts are `plain`, a request without a user and without what identifies one is known to have such an answer.
    """

    def __init__(  # noqa: PLR0913 - what stands behind it, and what is known of that
        self,
        config: Config,
        news: VersionFeed,
        executor: Executor,
        make_context: MakeContext,
        compressor: Compressor | None = None,
        *,
        pure: bool,
        plain: bool = False,
    ) -> None:
        self._config = config
        self._news = news
        self.runtime = news.runtime
        self._executor = executor
        self._make_context = make_context
        self._pure = pure
        self._plain = pure and plain
        self._open = config.authenticate is host_user  # which looks for a user in the scope, and nowhere else
        self._response_cache = ResponseCache(config.answers_bytes)
        self.tags = Tags(config.max_tags_bytes)
        self._keeping = CacheHeaders(config)
        self._persisted = PersistedDocuments(config)
        self._compressor = compressor
        self._run_queue = RunQueue(config.max_waiting, config.request_seconds)
        self._entrance = Authentication(config, self._run_queue)
        self._bodies = BodyReader(config.max_body_bytes, config.body_seconds)
        self.rate = Rate(config.rate_limit) if config.rate_limit else None
        self._request_id_header = config.request_id_header.lower().encode("latin-1")

    def prepare(self) -> None:
        """Begins what the first requests would wait for."""
        self._entrance.prepare()

    def close(self) -> None:
        """Lets go of the editors' database. May block."""
        self._entrance.desk.close()
        if self._compressor is not None:
            self._compressor.close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = GraphQLRequest(scope, receive)
        name = scope[REQUEST_ID] = named(request.headers.get(self._request_id_header))
        reply: RawResponse | Stream
        try:
            reply = await self._answered(request)
        except Refusal as refusal:
            record(request.scope, codes=(str(refusal.code),))
            reply = RawResponse.of(refuse(refusal, request.media))
        except ClientDisconnect:
            return  # nobody is left to answer
        except Exception as problem:  # a bug: the one place that turns it into an answer
            where = f"{request.method} GraphQL request={request.scope[REQUEST_ID]}"
            reply = RawResponse.of(respond({"errors": [fault(problem, where)]}, 500, request.media))
        more = [*request.more, (self._request_id_header, name.encode())]
        allowance = self.allowance(request.client)
        if isinstance(reply, Stream):
            await reply.send(send, more + allowance, head=request.method == "HEAD")
            return
        reply = await self.coded(request, reply)
        headers = with_allowance(reply.headers, allowance, posted=request.posted) if allowance else reply.headers
        await send({"type": "http.response.start", "status": reply.status, "headers": headers + more})
        await send({"type": "http.response.body", "body": b"" if request.method == "HEAD" else reply.body})

    async def _answered(self, request: GraphQLRequest) -> RawResponse | Stream:
        if not request.posted and (reply := answer_without_query(request, self._config)) is not None:
            return reply
        if (accept := request.headers.get(b"accept")) is not None:
            request.negotiate(accept)
        if request.posted:
            check_kind(request.headers)
            body = self._bodies.read(request.headers, request.receive)
            request.source = request.spelling = body if isinstance(body, bytes) else await body
        else:
            refuse_cross_site(request.headers, self._config.origins)
            request.source = request.scope["query_string"]
            request.spelling = (request.source,)  # the same bytes in a body are another request
        catalog, context, shared = await self.admit(request)
        if shared and request.plain and (kept := self._response_cache.spelt(catalog, request.spelling)) is not None:
            return self._reply(request, kept)
        return await self._run(request, catalog, context or self.nobody(request, catalog), shared)

    def nobody(self, request: GraphQLRequest, catalog: Catalog) -> Any:
        """The context of a request without a user and without what identifies one."""
        return self._make_context(catalog, self.runtime.as_of, None, Request(request.scope))

    async def admit(self, request: GraphQLRequest) -> tuple[Catalog, Any, bool]:
        """The catalog and the context to answer a request from, and whether the answer is the same for everybody.

        Without a context, `nobody` makes it. Charges 1 for the request itself. Raises Refusal.
        """
        user = None if self._open and "user" not in request.scope else await self._signed_in(request)
        if self.rate is not None:
            request.client = client_of(user, (request.scope.get("client") or ("",))[0])
            self.rate.take(request.client, 1)  # for the request itself, whatever comes of it
        unknown = user is None and IDENTIFYING.isdisjoint(request.headers)
        catalog = self.runtime.at_hand() if unknown else await self.runtime.newest()
        catalog = catalog or await self.runtime.catalog()
        context = None if self._plain and unknown else await self._admitted(request, catalog, user, unknown)
        shared = context is None or (self._pure and user is None and not getattr(context, "private", False))
        if self._compressor is not None:
            request.accept_codings(secret=not (shared or (unknown and b"cookie" not in request.headers)))
        return catalog, context, shared

    async def _admitted(self, request: GraphQLRequest, catalog: Catalog, user: object, unknown: bool) -> Any:
        """What resolvers see: as the host makes it, and with who is known by the request. Raises Refusal."""
        connection = Request(request.scope)
        context = self._make_context(catalog, self.runtime.as_of, user, connection)
        if not unknown:
            context = await self._entrance.admit(context, connection)
            if (actor := getattr(context, "actor", None)) is not None:
                request.client = f"actor {actor.name}"  # whose cost it is, however many share the address
            if (name := getattr(context, "preview_name", None)) is not None:
                request.more += ((PREVIEW.encode(), name.encode()),)
        return context

    async def _signed_in(self, request: GraphQLRequest) -> object | None:
        """The user of the host. Raises Refusal (TIMEOUT)."""
        user = self._config.authenticate(Request(request.scope))
        if user is not None and inspect.isawaitable(user):
            user = await self._run_queue.within(user)
        return user

    async def _run(self, request: GraphQLRequest, catalog: Catalog, context: Any, shared: bool) -> RawResponse | Stream:
        parameters = request.read()
        text = self._persisted.text(parameters)
        if self.rate is not None:
            self.rate.take(request.client, self._executor.documents.reading_cost(text))
        operation = self._executor.documents.find(text, parameters.operation_name)
        if isinstance(operation, Answer):
            return _not_kept(request, operation)
        record(request.scope, operation=operation.title, version=catalog.version)
        self._persisted.remember(parameters)
        request.check_form(operation.kind)
        if not request.posted and operation.kind is OperationType.MUTATION:
            message = "A mutation needs POST."
            raise Refusal(WebCode.METHOD_NOT_ALLOWED, message, headers={"Allow": "POST, OPTIONS"})
        shared = shared and operation.kind is OperationType.QUERY and not operation.measure.personal
        key: Key = (text, operation.name, _CANONICAL.encode(parameters.variables) if parameters.variables else b"")
        if shared and (reply := self.kept(request, key, catalog)) is not None:
            return reply
        try:
            execution = self._charged(request, operation, parameters.variables, context, paid=1)
        except LimitExceeded as problem:
            return _not_kept(request, Answer.refused([problem.shown()]))
        record(request.scope, cost=execution.cost)
        if operation.kind is OperationType.SUBSCRIPTION:
            return await self._subscribed(request, execution)
        running = self._executor.run(execution, blocks=getattr(context, "blocks", False))
        reads_past = execution.reads_past and operation.kind is OperationType.QUERY
        answer = await (while_connected(request.receive, running) if reads_past else running)
        if operation.kind is OperationType.MUTATION and getattr(context, "actor", self) is not None:
            self.runtime.expire()  # what an editor published shall be in the editor's next answer
        if not shared or not answer.clean:
            return _not_kept(request, answer)
        tags = self.tags.of(operation, parameters.variables, catalog)
        return self.share(request, CachedResponse(key, answer, tags, {}, 0, operation.title, catalog.version), catalog)

    async def ask(  # noqa: PLR0913, PLR0917 - an operation, and for whom and from what it is answered
        self,
        request: GraphQLRequest,
        text: str,
        variables: dict[str, Any],
        catalog: Catalog,
        context: Any,
        paid: int = 0,
    ) -> tuple[Answer, bytes]:
        """The answer to a query of the server's own, and the tags of what it follows from.

        Charges its cost, less what is `paid` already. Raises Refusal.
        """
        operation = self._executor.documents.find(text, None)
        if isinstance(operation, Answer):
            return operation, b""
        try:
            execution = self._charged(request, operation, variables, context, paid)
        except LimitExceeded as problem:
            return Answer.refused([problem.shown()]), b""
        answer = await self._executor.run(execution, blocks=getattr(context, "blocks", False))
        return answer, self.tags.of(operation, variables, catalog)

    def _charged(
        self, request: GraphQLRequest, operation: Operation, variables: dict[str, Any] | None, context: Any, paid: int
    ) -> ExecutionRequest:
        """The operation as it is to be run, when its client has been charged its cost, less what is `paid` already.

        Raises LimitExceeded (TOO_COSTLY) and Refusal (RATE_LIMITED).
        """
        price = self._executor.documents.price(operation, variables)
        if self.rate is not None:
            self.rate.take(request.client, max(0, price.cost - paid))
        return ExecutionRequest(operation, variables, context, request.scope[REQUEST_ID], *price)

    def allowance(self, client: str) -> Headers:
        """The headers that tell a client what it may still request; none without a limit."""
        return self.rate.headers(client) if self.rate is not None and client else []

    async def _subscribed(self, request: GraphQLRequest, execution: ExecutionRequest) -> RawResponse | Stream:
        self._news.check()
        results = await self._executor.subscribe(execution)
        if isinstance(results, Answer):
            return _not_kept(request, results)
        return Stream(results, request.receive, self._news, self._config.beat_seconds)

    async def coded(self, request: GraphQLRequest, reply: RawResponse) -> RawResponse:
        """The reply in the content coding that its client prefers, where that pays: the last step before it is sent."""
        if request.accepted is None or self._compressor is None:
            return reply
        return await self._compressor.reply(reply, request.accepted)

    def kept(self, request: GraphQLRequest, key: Key, catalog: Catalog) -> RawResponse | None:
        """The reply with a kept answer; None where none is kept."""
        kept = self._response_cache.of(catalog).get(key, request.spelling, len(request.source))
        return None if kept is None else self._reply(request, kept)

    def share(self, request: GraphQLRequest, kept: CachedResponse, catalog: Catalog) -> RawResponse:
        """The reply with an answer that is the same for everybody. Keeps it if it was requested before."""
        if self._config.answers_bytes and self._response_cache.of(catalog).wants(kept.key):
            self._response_cache.keep(catalog, kept.weighed())
        return self._reply(request, kept, again=False)

    def _reply(self, request: GraphQLRequest, kept: CachedResponse, *, again: bool = True) -> RawResponse:
        """The reply with an answer that is the same for everybody, and was given before or not."""
        if again and RECORD in request.scope:
            record(request.scope, kept=True, operation=kept.title, version=kept.version)
        if (reply := kept.replies.get(request.media)) is None:
            content = kept.answer.content
            reply = RawResponse(200, self._keeping.headers(content, request.media, kept.tags), content)
            kept.replies[request.media] = reply
        if not request.posted and (validators := request.headers.get(b"if-none-match")) is not None:
            validator = unchanged(reply.headers, validators, request.marks)
            if validator is not None:
                return not_modified(reply.headers, validator)
        if again and request.accepted is not None and self._compressor is not None:
            return self._compressor.kept(kept, request.media, request.accepted, self._response_cache.grow)
        return reply


def _not_kept(request: GraphQLRequest, answer: Answer) -> RawResponse:
    record(request.scope, codes=answer.codes)
    status = 200 if answer.started or request.media is Media.JSON else 400
    return RawResponse(status, private(answer.content, request.media), answer.content)
