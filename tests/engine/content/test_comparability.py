"""What can be compared: one figure needs one source and one value, open ends are at least, editions stand apart."""

from dataclasses import replace

import pytest

from careergraph.engine.comparison.multi_comparison import compared
from careergraph.engine.content.attribute import Option, ValueKind
from careergraph.engine.content.outcome import Obstacle, Outcome, RangeEnd
from careergraph.engine.content.value_kinds import BadValue, MoneyRange, Provenance, Value, outcome, parse_value
from engine.content.test_values import ENGLISH, PERCENTILES, PLAIN, SOURCE, attribute, money


def test_one_figure_is_of_one_source_and_one_value() -> None:
    number = attribute(ValueKind.NUMBER)

    def value(amount: float) -> Value:
        return parse_value(number, Provenance(source=SOURCE, published_for="15-1252"), {"value": amount})

    other = Provenance(source=replace(SOURCE, slug="other"), published_for="15-1252")
    assert value(1).obstacle(value(1)) is Obstacle.SAME_FIGURE
    assert value(1).obstacle(value(2)) is None, "two values"
    assert value(1).obstacle(parse_value(number, other, {"value": 1})) is None, "two sources"


def test_an_estimate_from_a_row_is_not_the_figure_of_that_row() -> None:
    """The pair of the seed: $80,000 to $190,000 was made from the row that says $55,940 to $188,470."""
    row = {"published_for": "15-1299", "published_for_title": "Computer Occupations, All Other"}
    estimate = replace(money(80_000, 190_000, basis="EDITORIAL"), provenance=Provenance(source=SOURCE, **row))  # type: ignore[arg-type]
    figure = money(55_940, 188_470, **PERCENTILES, lowPercentile=10, highPercentile=90)  # type: ignore[arg-type]
    published = replace(figure, provenance=Provenance(source=replace(SOURCE, slug="survey"), **row))  # type: ignore[arg-type]
    assert outcome(estimate, published) is Outcome.NOT_COMPARABLE
    assert estimate.obstacle(published) is published.obstacle(estimate) is Obstacle.BASIS


def test_a_range_with_one_end_is_not_the_figure_of_two_equal_ends() -> None:
    """They sort alike, and their only common end is the same; a source that publishes both publishes two figures."""
    row = Provenance(source=SOURCE, published_for="15-1252")
    ends = [replace(money(low, high), provenance=row) for low, high in ((None, 9), (9, None), (9, 9))]
    for a in ends:
        for b in ends:
            assert a.obstacle(b) is (Obstacle.SAME_FIGURE if a is b else None)


def least(low: float | None, high: float | None, end: str | None = None) -> MoneyRange:
    """A range of percentiles, with an open end where one is named."""
    fields: dict[str, object] = {"low": low, "high": high, "openEnd": end, **PERCENTILES}
    return MoneyRange.parse(attribute(ValueKind.MONEY_RANGE), PLAIN, {k: v for k, v in fields.items() if v is not None})


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (least(90, 200, "HIGH"), least(80, 150), Outcome.A),
        (least(80, 200, "HIGH"), least(90, 150), Outcome.DIFFERS),
        (least(80, 200, "HIGH"), least(80, 200), Outcome.UNKNOWN),
        (least(80, 200, "HIGH"), least(80, 300), Outcome.UNKNOWN),
        (least(80, 200, "HIGH"), least(80, 200, "HIGH"), Outcome.UNKNOWN),
        (least(90, 200, "HIGH"), least(80, 200, "HIGH"), Outcome.A),
        (least(200, 200, "LOW"), least(80, 150), Outcome.A),
        (least(200, 200, "LOW"), least(80, 200, "HIGH"), Outcome.A),
        (least(200, 200, "LOW"), least(200, 200, "LOW"), Outcome.UNKNOWN),
        (least(200, 200, "LOW"), least(250, 300), Outcome.UNKNOWN),
        (least(None, 200, "HIGH"), least(None, 150), Outcome.A),
        (least(None, 200, "HIGH"), least(None, 300), Outcome.UNKNOWN),
    ],
)
def test_an_open_end_beats_what_is_lower_and_nothing_else(a: MoneyRange, b: MoneyRange, expected: Outcome) -> None:
    assert outcome(a, b) is expected
    assert outcome(b, a) is expected.mirrored


def test_an_open_end_is_held_against_others_alone() -> None:
    assert compared((least(80, 150), least(200, 200, "LOW"), least(70, 160))) == (0, 1, 2)


def test_ranges_that_begin_alike_are_not_the_same_among_several() -> None:
    """ "From $80,000" on both sides leaves open where the two end."""
    assert compared((least(80, None), least(80, None))) == ()
    assert compared((least(80, None), least(90, None), least(100, None))) == (0, 1, 2)


def test_an_open_end_is_read_as_at_least() -> None:
    assert least(78_360, 239_200, "HIGH").spoken_end(RangeEnd.HIGH, ENGLISH).startswith("≥ $239,200")
    assert least(78_360, 239_200, "HIGH").display(ENGLISH) == "$78,360 – ≥ $239,200/yr"
    assert least(239_200, 239_200, "LOW").display(ENGLISH) == "≥ $239,200/yr"
    assert least(1, 239_200).order() < least(1, 239_200, "HIGH").order() < least(1, 239_201).order()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"low": 1, "openEnd": "HIGH"}, "the high end is open, so it needs the least amount"),
        ({"high": 1, "openEnd": "LOW"}, "the low end is open, so it needs the least amount"),
        ({"low": 1, "high": 2, "openEnd": "LOW"}, "where the low end is open, so is the high one"),
        ({"low": 1, "high": 2, "openEnd": "MIDDLE"}, "openEnd must be one of LOW, HIGH"),
    ],
)
def test_open_ends_that_cannot_be(fields: dict[str, object], message: str) -> None:
    with pytest.raises(BadValue, match=message) as raised:
        MoneyRange.parse(attribute(ValueKind.MONEY_RANGE), PLAIN, {**fields, **PERCENTILES})
    assert raised.value.field == "openEnd"


def test_levels_of_two_editions_are_not_compared() -> None:
    """Zone 4 of five levels and zone 4 of four are not the same preparation."""
    options = tuple(
        [Option(key=f"{n}", label={"en": f"{n}"}, edition={"en": "five" if n < 5 else "four"}) for n in range(9)]
    )
    zones = replace(attribute(ValueKind.LEVEL), options=options)
    old, new, newer = (parse_value(zones, PLAIN, {"level": key}) for key in ("3", "7", "8"))
    assert old.obstacle(new) is new.obstacle(old) is Obstacle.EDITION
    assert outcome(old, new) is Outcome.NOT_COMPARABLE
    assert new.obstacle(newer) is None
