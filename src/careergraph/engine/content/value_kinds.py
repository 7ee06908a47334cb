"""Values of every kind: the closed set, how one is parsed, and what comes out of two.

Each kind knows how to parse, order, compare and display itself.

The rules of comparison, in the order in which they are asked:

1. `obstacle`: two values of different currency, period, basis, unit or region, or under one and the same published
   figure (`published_for`), are not comparable.
2. `against`: equal is TIE; otherwise the attribute's `better` decides, and NEITHER makes it DIFFERS. A choice is TIE or
   DIFFERS. A money range compares its ends, and an end that a side lacks is skipped.
"""

from collections.abc import Mapping

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.flag import Flag as Flag
from careergraph.engine.content.money import Basis as Basis
from careergraph.engine.content.money import MoneyRange as MoneyRange
from careergraph.engine.content.money import Period as Period
from careergraph.engine.content.number import Number as Number
from careergraph.engine.content.options import Choice as Choice
from careergraph.engine.content.options import Level as Level
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value import BadValue as BadValue
from careergraph.engine.content.value import Provenance as Provenance
from careergraph.engine.content.value import Value as Value

KINDS: Mapping[ValueKind, type[Value]] = {kind.KIND: kind for kind in (MoneyRange, Number, Level, Flag, Choice)}
"""The class of each kind."""


def parse_value(attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Value:
    """A value of the attribute's kind from document fields. Raises BadValue, also for a field that the kind lacks."""
    kind = KINDS[attribute.kind]
    for name in fields:
        if name not in kind.FIELDS:
            expected = ", ".join(kind.FIELDS)
            raise BadValue(name, f"a value of kind {attribute.kind} has no {name}; it has {expected}")
    return kind.parse(attribute, provenance, fields)


def outcome(a: Value | None, b: Value | None) -> Outcome:
    """The outcome of two values of one attribute, either of which may be absent."""
    if a is None or b is None:
        return Outcome.UNKNOWN
    if a.obstacle(b) is not None:
        return Outcome.NOT_COMPARABLE
    return a.against(b)
