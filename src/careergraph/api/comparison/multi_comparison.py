"""MultiComparison: two to six careers at once."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.base.node_id import node_id
from careergraph.api.base.view import View
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.career import Career, careers_of
from careergraph.api.types.node import Node
from careergraph.api.types.skill import Skill
from careergraph.api.types.statement import Statement, statements_of
from careergraph.api.types.value import Value, mirrored_or_none
from careergraph.engine.comparison import across, multi_comparison


@object_type
class MultiRow:
    """One attribute of several careers."""

    of: strawberry.Private[across.MultiRow]
    view: strawberry.Private[View]

    @field
    def attribute(self) -> Attribute:
        """What the row is about."""
        return Attribute(self.of.attribute, self.view)

    @field
    @traits(size=6)
    def values(self) -> list[Value | None]:
        """The careers' values, in the order of the careers; null where one is not known."""
        return [mirrored_or_none(value, self.view) for value in self.of.values]

    @field
    @traits(size=4)
    def leaders(self) -> list[Career]:
        """The careers that nobody beats, where somebody is beaten; empty where nothing decides."""
        return careers_of(self.of.leaders, self.view)

    @field
    def comparable(self) -> bool:
        """Whether every career has a value and any two of the values can be compared."""
        return self.of.comparable

    @field
    @traits(size=4)
    def compared(self) -> list[Career]:
        """The largest group of careers of which any two can be compared; empty where no two can be."""
        return careers_of(self.of.compared, self.view)

    @field
    @traits(size=3)
    def ahead(self) -> list[Career]:
        """Those of `compared` that nobody of them beats, where somebody is beaten."""
        return careers_of(self.of.ahead, self.view)


@object_type
class SkillAcross:
    """A skill concept and who has it."""

    of: strawberry.Private[across.SkillAcross]
    view: strawberry.Private[View]

    @field
    def concept(self) -> Skill:
        """The skill."""
        return Skill(self.of.concept, self.view)

    @field
    @traits(size=3)
    def holders(self) -> list[Career]:
        """The careers that have it, in their order."""
        return careers_of(self.of.holders, self.view)


@object_type
class MultiChoice:
    """What speaks for one of several careers."""

    of: strawberry.Private[across.MultiChoice]
    view: strawberry.Private[View]

    @field
    def career(self) -> Career:
        """The career to choose."""
        return Career(self.of.career, self.view)

    @field
    @traits(size=3)
    def reasons(self) -> list[Statement]:
        """The reasons that tell it from all others; none where nothing does."""
        return statements_of(self.of.reasons, self.view)

    @field
    def note(self) -> Statement | None:
        """That the career is alone ahead in none of the figures that can be compared; null where it is in any."""
        return None if self.of.note is None else Statement(self.of.note, self.view)


@object_type
class MultiComparison(Node):
    """Two to six careers compared."""

    of: strawberry.Private[multi_comparison.MultiComparison]
    view: strawberry.Private[View]

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the comparison, with its careers in this order."""
        return node_id("MultiComparison", self.view, *[career.slug for career in self.of.careers])

    @field
    def slug(self) -> str:
        """The slugs of the careers with `-vs-` between them, in the order that was asked for."""
        return self.of.slug

    @field
    def title(self) -> str:
        """The titles of the careers with `vs` between them."""
        return self.of.title

    @field
    def region(self) -> str | None:
        """The region that the figures were chosen by; null where none was."""
        return self.view.localized.region

    @field
    @traits(size=6)
    def careers(self) -> list[Career]:
        """The careers, in the order that was asked for."""
        return careers_of(self.of.careers, self.view)

    @field
    @traits(size=10)
    def rows(self) -> list[MultiRow]:
        """One row for each attribute that any of the careers has, in the order of their positions."""
        return [MultiRow(row, self.view) for row in self.of.rows]

    @field
    @traits(size=60)
    def skills(self) -> list[SkillAcross]:
        """Who has which skill: those that most careers have first, then by slug."""
        return [SkillAcross(it, self.view) for it in self.of.skills]

    @field
    def statements(self) -> list[Statement]:
        """What holds for the whole group."""
        return statements_of(self.of.statements, self.view)

    @field
    @traits(size=4)
    def choices(self) -> list[MultiChoice]:
        """When to choose which of them, in the order of the careers."""
        return [MultiChoice(it, self.view) for it in self.of.choices]
