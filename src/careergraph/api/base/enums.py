"""The enums of the schema: mirrors of the engine's, so that neither writes to the other.

A resolver answers with the engine's own member, which equals the mirror's value. An argument arrives as the mirror's
member; `engine_enum(arg.value)` makes it the engine's.
"""

from typing import TYPE_CHECKING

from careergraph.api.base import page_key
from careergraph.api.base.declare import mirror_enum
from careergraph.editorial.preview import affected_pages, mode
from careergraph.engine.content import attribute, component, money_range, outcome, source
from careergraph.engine.search import career_selection
from careergraph.engine.text import statement
from careergraph.engine.transition import kinship, rule

if TYPE_CHECKING:
    from careergraph.api.base.page_key import PageChange as PageChange
    from careergraph.api.base.page_key import PageKind as PageKind
    from careergraph.editorial.preview.affected_pages import Sweep as Sweep
    from careergraph.editorial.preview.mode import PreviewMode as PreviewMode
    from careergraph.engine.content.attribute import Better as Better
    from careergraph.engine.content.attribute import ValueKind as ValueKind
    from careergraph.engine.content.component import Component as Component
    from careergraph.engine.content.money_range import Basis as Basis
    from careergraph.engine.content.money_range import Period as Period
    from careergraph.engine.content.outcome import Obstacle as Obstacle
    from careergraph.engine.content.outcome import Outcome as Outcome
    from careergraph.engine.content.outcome import RangeEnd as RangeEnd
    from careergraph.engine.content.outcome import Side as Side
    from careergraph.engine.content.source import SourceKind as SourceKind
    from careergraph.engine.search.career_selection import CareerOrderKey as CareerOrderKey
    from careergraph.engine.search.career_selection import Direction as Direction
    from careergraph.engine.text.statement import Rule as Rule
    from careergraph.engine.transition.kinship import Kinship as Kinship
    from careergraph.engine.transition.rule import TransitionGrade as TransitionGrade
else:
    PageChange = mirror_enum(page_key.PageChange, "How a page changed.")
    PageKind = mirror_enum(page_key.PageKind, "The kind of a page.")
    PreviewMode = mirror_enum(mode.PreviewMode, "Which revisions a preview shows.")
    Sweep = mirror_enum(affected_pages.Sweep, "The reasons why every page counts as changed.")
    Better = mirror_enum(attribute.Better, "The direction of an attribute that is better for the person.")
    ValueKind = mirror_enum(attribute.ValueKind, "The kinds of values.")
    Component = mirror_enum(component.Component, "One of the things that make two careers near.")
    Basis = mirror_enum(money_range.Basis, "The meaning of the two ends of a money range.")
    Period = mirror_enum(money_range.Period, "The period that an amount of money is paid for.")
    Obstacle = mirror_enum(outcome.Obstacle, "The reasons why two values of one attribute cannot be compared.")
    Outcome = mirror_enum(outcome.Outcome, "The result of comparing the values of one attribute of careers a and b.")
    RangeEnd = mirror_enum(outcome.RangeEnd, "One end of a money range.")
    Side = mirror_enum(outcome.Side, "One of the two careers of a comparison.")
    CareerOrderKey = mirror_enum(career_selection.CareerOrderKey, "The sort keys of careers.")
    Direction = mirror_enum(career_selection.Direction, "Which way an order runs.")
    SourceKind = mirror_enum(source.SourceKind, "How far a figure is from a measurement.")
    Rule = mirror_enum(
        statement.Rule, "The rule of a statement: its meaning, and the order of the facts that prove it."
    )
    Kinship = mirror_enum(kinship.Kinship, "How the work of two careers is related.")
    TransitionGrade = mirror_enum(rule.TransitionGrade, "How hard a transition is.")
