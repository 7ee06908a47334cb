"""Admission: the second and third step of a request: authenticate its sender, and charge the request itself.

Each request takes the catalog once here, so that a response is of one version.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.types import Scope

from careergraph.editorial.access.actor import Actor
from careergraph.engine.content import Catalog
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.config import Config, host_user
from careergraph.web.core.content_codings import PLAIN_ONLY, Accepted, accepted
from careergraph.web.execution.authentication import IDENTIFYING, PREVIEW, Authentication
from careergraph.web.execution.rate_limiter import RateLimiter, client_of
from careergraph.web.execution.run_queue import RunQueue
from careergraph.web.request.request import GraphQLRequest
from careergraph.web.response.response import Headers

MakeContext = Callable[[Catalog, Callable[[datetime], Catalog], object | None, Request], Any]
"""Makes the context of resolvers from the catalog, a function to catalogs of the past, the user and the request."""

CLIENT = "careergraph.client"
"""The entry of an ASGI scope with the client that pays for the request."""


class Caller(msgspec.Struct, frozen=True, eq=False):
    """The sender of a request, as far as its response depends on it. Without a `context`, `Admission.anonymous` makes
    one. `shared` is whether a response is the same for everybody; `codings` are the content codings that it may have;
    `headers` are further headers of the response."""

    client: str
    catalog: Catalog
    context: Any
    shared: bool
    codings: Accepted | None = None
    headers: Headers = []

    @property
    def etag_suffixes(self) -> tuple[bytes, ...]:
        """The suffixes of the validators that the caller may send back."""
        return PLAIN_ONLY if self.codings is None else self.codings.etag_suffixes


class Admission:
    """Admits the requests of one app.

    A response is shared only if it is `pure`, a function of the catalog and the request. If contexts are `plain`, each
    response to a request without a user and without identifying headers is.
    """

    def __init__(  # noqa: PLR0913 - the parts of an app that know about callers
        self,
        config: Config,
        catalog_holder: CatalogHolder,
        make_context: MakeContext,
        rate_limiter: RateLimiter | None,
        *,
        pure: bool,
        plain: bool,
    ) -> None:
        self._config = config
        self._catalog_holder = catalog_holder
        self._make_context = make_context
        self._rate_limiter = rate_limiter
        self.charges = rate_limiter is not None
        """Whether requests are charged to their clients."""
        self._pure = pure
        self.has_plain_contexts = pure and plain
        """Whether a context holds nothing of a request but its user."""
        self._only_host_users = config.authenticate is host_user  # which reads the scope, and nothing else
        self.is_plain = self.has_plain_contexts and self._only_host_users
        """Whether `admit_anonymous` may ever admit a request."""
        self._compression = config.compression
        self._run_queue = RunQueue(config.requests.max_waiting, config.requests.request_seconds)
        self._nobody: Any = None
        self.authentication = Authentication(config, self._run_queue, catalog_holder)

    def admit_anonymous(self, request: GraphQLRequest) -> Caller | None:
        """The caller of a request that names nobody and finds its catalog at hand, charged 1; None for all others.

        Raises Refusal.
        """
        if not self.is_plain or "user" in request.scope or not IDENTIFYING.isdisjoint(request.headers):
            return None
        if (catalog := self._catalog_holder.at_hand()) is None:
            return None
        client = "" if self._rate_limiter is None else self._charge(request.scope, None)
        return Caller(client, catalog, None, True, self.codings(request.headers))

    async def admit(self, request: GraphQLRequest) -> Caller:
        """The caller of a request, charged 1 for the request itself. Raises Refusal."""
        if (caller := self.admit_anonymous(request)) is not None:
            return caller
        scope, headers = request.scope, request.headers
        user = None if self._only_host_users and "user" not in scope else await self._sign_in(scope)
        client = self._charge(scope, user)
        anonymous = user is None and IDENTIFYING.isdisjoint(headers)
        catalog = self._catalog_holder.at_hand() if anonymous else await self._catalog_holder.newest()
        catalog = catalog or await self._catalog_holder.catalog()
        context, more = None, []
        if not (self.has_plain_contexts and anonymous):
            context = self._make_context(catalog, self._catalog_holder.as_of, user, Request(scope))
            if not anonymous:
                context = await self.authentication.authenticate(context, Request(scope))
                if (actor := getattr(context, "actor", None)) is not None:
                    client = scope[CLIENT] = f"actor {actor.name}"  # charged instead of the address, which many share
                if (name := getattr(context, "preview_name", None)) is not None:
                    more = [(PREVIEW.encode(), name.encode())]
        shared = context is None or (self._pure and user is None and not getattr(context, "private", False))
        secret = not (shared or (anonymous and b"cookie" not in headers))
        return Caller(client, catalog, context, shared, self.codings(headers, secret=secret), more)

    async def admit_actor(self, request: GraphQLRequest, actor: Actor) -> Caller:
        """The caller of a request of an actor who is signed in, charged 1. Raises Refusal (RATE_LIMITED)."""
        client = request.scope[CLIENT] = f"actor {actor.name}"
        if self._rate_limiter is not None:
            self._rate_limiter.take(client, 1)
        catalog = await self._catalog_holder.newest() or await self._catalog_holder.catalog()
        nobody = self._make_context(catalog, self._catalog_holder.as_of, None, Request(request.scope))
        return Caller(client, catalog, replace(nobody, actor=actor, desk=self.authentication.desk), False)

    def codings(self, headers: Mapping[bytes, bytes], *, secret: bool = False) -> Accepted | None:
        """The codings that a response may have; none for a `secret` unless its client accepts nothing else. Raises
        Refusal."""
        if not self._compression or (accept := headers.get(b"accept-encoding")) is None:
            return None
        codings = accepted(accept)
        return None if secret and codings.plain else codings

    def _charge(self, scope: Scope, user: object | None) -> str:
        """Charge the client of a request 1. Return its name; none without a limit. Raises Refusal (RATE_LIMITED)."""
        if self._rate_limiter is None:
            return ""
        client: str = client_of(user, (scope.get("client") or ("",))[0])
        scope[CLIENT] = client
        self._rate_limiter.take(client, 1)
        return client

    def anonymous(self, request: GraphQLRequest, catalog: Catalog, *, historical: bool = True) -> Any:
        """The context of a request without a user and without identifying headers: the same for all that read no
        catalog of the past, where a context holds nothing of a request."""
        if historical or not self.has_plain_contexts:
            return self._make_context(catalog, self._catalog_holder.as_of, None, Request(request.scope))
        if self._nobody is None or self._nobody.catalog is not catalog:
            nobody = Request({"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []})
            self._nobody = self._make_context(catalog, self._catalog_holder.as_of, None, nobody)
        return self._nobody

    async def _sign_in(self, scope: Scope) -> object | None:
        """The user of the host. Raises Refusal (TIMEOUT)."""
        user = self._config.authenticate(Request(scope))
        if user is not None and inspect.isawaitable(user):
            user = await self._run_queue.with_timeout(user)
        return user
