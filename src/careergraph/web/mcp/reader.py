"""Reader: runs the operations of tools and resources under the limits that every request has."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.types import Message, Scope

from careergraph.web.core.codes import WebCode
from careergraph.web.core.request_record import record
from careergraph.web.execution.admission import Caller
from careergraph.web.graphql import GraphQL
from careergraph.web.request.endpoint import REQUEST_ID, request_id
from careergraph.web.request.request import GraphQLRequest

CALLER = "careergraph.caller"
"""The entry of an ASGI scope with the caller of a request that is admitted already."""


class ReadProblem(Exception):
    """An operation that failed, with the code, the message and the other extensions of its error."""

    def __init__(self, code: str, message: str, extensions: Mapping[str, Any]) -> None:
        super().__init__(message)
        self.code, self.message = code, message
        self.extensions = {name: value for name, value in extensions.items() if name != "code"}


class Reader:
    """Reads the published content of one app."""

    def __init__(self, graphql: GraphQL) -> None:
        self._graphql = graphql

    async def admit(self, scope: Scope) -> Caller:
        """The caller of a request, charged for the request itself. Raises Refusal."""
        if (caller := scope.get(CALLER)) is None:
            caller = scope[CALLER] = await self._graphql.admission.admit(_request(scope))
        admitted: Caller = caller
        return admitted

    async def read(self, scope: Scope, title: str, text: str, variables: dict[str, Any]) -> dict[str, Any]:
        """The data of an operation, with no null at its root. Raises Refusal and ReadProblem."""
        request, caller = _request(scope), await self.admit(scope)
        result, _ = await self._graphql.run_operation(request, caller, text, variables, paid=1)
        record(scope, operation=title, version=caller.catalog.version, codes=result.codes)
        answer = msgspec.json.decode(result.content)
        for error in answer.get("errors", ()):
            raise ReadProblem(error["extensions"]["code"], error["message"], error["extensions"])
        data: dict[str, Any] = answer["data"]
        if None in data.values():
            raise ReadProblem(WebCode.NOT_FOUND, "There is nothing of this name.", {})
        return data


def local_scope() -> Scope:
    """The scope of a request that came over no network."""
    return {
        "type": "http",
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [],
        "client": ("127.0.0.1", 0),
        REQUEST_ID: request_id(None),
    }


def _request(scope: Scope) -> GraphQLRequest:
    return GraphQLRequest(scope, _nothing, dict(scope["headers"]), posted=True)


async def _nothing() -> Message:
    """The body of a request is read already."""
    return {"type": "http.disconnect"}
