"""Values of every kind: the closed set, and how one is parsed. Each kind parses, orders and displays itself."""

from collections.abc import Mapping

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.money_range import Basis as Basis
from careergraph.engine.content.money_range import MoneyRange as MoneyRange
from careergraph.engine.content.money_range import Period as Period
from careergraph.engine.content.number_value import Number as Number
from careergraph.engine.content.options import Choice as Choice
from careergraph.engine.content.options import Flag as Flag
from careergraph.engine.content.options import Level as Level
from careergraph.engine.content.value import BadValue as BadValue
from careergraph.engine.content.value import Provenance as Provenance
from careergraph.engine.content.value import Value as Value
from careergraph.engine.content.value import above as above
from careergraph.engine.content.value import higher as higher
from careergraph.engine.content.value import outcome as outcome

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
