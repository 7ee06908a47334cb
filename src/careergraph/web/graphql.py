"""The GraphQL endpoint: GraphQL over HTTP, GET for queries and POST for everything."""

import inspect
from collections.abc import Callable
from datetime import datetime

from graphql import OperationType
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from careergraph.engine.content import Catalog
from careergraph.web.codes import Refusal, WebCode
from careergraph.web.config import Config
from careergraph.web.edge import REQUEST_ID, refuse, respond
from careergraph.web.entrance import Entrance
from careergraph.web.execution import Answer, Executor
from careergraph.web.links import link
from careergraph.web.media import Media, accepted
from careergraph.web.parameters import Parameters, read
from careergraph.web.runtime import Runtime

MakeContext = Callable[[Catalog, Callable[[datetime], Catalog], object | None, Request], object]
"""Makes what resolvers see: from the catalog, the way to catalogs of the past, the user and the request."""


class GraphQL:
    """Answers GraphQL requests. Each takes the catalog once, so an answer is of one version."""

    def __init__(self, config: Config, runtime: Runtime, executor: Executor, make_context: MakeContext) -> None:
        self._config = config
        self._runtime = runtime
        self._executor = executor
        self._make_context = make_context
        self._entrance = Entrance(config)

    async def answer(self, request: Request) -> Response:
        """The answer to one request, in the media type that it accepts."""
        if self._is_visit(request):
            return RedirectResponse(link(self._config.graphql_path, self._config.graphiql_path), 303)
        try:
            media = accepted(request.headers.get("accept"))
        except Refusal as refusal:
            return _varied(refuse(refusal))
        try:
            answer = await self._executed(request, await read(request, self._config))
        except Refusal as refusal:
            return _varied(refuse(refusal, media))
        status = 200 if answer.started or media is Media.JSON else 400
        return _varied(respond(answer.body(), status, media))

    async def _executed(self, request: Request, parameters: Parameters) -> Answer:
        operation = self._executor.prepare(parameters.query or "", parameters.operation_name)
        if isinstance(operation, Answer):
            return operation
        if request.method == "GET" and operation.kind is not OperationType.QUERY:
            message = "A mutation needs POST."
            raise Refusal(WebCode.METHOD_NOT_ALLOWED, message, headers={"Allow": "POST, OPTIONS"})
        catalog = await self._runtime.catalog()
        seen = self._make_context(catalog, self._runtime.as_of, await self._user(request), request)
        context = await self._entrance.admit(seen, request)
        answer = await self._executor.run(operation, parameters.variables, context, request.scope[REQUEST_ID])
        if operation.kind is OperationType.MUTATION:
            self._runtime.expire()  # what an editor published shall be in the editor's next answer
        return answer

    async def _user(self, request: Request) -> object | None:
        user = self._config.authenticate(request)
        return await user if inspect.isawaitable(user) else user

    def _is_visit(self, request: Request) -> bool:
        """Whether somebody opened the endpoint in a browser, who is better served by GraphiQL."""
        if not self._config.graphiql or request.method != "GET" or request.scope["query_string"]:
            return False
        return "text/html" in request.headers.get("accept", "")


def _varied(response: Response) -> Response:
    # whoever caches must never take an answer to an editor, or of a preview, for the public one, nor the reverse
    response.headers["Vary"] = "Accept, Authorization, X-Careergraph-Preview"
    return response
