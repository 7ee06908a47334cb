"""Queues: the open work, each queue a list with its count."""

from datetime import date
from functools import partial
from typing import Annotated

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, argument, attr, child, computed, object_type, root_type
from careergraph.api.base.enums import Direction
from careergraph.api.base.page import Paged
from careergraph.api.base.scalars import Json
from careergraph.api.editing.arguments import OfTypes, require_attributes, require_locale
from careergraph.api.editing.connection import Connection, connect
from careergraph.api.editing.document import EditorDocument, Titled
from careergraph.api.editing.endpoint import Delivery
from careergraph.api.editing.enums import DocumentOrder, ScheduleOrder
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.missing import Lacking, Missing
from careergraph.api.editing.schedule import Schedule
from careergraph.api.editing.transaction import actor_of, require
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content.localized_title import live_title
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.editing import queues
from careergraph.store.editing.listing import list_documents
from careergraph.store.editing.schedules import Status, list_schedules
from careergraph.store.events.deliveries import State, list_deliveries

Before = Annotated[date, argument("The day before which a figure counts as old.", name="olderThan")]
Attributes = Annotated[list[str] | None, argument("Only figures of these attributes, by key.")]
Proposer = Annotated[str | None, argument("Only links that this program or person proposed.")]
Language = Annotated[str, argument("The locale, such as `de`.")]
Drafts = Annotated[bool, argument("Whether open drafts count in place of published documents.")]


@object_type(queues.QueuedFigure, "A figure of a career, or an attribute that a career has no figure of.")
class QueuedFigure(Mirror):
    career: DocumentKey = child("The career.", "key")

    @computed("The title of the career in a locale or its fallbacks, as it is published.")
    def title(self, info: Info, locale: Titled = DEFAULT_LOCALE) -> str:
        return _title_of(info, self.of, locale)

    attribute: str = attr("The key of the attribute.")
    region: str | None = attr("Where the figure was observed; null where it does not say.")
    source: str | None = attr("The slug of its source; empty where it has none, null where there is no figure.")
    observed_on: date | None = attr("When it was observed; null where it does not say.")
    in_draft: bool = attr("Whether it is that of the open draft; if not, that of the published career.")


@object_type(queues.QueuedLink, "A link from a wording to a skill concept that nobody accepted.")
class QueuedLink(Mirror):
    career: DocumentKey = child("The career.", "key")

    @computed("The title of the career in a locale or its fallbacks, as it is published.")
    def title(self, info: Info, locale: Titled = DEFAULT_LOCALE) -> str:
        return _title_of(info, self.of, locale)

    position: int = attr("The position of the wording among the skills, counted from 1.", "skill_position")
    wording: Json = attr("The wording, by locale.", lambda of: Json(of.wording))
    skill: str = attr("The slug of the concept.")
    proposed_by: str = attr("Who or what proposed it.")
    method: str | None = attr("The method of the program that proposed it; null for a person.")
    score: float | None = attr("Its score, from 0 to 1; null for a person.")
    in_draft: bool = attr("Whether it is in the open draft; if not, in the published career.")


