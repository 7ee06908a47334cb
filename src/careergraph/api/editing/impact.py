"""Impact: the changes that a verb would make."""

from functools import partial
from typing import Annotated, NamedTuple

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.context import Context
from careergraph.api.base.declare import Mirror, argument, attr, children, computed, object_type, union
from careergraph.api.base.page import Count
from careergraph.api.base.view import View
from careergraph.api.editing.arguments import require_locale
from careergraph.api.editing.document import EditorDocument, Titled
from careergraph.api.editing.enums import ChangeKind, ImpactActions
from careergraph.api.editing.outcome import Rejected
from careergraph.api.editing.transaction import actor_of, read
from careergraph.api.types.statement import Fact, Statement
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.checks import form
from careergraph.editorial.content import outcome
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import is_present, not_live, plain, require_all, unknown_document
from careergraph.editorial.preview import impact, statement_changes
from careergraph.editorial.preview.change_kind import ChangeKind as Kind
from careergraph.editorial.preview.draft_catalog import draft_catalog
from careergraph.editorial.preview.preview import lay_over_catalog, require_selection, take_step
from careergraph.editorial.preview.selection import Selection
from careergraph.editorial.verbs.documents.rename import require_free, require_name
from careergraph.editorial.verbs.documents.replace import replaced_live
from careergraph.engine.comparison.compare import VERSUS, versus
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text import statement
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.documents import CareerDocument, Key
from careergraph.store.editing.draft_references import referring_drafts
from careergraph.store.editing.drafts import DocumentState, states

MOST = 2_500
"""The most comparisons that are computed, so that a request ends in time."""
AFTER = "impact"
"""The preview's name in the ids of unpublished content: no preview has it, so nothing can be fetched by them."""

AfterChange = Annotated[str | None, argument("The slug of the last change of the page before.")]


class Views(NamedTuple):
    """The live content, and the content with drafts laid over it or without the documents that would be `removed`."""

    live: View
    laid: View
    removed: tuple[Key, ...] = ()


@object_type(statement_changes.Cause, "A fact that would change.")
class Cause(Mirror):
    of: strawberry.Private[statement_changes.Cause]
    view: strawberry.Private[Views]

    @computed("The fact as it is; null where it would come.")
    def before(self) -> Fact | None:
        return None if self.of.before is None else Fact(self.of.before, self.view.live)

    @computed("The fact as it would be; null where it would go.")
    def after(self) -> Fact | None:
        return None if self.of.after is None else Fact(self.of.after, self.view.laid)


@object_type(statement_changes.StatementChange, "A statement that would appear, vanish, or turn into another one.")
class StatementChange(Mirror):
    of: strawberry.Private[statement_changes.StatementChange]
    view: strawberry.Private[Views]

    section: str = attr(
        "Where it stands: summary, chooseA, chooseB, either, conclusion, transitionFromA or transitionFromB."
    )

    @computed("The statement as it is; null where it would appear.")
    def before(self) -> Statement | None:
        return _statement(self.of.before, self.view.live)

    @computed("The statement as it would be; null where it would vanish.")
    def after(self) -> Statement | None:
        return _statement(self.of.after, self.view.laid)

    causes: list[Cause] = children("The facts that make the difference; none where only the wording changes.", size=2)


@object_type(impact.ComparisonChange, "A comparison that would not be the same.")
class ComparisonChange(Mirror):
    slug: str = attr("The slug of the comparison, in alphabetical order.", lambda of: f"{of.a}-vs-{of.b}")

    @computed("The titles of its careers as they would be, in a locale or its fallbacks.")
    def title(self, info: Info, locale: Titled = DEFAULT_LOCALE) -> str:
        require_locale(info, locale)
        after, before = self.view.laid.catalog, self.view.live.catalog
        careers = [after.careers.get(slug) or before.careers[slug] for slug in (self.of.a, self.of.b)]
        return versus(localize(after, locale), careers)

    kind: ChangeKind = attr("The most important thing that would change.")
    appears: bool = attr("Whether there is no such comparison yet.", lambda of: of.kind is Kind.APPEARS)
    vanishes: bool = attr("Whether the comparison would vanish.", lambda of: of.kind is Kind.VANISHES)
    moves_to: str | None = attr(
        "The slug that it would get; null where it keeps its own.",
        lambda of: None if of.moves_to is None else VERSUS.join(of.moves_to),
    )
    sections: list[str] = attr("The parts that would change, in the first locale in which any does.")
    statements: list[StatementChange] = children("The statements whose texts would change.", size=4)


@object_type(tuple, "How many comparisons would change in one way.")
class ImpactCount(Mirror):
    kind: ChangeKind = attr("The most important thing that would change.", lambda of: of[0])
    count: int = attr("How many comparisons.", lambda of: of[1])


