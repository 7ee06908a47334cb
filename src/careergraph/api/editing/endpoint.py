"""Endpoint and Delivery: where events are sent, and how it went."""

from datetime import datetime
from typing import Annotated, TypeAlias

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.editing.enums import DeliveryState
from careergraph.api.editing.outcome import Rejected
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.store.events import deliveries, endpoints


@object_type
class Endpoint:
    """Where events are sent."""

    of: strawberry.Private[endpoints.Endpoint]

    @field
    def number(self) -> int:
        """Its number."""
        return self.of.number

    @field
    def url(self) -> str:
        """Its address."""
        return self.of.url

    @field
    def events(self) -> list[str]:
        """The events it is told of; `*` for all."""
        return list(self.of.events)

    @field
    def active(self) -> bool:
        """Whether it is told of what happens from now on."""
        return self.of.active

    @field
    def paused_reason(self) -> str | None:
        """Why nothing is sent to it for now; null where it is not paused."""
        return self.of.paused_reason

    @field
    def created_by(self) -> str:
        """Who added it."""
        return self.of.created_by

    @field
    def created_at(self) -> datetime:
        """When it was added."""
        return self.of.created_at


@object_type
class Delivery:
    """An event on its way to an endpoint."""

    of: strawberry.Private[deliveries.Delivery]

    @field
    def endpoint(self) -> int:
        """The number of the endpoint."""
        return self.of.number

    @field
    def event(self) -> int:
        """The number of the event."""
        return self.of.sequence

    @field
    def state(self) -> DeliveryState:
        """How it stands."""
        return self.of.state

    @field
    def attempts(self) -> int:
        """How often it was tried."""
        return self.of.attempt

    @field
    def next_at(self) -> datetime | None:
        """When it is tried next; null where it is not."""
        return self.of.next_at if self.of.state is deliveries.State.PENDING else None

    @field
    def delivered_at(self) -> datetime | None:
        """When the endpoint took it; null where it did not."""
        return self.of.delivered_at

    @field
    def status(self) -> int | None:
        """The HTTP status of the last attempt; null where nobody answered."""
        return self.of.status

    @field
    def error(self) -> str | None:
        """What went wrong in the last attempt; null where nothing did."""
        return self.of.error


@object_type
class EndpointSecret:
    """An endpoint with the secret that its receiver verifies messages with."""

    of: strawberry.Private[manage_endpoints.Made]

    @field
    def endpoint(self) -> Endpoint:
        """The endpoint."""
        return Endpoint(self.of.endpoint)

    @field
    def secret(self) -> str:
        """The secret, as Standard Webhooks writes one: `whsec_` and Base64."""
        return self.of.secret


@object_type
class RemovedEndpoint:
    """An endpoint that is gone, with the log of its deliveries."""

    of: strawberry.Private[int]

    @field
    def number(self) -> int:
        """The number that it had."""
        return self.of


EndpointSecretResult: TypeAlias = Annotated[
    EndpointSecret | Rejected,
    strawberry.union("EndpointSecretResult", description="How adding an endpoint, or replacing its secret, can end."),
]
EndpointResult: TypeAlias = Annotated[
    Endpoint | Rejected,
    strawberry.union("EndpointResult", description="How pausing an endpoint, or going on, can end."),
]
RemoveEndpointResult: TypeAlias = Annotated[
    RemovedEndpoint | Rejected,
    strawberry.union("RemoveEndpointResult", description="How removing an endpoint can end."),
]
RedeliverResult: TypeAlias = Annotated[
    Delivery | Rejected,
    strawberry.union("RedeliverResult", description="How sending an event again can end."),
]
