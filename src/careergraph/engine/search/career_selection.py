"""Selecting careers: which of them pass a filter, and in which order they come."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from careergraph.engine.content import Career, Catalog, ExternalId
from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.did_you_mean import Shelf, close_slugs
from careergraph.engine.content.value_kinds import Choice, Flag, Level, MoneyRange, Number, Value
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.search.search import matching
from careergraph.engine.similarity.skill_matching import normalised
from careergraph.engine.text.localized_catalog import LocalizedCatalog


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeTest:
    """A test of a career's value of one attribute; exactly one of `range`, `level`, `flag` and `choice` is given.

    `range` (least, most): a number lies within it; every end that a money range has lies within it. `level`: from the
    lowest to the highest key, either of which may be None. A career without a value never passes.
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


class CareerOrderKey(StrEnum):
    """What careers can be put in order by."""

    TITLE = "TITLE"
    """The title, as it reads in the locale, without regard to case and accents."""
    ATTRIBUTE = "ATTRIBUTE"
    """The value of an attribute; a range by its low end, then its high end. Careers without a value come last."""
    PUBLISHED = "PUBLISHED"
    """When the career was last published."""


class Direction(StrEnum):
    """Which way an order runs."""

    ASC = "ASC"
    """From the lowest to the highest, from A to Z, from the oldest to the newest."""
    DESC = "DESC"
    """The other way round; what is equal still comes by slug, and what has no value still comes last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerOrder:
    """One key of an order; `attribute` is given with ATTRIBUTE and only then."""

    by: CareerOrderKey
    attribute: str | None = None
    direction: Direction = Direction.ASC


SortKey = tuple[float | str, ...]
Test = Callable[[Career], bool]


def select(
    localized: LocalizedCatalog, criteria: CareerFilter | None = None, order: Sequence[CareerOrder] = ()
) -> tuple[Career, ...]:
    """The careers that pass, in order; without an order by title, and always by slug where all else is equal.

    Raises CodedError BAD_FILTER or BAD_ORDER.
    """
    check_order(localized.catalog, order)
    careers = list(localized.catalog.careers.values())
    for test in _tests(localized, criteria) if criteria else ():
        careers = [career for career in careers if test(career)]
    careers.sort(key=lambda career: career.slug)
    for key in reversed(order or DEFAULT_ORDER):
        careers = _sort(localized, careers, key)
    return tuple(careers)


DEFAULT_ORDER = (CareerOrder(by=CareerOrderKey.TITLE),)


def sort_key(localized: LocalizedCatalog, order: Sequence[CareerOrder], career: Career) -> tuple[object, ...]:
    """What `select` puts a career in order by, as plain values for a cursor: one entry a key, then the slug."""
    keys = [_value_key(localized, key, career) for key in order or DEFAULT_ORDER]
    return (*keys, career.slug)


def check_order(catalog: Catalog, order: Sequence[CareerOrder]) -> None:
    """Raises CodedError BAD_ORDER where a key names no attribute that exists, or one it has no use for."""
    for key in order:
        if key.by is not CareerOrderKey.ATTRIBUTE and key.attribute is not None:
            raise CodedError(Code.BAD_ORDER, f"An order by {key.by} has no use for an attribute.")
        if key.by is CareerOrderKey.ATTRIBUTE and key.attribute is None:
            raise CodedError(Code.BAD_ORDER, "An order by ATTRIBUTE needs the key of an attribute.")
        if key.attribute is not None and key.attribute not in catalog.attributes:
            suggestions = close_slugs(catalog, "attributes", key.attribute)
            raise CodedError(
                Code.BAD_ORDER, "The order names an attribute that does not exist.", suggestions=suggestions
            )


def _sort(localized: LocalizedCatalog, careers: list[Career], key: CareerOrder) -> list[Career]:
    keyed = [(_value_key(localized, key, career), career) for career in careers]
    with_value = [(value, career) for value, career in keyed if value is not None]
    # `reverse` keeps a sort stable: slugs ascend among equals also where the order descends.
    with_value.sort(key=lambda it: it[0], reverse=key.direction is Direction.DESC)
    return [career for _, career in with_value] + [career for value, career in keyed if value is None]


def _value_key(localized: LocalizedCatalog, key: CareerOrder, career: Career) -> SortKey | None:
    if key.by is CareerOrderKey.TITLE:
        return (normalised(localized.read(career.title)),)
    if key.by is CareerOrderKey.PUBLISHED:
        return (career.published_at.timestamp(),)
    value = career.value(key.attribute or "")
    return None if value is None else value.order()


def _tests(localized: LocalizedCatalog, criteria: CareerFilter) -> list[Test]:
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
    if criteria.text is not None:
        matches = matching(localized, criteria.text)
        tests.append(lambda career: career.slug in matches)
    if criteria.external_id is not None:
        called = frozenset([it.slug for it in catalog.careers_called.get(criteria.external_id, ())])
        tests.append(lambda career: career.slug in called)
    return tests + [_attribute_test(catalog, test) for test in criteria.attributes]


def _check_existing(catalog: Catalog, shelf: Shelf, slugs: Sequence[str]) -> None:
    for slug in slugs:
        if slug not in getattr(catalog, shelf):
            raise CodedError(
                Code.BAD_FILTER,
                f"The filter names one of the {shelf} that does not exist.",
                suggestions=close_slugs(catalog, shelf, slug),
            )


def _attribute_test(catalog: Catalog, test: AttributeTest) -> Test:
    _check_existing(catalog, "attributes", (test.attribute,))
    attribute = catalog.attributes[test.attribute]
    passes = _value_test(attribute, test)

    def passed(career: Career) -> bool:
        value = career.value(test.attribute)
        return value is not None and passes(value)

    return passed


def _value_test(attribute: Attribute, test: AttributeTest) -> Callable[[Value], bool]:
    kind = attribute.kind
    if test.range is not None and kind in (ValueKind.NUMBER, ValueKind.MONEY_RANGE):
        return _range_test(*test.range)
    if test.level is not None and kind is ValueKind.LEVEL:
        low, high = (_rank(attribute, key) for key in test.level)
        return _level_test(low, high)
    if test.flag is not None and kind is ValueKind.FLAG:
        flag = test.flag
        return lambda value: isinstance(value, Flag) and value.yes is flag
    if test.choice is not None and kind is ValueKind.CHOICE:
        options = frozenset([_rank(attribute, key) for key in test.choice])
        return lambda value: isinstance(value, Choice) and value.index in options
    tested = {ValueKind.NUMBER: "range", ValueKind.MONEY_RANGE: "range"}.get(kind, kind.lower())
    raise CodedError(Code.BAD_FILTER, f"An attribute of kind {kind} is tested by `{tested}`.", kind=kind.value)


def _range_test(low: float | None, high: float | None) -> Callable[[Value], bool]:
    if low is not None and high is not None and low > high:
        raise CodedError(Code.BAD_FILTER, "The least of a range is above its most.")

    def passes(value: Value) -> bool:
        ends: tuple[float | None, ...] = ()
        if isinstance(value, Number):
            ends = (value.value,)
        elif isinstance(value, MoneyRange):
            ends = (value.low, value.high)
        return all(end is None or ((low is None or end >= low) and (high is None or end <= high)) for end in ends)

    return passes


def _level_test(low: int | None, high: int | None) -> Callable[[Value], bool]:
    if low is not None and high is not None and low > high:
        raise CodedError(Code.BAD_FILTER, "The lowest of the levels is above the highest.")
    return lambda value: (
        isinstance(value, Level) and (low is None or value.rank >= low) and (high is None or value.rank <= high)
    )


def _rank(attribute: Attribute, key: str | None) -> int | None:
    if key is None:
        return None
    if (rank := attribute.rank(key)) is None:
        keys = [option.key for option in attribute.options]
        raise CodedError(Code.BAD_FILTER, "The filter names a level or option that the attribute lacks.", options=keys)
    return rank
