"""The entrance: who a request's access token, or the host's user, is to the editors, and which preview it asks for."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from starlette.requests import Request

from careergraph.api.context import Context, Preview
from careergraph.editorial.actor import Actor
from careergraph.editorial.desk import Desk
from careergraph.editorial.previews import Previews
from careergraph.store.database import DatabaseProblem, connect
from careergraph.web.codes import Refusal, WebCode
from careergraph.web.config import Config
from careergraph.web.turns import Turns

Result = TypeVar("Result")

PREVIEW = "x-careergraph-preview"
"""The header that asks for a preview by its secret. The answer carries the preview's prefix in it."""

OURS = "cg_"
"""How our secrets begin. A bearer of anything else is the host's to judge."""


class Entrance:
    """Admits requests: completes the context that their resolvers see."""

    def __init__(self, config: Config, turns: Turns) -> None:
        self._config, self._turns = config, turns
        self.desk = Desk(lambda: connect(config.database_url), config.webhooks())
        self._previews = Previews(self.desk)

    async def admit(self, context: object, request: Request) -> object:
        """The context with the actor and the preview of a request; one that is not of our schema as it is.

        Raises Refusal (UNAUTHENTICATED, BAD_PREVIEW, NOT_READY, OVERLOADED, TIMEOUT).
        """
        if not isinstance(context, Context):
            return context
        actor = await self._actor(context.user, request)
        if actor is not None:
            context = replace(context, actor=actor, desk=self.desk)
        secret = request.headers.get(PREVIEW)
        return context if secret is None else await self._in_preview(context, secret.strip())

    async def _in_preview(self, context: Context, secret: str) -> Context:
        """The context with the catalog of a preview in place of what is live."""
        opened = await self._aside(lambda: self._previews.open(secret))
        if opened is None:
            message = "The preview is unknown, expired or revoked, or what it shows cannot be shown any longer."
            raise Refusal(WebCode.BAD_PREVIEW, message)
        return replace(context, catalog=opened.catalog, preview=Preview(name=opened.name, expires_at=opened.expires_at))

    async def _aside(self, work: Callable[[], Result]) -> Result:
        """Asks the database, in a thread."""
        try:
            return await self._turns.aside(work)
        except DatabaseProblem:
            raise _not_ready() from None

    async def _actor(self, user: object | None, request: Request) -> Actor | None:
        if (secret := _bearer(request)) is not None:
            return await self._signed_in(secret)
        if user is None:
            return None
        actor = self._config.authorize(user)
        return await actor if inspect.isawaitable(actor) else actor

    async def _signed_in(self, secret: str) -> Actor:
        actor = await self._aside(lambda: self.desk.sign_in(secret))
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
