"""The inputs that select and order careers and comparisons, and what they are to the engine."""

from collections.abc import Sequence
from typing import TypeVar

import strawberry

from careergraph.api.base.arguments import MAXIMUM, checked_text
from careergraph.api.base.describe import input_type, one_of
from careergraph.api.base.enums import CareerOrderKey, Direction
from careergraph.api.base.redirect import current, current_of
from careergraph.api.base.view import View
from careergraph.api.connections.comparison_page import Wanted
from careergraph.engine import content
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.search import career_selection

Given = TypeVar("Given")

MOST_TESTS, MOST_KEYS = 20, 5
"""Tests of attributes in a filter, and keys of an order: every career is looked at for each of them."""


@input_type
class NumberRange:
    """A stretch of numbers, both ends included."""

    min: float | None = strawberry.field(default=None, description="The least; null where there is none.")
    max: float | None = strawberry.field(default=None, description="The most; null where there is none.")


@input_type
class LevelRange:
    """A stretch of an attribute's levels, both ends included. A level is named by its key or by its name."""

    min: str | None = strawberry.field(default=None, description="The lowest level; null where there is none.")
    max: str | None = strawberry.field(default=None, description="The highest level; null where there is none.")


@one_of
class ValueTest:
    """What a career's value must be. Exactly one test is given, the one for the kind of the attribute."""

    range: NumberRange | None = strawberry.field(
        default=strawberry.UNSET,
        description="For NUMBER: the number lies within it. For MONEY_RANGE: every end that the range has does.",
    )
    level: LevelRange | None = strawberry.field(default=strawberry.UNSET, description="For LEVEL: it lies within this.")
    flag: bool | None = strawberry.field(default=strawberry.UNSET, description="For FLAG: it is this.")
    choice: list[str] | None = strawberry.field(
        default=strawberry.UNSET,
        description="For CHOICE: it is one of these options, each by its key or its name; at most 100.",
    )


@input_type
class AttributeFilter:
    """A test of one attribute. A career without a value of it does not pass."""

    attribute: str = strawberry.field(description="The key of the attribute.")
    test: ValueTest = strawberry.field(description="What its value must be.")


@input_type
class ExternalIdInput:
    """The id of a career or a skill in somebody else's scheme."""

    scheme: str = strawberry.field(description="The scheme, such as `onet`, `soc` or `esco`.")
    id: str = strawberry.field(description="The id in that scheme.")


@input_type
class CareerFilter:
    """Which careers are wanted. Everything that is given must hold."""

    category: list[str] | None = strawberry.field(
        default=None, description="In one of these categories, by slug; at most 100."
    )
    collection: list[str] | None = strawberry.field(
        default=None, description="In one of these collections, by slug; at most 100."
    )
    skill: list[str] | None = strawberry.field(
        default=None, description="With one of these skills, by slug; at most 100."
    )
    text: str | None = strawberry.field(default=None, description="Found by searching for this text.")
    external_id: ExternalIdInput | None = strawberry.field(
        default=None, description="Known by this id in somebody else's scheme."
    )
    attributes: list[AttributeFilter] | None = strawberry.field(
        default=None, description="Passing all of these tests of their values; at most 20."
    )


@input_type
class CareerOrder:
    """One key that careers are put in order by."""

    by: CareerOrderKey = strawberry.field(description="What they are put in order by.")
    attribute: str | None = strawberry.field(
        default=None, description="The key of the attribute, with ATTRIBUTE and only then."
    )
    direction: Direction = strawberry.field(default=Direction.ASC, description="Which way the order runs.")


@input_type
class ComparisonFilter:
    """Which comparisons are wanted. Everything that is given must hold."""

    career: str | None = strawberry.field(default=None, description="Comparisons with this career, by slug.")
    category: str | None = strawberry.field(
        default=None, description="Comparisons of two careers of this category, by slug."
    )
    min_score: float | None = strawberry.field(
        default=None, description="Comparisons that score at least this, from 0 to 1."
    )


def career_filter(filter_input: CareerFilter | None, view: View) -> career_selection.CareerFilter | None:
    """The filter as the engine knows it. Raises CodedError TOO_MANY or TEXT_TOO_LONG."""
    if filter_input is None:
        return None
    for slugs in (filter_input.category, filter_input.collection, filter_input.skill):
        _check(slugs, MAXIMUM)
    _check(filter_input.attributes, MOST_TESTS)
    external_id = filter_input.external_id
    return career_selection.CareerFilter(
        category=current_of(view.catalog, "categories", filter_input.category),
        collection=current_of(view.catalog, "collections", filter_input.collection),
        skill=current_of(view.catalog, "skills", filter_input.skill),
        text=None if filter_input.text is None else checked_text(filter_input.text),
        external_id=None if external_id is None else external_id_of(external_id),
        attributes=tuple([_attribute_test(it, view) for it in filter_input.attributes or ()]),
    )


def external_id_of(external_id: ExternalIdInput) -> content.ExternalId:
    """The id as the engine knows it."""
    return content.ExternalId(scheme=external_id.scheme, id=external_id.id)


def career_order(orders: list[CareerOrder] | None) -> tuple[career_selection.CareerOrder, ...]:
    """The order as the engine knows it. Raises CodedError TOO_MANY."""
    _check(orders, MOST_KEYS)
    return tuple(
        [
            career_selection.CareerOrder(
                by=career_selection.CareerOrderKey(order.by.value),
                attribute=order.attribute,
                direction=career_selection.Direction(order.direction.value),
            )
            for order in orders or ()
        ]
    )


def comparison_filter(filter_input: ComparisonFilter | None) -> Wanted:
    """Which comparisons are wanted."""
    return (
        Wanted() if filter_input is None else Wanted(filter_input.career, filter_input.category, filter_input.min_score)
    )


def _check(values: Sequence[object] | None, most: int) -> None:
    """A list in a variable costs the same however long it is, so it must not be long."""
    if values is not None and len(values) > most:
        raise CodedError(Code.TOO_MANY, f"At most {most} are taken in one list here.", maximum=most)


def _attribute_test(attribute_filter: AttributeFilter, view: View) -> career_selection.AttributeTest:
    test, key = attribute_filter.test, current(view.catalog, "attributes", attribute_filter.attribute)
    bounds = _given(test.range)
    level = _given(test.level)
    choice = _given(test.choice)
    _check(choice, MAXIMUM)
    return career_selection.AttributeTest(
        attribute=key,
        range=None if bounds is None else (bounds.min, bounds.max),
        level=None if level is None else (_option(key, level.min, view), _option(key, level.max, view)),
        flag=_given(test.flag),
        choice=None if choice is None else tuple([_option(key, it, view) or "" for it in choice]),
    )


def _given(field: Given | None) -> Given | None:
    return None if field is strawberry.UNSET else field


def _option(attribute: str, named: str | None, view: View) -> str | None:
    """The key of a level or option that is named by its key, or by its name in the view's locale or a fallback."""
    definition = view.catalog.attributes.get(attribute)
    if definition is None or named is None or definition.rank(named) is not None:
        return named
    for option in definition.options:
        if named.casefold() in [view.read(option.label).casefold(), *map(str.casefold, option.label.values())]:
            return option.key
    return named
