"""Webhooks: events, the endpoints that receive them, and their deliveries."""

from datetime import datetime

from careergraph.api.base.declare import Mirror, attr, child, input_field, input_type, object_type
from careergraph.api.base.scalars import Json
from careergraph.api.editing.enums import DeliveryState, DocumentType
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.store.events import deliveries, endpoints, outbox


@object_type(outbox.Event, "An event, as endpoints receive it.")
class Event(Mirror):
    number: int = attr("Its number: 1 for the first.", "sequence")
    kind: str = attr("Its kind, such as `catalog.published`.", "event")
    payload: Json = attr(
        "Its payload: of a publish the version, the documents, the careers and the count of comparisons.",
        lambda of: Json(of.payload),
    )
    version: int | None = attr("The version of the catalog that it brought about; null where it brought about none.")
    created_at: datetime = attr("When it happened.")


@object_type(endpoints.Endpoint, "Where events are sent.")
class Endpoint(Mirror):
    number: int = attr("Its number.")
    url: str = attr("Its address.")
    events: list[str] = attr("The events that it receives; `*` for all.")
    active: bool = attr("Whether it receives new events.")
    paused_reason: str | None = attr("Why nothing is sent to it for now; null where it is not paused.")
    created_by: str = attr("Who added it.")
    created_at: datetime = attr("When it was added.")


@object_type(deliveries.Delivery, "An event on its way to an endpoint.")
class Delivery(Mirror):
    endpoint: int = attr("The number of the endpoint.", "number")
    event: int = attr("The number of the event.", "sequence")
    kind: str = attr("The kind of the event, such as `catalog.published`.")
    created_at: datetime = attr("When the event happened.")
    state: DeliveryState = attr("How it stands.")
    attempts: int = attr("How often it was tried.", "attempt")
    next_at: datetime | None = attr(
        "When it is tried next; null where it is not.",
        lambda of: of.next_at if of.state is deliveries.State.PENDING else None,
    )
    delivered_at: datetime | None = attr("When the endpoint took it; null where it did not.")
    status: int | None = attr("The HTTP status of the last attempt; null where nobody answered.")
    error: str | None = attr("The error of the last attempt; null where there was none.")


@object_type(manage_endpoints.Made, "An endpoint with the secret that its receiver verifies messages with.")
class EndpointSecret(Mirror):
    endpoint: Endpoint = child("The endpoint.")
    secret: str = attr("The secret, as Standard Webhooks writes one: `whsec_` and Base64.")


@object_type(int, "An endpoint that is gone, with the log of its deliveries.")
class RemovedEndpoint(Mirror):
    number: int = attr("The number that it had.", "of")


@input_type("A filter of endpoints. All conditions that are set must hold.")
class EndpointFilter:
    active: bool | None = input_field("Only those that receive new events, or only the others.", default=None)
    paused: bool | None = input_field("Only paused ones, or only the others.", default=None)
    text: str | None = input_field("With this text in the address.", default=None)


@input_type("A filter of deliveries. All conditions that are set must hold.")
class DeliveryFilter:
    endpoint: int | None = input_field("To the endpoint of this number.", default=None)
    state: list[DeliveryState] | None = input_field("In one of these states.", default=None)
    paused: bool | None = input_field(
        "Only those that wait because their endpoint is paused, or only the others.", default=None
    )
    kind: str | None = input_field("Of events of this kind, such as `catalog.published`.", default=None)
    event: int | None = input_field("Of the event of this number.", default=None)
    since: datetime | None = input_field("Of events at or after this time.", default=None)
    until: datetime | None = input_field("Of events before this time.", default=None)


@input_type("A filter of events. All conditions that are set must hold.")
class EventFilter:
    kind: str | None = input_field("Of this kind, such as `catalog.published`.", default=None)
    version: int | None = input_field("That brought about this version of the catalog.", default=None)
    type: DocumentType | None = input_field("About a document of this type.", default=None)
    slug: str | None = input_field("About a document of this slug.", default=None)
    since: datetime | None = input_field("At or after this time.", default=None)
    until: datetime | None = input_field("Before this time.", default=None)
