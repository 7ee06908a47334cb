"""The verbs on endpoints, as mutations."""

from datetime import timedelta
from typing import Annotated

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.editing.arguments import Number
from careergraph.api.editing.ask import actor_of, database_of, prepare, run_verb_or_reject
from careergraph.api.editing.endpoint import (
    Delivery,
    Endpoint,
    EndpointResult,
    EndpointSecret,
    EndpointSecretResult,
    RedeliverResult,
    RemovedEndpoint,
    RemoveEndpointResult,
)
from careergraph.api.editing.mutations.document_verbs import WRITE
from careergraph.api.editing.outcome import Rejected
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.store.events.outbox import EVERY_EVENT

Url = Annotated[str, strawberry.argument(description="Its address, with `https`.")]
Events = Annotated[
    list[str] | None,
    strawberry.argument(description="The events it is told of, such as `catalog.published`; all by default."),
]
Overlap = Annotated[
    int, strawberry.argument(description="For how many hours the old secret still signs too, at most 720.")
]
Reason = Annotated[str, strawberry.argument(description="Why.")]
EventNumber = Annotated[int, strawberry.argument(description="The number of the event.")]

LONGEST = 720
"""For how many hours an old secret may go on signing."""


@object_type
class EndpointVerbs:
    """The verbs on endpoints."""

    @field
    @traits(weight=WRITE)
    def add_endpoint(self, info: Info, url: Url, events: Events = None) -> EndpointSecretResult | None:
        """Adds an endpoint, told of everything that happens from now on. Private addresses are refused, unless the
        configuration names them."""
        actor_of(info.context)
        settings, event_names = database_of(info.context).webhooks, events or [EVERY_EVENT]
        to = prepare(info.context, Verb.MANAGE_ENDPOINTS, lambda: manage_endpoints.inspect(url, settings))
        if isinstance(to, Rejected):
            return to
        return run_verb_or_reject(
            info.context, lambda it, actor: manage_endpoints.add(it, actor, to, settings, event_names), EndpointSecret
        )

    @field
    @traits(weight=WRITE)
    def rotate_secret(self, info: Info, number: Number, overlap_hours: Overlap = 24) -> EndpointSecretResult | None:
        """Signs with a new secret from now on, and for a while with the old one too."""
        actor_of(info.context)
        settings = database_of(info.context).webhooks
        overlap = timedelta(hours=min(max(overlap_hours, 0), LONGEST))
        return run_verb_or_reject(
            info.context,
            lambda it, actor: manage_endpoints.rotate(it, actor, number, settings, overlap),
            EndpointSecret,
        )

    @field
    @traits(weight=WRITE)
    def pause_endpoint(self, info: Info, number: Number, reason: Reason = "paused by hand") -> EndpointResult | None:
        """Sends nothing to an endpoint until it resumes; what happens meanwhile waits."""
        return run_verb_or_reject(
            info.context, lambda it, actor: manage_endpoints.pause(it, actor, number, reason), Endpoint
        )

    @field
    @traits(weight=WRITE)
    def resume_endpoint(self, info: Info, number: Number) -> EndpointResult | None:
        """Sends to an endpoint again, first what waited, with all its attempts."""
        return run_verb_or_reject(info.context, lambda it, actor: manage_endpoints.resume(it, actor, number), Endpoint)

    @field
    @traits(weight=WRITE)
    def remove_endpoint(self, info: Info, number: Number) -> RemoveEndpointResult | None:
        """Removes an endpoint with the log of its deliveries."""

        def remove(session: Session, actor: Actor) -> int:
            manage_endpoints.remove(session, actor, number)
            return number

        return run_verb_or_reject(info.context, remove, RemovedEndpoint)

    @field
    @traits(weight=WRITE)
    def redeliver(self, info: Info, number: Number, event: EventNumber) -> RedeliverResult | None:
        """Sends an event to an endpoint once more, whether or not it was delivered before."""
        return run_verb_or_reject(
            info.context, lambda it, actor: manage_endpoints.redeliver(it, actor, number, event), Delivery
        )
