"""Transition inputs: the facts of one career from which `transition` grades moves to and from it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.career import Career
from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.value_kinds import Number, Value
from careergraph.engine.text.facts import facts_of
from careergraph.engine.text.statement import Fact

Weight = tuple[Fact, Value]
"""That a career has a value, and the value."""


def _weight(fact: Fact | None) -> Weight | None:
    return None if fact is None or fact.value is None else (fact, fact.value)


RAISING = (TransitionRole.ENTRY_BARRIER, TransitionRole.DIFFICULTY)
"""The roles of what makes a move harder where the target has more of it."""


class TransitionInputs:
    """The facts of one career that grade the moves from it and to it, looked up once for all of them.

    `learning` is the fact of the months to learn it; None where they are unknown. `weights` has an entry for each
    attribute that makes a move harder where the target has more of it; None where the career has no value. `total` is
    how many skills it has.
    """

    __slots__ = ("_above", "_below", "learning", "total", "weights")

    def __init__(self, career: Career, facts: Mapping[str, Fact], learning: str | None, raising: Sequence[str]) -> None:
        self.total = len(career.skills)
        self.learning: Fact | None = facts.get(learning) if learning is not None else None
        self.weights: tuple[Weight | None, ...] = tuple([_weight(facts.get(key)) for key in raising])
        months = self.learning.value if self.learning else None
        if not isinstance(months, Number):
            self.learning = None
        else:
            # The decimal number that was written, as a fraction: what remains is counted exactly, in integers.
            self._above, self._below = Decimal(str(months.value)).as_integer_ratio()

    def months(self, left: int, whole: int) -> int | None:
        """How many of the months remain, rounded up, where so much of the whole is left; None where unknown."""
        return None if self.learning is None else -(-self._above * left // (self._below * whole))


def inputs_from(career: Career, facts: Mapping[str, Fact], roles: Mapping[TransitionRole, str]) -> TransitionInputs:
    """Transition inputs from the facts about a career's values, by key; `roles` maps roles to keys of attributes."""
    raising = [roles[role] for role in RAISING if role in roles]
    return TransitionInputs(career, facts, roles.get(TransitionRole.LEARNING_MONTHS), raising)


def regional_inputs(catalog: Catalog, career: Career, region: str) -> TransitionInputs:
    """Transition inputs of a career by the figures of a region. They are not stored: any reader may name any region."""
    roles = catalog.transition_roles
    values = [career.value_in(key, region) for key in roles.values()]
    facts = {it.attribute.key: Fact(career, it.attribute, it) for it in values if it is not None}
    return inputs_from(career, facts, roles)


def transition_inputs_of(catalog: Catalog, career: Career) -> TransitionInputs:
    """Transition inputs of a career in a catalog, looked up once for all its comparisons."""
    memo = catalog.once(all_transition_inputs)
    if (inputs := memo.get(career.slug)) is None:
        inputs = memo[career.slug] = inputs_from(career, facts_of(catalog, career).values, catalog.transition_roles)
    return inputs


def all_transition_inputs(_: Catalog) -> dict[str, TransitionInputs]:
    """The memo of `transition_inputs_of`, by slug."""
    return {}
