"""The enums of the schema: mirrors of the engine's, so that neither writes to the other.

A resolver answers with the engine's own member, which equals the mirror's value. An argument arrives as the mirror's
member; `engine_enum(arg.value)` makes it the engine's.
"""

from typing import TYPE_CHECKING

from careergraph.api import place
from careergraph.api.describe import mirror
from careergraph.editorial import touched
from careergraph.engine import attribute, component, money, outcome, select, source, statement, transition

if TYPE_CHECKING:
    from careergraph.api.place import PageChange as PageChange
    from careergraph.api.place import PageKind as PageKind
    from careergraph.editorial.touched import Sweep as Sweep
    from careergraph.engine.attribute import Better as Better
    from careergraph.engine.attribute import ValueKind as ValueKind
    from careergraph.engine.component import Component as Component
    from careergraph.engine.money import Basis as Basis
    from careergraph.engine.money import Period as Period
    from careergraph.engine.outcome import Obstacle as Obstacle
    from careergraph.engine.outcome import Outcome as Outcome
    from careergraph.engine.outcome import RangeEnd as RangeEnd
    from careergraph.engine.outcome import Side as Side
    from careergraph.engine.select import CareerOrderKey as CareerOrderKey
    from careergraph.engine.select import Direction as Direction
    from careergraph.engine.source import SourceKind as SourceKind
    from careergraph.engine.statement import Rule as Rule
    from careergraph.engine.transition import TransitionGrade as TransitionGrade
else:
    PageChange = mirror(place.PageChange)
    PageKind = mirror(place.PageKind)
    Sweep = mirror(touched.Sweep)
    Better = mirror(attribute.Better)
    ValueKind = mirror(attribute.ValueKind)
    Component = mirror(component.Component)
    Basis = mirror(money.Basis)
    Period = mirror(money.Period)
    Obstacle = mirror(outcome.Obstacle)
    Outcome = mirror(outcome.Outcome)
    RangeEnd = mirror(outcome.RangeEnd)
    Side = mirror(outcome.Side)
    CareerOrderKey = mirror(select.CareerOrderKey)
    Direction = mirror(select.Direction)
    SourceKind = mirror(source.SourceKind)
    Rule = mirror(statement.Rule)
    TransitionGrade = mirror(transition.TransitionGrade)
