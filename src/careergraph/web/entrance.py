"""The entrance: who a request's access token, or the host's user, is to the editors, and which preview it asks for."""

import inspect
from dataclasses import replace

from anyio import to_thread
from starlette.requests import Request

from careergraph.api.context import Context
from careergraph.editorial.actor import Actor
from careergraph.editorial.desk import Desk
from careergraph.store.database import DatabaseProblem, connect
from careergraph.web.codes import Refusal, WebCode
from careergraph.web.config import Config

OURS = "cg_"
"""How our secrets begin. A bearer of anything else is the host's to judge."""


class Entrance:
    """Admits requests: completes the context that their resolvers see."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self.desk = Desk(lambda: connect(config.database_url))

    async def admit(self, context: object, request: Request) -> object:
        """The context with the actor and the preview of a request; one that is not of our schema as it is.

        Raises Refusal (UNAUTHENTICATED, BAD_PREVIEW, NOT_READY).
        """
        if not isinstance(context, Context):
            return context
        actor = await self._actor(context.user, request)
        return context if actor is None else replace(context, actor=actor, desk=self.desk)

    async def _actor(self, user: object | None, request: Request) -> Actor | None:
        if (secret := _bearer(request)) is not None:
            return await self._signed_in(secret)
        if user is None:
            return None
        actor = self._config.authorize(user)
        return await actor if inspect.isawaitable(actor) else actor

    async def _signed_in(self, secret: str) -> Actor:
        try:
            actor = await to_thread.run_sync(self.desk.sign_in, secret)
        except DatabaseProblem:
            raise _not_ready() from None
        if actor is None:
            headers = {"WWW-Authenticate": "Bearer"}
            message = "The access token is unknown, expired or revoked."
            raise Refusal(WebCode.UNAUTHENTICATED, message, headers=headers)
        return actor


def _bearer(request: Request) -> str | None:
    """The access token of a request; None where it has none of ours."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip()
    return secret if scheme.lower() == "bearer" and secret.startswith(OURS) else None


def _not_ready() -> Refusal:
    return Refusal(WebCode.NOT_READY, "The database cannot be read now.", headers={"Retry-After": "1"})
