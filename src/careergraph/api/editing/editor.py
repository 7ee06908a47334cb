"""Editor: the queries of editors. None of their results is ever cached."""

from functools import partial
from typing import Annotated

from careergraph.api.base.arguments import Info, Most, checked_count
from careergraph.api.base.declare import argument, computed, root_type
from careergraph.api.base.enums import Direction
from careergraph.api.base.page import Paged
from careergraph.api.base.view import LocalView
from careergraph.api.editing.access import EditorUser, Token, TokenFilter
from careergraph.api.editing.arguments import (
    OfDocument,
    ReleaseSlug,
    Selected,
    filter_of_deliveries,
    filter_of_documents,
    filter_of_entries,
    filter_of_events,
    filter_with_release,
    require_document,
)
from careergraph.api.editing.audit import AuditEntry, AuditFilter
from careergraph.api.editing.connection import Connection, connect
from careergraph.api.editing.document import DocumentFilter, EditorDocument, Revision
from careergraph.api.editing.endpoint import Delivery, DeliveryFilter, Endpoint, EndpointFilter, Event, EventFilter
from careergraph.api.editing.enums import (
    DocumentOrder,
    ImpactAction,
    ImpactActions,
    ReleaseOrder,
    ScheduleOrder,
    TokenOrder,
)
from careergraph.api.editing.impact import ImpactResult, impact_of
from careergraph.api.editing.import_job import ImportFilter, ImportJob, list_imports
from careergraph.api.editing.outcome import Rejected
from careergraph.api.editing.people import Person, PersonFilter, SavedFilter, SavedFilterFilter
from careergraph.api.editing.preview import PreviewFilter, PreviewToken, list_previews
from careergraph.api.editing.queues import Queues
from careergraph.api.editing.release import Release, ReleaseFilter
from careergraph.api.editing.schedule import Schedule, ScheduleFilter
from careergraph.api.editing.suggestion import Suggestions, suggestions_for
from careergraph.api.editing.transaction import actor_of, consider, read, require
from careergraph.api.limits.execution_budget import off_the_clock
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.editing.document_state import is_present
from careergraph.editorial.importers.jobs.manage import find_import
from careergraph.store.access import audit, people, tokens
from careergraph.store.access.saved_filters import list_filters
from careergraph.store.editing import releases, schedules
from careergraph.store.editing.drafts import state
from careergraph.store.editing.histories import history_entry
from careergraph.store.editing.listing import list_documents
from careergraph.store.editing.queues import list_users
from careergraph.store.events import deliveries, endpoints, outbox

RevisionNumber = Annotated[int, argument("The number of the revision.")]
Doing = Annotated[ImpactAction, argument("What would be done.")]
NewSlug = Annotated[str | None, argument("The new slug, for `RENAME`.")]
Phrase = Annotated[str, argument("A career's wording of a skill; only its first 1,000 letters count.")]
FEW = 5
"""The default number of suggestions."""
Documents = Annotated[DocumentFilter | None, argument("Which documents; all by default.")]
Releases = Annotated[ReleaseFilter | None, argument("Which releases; all that ever were by default.")]
Schedules = Annotated[ScheduleFilter | None, argument("Which schedules; all by default, also those that are done.")]
Previews = Annotated[PreviewFilter | None, argument("Which previews; all by default.")]
People = Annotated[PersonFilter | None, argument("Which people; all by default.")]
Tokens = Annotated[TokenFilter | None, argument("Which tokens; all by default.")]
SavedFilters = Annotated[SavedFilterFilter | None, argument("Which filters; those of all screens by default.")]
Endpoints = Annotated[EndpointFilter | None, argument("Which endpoints; all by default.")]
Deliveries = Annotated[DeliveryFilter | None, argument("Which deliveries; all by default.")]
Events = Annotated[EventFilter | None, argument("Which events; all that are kept by default.")]
Imports = Annotated[ImportFilter | None, argument("Which imports; all by default.")]
ImportNumber = Annotated[int, argument("The number of the import.")]
AuditEntries = Annotated[AuditFilter | None, argument("Which entries; all by default.")]
ByDocument = Annotated[DocumentOrder, argument("The sort key.")]
ByRelease = Annotated[ReleaseOrder, argument("The sort key.")]
BySchedule = Annotated[ScheduleOrder, argument("The sort key.")]
ByToken = Annotated[TokenOrder, argument("The sort key.")]
Way = Annotated[Direction, argument("The direction of the order.")]


