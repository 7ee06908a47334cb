"""The entrance: who a request's access token, or the host's user, is to the editors, and which preview it asks for."""

import inspect
from asyncio import wrap_future
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any, TypeVar

from starlette.requests import Request

from careergraph.api.base.context import Context, Preview
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.access.oidc.fetch import Unavailable
from careergraph.editorial.access.oidc.keys import Fetching
from careergraph.editorial.preview.preview_catalogs import Previews
from careergraph.store.database.database import DatabaseProblem, connect
from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.execution.run_queue import RunQueue, overloaded

Result = TypeVar("Result")

PREVIEW = "x-careergraph-preview"
"""The header that asks for a preview by its secret. The answer carries the preview's prefix in it."""

IDENTIFYING = frozenset({b"authorization", PREVIEW.encode()})
"""Headers by which a request says who sends it, beside what the host knows."""

MOST_WAITING = 100
"""How many requests may wait for keys of the provider at once. More are refused: their tokens may be anybody's."""

OURS = "cg_"
"""How our secrets begin. A bearer of anything else is the host's to judge."""


class Authentication:
    """Admits requests: completes the context that their resolvers see."""

    def __init__(self, config: Config, turns: RunQueue) -> None:
        self._config, self._run_queue = config, turns
        self.desk = Desk(lambda: connect(config.database_url), config.webhooks())
        self._previews = Previews(self.desk)
        self._provider = provider_of(config)
        self._waiting = 0

    def prepare(self) -> None:
        """Begins what the first who sign in would wait for."""
        if self._provider is not None:
            self._provider.prepare()

    async def admit(self, context: object, request: Request) -> object:
        """The context with the actor and the preview of a request; one that is not of our schema as it is.

        Raises Refusal (UNAUTHENTICATED, BAD_PREVIEW, NOT_READY, OVERLOADED, TIMEOUT).
        """
        if not isinstance(context, Context):
            return context
        person, actor = await self._asking(context.user, request)
        if person is not None:
            context = replace(context, user=person)
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
        """Asks the database, or a provider, in a thread."""
        try:
            return await self._run_queue.aside(work)
        except DatabaseProblem:
            raise _not_ready("The database cannot be read now.") from None
        except Unavailable:
            raise _not_ready("The provider of the token cannot be asked now.") from None

    async def _asking(self, user: object | None, request: Request) -> tuple[object | None, Actor | None]:
        """Who asks, where it is no user of the host's, and what they are to the editors."""
        secret = _bearer(request)
        if secret is not None and secret.startswith(OURS):
            return None, await self._signed_in(secret)
        if user is not None:
            actor = self._config.authorize(user)
            return None, await actor if inspect.isawaitable(actor) else actor
        if secret is None or self._provider is None:
            return None, None  # a bearer of anything else is the host's to judge
        person = await self._vouched(secret)
        if person is None:
            raise _unknown()
        return person.name, person.actor

    async def _vouched(self, secret: str) -> Any:
        """The person whom the provider vouches for; None where it does not. Keys that are missing are waited for once,
        in no thread that others need."""
        verify = self._provider.verify
        try:
            return await self._aside(lambda: verify(secret))
        except Fetching as fetching:
            await self._fetched(fetching)
        try:
            return await self._aside(lambda: verify(secret))
        except Fetching:
            raise _not_ready("The provider of the token cannot be asked now.") from None

    async def _fetched(self, fetching: Fetching) -> None:
        """Returns when keys are fetched. Raises Refusal (OVERLOADED, TIMEOUT)."""
        if self._waiting >= MOST_WAITING:
            raise overloaded()
        self._waiting += 1
        try:
            await self._run_queue.within(wrap_future(fetching.done))
        finally:
            self._waiting -= 1

    async def _signed_in(self, secret: str) -> Actor:
        actor = await self._aside(lambda: self.desk.sign_in(secret))
        if actor is None:
            raise _unknown()
        return actor


def provider_of(config: Config) -> Any:
    """The provider that people sign in with; None where there is none. Raises ConfigProblem without the extra."""
    settings = config.oidc()
    if settings is None:
        return None
    try:
        return import_module("careergraph.editorial.access.oidc.verify").Provider(settings)
    except ModuleNotFoundError as error:
        raise ConfigProblem(f"oidc_issuer needs the package {error.name}: install careergraph[oidc]") from None


def _bearer(request: Request) -> str | None:
    """The bearer token of a request."""
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return (secret.strip() or None) if scheme.lower() == "bearer" else None


def _unknown() -> Refusal:
    headers = {"WWW-Authenticate": "Bearer"}
    message = "The access token is unknown, expired or revoked."
    return Refusal(WebCode.UNAUTHENTICATED, message, headers=headers)


def _not_ready(message: str) -> Refusal:
    return Refusal(WebCode.NOT_READY, message, headers={"Retry-After": "1"})
