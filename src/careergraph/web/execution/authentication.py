"""Authentication: which editor and which preview a request belongs to, by its access token or the host's user."""

import inspect
from asyncio import wrap_future
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from starlette.requests import Request

from careergraph.api.base.context import Context
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.oidc.fetch import Unavailable
from careergraph.editorial.access.oidc.keys import Fetching
from careergraph.engine.content import Catalog
from careergraph.store.database.database_problem import DatabaseProblem
from careergraph.store.documents.documents import Key
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.codes import Refusal, WebCode, not_ready
from careergraph.web.core.config import Config
from careergraph.web.core.extras import import_extra
from careergraph.web.core.loading import load
from careergraph.web.core.places import Places
from careergraph.web.execution.run_queue import PROVIDER, RunQueue

if TYPE_CHECKING:
    from careergraph.editorial.access.editing_database import Desk
    from careergraph.editorial.preview.preview import Previews

Result = TypeVar("Result")

PREVIEW = "x-careergraph-preview"
"""The header with the secret of a preview. The response has the preview's prefix in it."""

IDENTIFYING = frozenset({b"authorization", PREVIEW.encode()})
"""The headers by which a request identifies its sender to careergraph itself."""

MAX_WAITING = 100
"""The number of requests that may wait for the provider's keys. More are refused: anybody can send such a token."""

SECRET_PREFIX = "cg_"  # noqa: S105 - how secrets begin
"""The prefix of careergraph's own secrets. The host judges all other bearer tokens."""


