"""Filters of careers: the tests that a filter makes of each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from careergraph.engine.content import Career, Catalog, ExternalId
from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.did_you_mean import Shelf, close_slugs, close_texts
from careergraph.engine.content.trigrams import Trigrams
from careergraph.engine.content.value_kinds import Choice, Flag, Level, MoneyRange, Number, Value
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.localized_catalog import LocalizedCatalog


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeTest:
    """A test of a career's value of one attribute; exactly one of `range`, `level`, `flag` and `choice` is given.

    `range` (least, most): a number lies within it; of a money range the low end is at least the one, and the high end
    at most the other. `level`: from the lowest to the highest key, either of which may be None. A figure that is not
    known, of a range the end that is tested, never passes.
    """

    attribute: str
    range: tuple[float | None, float | None] | None = None
    level: tuple[str | None, str | None] | None = None
    flag: bool | None = None
    choice: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerFilter:
    """Which careers are wanted: each list is "any of these", and all that is given must hold. None asks for nothing."""

    category: tuple[str, ...] | None = None
    collection: tuple[str, ...] | None = None
    skill: tuple[str, ...] | None = None
    text: str | None = None
    external_id: ExternalId | None = None
    attributes: tuple[AttributeTest, ...] = ()


Test = Callable[[Career], bool]


def career_tests(localized: LocalizedCatalog, criteria: CareerFilter) -> list[Test]:
    """The tests that a career passes, but for that of the text. Raises CodedError BAD_FILTER."""
    catalog = localized.catalog
    tests: list[Test] = []
    if criteria.category is not None:
        _check_existing(catalog, "categories", criteria.category)
        categories = frozenset(criteria.category)
        tests.append(lambda career: career.category.slug in categories)
    if criteria.collection is not None:
        _check_existing(catalog, "collections", criteria.collection)
        collected = frozenset([slug for name in criteria.collection for slug in catalog.collections[name].careers])
        tests.append(lambda career: career.slug in collected)
    if criteria.skill is not None:
        _check_existing(catalog, "skills", criteria.skill)
        skilled = frozenset([it.slug for name in criteria.skill for it in catalog.careers_with.get(name, ())])
        tests.append(lambda career: career.slug in skilled)
    if criteria.external_id is not None:
        called = frozenset([it.slug for it in catalog.careers_called.get(criteria.external_id, ())])
        tests.append(lambda career: career.slug in called)
    return tests + [_attribute_test(localized, test) for test in criteria.attributes]


def _check_existing(catalog: Catalog, shelf: Shelf, slugs: Sequence[str]) -> None:
    for slug in slugs:
        if slug not in getattr(catalog, shelf):
            raise not_existing(catalog, shelf, slug)


def not_existing(catalog: Catalog, shelf: Shelf, slug: str) -> CodedError:
    """The refusal of a filter that names something of a shelf that does not exist."""
    return CodedError(
        Code.BAD_FILTER,
        f"The filter names one of the {shelf} that does not exist.",
        unknown=slug[:MOST_REPEATED],
        suggestions=close_slugs(catalog, shelf, slug),
    )


MOST_REPEATED = 100
"""The most characters of a name that does not exist that its refusal repeats."""


def _attribute_test(localized: LocalizedCatalog, test: AttributeTest) -> Test:
    _check_existing(localized.catalog, "attributes", (test.attribute,))
    attribute = localized.catalog.attributes[test.attribute]
    passes = _value_test(attribute, test)

    def passed(career: Career) -> bool:
        value = localized.value(career, test.attribute)
        return value is not None and passes(value)

    return passed


def _value_test(attribute: Attribute, test: AttributeTest) -> Callable[[Value], bool]:
    kind = attribute.kind
    if test.range is not None and kind in (ValueKind.NUMBER, ValueKind.MONEY_RANGE):
        return _range_test(attribute, *test.range)
    if test.level is not None and kind is ValueKind.LEVEL:
        low, high = (_rank(attribute, key) for key in test.level)
        return _level_test(attribute, low, high)
    if test.flag is not None and kind is ValueKind.FLAG:
        flag = test.flag
        return lambda value: isinstance(value, Flag) and value.yes is flag
    if test.choice is not None and kind is ValueKind.CHOICE:
        options = frozenset([_rank(attribute, key) for key in test.choice])
        return lambda value: isinstance(value, Choice) and value.index in options
    tested = {ValueKind.NUMBER: "range", ValueKind.MONEY_RANGE: "range"}.get(kind, kind.lower())
    raise _misfit(attribute, f"An attribute of kind {kind} is tested by `{tested}`.", kind=kind.value)


def _misfit(attribute: Attribute, message: str, **hints: object) -> CodedError:
    return CodedError(Code.BAD_FILTER, message, attribute=attribute.key, **hints)


def _range_test(attribute: Attribute, least: float | None, most: float | None) -> Callable[[Value], bool]:
    if least is not None and most is not None and least > most:
        raise _misfit(attribute, "The least of a range is above its most.")

    def passes(value: Value) -> bool:
        low = high = None
        if isinstance(value, Number):
            low = high = value.value
        elif isinstance(value, MoneyRange):
            low = value.low
            high = value.high if value.open_end is None else None  # an open end may be above any amount
        is_enough = least is None or (low is not None and low >= least)
        return is_enough and (most is None or (high is not None and high <= most))

    return passes


def _level_test(attribute: Attribute, low: int | None, high: int | None) -> Callable[[Value], bool]:
    editions = {attribute.edition(rank) for rank in (low, high) if rank is not None}
    if len(editions) > 1:
        raise _misfit(attribute, "The levels are of two editions of the scale, which have no common order.")
    if low is not None and high is not None and low > high:
        raise _misfit(attribute, "The lowest of the levels is above the highest.")

    def passes(value: Value) -> bool:
        if not isinstance(value, Level) or (editions and attribute.edition(value.rank) not in editions):
            return False
        return (low is None or value.rank >= low) and (high is None or value.rank <= high)

    return passes


def _rank(attribute: Attribute, key: str | None) -> int | None:
    if key is None:
        return None
    if (rank := attribute.rank(key)) is None:
        raise _misfit(
            attribute,
            "The filter names a level or option that the attribute lacks.",
            unknown=key[:MOST_REPEATED],
            suggestions=_close_options(attribute, key),
            options=[option.key for option in attribute.options],
        )
    return rank


def _close_options(attribute: Attribute, text: str) -> list[str]:
    """The keys of the levels or options whose key or name is spelled nearly like a text, nearest first."""
    options = attribute.options
    keys = {name.casefold(): it.key for it in options for name in (*it.label.values(), it.key)}
    return list(dict.fromkeys([keys[name] for name in close_texts(Trigrams(keys), text)]))
