"""Select careers: those that pass a filter, in an order."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.did_you_mean import close_slugs
from careergraph.engine.content.value_kinds import MoneyRange, Number, Value
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.search.career_filter import MOST_REPEATED, CareerFilter, career_tests
from careergraph.engine.search.search import matching
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.same_wording import normalised


class CareerOrderKey(DescribedEnum):
    """The sort keys of careers."""

    TITLE = "TITLE", "The title, as it reads in the locale, without regard to case and accents."
    ATTRIBUTE = (
        "ATTRIBUTE",
        "The value of an attribute; a range by its low end, then its high end. Amounts in other currencies or for "
        "other periods, and numbers in other units, come behind those of most careers; careers without a value come "
        "last.",
    )
    PUBLISHED = "PUBLISHED", "When the career was last published."
    RELEVANCE = (
        "RELEVANCE",
        "How well the career matches the filter's `text`, the best first; the order where a text stands alone.",
    )


class Direction(DescribedEnum):
    """Which way an order runs."""

    ASC = "ASC", "From the lowest to the highest, from A to Z, from the oldest to the newest."
    DESC = "DESC", "The other way round; what is equal still comes by slug, and what has no value still comes last."


@dataclass(frozen=True, slots=True, kw_only=True)
class CareerOrder:
    """One key of an order; `attribute` is given with ATTRIBUTE and only then."""

    by: CareerOrderKey
    attribute: str | None = None
    direction: Direction = Direction.ASC


SortKey = tuple[float | str, ...]
Scores = Mapping[str, float]
Scale = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """The careers that pass a filter, in an `order`. `scores` are by slug, of those that match the filter's text."""

    localized: LocalizedCatalog
    order: Sequence[CareerOrder]
    scores: Scores
    careers: tuple[Career, ...]

    def sort_key(self, career: Career) -> tuple[object, ...]:
        """The sort key of a career, as plain values for a cursor: one entry a key, then the slug."""
        keys = [_value_key(self.localized, key, career, self.scores) for key in self.order]
        return (*keys, career.slug)


def select(
    localized: LocalizedCatalog, criteria: CareerFilter | None = None, order: Sequence[CareerOrder] = ()
) -> Selection:
    """Select the careers that pass, in order: without one by relevance to a text or else by title, and always by slug
    where all else is equal. In a localized catalog of a region the figures of that region are tested and put in order.

    Raises CodedError BAD_FILTER or BAD_ORDER.
    """
    text = None if criteria is None else criteria.text
    check_order(localized.catalog, order, searched=text is not None)
    scores = {} if text is None else matching(localized, text)
    order = tuple(order) or (DEFAULT_ORDER if text is None else BY_RELEVANCE)
    first, *others = order
    careers = _in_order(localized, first)
    if text is not None:
        careers = tuple([career for career in careers if career.slug in scores])
    for test in career_tests(localized, criteria) if criteria else ():
        careers = tuple([career for career in careers if test(career)])
    if others or first.by is CareerOrderKey.RELEVANCE:
        careers = tuple(sorted(careers, key=_SLUG))
        for key in (*reversed(others), first):
            careers = _sort(localized, careers, key, scores)
    return Selection(localized=localized, order=order, scores=scores, careers=careers)


DEFAULT_ORDER = (CareerOrder(by=CareerOrderKey.TITLE),)
BY_RELEVANCE = (CareerOrder(by=CareerOrderKey.RELEVANCE),)

_SLUG = attrgetter("slug")


def _in_order(localized: LocalizedCatalog, key: CareerOrder) -> tuple[Career, ...]:
    """All careers in the order of one key; for relevance they have none yet. They are sorted once: a list of those that
    pass a filter is short work."""
    if key.by is CareerOrderKey.RELEVANCE:
        return tuple(localized.catalog.careers.values())
    orders = localized.once(_orders)
    if (careers := orders.get(key)) is None:
        by_slug = sorted(localized.catalog.careers.values(), key=_SLUG)
        careers = orders[key] = _sort(localized, by_slug, key, {})
    return careers


def _orders(_: LocalizedCatalog) -> dict[CareerOrder, tuple[Career, ...]]:
    return {}


