"""The inputs that select and order careers and comparisons, and their forms in the engine."""

from collections.abc import Sequence
from typing import TypeVar

import strawberry

from careergraph.api.base.arguments import MAXIMUM, checked_text
from careergraph.api.base.declare import input_field, input_type
from careergraph.api.base.enums import CareerOrderKey, Direction
from careergraph.api.base.redirect import current, current_of
from careergraph.api.base.view import View
from careergraph.engine import content
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.search import career_filter as career_filters
from careergraph.engine.search import career_selection

Given = TypeVar("Given")

MOST_TESTS, MOST_KEYS = 20, 5
"""Tests of attributes in a filter, and keys of an order: every career is looked at for each of them."""


@input_type("A range of numbers, both ends included.")
class NumberRange:
    min: float | None = input_field("The minimum; null for none.", default=None)
    max: float | None = input_field("The maximum; null for none.", default=None)


@input_type("A range of an attribute's levels, both ends included. A level is named by its key or by its name.")
class LevelRange:
    min: str | None = input_field("The lowest level; null for none.", default=None)
    max: str | None = input_field("The highest level; null for none.", default=None)


@input_type("A test of a career's value. Exactly one is set: the one for the kind of the attribute.", one_of=True)
class ValueTest:
    range: NumberRange | None = input_field(
        "For NUMBER: the number lies within it. For MONEY_RANGE: its low end is at least `min`, and its high end at "
        "most `max`; a range without this end, or with an open one at `max`, does not pass.",
        default=strawberry.UNSET,
    )
    level: LevelRange | None = input_field("For LEVEL: it lies within this.", default=strawberry.UNSET)
    flag: bool | None = input_field("For FLAG: it is this.", default=strawberry.UNSET)
    choice: list[str] | None = input_field(
        "For CHOICE: it is one of these options, each by its key or its name; at most 100.", default=strawberry.UNSET
    )


@input_type("A test of one attribute. A career without a value of it does not pass.")
class AttributeFilter:
    attribute: str = input_field("The key of the attribute.")
    test: ValueTest = input_field("The test of its value.")


@input_type("The id of a career or a skill in an external scheme.")
class ExternalIdInput:
    scheme: str = input_field("The scheme, such as `onet`, `soc` or `esco`.")
    id: str = input_field("The id in that scheme.")


@input_type("A filter of careers. All conditions that are set must hold.")
class CareerFilter:
    category: list[str] | None = input_field("In one of these categories, by slug; at most 100.", default=None)
    collection: list[str] | None = input_field("In one of these collections, by slug; at most 100.", default=None)
    skill: list[str] | None = input_field("With one of these skills, by slug; at most 100.", default=None)
    text: str | None = input_field("Found by searching for this text.", default=None)
    external_id: ExternalIdInput | None = input_field("Known by this id in an external scheme.", default=None)
    attributes: list[AttributeFilter] | None = input_field(
        "Passing all of these tests of their values; at most 20.", default=None
    )


@input_type("One sort key of careers.")
class CareerOrder:
    by: CareerOrderKey = input_field("The sort key.")
    attribute: str | None = input_field("The key of the attribute, with ATTRIBUTE and only then.", default=None)
    direction: Direction = input_field("The direction of the order.", default=Direction.ASC)


def career_filter(filter_input: CareerFilter | None, view: View) -> career_filters.CareerFilter | None:
    """Return the filter in the form of the engine. Raises CodedError TOO_MANY or TEXT_TOO_LONG."""
    if filter_input is None:
        return None
    for slugs in (filter_input.category, filter_input.collection, filter_input.skill):
        _check(slugs, MAXIMUM)
    _check(filter_input.attributes, MOST_TESTS)
    external_id = filter_input.external_id
    return career_filters.CareerFilter(
        category=current_of(view.catalog, "categories", filter_input.category),
        collection=current_of(view.catalog, "collections", filter_input.collection),
        skill=current_of(view.catalog, "skills", filter_input.skill),
        text=None if filter_input.text is None else checked_text(filter_input.text),
        external_id=None if external_id is None else external_id_of(external_id),
        attributes=tuple([_attribute_test(it, view) for it in filter_input.attributes or ()]),
    )


def external_id_of(external_id: ExternalIdInput) -> content.ExternalId:
    """Return the id in the form of the engine."""
    return content.ExternalId(scheme=external_id.scheme, id=external_id.id)


def career_order(orders: list[CareerOrder] | None) -> tuple[career_selection.CareerOrder, ...]:
    """Return the order in the form of the engine. Raises CodedError TOO_MANY."""
    if not orders:
        return ()
    _check(orders, MOST_KEYS)
    return tuple(
        [
            career_selection.CareerOrder(
                by=career_selection.CareerOrderKey(order.by.value),
                attribute=order.attribute,
                direction=career_selection.Direction(order.direction.value),
            )
            for order in orders
        ]
    )


def _check(values: Sequence[object] | None, most: int) -> None:
    """A list in a variable costs the same however long it is, so it must not be long."""
    if values is not None and len(values) > most:
        raise CodedError(Code.TOO_MANY, f"At most {most} are taken in one list here.", maximum=most)


def _attribute_test(attribute_filter: AttributeFilter, view: View) -> career_filters.AttributeTest:
    test, key = attribute_filter.test, current(view.catalog, "attributes", attribute_filter.attribute)
    bounds = _given(test.range)
    level = _given(test.level)
    choice = _given(test.choice)
    _check(choice, MAXIMUM)
    return career_filters.AttributeTest(
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
