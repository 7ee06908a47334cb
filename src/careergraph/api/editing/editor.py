"""Editor: what editors can look at. Everything below it is of the moment; nothing of it is ever cached."""

from itertools import islice
from typing import Annotated

import strawberry

from careergraph.api.base.arguments import Info, Locale, Most, checked_count
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.page import PAGE_SIZE
from careergraph.api.base.view import view_of
from careergraph.api.editing.arguments import After, Below, ReleaseArgument, ReleaseSlug, Slug, SomeKeys, Type
from careergraph.api.editing.ask import actor_of, consider, read, sees
from careergraph.api.editing.audit import AuditEntry
from careergraph.api.editing.document import EditorDocument, document_of
from careergraph.api.editing.endpoint import Delivery, Endpoint
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.event import Event
from careergraph.api.editing.impact import ImpactResult, impact_of
from careergraph.api.editing.keys import key_of, selection_of
from careergraph.api.editing.me import EditorUser
from careergraph.api.editing.missing import Missing, missing_in
from careergraph.api.editing.release import Release
from careergraph.api.editing.revision import Revision
from careergraph.api.editing.schedule import Schedule
from careergraph.api.editing.suggestion import Suggestions, suggestions_for
from careergraph.api.editing.token import PreviewToken, Token, previews_of
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.store.access import audit, tokens
from careergraph.store.editing import releases, schedules
from careergraph.store.editing.drafts import revision
from careergraph.store.editing.listing import list_documents
from careergraph.store.events import outbox

Types = Annotated[list[DocumentType] | None, strawberry.argument(description="Only documents of these types.")]
WithDraft = Annotated[
    bool | None, strawberry.argument(description="Only those with an open draft, or only those without.")
]
InReview = Annotated[
    bool | None, strawberry.argument(description="Only those handed in for review, or only the others.")
]
Archived = Annotated[bool | None, strawberry.argument(description="Only those put away, or only the others.")]
Closed = Annotated[bool, strawberry.argument(description="Also those that were published or discarded.")]
Done = Annotated[bool, strawberry.argument(description="Also what was done or cancelled.")]
RevisionNumber = Annotated[int, strawberry.argument(description="The number of the revision.")]
Language = Annotated[str, strawberry.argument(description="The locale, such as `de`.")]
Drafts = Annotated[bool, strawberry.argument(description="Whether open drafts count in place of what is live.")]
Of = Annotated[int, strawberry.argument(description="The number of the endpoint.")]
Behind = Annotated[
    int, strawberry.argument(description="Only those of numbers above this: the last one of the page before.")
]
Phrase = Annotated[
    str, strawberry.argument(description="What a career calls a skill; at most 1,000 letters of it are looked at.")
]
FEW = 5
"""Suggestions, where no count is given."""
MaybeType = Annotated[DocumentType | None, strawberry.argument(description="The type of a document, with its slug.")]
MaybeSlug = Annotated[
    str | None, strawberry.argument(description="Only what was done to this document, with its type.")
]