def check_order(catalog: Catalog, order: Sequence[CareerOrder], *, searched: bool = False) -> None:
    """Raises CodedError BAD_ORDER where a key names no attribute that exists, or one it has no use for, or is relevance
    and no text is `searched`."""
    for key in order:
        if key.by is CareerOrderKey.RELEVANCE and not searched:
            raise CodedError(Code.BAD_ORDER, "An order by RELEVANCE needs a filter with a text.")
        if key.by is not CareerOrderKey.ATTRIBUTE and key.attribute is not None:
            raise CodedError(Code.BAD_ORDER, f"An order by {key.by} has no use for an attribute.")
        if key.by is CareerOrderKey.ATTRIBUTE and key.attribute is None:
            raise CodedError(Code.BAD_ORDER, "An order by ATTRIBUTE needs the key of an attribute.")
        if key.attribute is not None and key.attribute not in catalog.attributes:
            raise CodedError(
                Code.BAD_ORDER,
                "The order names an attribute that does not exist.",
                unknown=key.attribute[:MOST_REPEATED],
                suggestions=close_slugs(catalog, "attributes", key.attribute),
            )


def _sort(
    localized: LocalizedCatalog, careers: Sequence[Career], key: CareerOrder, scores: Scores
) -> tuple[Career, ...]:
    if key.by is CareerOrderKey.TITLE:
        titles = localized.once(all_title_keys)
        for career in careers:
            if career.slug not in titles:
                _title_key(localized, career)
        return tuple(sorted(careers, key=lambda it: titles[it.slug], reverse=key.direction is Direction.DESC))
    keyed = [(_value_key(localized, key, career, scores), career) for career in careers]
    with_value = [(value, career) for value, career in keyed if value is not None]
    # `reverse` keeps a sort stable: slugs ascend among equals also where the order descends.
    with_value.sort(key=lambda it: it[0], reverse=key.direction is Direction.DESC)
    return (*[career for _, career in with_value], *[career for value, career in keyed if value is None])


def _value_key(localized: LocalizedCatalog, key: CareerOrder, career: Career, scores: Scores) -> SortKey | None:
    if key.by is CareerOrderKey.TITLE:
        return (_title_key(localized, career),)
    if key.by is CareerOrderKey.PUBLISHED:
        return (career.published_at.timestamp(),)
    if key.by is CareerOrderKey.RELEVANCE:
        return (-scores.get(career.slug, 0.0),)  # the best first
    value = localized.value(career, key.attribute or "")
    if value is None:
        return None
    group = localized.once(_scales)[value.attribute.key].index(_scale(value))
    return (-group if key.direction is Direction.DESC else group, *value.order())


def _title_key(localized: LocalizedCatalog, career: Career) -> str:
    keys = localized.once(all_title_keys)
    if (key := keys.get(career.slug)) is None:
        key = keys[career.slug] = normalised(localized.read(career.title))
    return key


def all_title_keys(_: LocalizedCatalog) -> dict[str, str]:
    """The memo of the titles as they are put in order, by slug."""
    return {}


def by_title(localized: LocalizedCatalog, careers: Sequence[Career]) -> tuple[Career, ...]:
    """Put careers that are in the order of their slugs into that of their titles."""
    return _sort(localized, careers, DEFAULT_ORDER[0], {})


def follow_titles(localized: LocalizedCatalog, before: LocalizedCatalog, changed: Set[str]) -> None:
    """Put careers in the order of their titles by that of a catalog before, in the same locale: only those that
    `changed`, which are others there or in one of the two alone, are taken out and put into it one by one."""
    titles = localized.memo[all_title_keys] = dict(before.once(all_title_keys))
    former = before.once(_orders).get(DEFAULT_ORDER[0], ())
    follows = MOST * len(changed) <= len(former)
    order = list(former) if follows else []
    for slug in changed & before.catalog.careers.keys() if follows else ():
        del order[bisect_left(order, (titles[slug], slug), key=lambda it: (titles[it.slug], it.slug))]
    for slug in changed:
        titles.pop(slug, None)
    if follows:
        for slug in changed & localized.catalog.careers.keys():
            insort(order, localized.catalog.careers[slug], key=lambda it: (_title_key(localized, it), it.slug))
        localized.once(_orders)[DEFAULT_ORDER[0]] = tuple(order)


MOST = 8
"""From a share of 1/8 of the careers on, putting all in order anew is quicker."""


def _scales(localized: LocalizedCatalog) -> dict[str, list[Scale]]:
    """The scales of each attribute's figures by its key, that of most careers first."""
    counts: dict[str, Counter[Scale]] = {}
    for career in localized.catalog.careers.values():
        for value in career.values_in(localized.region):
            counts.setdefault(value.attribute.key, Counter())[_scale(value)] += 1
    return {key: sorted(scales, key=lambda it: (-scales[it], it)) for key, scales in counts.items()}


def _scale(value: Value) -> Scale:
    """The currency and the period of amounts, the unit of a number: figures that differ in it have no common order."""
    if isinstance(value, MoneyRange):
        return value.currency, value.period
    return (value.unit or "",) if isinstance(value, Number) else ()
