"""Localized career: one career as it reads in one locale, rendered once for all sentences about it."""

from collections.abc import Iterable
from typing import Any

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Outcome, RangeEnd, Side
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.value_kinds import MoneyRange, Value
from careergraph.engine.text.advantage_phrases import AdvantageName, AdvantagePhrases
from careergraph.engine.text.differences import gap_number
from careergraph.engine.text.facts import CareerFacts, facts_of
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.skill_sets import skill_sets_of
from careergraph.engine.text.statement import Fact, Statement
from careergraph.engine.text.transition_inputs import inputs_from, transition_inputs_of

Sentence = tuple[str, str, str]
"""A sentence, the locale it is worded in, and its clause, where it has one."""

Compared = tuple[str, str, str, str]
"""The beginning and the end of a sentence, then of its clause; a value is in each beginning and each end."""

NOTHING: Sentence = ("", "", "")
"""No sentence."""

MOST_LOCALIZED = 100
"""The most localized careers in the memory of a localized catalog of a region."""


class AdvantageTexts:
    """Texts about a value, or one end of it, that is ahead or behind. `lead` are the phrases where it is ahead, `begun`
    how they begin, `strength` what they call it; `ended` is how the phrases `behind` of another value end where it is
    not. All are empty until one is needed."""

    __slots__ = ("begun", "behind", "ended", "lead", "strength")

    def __init__(self) -> None:
        self.lead: AdvantagePhrases | None = None
        self.behind: AdvantagePhrases | None = None
        self.strength: AdvantageName | None = None
        self.begun: tuple[str, ...] = ()
        self.ended: tuple[str, ...] = ()


class LocalizedValue:
    """A value as it reads inside of sentences.

    `whole` is all of it, `low` and `high` are the ends of a range; `bare` has the three without their unit, for a
    sentence whose second value has it too, `whole_second` the whole as the second of two. `variant` is that of its
    phrases, `fact` that the career has it.

    The other slots cache texts that are the same whatever the value is compared with, and are empty until one is
    needed: `figures` by the outcome of a row; `tie`, `trait` and `shared`; `advantages` by the end of a range, or None
    for the whole. `more` and `less` are the halves of a sentence about having more or less than another career.

    One object holds all of this, because two careers of many are not in the processor's cache.
    """

    __slots__ = (
        *("bare", "fact", "high", "label", "low", "value", "variant", "whole", "whole_second"),
        *("advantages", "figures", "less", "more", "shared", "tie", "trait"),
    )

    def __init__(self, localized: LocalizedCatalog, value: Value, fact: Fact) -> None:
        locale = localized.locale
        self.value, self.fact, self.variant = value, fact, value.variant()
        self.label = localized.read(value.attribute.label)
        whole, second, bare = value.spoken(locale), value.second(locale), value.bare(locale)
        self.bare: tuple[str, ...]
        if isinstance(value, MoneyRange):  # of ranges there are nearly as many as careers
            self.whole, self.whole_second = whole, whole if second == whole else second
            self.low, self.high = (value.spoken_end(part, locale) for part in RangeEnd)
            self.bare = (bare, *[value.bare_end(part, locale) for part in RangeEnd])
        else:  # many careers have the same
            once = localized.once(all_readings).setdefault
            texts = (whole, second, bare)
            self.whole, self.whole_second, self.bare = once(texts, (whole, second, (bare,) * 3))
            self.low = self.high = self.whole
        self.figures: dict[Outcome, Statement] | None = None
        self.tie: Sentence | None = None
        self.trait: Sentence | None = None
        self.shared: Sentence | None = None
        self.more: Compared | None = None
        self.less: Compared | None = None
        self.advantages: dict[RangeEnd | None, AdvantageTexts] | None = None

    def texts(self, part: RangeEnd | None) -> AdvantageTexts:
        """The texts about one end, or the whole, being ahead or behind."""
        if (advantages := self.advantages) is None:
            advantages = self.advantages = {}
        if (texts := advantages.get(part)) is None:
            texts = advantages[part] = AdvantageTexts()
        return texts

    def part(self, part: RangeEnd | None) -> str:
        """One end, or the whole where no end is meant."""
        if part is None:
            return self.whole
        return self.low if part is RangeEnd.LOW else self.high

    def second(self, part: RangeEnd | None) -> str:
        """The same as the second of two."""
        return self.whole_second if part is None else self.part(part)

    def bare_part(self, part: RangeEnd | None) -> str:
        """The same without its unit."""
        return self.bare[0 if part is None else 1 if part is RangeEnd.LOW else 2]


def all_readings(_: LocalizedCatalog) -> dict[tuple[str, str, str], tuple[str, str, tuple[str, ...]]]:
    """The texts of values but ranges, each once."""
    return {}


