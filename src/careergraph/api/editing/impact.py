"""Impact: what publishing some drafts would change, told before."""

from typing import Annotated, TypeAlias

import strawberry
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import MAXIMUM, Most, checked_count
from careergraph.api.base.context import Context
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.page import PAGE_SIZE
from careergraph.api.base.view import View
from careergraph.api.editing.outcome import Rejected
from careergraph.api.types.statement import Fact, Statement
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.preview import impact
from careergraph.editorial.preview.preview import Selection, catalog_of, lay_over
from careergraph.editorial.preview.selection import require_selection
from careergraph.engine.content import Catalog
from careergraph.engine.text import statement
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.rows import read_all

MOST = 2_500
"""How many comparisons are computed at most, so that somebody who waits for an answer gets one."""
AFTER = "impact"
"""The name in the ids of what would be: no preview has it, so nothing can be fetched by them."""


@object_type
class Cause:
    """A fact that would not be the same any longer."""

    of: strawberry.Private[impact.Cause]
    live: strawberry.Private[View]
    laid: strawberry.Private[View]

    @field
    def before(self) -> Fact | None:
        """The fact as it is; null where it would come."""
        return None if self.of.before is None else Fact(self.of.before, self.live)

    @field
    def after(self) -> Fact | None:
        """The fact as it would be; null where it would go."""
        return None if self.of.after is None else Fact(self.of.after, self.laid)


@object_type
class StatementChange:
    """A statement that would appear, vanish, or turn into another one."""

    of: strawberry.Private[impact.StatementChange]
    live: strawberry.Private[View]
    laid: strawberry.Private[View]

    @field
    def section(self) -> str:
        """Where it stands: summary, chooseA, chooseB, either, conclusion, transitionFromA or transitionFromB."""
        return self.of.section

    @field
    def before(self) -> Statement | None:
        """The statement as it is; null where it would appear."""
        return _statement(self.of.before, self.live)

    @field
    def after(self) -> Statement | None:
        """The statement as it would be; null where it would vanish."""
        return _statement(self.of.after, self.laid)

    @field
    @traits(size=2)
    def causes(self) -> list[Cause]:
        """The facts that make the difference; none where only the wording changes."""
        return [Cause(it, self.live, self.laid) for it in self.of.causes]


@object_type
class ComparisonChange:
    """A comparison that would not be the same."""

    of: strawberry.Private[impact.ComparisonChange]
    live: strawberry.Private[View]
    laid: strawberry.Private[View]

    @field
    def slug(self) -> str:
        """The slug of the comparison, in alphabetical order."""
        return f"{self.of.a}-vs-{self.of.b}"

    @field
    def appears(self) -> bool:
        """Whether there is no such comparison yet."""
        return self.of.appears

    @field
    def vanishes(self) -> bool:
        """Whether there would be no such comparison any longer."""
        return self.of.vanishes

    @field
    def sections(self) -> list[str]:
        """The parts that would change, in the first locale in which any does."""
        return list(self.of.sections)

    @field
    @traits(size=4)
    def statements(self) -> list[StatementChange]:
        """The statements that would change."""
        return [StatementChange(it, self.live, self.laid) for it in self.of.statements]


@object_type
class Impact:
    """What publishing would change. Nothing of it was published."""

    of: strawberry.Private[impact.Impact]
    live: strawberry.Private[View]
    laid: strawberry.Private[View]

    @field
    def careers(self) -> list[str]:
        """The slugs of the careers whose comparisons may change."""
        return list(self.of.careers)

    @field
    def affected(self) -> int:
        """How many comparisons may change."""
        return self.of.affected

    @field
    def examined(self) -> int:
        """How many of these were computed."""
        return self.of.examined

    @field
    def changed(self) -> int:
        """How many of these would change, those that appear and vanish included."""
        return self.of.changed

    @field
    def appear(self) -> int:
        """How many would appear."""
        return self.of.appear

    @field
    def vanish(self) -> int:
        """How many would vanish."""
        return self.of.vanish

    @field
    def complete(self) -> bool:
        """Whether all that may change were computed."""
        return self.of.complete

    @field
    def changes(self, first: Most = None) -> list[ComparisonChange]:
        """The first comparisons that would change, by slug."""
        rows = self.of.first[: checked_count(first, PAGE_SIZE)]
        return [ComparisonChange(it, self.live, self.laid) for it in rows]


ImpactResult: TypeAlias = Annotated[
    Impact | Rejected,
    strawberry.union("ImpactResult", description="What publishing would change, or why it could not be published."),
]


def impact_of(context: Context, session: Session, actor: Actor, selection: Selection) -> Impact:
    """What publishing the drafts of a selection would change. Raises Denied, and Rejected for what is no draft or no
    open release, and with what is wrong where they make no sound catalog."""
    require_selection(session, actor, Verb.VIEW, selection)
    before = _live(context, session)
    after = catalog_of(session, lay_over(session, selection))
    live, laid = View(localize(before)), View(localize(after), preview=AFTER)
    return Impact(impact.impact(before, after, MAXIMUM, MOST), live, laid)


def _live(context: Context, session: Session) -> Catalog:
    """What is live: the request's own catalog, unless that is of a preview or not the newest."""
    info = newest(session)
    if context.preview is None and info is not None and info.version == context.catalog.version:
        return context.catalog
    return catalog_of(session, read_all(session))


def _statement(of: statement.Statement | None, view: View) -> Statement | None:
    return None if of is None else Statement(of, view)