class Authentication:
    """Adds the actor and the preview of a request to its context."""

    def __init__(self, config: Config, run_queue: RunQueue, catalog_holder: CatalogHolder) -> None:
        self._config, self._run_queue = config, run_queue
        self._settings = config.webhooks.parse(), config.imports.parse().folder, config.previews.parse()
        config.reviews.parse()  # a mistake shows at the start
        self._catalog_holder = catalog_holder
        self._provider = provider_of(config)
        self._places = Places(MAX_WAITING)

    @cached_property
    def desk(self) -> "Desk":
        """The way to the editors' database. What it takes is loaded with the first request that needs it, or soon after
        the start: it blocks, so it is asked for in a thread."""
        connect = load("careergraph.store.database.database").connect
        desks: type[Desk] = load("careergraph.editorial.access.editing_database").Desk
        webhooks, uploads, previews = self._settings
        return desks(
            lambda: connect(self._config.database_url),
            webhooks,
            self._config.workflow(),
            uploads,
            previews,
            timedelta(minutes=self._config.autosave_minutes),
        )

    def close(self) -> None:
        """Close the connections to the editors' database."""
        if "desk" in vars(self):
            self.desk.close()

    @cached_property
    def _previews(self) -> "Previews":
        """The open previews; what makes them is loaded with the first."""
        previews: type[Previews] = load("careergraph.editorial.preview.preview").Previews
        holder = self._catalog_holder
        return previews(self.desk, lambda: holder.last, holder.steps_after)

    def prepare(self) -> None:
        """Start to fetch the provider's keys, before the first request needs them."""
        if self._provider is not None:
            self._provider.prepare()

    async def authenticate(self, context: object, request: Request) -> object:
        """The context with the actor and the preview of a request; a context of another schema is returned unchanged.

        Raises Refusal (UNAUTHENTICATED, BAD_PREVIEW, NOT_READY, OVERLOADED, TIMEOUT).
        """
        if not isinstance(context, Context):
            return context
        person, actor = await self._identify(context.user, request)
        if person is not None:
            context = replace(context, user=person)
        if actor is not None:
            desk = self.desk if "desk" in vars(self) else await self.run_in_thread(lambda: self.desk)
            if not desk.has_noted(actor):
                await self.run_in_thread(lambda: desk.note(actor))
            context = replace(context, actor=actor, desk=desk)
        secret = request.headers.get(PREVIEW)
        return context if secret is None else await self._open_preview(context, secret.strip())

    async def _open_preview(self, context: Context, secret: str) -> Context:
        """The context with the catalog of a preview in place of the live one."""
        opened = await self.run_in_thread(lambda: self._previews.open(secret))
        if opened is None:
            raise _bad_preview()
        media = context.media._replace(ticket=opened.ticket)
        return replace(context, catalog=opened.catalog, preview=opened, media=media)

    async def preview_drafts(self, context: Context, keys: tuple[Key, ...]) -> Context:
        """The context of a reader of these drafts as they would be live; who asks may see them. Raises Refusal."""
        opened = await self.run_in_thread(lambda: self._previews.open_drafts(keys))
        if opened is None:
            raise _bad_preview()
        return replace(context, catalog=opened.catalog, preview=opened, actor=None, desk=None)

    async def catalog_of_ticket(self, ticket: str) -> Catalog | None:
        """The catalog of the preview that a ticket is of; None for an unknown, expired or revoked one. Raises
        Refusal."""
        return await self.run_in_thread(lambda: self._previews.catalog_of_ticket(ticket))

    async def run_in_thread(self, work: Callable[[], Result]) -> Result:
        """Query the database, or the provider, in a thread. Raises Refusal."""
        try:
            return await self._run_queue.run_in_thread(work)
        except DatabaseProblem:
            raise not_ready("The database cannot be read now.") from None
        except Unavailable:
            raise not_ready("The provider of the token cannot be reached now.") from None

    async def ask_provider(self, work: Callable[[], Result]) -> Result:
        """Ask the provider in a thread of its own. Raises Unavailable and Refusal."""
        return await self._run_queue.run_in_thread(work, PROVIDER)

    async def verify_sign_in(self, token: str, client: str, nonce: str) -> Mapping[str, Any] | None:
        """The claims of the token that a client was given for one sign-in; None for an invalid one. Raises Refusal."""
        verify = self._provider.verify_sign_in
        claims: Mapping[str, Any] | None = await self._with_keys(lambda: verify(token, client, nonce))
        return claims

    async def _identify(self, user: object | None, request: Request) -> tuple[object | None, Actor | None]:
        """The name that the provider vouches for, if any, and the actor."""
        secret = _bearer(request)
        if secret is not None and secret.startswith(SECRET_PREFIX):
            actor = await self.run_in_thread(lambda: self.desk.sign_in(secret))
            if actor is None:
                raise _unauthenticated()
            return None, actor
        if user is not None:
            authorized = self._config.authorize(user)
            return None, await authorized if inspect.isawaitable(authorized) else authorized
        if secret is None or self._provider is None:
            return None, None
        verify = self._provider.verify
        person = await self._with_keys(lambda: verify(secret))
        if person is None:
            raise _unauthenticated()
        return person.name, person.actor

    async def _with_keys(self, verify: Callable[[], Any]) -> Any:
        """Return what verifying a token returns. Waits for missing keys once, in no thread. Raises Refusal."""
        try:
            return await self.run_in_thread(verify)
        except Fetching as fetching:
            await self._wait_for_keys(fetching)
        try:
            return await self.run_in_thread(verify)
        except Fetching:
            raise not_ready("The provider of the token cannot be reached now.") from None

    async def _wait_for_keys(self, fetching: Fetching) -> None:
        """Return when keys are fetched. Raises Refusal (OVERLOADED, TIMEOUT)."""
        with self._places:
            await self._run_queue.with_timeout(wrap_future(fetching.done))


def provider_of(config: Config) -> Any:
    """The OpenID Connect provider; None without one. Raises ConfigProblem without the extra."""
    if (settings := config.oidc.parse()) is None:
        return None
    return import_extra("careergraph.editorial.access.oidc.verify", "oidc", "oidc_issuer is set, and").Provider(
        settings
    )


def _bearer(request: Request) -> str | None:
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    return (secret.strip() or None) if scheme.lower() == "bearer" else None


def _bad_preview() -> Refusal:
    message = "The preview is unknown, expired or revoked, or its content can no longer be shown."
    return Refusal(WebCode.BAD_PREVIEW, message)


def _unauthenticated() -> Refusal:
    message = "The access token is unknown, expired or revoked."
    return Refusal(WebCode.UNAUTHENTICATED, message, headers={"WWW-Authenticate": "Bearer"})
