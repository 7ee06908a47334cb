"""The enums of the schema: mirrors of the engine's, so that neither writes to the other.

A resolver answers with the engine's own member, which equals the mirror's value. An argument arrives as the mirror's
member; `engine_enum(arg.value)` makes it the engine's.
"""

from typing import TYPE_CHECKING

from careergraph.api.base import page_key
from careergraph.api.base.describe import mirror
from careergraph.editorial.preview import affected_pages
from careergraph.engine.content import attribute, component, money, outcome, source
from careergraph.engine.search import career_selection
from careergraph.engine.text import statement
from careergraph.engine.transition import transition

if TYPE_CHECKING:
    from careergraph.api.base.page_key import PageChange as PageChange
    from careergraph.api.base.page_key import PageKind as PageKind
    from careergraph.editorial.preview.affected_pages import Sweep as Sweep
    from careergraph.engine.content.attribute import Better as Better
    from careergraph.engine.content.attribute import ValueKind as ValueKind
    from careergraph.engine.content.component import Component as Component
    from careergraph.engine.content.money import Basis as Basis
    from careergraph.engine.content.money import Period as Period
    from careergraph.engine.content.outcome import Obstacle as Obstacle
    from careergraph.engine.content.outcome import Outcome as Outcome
    from careergraph.engine.content.outcome import RangeEnd as RangeEnd
    from careergraph.engine.content.outcome import Side as Side
    from careergraph.engine.content.source import SourceKind as SourceKind
    from careergraph.engine.search.career_selection import CareerOrderKey as CareerOrderKey
    from careergraph.engine.search.career_selection import Direction as Direction
    from careergraph.engine.text.statement import Rule as Rule
    from careergraph.engine.transition.transition import TransitionGrade as TransitionGrade
else:
    PageChange = mirror(page_key.PageChange)
    PageKind = mirror(page_key.PageKind)
    Sweep = mirror(affected_pages.Sweep)
    Better = mirror(attribute.Better)
    ValueKind = mirror(attribute.ValueKind)
    Component = mirror(component.Component)
    Basis = mirror(money.Basis)
    Period = mirror(money.Period)
    Obstacle = mirror(outcome.Obstacle)
    Outcome = mirror(outcome.Outcome)
    RangeEnd = mirror(outcome.RangeEnd)
    Side = mirror(outcome.Side)
    CareerOrderKey = mirror(career_selection.CareerOrderKey)
    Direction = mirror(career_selection.Direction)
    SourceKind = mirror(source.SourceKind)
    Rule = mirror(statement.Rule)
    TransitionGrade = mirror(transition.TransitionGrade)