@object_type(impact.Impact, "The changes that a verb would make. Nothing was done.")
class Impact(Mirror):
    of: strawberry.Private[impact.Impact]
    view: strawberry.Private[Views]

    careers: list[str] = attr("The slugs of the careers whose comparisons may change.")
    affected: int = attr("How many comparisons may change.")
    examined: int = attr("How many of these were looked at.")
    changed: int = attr(
        "How many of these would change, those that appear and vanish included.", lambda of: len(of.pairs)
    )
    appear: int = attr("How many would appear.", lambda of: of.counts.get(Kind.APPEARS, 0))
    vanish: int = attr("How many would vanish.", lambda of: of.counts.get(Kind.VANISHES, 0))
    complete: bool = attr("Whether all that may change were looked at.")
    counts: list[ImpactCount] = children(
        "How many would change in which way, the most important first.", lambda of: list(of.counts.items()), size=4
    )

    @computed(
        "The documents whose open draft, or the revision that a release or a schedule publishes, refers to what would "
        "be archived or unpublished. None of these can then be published as it is. Empty for other verbs: drafts "
        "follow a rename.",
        cost=20,
    )
    def referring_drafts(self, info: Info) -> list[EditorDocument] | None:
        removed, types = self.view.removed, actor_of(info).scope.types
        return [EditorDocument(it) for it in read(info, lambda it: referring_drafts(it, removed, types))]

    @computed("The comparisons that would change, the most important first, then by slug.")
    def changes(self, count: Count, after: AfterChange = None) -> list[ComparisonChange]:
        start = 0 if after is None else _place(self.of, after) + 1
        return [ComparisonChange(it, self.view) for it in self.of.changes(count, start)]


ImpactResult = Annotated[
    Impact | Rejected, union("ImpactResult", "The changes that a verb would make, or why it is impossible.")
]


def impact_of(  # noqa: PLR0913, PLR0917 - who asks, and what would be done to what
    info: Info, session: Session, actor: Actor, selection: Selection, action: ImpactActions, new: str | None
) -> Impact:
    """The changes that a verb on a selection would make. Raises Denied, and Rejected for a missing draft, document or
    release, and for what the verb would be refused for."""
    permit(actor, Verb.VIEW)
    if selection.release is not None and selection.keys:
        raise rejection(ProblemCode.BAD_SHAPE, "name documents or a release, not both", steps=("release",))
    before = _live(info.context, session)
    if action is ImpactActions.PUBLISH:
        require_selection(session, actor, Verb.VIEW, selection)
        after = lay_over_catalog(session, before, selection)
        return _in_views(impact.impact(before, after, MOST), after)
    selected = _selected(session, actor, selection)
    if action is ImpactActions.RENAME:
        return _in_views(_impact_of_rename(session, before, selected, new), before)
    if action is ImpactActions.REPLACE:
        key, by = _one(selected, action, new)
        fresh = replaced_live(session, key, by)
        after = take_step(session, before, {it: plain(document) for it, document in fresh.items()})
        return _in_views(impact.impact(before, after, MOST), after)
    if action is ImpactActions.UNPUBLISH:
        require_all(not_live, [it.key for it in selected if not it.live])
    after = take_step(session, before, {it.key: None for it in selected if it.live})
    return _in_views(impact.impact(before, after, MOST), after, selection.keys)


def _selected(session: Session, actor: Actor, selection: Selection) -> list[DocumentState]:
    """The states of the documents of a selection. Raises Denied and Rejected."""
    for key in selection.keys:
        permit(actor, Verb.VIEW, key)
    if not selection.keys:
        raise rejection(ProblemCode.BAD_SHAPE, "name documents", steps=("documents",))
    current = states(session, selection.keys)
    require_all(partial(unknown_document, session), [key for key, state in current.items() if not is_present(state)])
    return list(current.values())


def _impact_of_rename(
    session: Session, catalog: Catalog, selected: list[DocumentState], new: str | None
) -> impact.Impact:
    key, slug = _one(selected, ImpactActions.RENAME, new)
    [document] = selected
    require_name(key)
    require_free(session, document, slug)
    if problems := [*form.slug(slug, ("newSlug",))]:
        raise outcome.Rejected(problems)
    if key[0] != CareerDocument.TYPE or not document.live:
        return impact.impact(catalog, catalog)
    return impact.impact_of_rename(catalog, key[1], slug)


def _one(selected: list[DocumentState], action: ImpactActions, new: str | None) -> tuple[Key, str]:
    """The one document of an action, and the new slug. Raises Rejected."""
    if len(selected) != 1 or new is None:
        raise rejection(ProblemCode.BAD_SHAPE, f"{action} needs one document and a newSlug", steps=("newSlug",))
    return selected[0].key, new


def _in_views(of: impact.Impact, after: Catalog, removed: tuple[Key, ...] = ()) -> Impact:
    return Impact(of, Views(View(localize(of.before)), View(localize(after), preview=AFTER), removed))


def _place(of: impact.Impact, slug: str) -> int:
    """The position of a change by its slug. Raises CodedError BAD_CURSOR."""
    place = next((at for at, it in enumerate(of.pairs) if VERSUS.join(it.pair) == slug), None)
    if place is None:
        raise CodedError(Code.BAD_CURSOR, "No comparison of this slug would change.")
    return place


def _live(context: Context, session: Session) -> Catalog:
    """The live catalog: that of the request, or what follows from it where it is a preview's or not the newest."""
    if context.preview is not None:
        return draft_catalog(session, {}, None)
    info = newest(session)
    if info is not None and info.version == context.catalog.version:
        return context.catalog
    return draft_catalog(session, {}, context.catalog)


def _statement(of: statement.Statement | None, view: View) -> Statement | None:
    return None if of is None else Statement(of, view)
