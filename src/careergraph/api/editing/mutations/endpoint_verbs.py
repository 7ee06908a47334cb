"""The verbs on endpoints, as mutations."""

from datetime import timedelta
from typing import Annotated

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.editing.arguments import Number
from careergraph.api.editing.endpoint import Delivery, Endpoint, EndpointSecret, RemovedEndpoint
from careergraph.api.editing.mutations.document_verbs import WRITE
from careergraph.api.editing.outcome import Rejected
from careergraph.api.editing.transaction import actor_of, database_of, prepare, run_verb_or_reject
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.store.events.outbox import EVERY_EVENT

Url = Annotated[str, argument("Its address, with `https`.")]
Events = Annotated[
    list[str] | None, argument("The events that it receives, such as `catalog.published`; all by default.")
]
Overlap = Annotated[int, argument("For how many hours the old secret still signs too, at most 720.")]
Reason = Annotated[str, argument("Why.")]
EventNumber = Annotated[int, argument("The number of the event.")]

LONGEST = 720
"""For how many hours an old secret may go on signing."""

EndpointSecretResult = Annotated[
    EndpointSecret | Rejected,
    union("EndpointSecretResult", "How adding an endpoint, or replacing its secret, can end."),
]
EndpointResult = Annotated[
    Endpoint | Rejected, union("EndpointResult", "How pausing an endpoint, or going on, can end.")
]
RemoveEndpointResult = Annotated[
    RemovedEndpoint | Rejected, union("RemoveEndpointResult", "How removing an endpoint can end.")
]
RedeliverResult = Annotated[Delivery | Rejected, union("RedeliverResult", "How sending an event again can end.")]


@root_type("The verbs on endpoints.")
class EndpointVerbs:
    @computed(
        "Adds an endpoint, which receives all events from now on. Private addresses are refused, "
        "unless the configuration names them.",
        cost=WRITE,
    )
    def add_endpoint(self, info: Info, url: Url, events: Events = None) -> EndpointSecretResult | None:
        actor_of(info)
        settings, event_names = database_of(info).webhooks, events or [EVERY_EVENT]
        to = prepare(info, Verb.MANAGE_ENDPOINTS, lambda: manage_endpoints.inspect(url, settings))
        if isinstance(to, Rejected):
            return to
        return run_verb_or_reject(
            info, lambda it, actor: manage_endpoints.add(it, actor, to, settings, event_names), EndpointSecret
        )

    @computed("Signs with a new secret from now on, and for a while with the old one too.", cost=WRITE)
    def rotate_secret(self, info: Info, number: Number, overlap_hours: Overlap = 24) -> EndpointSecretResult | None:
        actor_of(info)
        settings = database_of(info).webhooks
        overlap = timedelta(hours=min(max(overlap_hours, 0), LONGEST))
        return run_verb_or_reject(
            info, lambda it, actor: manage_endpoints.rotate(it, actor, number, settings, overlap), EndpointSecret
        )

    @computed("Stops sending to an endpoint until it resumes. Events wait meanwhile.", cost=WRITE)
    def pause_endpoint(self, info: Info, number: Number, reason: Reason = "paused by hand") -> EndpointResult | None:
        return run_verb_or_reject(info, lambda it, actor: manage_endpoints.pause(it, actor, number, reason), Endpoint)

    @computed("Resumes sending to an endpoint, first the events that waited, with all attempts.", cost=WRITE)
    def resume_endpoint(self, info: Info, number: Number) -> EndpointResult | None:
        return run_verb_or_reject(info, lambda it, actor: manage_endpoints.resume(it, actor, number), Endpoint)

    @computed("Removes an endpoint with the log of its deliveries.", cost=WRITE)
    def remove_endpoint(self, info: Info, number: Number) -> RemoveEndpointResult | None:

        def remove(session: Session, actor: Actor) -> int:
            manage_endpoints.remove(session, actor, number)
            return number

        return run_verb_or_reject(info, remove, RemovedEndpoint)

    @computed("Sends an event to an endpoint once more, whether or not it was delivered before.", cost=WRITE)
    def redeliver(self, info: Info, number: Number, event: EventNumber) -> RedeliverResult | None:
        return run_verb_or_reject(
            info, lambda it, actor: manage_endpoints.redeliver(it, actor, number, event), Delivery
        )