@root_type("The data that editors can read, within their role and scope.")
class Editor:
    @computed("The editor who sends the request, with role and rights.")
    def me(self, info: Info) -> EditorUser:
        return EditorUser(actor_of(info))

    @computed("A document with its draft and its history; null where there never was one.", cost=2)
    def document(self, info: Info, key: OfDocument) -> EditorDocument | None:
        document = read(info, lambda it: state(it, key), key=key)
        return EditorDocument(document) if document.has_history or is_present(document) else None

    @computed("The documents that there are, live, drafted or archived, by type and slug.", cost=20)
    def documents(
        self,
        info: Info,
        arguments: Paged,
        filter: Documents = None,
        order_by: ByDocument = DocumentOrder.TYPE,
        direction: Way = Direction.ASC,
    ) -> Connection[EditorDocument] | None:
        within, criteria = actor_of(info).scope.types, filter_of_documents(info, filter)
        return connect(
            info,
            "documents",
            partial(list_documents, **criteria),
            EditorDocument,
            arguments,
            None,
            direction,
            order=order_by,
            within=within,
        )

    @computed("One revision of a document; null where there is none of this number.", cost=2)
    def revision(self, info: Info, key: OfDocument, number: RevisionNumber) -> Revision | None:
        row = read(info, lambda it: history_entry(it, key, number), key=key)
        return None if row is None else Revision(row)

    @computed("The releases, newest first.", cost=5)
    def releases(
        self,
        info: Info,
        arguments: Paged,
        filter: Releases = None,
        order_by: ByRelease = ReleaseOrder.CREATED,
        direction: Way = Direction.DESC,
    ) -> Connection[Release] | None:
        listing = releases.list_releases
        return connect(info, "releases", listing, Release, arguments, filter, direction, order=order_by)

    @computed("A release; null where there is none.", cost=2)
    def release(self, info: Info, slug: ReleaseSlug) -> Release | None:
        row = read(info, lambda it: releases.release(it, slug))
        return None if row is None else Release(row)

    @computed("The schedules, those that are due first at first.", cost=5)
    def schedules(
        self,
        info: Info,
        arguments: Paged,
        filter: Schedules = None,
        order_by: BySchedule = ScheduleOrder.DUE,
        direction: Way = Direction.ASC,
    ) -> Connection[Schedule] | None:
        within, criteria = actor_of(info).scope.types, filter_with_release(info, filter)
        listing = partial(schedules.list_schedules, within=within, **criteria)
        return connect(info, "schedules", listing, Schedule, arguments, None, direction, order=order_by)

    @computed(
        "The changes that publishing some drafts, or a release, would make, or another verb: comparisons, sentences, "
        "facts.",
        cost=500,
    )
    def impact(
        self, info: Info, selection: Selected, action: Doing = ImpactAction.PUBLISH, new_slug: NewSlug = None
    ) -> ImpactResult | None:
        doing = ImpactActions(action.value)
        with off_the_clock():  # the first one after a start measures all careers too, for those that follow
            return consider(info, lambda it, actor: impact_of(info, it, actor, selection, doing, new_slug))

    @computed("What is left to do, each queue with its count.")
    def queues(self, info: Info) -> Queues | None:
        require(info, Verb.VIEW)
        return Queues()

    @computed("The documents that refer to one, published or in their open drafts, by type and slug.", cost=20)
    def used_by(self, info: Info, key: OfDocument, arguments: Paged) -> Connection[EditorDocument] | None:
        listing = partial(list_users, key, within=actor_of(info).scope.types)
        require_document(info, key, listing())
        return connect(info, "usedBy", listing, EditorDocument, arguments, None, Direction.ASC)

    @computed(
        "Which skill concepts a phrase may mean, of those that are live, and why: by its words, without a "
        "model. Nothing is linked before somebody accepts it.",
        cost=50,
    )
    def suggest(self, info: Info, view: LocalView, phrase: Phrase, first: Most = None) -> Suggestions | None:
        count = checked_count(first, FEW)
        return read(info, lambda _: suggestions_for(view, phrase, count))

    @computed(
        "The previews that were given out, newest first: one's own, and those of others for who may end them.", cost=5
    )
    def previews(
        self,
        info: Info,
        arguments: Paged,
        filter: Previews = None,
        order_by: ByToken = TokenOrder.CREATED,
        direction: Way = Direction.DESC,
    ) -> Connection[PreviewToken] | None:
        verb = Verb.CREATE_PREVIEW
        listing = partial(list_previews, actor_of(info), **filter_with_release(info, filter, verb))
        return connect(info, "previews", listing, PreviewToken, arguments, None, direction, order=order_by, verb=verb)

    @computed("Who signed in as an editor, by display name, to assign a draft to.", cost=5)
    def people(
        self, info: Info, arguments: Paged, filter: People = None, direction: Way = Direction.ASC
    ) -> Connection[Person] | None:
        listing, verb = people.list_people, Verb.VIEW_PEOPLE
        return connect(info, "people", listing, Person, arguments, filter, direction, verb=verb)

    @computed("The access tokens, newest first, with expired and revoked ones.", cost=5)
    def tokens(
        self,
        info: Info,
        arguments: Paged,
        filter: Tokens = None,
        order_by: ByToken = TokenOrder.CREATED,
        direction: Way = Direction.DESC,
    ) -> Connection[Token] | None:
        listing, verb = partial(tokens.list_tokens, tokens.Kind.ACCESS), Verb.VIEW_TOKENS
        return connect(info, "tokens", listing, Token, arguments, filter, direction, order=order_by, verb=verb)

    @computed("Your own saved filters, by screen and name.", cost=5)
    def saved_filters(
        self, info: Info, arguments: Paged, filter: SavedFilters = None, direction: Way = Direction.ASC
    ) -> Connection[SavedFilter] | None:
        listing, verb = partial(list_filters, actor_of(info).name), Verb.SAVE_FILTER
        return connect(info, "savedFilters", listing, SavedFilter, arguments, filter, direction, verb=verb)

    @computed("Where events are sent, oldest first.", cost=5)
    def endpoints(
        self, info: Info, arguments: Paged, filter: Endpoints = None, direction: Way = Direction.ASC
    ) -> Connection[Endpoint] | None:
        listing, verb = endpoints.list_endpoints, Verb.MANAGE_ENDPOINTS
        return connect(info, "endpoints", listing, Endpoint, arguments, filter, direction, verb=verb)

    @computed("How deliveries to endpoints went, newest event first.", cost=5)
    def deliveries(
        self, info: Info, arguments: Paged, filter: Deliveries = None, direction: Way = Direction.DESC
    ) -> Connection[Delivery] | None:
        listing, verb = partial(deliveries.list_deliveries, **filter_of_deliveries(info, filter)), Verb.MANAGE_ENDPOINTS
        return connect(info, "deliveries", listing, Delivery, arguments, None, direction, verb=verb)

    @computed("The events for endpoints, newest first.", cost=5)
    def events(
        self, info: Info, arguments: Paged, filter: Events = None, direction: Way = Direction.DESC
    ) -> Connection[Event] | None:
        listing, verb = partial(outbox.list_events, **filter_of_events(info, filter)), Verb.MANAGE_ENDPOINTS
        return connect(info, "events", listing, Event, arguments, None, direction, verb=verb)

    @computed("The imports, newest first; with a limited scope, only one's own.", cost=5)
    def import_jobs(
        self, info: Info, arguments: Paged, filter: Imports = None, direction: Way = Direction.DESC
    ) -> Connection[ImportJob] | None:
        listing, verb = partial(list_imports, actor_of(info)), Verb.IMPORT
        return connect(info, "importJobs", listing, ImportJob, arguments, filter, direction, verb=verb)

    @computed("An import; null where there is none.", cost=2)
    def import_job(self, info: Info, number: ImportNumber) -> ImportJob | None:
        job = consider(info, lambda it, actor: find_import(it, actor, number))
        return None if isinstance(job, Rejected) else ImportJob(job)

    @computed("The audit log, newest first. `careergraph audit` exports it and verifies its chain.", cost=5)
    def audit(
        self, info: Info, arguments: Paged, filter: AuditEntries = None, direction: Way = Direction.DESC
    ) -> Connection[AuditEntry] | None:
        verb, within = Verb.VIEW_AUDIT, actor_of(info).scope.types
        listing = partial(audit.list_entries, within=within, **filter_of_entries(info, filter))
        return connect(info, "audit", listing, AuditEntry, arguments, None, direction, verb=verb)