@object_type
class Editor:
    """What editors can look at, as far as their role and their scope allow it."""

    @field
    def me(self, info: Info) -> EditorUser:
        """Who asks, and what they may do."""
        return EditorUser(actor_of(info.context))

    @field
    @traits(weight=2)
    def document(self, info: Info, type: Type, slug: Slug) -> EditorDocument | None:
        """A document with its draft and its history; null where there never was one."""
        return document_of(info, key_of(type, slug))

    @field
    @traits(weight=20)
    def documents(  # noqa: PLR0913, PLR0917 - how a list is narrowed down
        self,
        info: Info,
        types: Types = None,
        has_draft: WithDraft = None,
        in_review: InReview = None,
        archived: Archived = None,
        first: Most = None,
        after: After = None,
    ) -> list[EditorDocument] | None:
        """The documents that there are, by type and slug: live, as drafts, or put away."""
        count, allowed_types = checked_count(first, PAGE_SIZE), types_within(actor_of(info.context), types)
        beyond = None if after is None else key_of(after.type, after.slug)
        rows = read(
            info.context,
            Verb.VIEW,
            None,
            lambda it: list(
                islice(
                    list_documents(
                        it, types=allowed_types, draft=has_draft, review=in_review, archived=archived, after=beyond
                    ),
                    count,
                )
            ),
        )
        return [EditorDocument(it) for it in rows]

    @field
    @traits(weight=2)
    def revision(self, info: Info, type: Type, slug: Slug, number: RevisionNumber) -> Revision | None:
        """One revision of a document; null where there is none of this number."""
        key = key_of(type, slug)
        row = read(info.context, Verb.VIEW, key, lambda it: revision(it, key, number))
        return None if row is None else Revision(row)

    @field
    @traits(weight=5, size=20)
    def releases(self, info: Info, closed: Closed = False) -> list[Release] | None:
        """The releases, newest first."""
        rows = read(info.context, Verb.VIEW, None, lambda it: releases.releases(it, all_of_them=closed))
        return [Release(it) for it in rows]

    @field
    @traits(weight=2)
    def release(self, info: Info, slug: ReleaseSlug) -> Release | None:
        """A release; null where there is none."""
        row = read(info.context, Verb.VIEW, None, lambda it: releases.release(it, slug))
        return None if row is None else Release(row)

    @field
    @traits(weight=5, size=20)
    def schedules(self, info: Info, done: Done = False) -> list[Schedule] | None:
        """What is scheduled, by when it is due."""
        rows = read(info.context, Verb.VIEW, None, lambda it: schedules.schedules(it, pending=not done))
        return [Schedule(it) for it in rows if isinstance(it.subject, str) or sees(info.context, it.subject)]

    @field
    @traits(weight=500)
    def impact(self, info: Info, documents: SomeKeys = None, release: ReleaseArgument = None) -> ImpactResult | None:
        """What publishing some drafts, or a release, would change: which comparisons, which sentences, by which
        facts."""
        selection = selection_of(documents, release)
        return consider(info.context, lambda it, actor: impact_of(info.context, it, actor, selection))

    @field
    @traits(weight=2000)
    def missing(  # noqa: PLR0913, PLR0917 - where to look, and the page
        self,
        info: Info,
        locale: Language,
        types: Types = None,
        drafts: Drafts = False,
        first: Most = None,
        after: After = None,
    ) -> Missing | None:
        """What is not written in a locale and therefore falls back there. All documents are read for it."""
        count, allowed_types = checked_count(first, PAGE_SIZE), types_within(actor_of(info.context), types)
        missing_texts = read(
            info.context, Verb.VIEW, None, lambda it: missing_in(it, locale, allowed_types, drafts_too=drafts)
        )
        return Missing(missing_texts, None if after is None else key_of(after.type, after.slug), count)

    @field
    @traits(weight=50)
    def suggest(self, info: Info, phrase: Phrase, locale: Locale = None, first: Most = None) -> Suggestions | None:
        """Which skill concepts a phrase may mean, of those that are live, and why: by its words, without a model.
        Nothing is linked before somebody accepts it."""
        count, view = checked_count(first, FEW), view_of(info.context, locale)
        return read(info.context, Verb.VIEW, None, lambda _: suggestions_for(view, phrase, count))

    @field
    @traits(weight=5, size=20)
    def previews(self, info: Info) -> list[PreviewToken] | None:
        """The previews that were given out, newest first: one's own, and those of others for who may end them."""
        actor = actor_of(info.context)
        return read(info.context, Verb.CREATE_PREVIEW, None, lambda it: previews_of(it, actor))

    @field
    @traits(weight=5, size=20)
    def tokens(self, info: Info) -> list[Token] | None:
        """The access tokens, newest first, those that give no access any longer included."""
        rows = read(info.context, Verb.VIEW_TOKENS, None, lambda it: tokens.tokens(it, tokens.Kind.ACCESS))
        return [Token(it) for it in rows]

    @field
    @traits(weight=5, size=20)
    def endpoints(self, info: Info) -> list[Endpoint] | None:
        """Where events are sent, oldest first."""
        actor = actor_of(info.context)
        rows = read(info.context, Verb.MANAGE_ENDPOINTS, None, lambda it: manage_endpoints.list_endpoints(it, actor))
        return [Endpoint(it) for it in rows]

    @field
    @traits(weight=5)
    def deliveries(self, info: Info, endpoint: Of, first: Most = None, before: Below = None) -> list[Delivery] | None:
        """How deliveries to an endpoint went, newest event first."""
        actor, count = actor_of(info.context), checked_count(first, PAGE_SIZE)
        rows = read(
            info.context,
            Verb.MANAGE_ENDPOINTS,
            None,
            lambda it: manage_endpoints.log(it, actor, endpoint, before, count),
        )
        return [Delivery(it) for it in rows]

    @field
    @traits(weight=5)
    def events(self, info: Info, first: Most = None, after: Behind = 0) -> list[Event] | None:
        """What endpoints are told of, oldest first."""
        count = checked_count(first, PAGE_SIZE)
        rows = read(info.context, Verb.MANAGE_ENDPOINTS, None, lambda it: outbox.events(it, after=after, first=count))
        return [Event(it) for it in rows]

    @field
    @traits(weight=5)
    def audit(
        self, info: Info, type: MaybeType = None, slug: MaybeSlug = None, first: Most = None, before: Below = None
    ) -> list[AuditEntry] | None:
        """Who did what, newest first. `careergraph audit` exports it and verifies its chain."""
        actor, count = actor_of(info.context), checked_count(first, PAGE_SIZE)
        key = None if type is None or slug is None else key_of(type, slug)
        rows = read(
            info.context,
            Verb.VIEW_AUDIT,
            key,
            lambda it: audit.entries(it, key, before=before, first=count, types=actor.scope.types),
        )
        return [AuditEntry(it) for it in rows]


def types_within(actor: Actor, requested: list[DocumentType] | None) -> frozenset[str] | None:
    """The types that are asked for, as far as they are within an actor's scope; None for all."""
    names = None if requested is None else frozenset(it.value.lower() for it in requested)
    mine = actor.scope.types
    if names is None or mine is None:
        return mine if names is None else names
    return names & mine
