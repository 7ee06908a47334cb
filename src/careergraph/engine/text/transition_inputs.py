"""Transition inputs: the facts of one career from which `transition` grades moves to and from it."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from careergraph.engine.content.attribute import Option, TransitionRole
from careergraph.engine.content.career import Career
from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.skill_weight import skill_weight
from careergraph.engine.content.value_kinds import Choice, Level, Number, Value
from careergraph.engine.text.facts import facts_of
from careergraph.engine.text.statement import Fact


class Weight(NamedTuple):
    """That a career has a value, the value, the option that it names, if it names one, and the months that this takes
    at least. Where the source of the attribute says nothing of a level's time, it is that of the next one below; None
    where there is none."""

    fact: Fact
    value: Value
    option: Option | None
    months: int | None


def _weight(fact: Fact | None) -> Weight | None:
    if fact is None or fact.value is None:
        return None
    return Weight(fact, fact.value, _option(fact.value), next(_months(fact.value), None))


def _option(value: Value) -> Option | None:
    return next(_options(value), None)


def _months(value: Value) -> Iterator[int]:
    """The least months of the options of a value that have any."""
    for option in _options(value):
        if option.months_over is not None or option.months_up_to is not None:
            yield option.months_over or 0


def _options(value: Value) -> Iterator[Option]:
    """The option that a value names; of a level then those of its edition below, the next one first."""
    if isinstance(value, Choice):
        yield value.attribute.options[value.index]
    elif isinstance(value, Level):
        options = value.attribute.options[value.rank :: -1]
        yield from [option for option in options if option.edition == options[0].edition]


class Ladders:
    """Numbers for the levels that careers have, the same for all that have the same but for the published figures that
    these are, and two memos, whichever careers they are: `climbs` of what moves between levels of other figures demand,
    `decisions` of what the rule says of a climb. A catalog hands them on to the next one."""

    def __init__(self) -> None:
        self._numbers: dict[object, int] = {}
        self._next = count()  # not the length: two threads would read the same
        self.climbs: dict[object, Any] = {}
        self.decisions: dict[object, Any] = {}

    def number(self, levels: Sequence[Weight | None]) -> int:
        """The number of some levels."""
        return self._numbers.setdefault(tuple(map(_rung, levels)), next(self._next))


class TransitionInputs:
    """The facts of one career that grade the moves from it and to it, looked up once for all of them.

    `total` is how many skills it has, `weights` what each weighs by its position (from 1), `whole` what all weigh;
    `tells` is whether there are enough of them to tell something.
    `learning` is the fact of the months to learn it, `all_months` are these months, rounded up; None where they are
    unknown. `levels` are its values of the roles `LEVELS`, None where it has none, and `level_facts` their facts;
    `study` and `entry` are the numbers of the first three and of the others in the `ladders`, `figures` the published
    figures that they are, each with its place in `LEVELS`.
    """

    __slots__ = (
        *("_above", "_below", "all_months", "entry", "figures", "ladders", "learning"),
        *("level_facts", "levels", "study", "tells", "total", "weights", "whole"),
    )

    def __init__(
        self,
        career: Career,
        facts: Mapping[str, Fact],
        roles: Mapping[TransitionRole, str],
        weights: Sequence[int],
        ladders: Ladders,
    ) -> None:
        by_role = {role: facts.get(key) for role, key in roles.items()}
        self.total, self.weights, self.whole = len(career.skills), weights, sum(weights)
        self.tells = self.total >= FEWEST
        self.levels = tuple([_weight(by_role.get(it)) for it in LEVELS])
        self.level_facts = tuple([None if it is None else it.fact for it in self.levels])
        figures = [None if it is None else it.value.figure() for it in self.levels]
        self.ladders, self.figures = ladders, frozenset([it for it in enumerate(figures) if it[1] is not None])
        self.study, self.entry = ladders.number(self.levels[:STUDIED]), ladders.number(self.levels[STUDIED:])
        self.learning: Fact | None = by_role.get(TransitionRole.LEARNING_MONTHS)
        months = self.learning.value if self.learning else None
        if not isinstance(months, Number):
            self.learning = None
        else:
            # The decimal number that was written, as a fraction: what remains is counted exactly, in integers.
            self._above, self._below = Decimal(str(months.value)).as_integer_ratio()
        self.all_months = self.months(1, 1)

    def months(self, left: int, whole: int) -> int | None:
        """Return how many of the months remain, rounded up, where so much of the whole is left; None where unknown."""
        return None if self.learning is None else -(-self._above * left // (self._below * whole))


LEVELS = (
    *(TransitionRole.EDUCATION, TransitionRole.PREPARATION, TransitionRole.TRAINING),
    *(TransitionRole.ENTRY_BARRIER, TransitionRole.DIFFICULTY),
)
"""The roles of values that a move may have to climb: three that take time, two that make the entry hard."""
STUDIED = 3
"""How many of them take time."""

FEWEST = 3
"""The fewest skills of a list that tells something."""


def _rung(level: Weight | None) -> object:
    """All of a level that a move depends on, where the other career's is another published figure."""
    if level is None:
        return None
    up_to = None if level.option is None else level.option.months_up_to
    return level.value.order(), level.value.measure(), level.months, up_to


def inputs_from(catalog: Catalog, career: Career, facts: Mapping[str, Fact]) -> TransitionInputs:
    """Transition inputs from the facts about a career's values, by key."""
    weights = [0] * (1 + max([skill.position for skill in career.skills], default=0))
    for skill in career.skills:
        weights[skill.position] = skill_weight(catalog, skill)
    return TransitionInputs(career, facts, catalog.transition_roles, tuple(weights), catalog.once(all_ladders))


def all_ladders(_: Catalog) -> Ladders:
    """The ladders of all transition inputs of a catalog."""
    return Ladders()


def regional_inputs(catalog: Catalog, career: Career, region: str) -> TransitionInputs:
    """Transition inputs of a career by the figures of a region. They are not stored: any reader may name any region."""
    values = [career.value_in(key, region) for key in catalog.transition_roles.values()]
    facts = {it.attribute.key: Fact(career, it.attribute, it) for it in values if it is not None}
    return inputs_from(catalog, career, facts)


def transition_inputs_of(catalog: Catalog, career: Career) -> TransitionInputs:
    """Transition inputs of a career in a catalog, looked up once for all its comparisons."""
    memo = catalog.once(all_transition_inputs)
    if (inputs := memo.get(career.slug)) is None:
        inputs = memo[career.slug] = inputs_from(catalog, career, facts_of(catalog, career).values)
    return inputs


def all_transition_inputs(_: Catalog) -> dict[str, TransitionInputs]:
    """The memo of `transition_inputs_of`, by slug."""
    return {}
