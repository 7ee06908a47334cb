"""Gate: who sends a request to the admin, before and after signing in."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from starlette.requests import Request

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.oidc.code_flow import CodeFlow
from careergraph.editorial.access.sessions import Sessions
from careergraph.web.admin.files import Files
from careergraph.web.admin.first_sign_in_key import FirstSignInKey
from careergraph.web.admin.form import Form
from careergraph.web.admin.rendering import Rendering
from careergraph.web.admin.words import Words
from careergraph.web.core.config import Config
from careergraph.web.execution.rate_limiter import RateLimiter, client_of
from careergraph.web.graphql import GraphQL
from careergraph.web.request.request import GraphQLRequest

Result = TypeVar("Result")

ATTEMPTS = 10
"""How often an address may try to sign in, in a minute."""


@dataclass(frozen=True, slots=True)
class Guest:
    """A request of which it is not known yet who sent it: its path below the admin, and its form."""

    request: Request
    path: str
    words: Words
    form: Form


class Gate:
    """Signs people in, and says who they are. `first_key` is that of the first administrator; `flow` is the way
    through a provider, by the host `provider`, None without one."""

    def __init__(self, config: Config, graphql: GraphQL, rendering: Rendering, first_key: FirstSignInKey) -> None:
        self._graphql, self.rendering = graphql, rendering
        self.first_key = first_key
        idle = timedelta(minutes=config.admin.idle_minutes)
        provider, client = config.oidc.parse(), config.sign_in_client()
        self.sessions = Sessions(graphql.admission.authentication.desk, idle, provider)
        self.flow = None if provider is None or client is None else CodeFlow(provider, client)
        self.provider = "" if provider is None else provider.host
        self.ask_provider = graphql.admission.authentication.ask_provider
        self.files = Files(config, graphql)
        self._attempts = RateLimiter(ATTEMPTS)

    async def host_actor(self, request: Request) -> Actor | None:
        """The editor whom the host's own authentication vouches for. Raises Refusal."""
        if "user" not in request.scope and self._graphql.admission.is_plain:
            return None
        headers = {name: value for name, value in request.scope["headers"] if name != b"authorization"}
        scope = {**request.scope, "headers": list(headers.items())}
        caller = await self._graphql.admission.admit(GraphQLRequest(scope, request.receive, headers))
        actor: Actor | None = getattr(caller.context, "actor", None)
        return actor

    async def run_in_thread(self, work: Callable[[], Result]) -> Result:
        """Query the database in a thread. Raises Refusal."""
        return await self._graphql.admission.authentication.run_in_thread(work)

    async def verify_sign_in(self, token: str, nonce: str) -> Mapping[str, Any] | None:
        """The claims of a token that the provider gave for one sign-in; None for an invalid one. Raises Refusal."""
        client = "" if self.flow is None else self.flow.client.ident
        return await self._graphql.admission.authentication.verify_sign_in(token, client, nonce)

    def charge_attempt(self, request: Request) -> None:
        """Count an attempt to sign in. Raises Refusal (RATE_LIMITED)."""
        self._attempts.take(_address(request), 1)

    def forgive_attempt(self, request: Request) -> None:
        """Take back the attempt of somebody who did sign in."""
        self._attempts.give_back(_address(request), 1)

    async def actor(self, request: Request, ident: str) -> Actor | None:
        """Return the actor whose session an id is; None where it has ended. Raises Refusal."""
        host = await self.host_actor(request)
        return await self.run_in_thread(lambda: self.sessions.find(ident, host))


def _address(request: Request) -> str:
    return client_of(None, (request.scope.get("client") or ("",))[0])