@root_type(
    "What is left to do, in documents as they are in the open draft, or else as they are published. Each queue has its "
    "`totalCount`, which costs no more than a count."
)
class Queues:
    @computed("The links that wait for somebody to accept them, by career. `acceptLinks` takes them.", cost=20)
    def links_to_review(
        self, info: Info, arguments: Paged, proposed_by: Proposer = None
    ) -> Connection[QueuedLink] | None:
        listing = partial(queues.list_links, within=actor_of(info).scope.types, proposed_by=proposed_by)
        return connect(info, "linksToReview", listing, QueuedLink, arguments, None, Direction.ASC)

    @computed("The figures that were observed before a day, the oldest first.", cost=50)
    def stale_figures(
        self, info: Info, arguments: Paged, older_than: Before, attributes: Attributes = None
    ) -> Connection[QueuedFigure] | None:
        require_attributes(info, attributes)
        within = actor_of(info).scope.types
        listing = partial(queues.list_stale, older_than, within=within, attributes=_frozen(attributes))
        return connect(info, "staleFigures", listing, QueuedFigure, arguments, None, Direction.ASC)

    @computed("The figures that do not say when they were observed, by career.", cost=50)
    def undated_figures(
        self, info: Info, arguments: Paged, attributes: Attributes = None
    ) -> Connection[QueuedFigure] | None:
        return _incomplete(info, queues.Lack.DATE, arguments, attributes)

    @computed("The figures without a source, by career. Only a draft can have some: none is published.", cost=50)
    def unsourced_figures(
        self, info: Info, arguments: Paged, attributes: Attributes = None
    ) -> Connection[QueuedFigure] | None:
        return _incomplete(info, queues.Lack.SOURCE, arguments, attributes)

    @computed("The attributes that careers have no figure of, by career.", cost=50)
    def missing_figures(
        self, info: Info, arguments: Paged, attributes: Attributes = None
    ) -> Connection[QueuedFigure] | None:
        return _incomplete(info, queues.Lack.FIGURE, arguments, attributes)

    @computed("The texts that a locale lacks, so that they fall back.")
    def missing(self, info: Info, locale: Language, types: OfTypes, drafts: Drafts = True) -> Missing | None:
        require(info, Verb.VIEW)
        require_locale(info, locale)
        return Missing(Lacking(locale, types, drafts=drafts))

    @computed("The drafts that were handed in for review, those first that wait longest.", cost=20)
    def drafts_in_review(self, info: Info, arguments: Paged) -> Connection[EditorDocument] | None:
        within = actor_of(info).scope.types
        listing = partial(list_documents, within=within, in_review=True)
        order = DocumentOrder.CHANGED
        return connect(info, "draftsInReview", listing, EditorDocument, arguments, None, Direction.ASC, order=order)

    @computed("The schedules that failed, or are held until somebody confirms them, the latest first.", cost=5)
    def failed_schedules(self, info: Info, arguments: Paged) -> Connection[Schedule] | None:
        within, status = actor_of(info).scope.types, (Status.FAILED, Status.HELD)
        listing = partial(list_schedules, within=within, status=status)
        order = ScheduleOrder.DUE
        return connect(info, "failedSchedules", listing, Schedule, arguments, None, Direction.DESC, order=order)

    @computed("The deliveries that were given up, the newest event first.", cost=5)
    def failed_deliveries(self, info: Info, arguments: Paged) -> Connection[Delivery] | None:
        listing, verb = partial(list_deliveries, state=(State.FAILED,)), Verb.MANAGE_ENDPOINTS
        return connect(info, "failedDeliveries", listing, Delivery, arguments, None, Direction.DESC, verb=verb)

    @computed("The deliveries that wait because their endpoint is paused, the newest event first.", cost=5)
    def paused_deliveries(self, info: Info, arguments: Paged) -> Connection[Delivery] | None:
        listing, verb = partial(list_deliveries, paused=True), Verb.MANAGE_ENDPOINTS
        return connect(info, "pausedDeliveries", listing, Delivery, arguments, None, Direction.DESC, verb=verb)


def _incomplete(
    info: Info, lack: queues.Lack, arguments: Paged, attributes: list[str] | None
) -> Connection[QueuedFigure]:
    require_attributes(info, attributes)
    within = actor_of(info).scope.types
    listing = partial(queues.list_incomplete, lack, within=within, attributes=_frozen(attributes))
    return connect(info, f"figures without {lack}", listing, QueuedFigure, arguments, None, Direction.ASC)


def _title_of(info: Info, of: queues.QueuedFigure | queues.QueuedLink, locale: str) -> str:
    """The title in the default locale is the queue's own, of the open draft too."""
    if locale == DEFAULT_LOCALE:
        return of.title
    require_locale(info, locale)
    return live_title(info.context.catalog, of.key, locale) or of.title


def _frozen(attributes: list[str] | None) -> frozenset[str] | None:
    return None if attributes is None else frozenset(attributes)