class LocalizedCareer:
    """A career as it reads: its title and values, the facts about it, its skill sets, and the inputs of moves from and
    to it.

    `name` is its title inside of a sentence. `line` and `values` have an item for each of the catalog's `columns`, None
    where it has no value; `gap_numbers` are those by which their distances are told. `field` is the name of its
    category, and `category` caches the sentence about it. `identity` is an object that is the same as long as all is
    that sentences about the career follow from. Nothing of it refers to the localized catalog: later ones take it over.
    """

    __slots__ = (
        *("career", "category", "facts", "field", "gap_numbers", "identity", "line", "name"),
        *("skill_sets", "title", "transition_inputs", "values"),
    )

    def __init__(self, career: Career, localized: LocalizedCatalog) -> None:
        self.career, catalog = career, localized.catalog
        self.identity: object
        if localized.region is None:
            self.facts, self.transition_inputs = facts_of(catalog, career), transition_inputs_of(catalog, career)
            self.identity = self.transition_inputs
        else:  # its inputs are not stored, and no later catalog takes it over
            self.facts = CareerFacts(career, localized.region)
            self.transition_inputs = inputs_from(catalog, career, self.facts.values)
            self.identity = career
        self.skill_sets = skill_sets_of(catalog, career)
        self.title, self.name = localized.read(career.title), localized.name(career.title)
        self.field = localized.read(career.category.name)
        self.category: Sentence | None = None
        facts = [self.facts.values.get(key) for key in catalog.attributes]
        self.values = tuple([None if fact is None else fact.value for fact in facts])
        self.gap_numbers = tuple([gap_number(it) for it in self.values])
        self.line = tuple([_localize_value(localized, fact) for fact in facts])

    def reading(self, column: int) -> LocalizedValue:
        """The value in a column where it has one."""
        value = self.line[column]
        assert value is not None  # noqa: S101 - the caller has seen it in a row
        return value


def _localize_value(localized: LocalizedCatalog, fact: Fact | None) -> LocalizedValue | None:
    return None if fact is None or fact.value is None else LocalizedValue(localized, fact.value, fact)


def localize_career(localized: LocalizedCatalog, career: Career) -> LocalizedCareer:
    """Render a career in a locale, once."""
    memo = localized.once(all_localized)
    if (localized_career := memo.get(career.slug)) is None:
        if localized.region is not None and len(memo) >= MOST_LOCALIZED:
            memo.clear()
        localized_career = memo[career.slug] = LocalizedCareer(career, localized)
    return localized_career


def all_localized(_: LocalizedCatalog) -> dict[str, LocalizedCareer]:
    """The memo of `localize_career`, by slug."""
    return {}


class CareerPair:
    """Two careers as they read in one locale. `balance` is the memo of `balance.balance`, `moves` that of
    `transition.moves_of`."""

    __slots__ = ("a", "b", "balance", "localized", "moves", "of_a", "of_b")

    def __init__(self, localized: LocalizedCatalog, a: Career, b: Career) -> None:
        self.localized, self.a, self.b = localized, a, b
        careers = localized.once(all_localized)
        self.of_a = careers.get(a.slug) or localize_career(localized, a)
        self.of_b = careers.get(b.slug) or localize_career(localized, b)
        self.balance: Any = None
        self.moves: Any = None

    def sides(self, side: Outcome | Side) -> tuple[LocalizedCareer, LocalizedCareer]:
        """The career of a side, then the other one."""
        return (self.of_a, self.of_b) if side is _A or side is _SIDE_A else (self.of_b, self.of_a)

    def worded(self, localized: LocalizedCatalog) -> "CareerPair":
        """The same careers in the localized catalog that words a sentence: this one, or one of its fallbacks."""
        return self if localized is self.localized else CareerPair(localized, self.a, self.b)

    def facts(self, column: int) -> tuple[Fact, Fact]:
        """The values of an attribute that both have: a's, then b's."""
        return self.of_a.reading(column).fact, self.of_b.reading(column).fact

    def of_columns(self, columns: Iterable[int]) -> list[Fact]:
        """The same of several attributes."""
        return [fact for column in columns for fact in self.facts(column)]

    def ends(self, attribute: str, part: RangeEnd) -> tuple[Fact, Fact]:
        """One end of the values of an attribute that both have, by its key."""
        return self.of_a.facts.end(attribute, part), self.of_b.facts.end(attribute, part)

    def either(self, column: int, attribute: Attribute) -> tuple[Fact, Fact]:
        """The values of an attribute, or that one of the two has none."""
        a, b = self.of_a, self.of_b
        of_a, of_b = [it.facts.missing(attribute) if (v := it.line[column]) is None else v.fact for it in (a, b)]
        return of_a, of_b

    def skills(self, concepts: Iterable[Skill]) -> list[Fact]:
        """That both have some skills: for each that a has it, then that b does."""
        a, b = self.of_a.facts, self.of_b.facts
        return [fact for concept in concepts for fact in (a.skill(concept), b.skill(concept))]

    def both(self) -> tuple[Fact, Fact]:
        """Both careers."""
        return self.of_a.facts.itself, self.of_b.facts.itself

    def without_skills(self) -> tuple[Fact, ...]:
        """That a career has no skills: of each that has none."""
        return tuple([it.facts.count(0) for it in (self.of_a, self.of_b) if not it.career.skills])

    def counts(self, count: int) -> tuple[Fact, Fact]:
        """A count that a rule makes of both careers."""
        return self.of_a.facts.count(count), self.of_b.facts.count(count)

    def graded(self, move: Any) -> tuple[Fact, ...]:
        """Return what proves the grade of a move between the two."""
        facts: tuple[Fact, ...] = move.facts
        return facts


_A, _SIDE_A = Outcome.A, Side.A
