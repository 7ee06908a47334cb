"""Statement: a sentence that carries what proves it."""

from collections.abc import Iterable

import strawberry

from careergraph.api.base.describe import field, named, object_type
from careergraph.api.base.enums import Outcome, RangeEnd, Rule
from careergraph.api.base.field_meta import traits
from careergraph.api.base.view import View
from careergraph.api.types.attribute import Attribute
from careergraph.api.types.career import Career
from careergraph.api.types.skill import Skill
from careergraph.api.types.value import Value, mirrored_or_none
from careergraph.engine.text import statement


@object_type
class Fact:
    """One thing that is so: a career's value of an attribute (or one end of it), its skill, or a count."""

    of: strawberry.Private[statement.Fact]
    view: strawberry.Private[View]

    @field
    def career(self) -> Career:
        """The career it is about."""
        return Career(self.of.career, self.view)

    @field
    @traits(share=0.8)
    def attribute(self) -> Attribute | None:
        """The attribute of the value; null where the fact is about no value."""
        return None if self.of.attribute is None else Attribute(self.of.attribute, self.view)

    @field
    @traits(share=0.8)
    def value(self) -> Value | None:
        """The career's value; null where the fact is about no value, or where the career has none of the attribute."""
        return mirrored_or_none(self.of.value, self.view)

    @field
    def part(self) -> RangeEnd | None:
        """The end of a range that the statement is about; null where it is about the whole value."""
        return self.of.part

    @field
    @traits(share=0.3)
    def skill(self) -> Skill | None:
        """The skill that the career has; null where the fact is about no skill."""
        return None if self.of.skill is None else Skill(self.of.skill, self.view)

    @named("count")
    def counted(self) -> int | None:
        """How many of what the statement's rule says the career has; null where the fact counts nothing. With a skill
        it is 0: the career does not have it. With a value it is the points that a reader's weights give for it."""
        return self.of.count


@object_type
class Statement:
    """A sentence, and all that is needed to check it: its rule, its outcome and its facts."""

    of: strawberry.Private[statement.Statement]
    view: strawberry.Private[View]

    @field
    def text(self) -> str:
        """The sentence."""
        return self.of.text

    @field
    def clause(self) -> str | None:
        """The same behind "Choose the career if you", without a full stop; null where it speaks for no reader."""
        return self.of.clause or None

    @field
    def rule(self) -> str:
        """What the sentence says and in which order its facts prove it, by the name of the rule."""
        return self.of.rule.value

    @field
    def rule_kind(self) -> Rule:
        """Its rule as a member of an enum."""
        return self.of.rule

    @field
    def outcome(self) -> Outcome | None:
        """The outcome it states: that of its row, or of one end of a range; null where it is about no outcome."""
        return self.of.outcome

    @field
    @traits(size=2)
    def facts(self) -> list[Fact]:
        """What proves it."""
        return [Fact(fact, self.view) for fact in self.of.facts]

    @field
    def locale(self) -> str:
        """The locale it is worded in: a fallback where the locale that was asked for has no wording."""
        return self.of.locale


def statements_of(statements: Iterable[statement.Statement], view: View) -> list[Statement]:
    """Statements, as they are read in a view."""
    return [Statement(it, view) for it in statements]
