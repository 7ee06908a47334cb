"""The five kinds of value: what they accept, how they compare, how they read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.engine.comparison.glance import row_of
from careergraph.engine.content import Catalog
from careergraph.engine.content.attribute import Attribute, Better, Option, ValueKind
from careergraph.engine.content.locale import Locale, Template
from careergraph.engine.content.outcome import Obstacle, Outcome
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import BadValue, Provenance, Value, above, outcome, parse_value
from depth import depth
from truth.content import catalogs
from truth.outcomes import expected

SOURCE = Source(slug="s", title="S", publisher="P", kind=SourceKind.MEASURED)
PLAIN = Provenance(source=SOURCE)
ENGLISH = Locale(
    code="en",
    name="English",
    money={"USD": "${n}", "*": "{n} {currency}"},
    periods={"YEAR": "/yr"},
    phrases={
        name: Template(text) for name, text in (("yes", "Yes"), ("no", "No"), ("from", "from"), ("up-to", "up to"))
    },
)
GERMAN = Locale(
    code="de",
    name="Deutsch",
    fallback=ENGLISH,
    decimal=",",
    group=".",
    money={"USD": "{n} $"},
    periods={"YEAR": " pro Jahr"},
)


def attribute(kind: ValueKind, better: Better = Better.HIGHER, **more: object) -> Attribute:
    options = tuple(Option(key=key, label={"en": key.title()}) for key in ("low", "mid", "high"))
    fields: dict[str, object] = {"key": "it", "label": {"en": "It"}, "position": 1, "options": options, **more}
    return Attribute(kind=kind, better=better, **fields)  # type: ignore[arg-type]


PERCENTILES: dict[str, object] = {"currency": "USD", "period": "YEAR", "basis": "PERCENTILES"}
POSTED = PERCENTILES | {"basis": "POSTED"}


def money(low: float | None, high: float | None, better: Better = Better.HIGHER, **more: object) -> Value:
    fields = {"currency": "USD", "period": "YEAR", "basis": "POSTED", **more}
    ends = {name: end for name, end in (("low", low), ("high", high)) if end is not None}
    return parse_value(attribute(ValueKind.MONEY_RANGE, better), PLAIN, {**ends, **fields})


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((100, 200), (100, 200), Outcome.TIE),
        ((100, 200), (90, 190), Outcome.A),
        ((100, 200), (100, 210), Outcome.B),
        ((100, 200), (90, 210), Outcome.DIFFERS),
        ((100, None), (100, 200), Outcome.UNKNOWN),
        ((100, 200), (None, 200), Outcome.UNKNOWN),
        ((100, None), (100, None), Outcome.UNKNOWN),
        ((None, 200), (None, 200), Outcome.UNKNOWN),
        ((120, None), (100, None), Outcome.A),
        ((None, 200), (50, 210), Outcome.B),
        ((100, None), (None, 200), Outcome.UNKNOWN),
    ],
)
def test_money_ranges_compare_their_ends(
    a: tuple[float | None, float | None], b: tuple[float | None, float | None], expected: Outcome
) -> None:
    assert outcome(money(*a), money(*b)) is expected
    assert outcome(money(*b), money(*a)) is expected.mirrored


@pytest.mark.parametrize(
    ("changed", "obstacle"),
    [
        ({"currency": "EUR"}, Obstacle.CURRENCY),
        ({"period": "HOUR"}, Obstacle.PERIOD),
        ({"basis": "PERCENTILES"}, Obstacle.BASIS),
        ({"basis": "PERCENTILES", "lowPercentile": 10, "highPercentile": 90}, Obstacle.BASIS),
    ],
)
def test_money_of_another_kind_is_not_compared(changed: dict[str, object], obstacle: Obstacle) -> None:
    a, b = money(1, 2), money(3, 4, **changed)  # type: ignore[arg-type]
    assert outcome(a, b) is Outcome.NOT_COMPARABLE
    assert a.obstacle(b) is b.obstacle(a) is obstacle


def test_region_and_shared_figure_are_obstacles() -> None:
    number = attribute(ValueKind.NUMBER)

    def value(amount: float, **provenance: str) -> Value:
        return parse_value(number, Provenance(source=SOURCE, **provenance), {"value": amount})  # type: ignore[arg-type]

    assert value(1, region="Here").obstacle(value(2)) is Obstacle.REGION
    assert value(1, published_for="15-1252").obstacle(value(1, published_for="15-1252")) is Obstacle.SAME_FIGURE
    assert value(1, published_for="15-1252").obstacle(value(2, published_for="15-1253")) is None


@pytest.mark.parametrize(
    ("better", "expected"), [(Better.HIGHER, Outcome.B), (Better.LOWER, Outcome.A), (Better.NEITHER, Outcome.DIFFERS)]
)
def test_better_decides(better: Better, expected: Outcome) -> None:
    for kind, low, high in (
        (ValueKind.NUMBER, {"value": 1}, {"value": 2}),
        (ValueKind.LEVEL, {"level": "low"}, {"level": "high"}),
        (ValueKind.FLAG, {"yes": False}, {"yes": True}),
    ):
        compared = attribute(kind, better)
        assert outcome(parse_value(compared, PLAIN, low), parse_value(compared, PLAIN, high)) is expected


def test_choice_has_no_better() -> None:
    choice = attribute(ValueKind.CHOICE, Better.HIGHER)
    low, high = (parse_value(choice, PLAIN, {"choice": key}) for key in ("low", "high"))
    assert outcome(low, high) is Outcome.DIFFERS
    assert outcome(low, low) is Outcome.TIE
    assert outcome(low, None) is outcome(None, None) is Outcome.UNKNOWN


@pytest.mark.parametrize(
    ("kind", "fields", "field"),
    [
        (ValueKind.MONEY_RANGE, {"currency": "USD", "period": "YEAR", "basis": "POSTED"}, "low"),
        (ValueKind.MONEY_RANGE, {"low": 2, "high": 1, "currency": "USD", "period": "YEAR", "basis": "POSTED"}, "low"),
        (ValueKind.MONEY_RANGE, {"low": -1, "currency": "USD", "period": "YEAR", "basis": "POSTED"}, "low"),
        (ValueKind.MONEY_RANGE, {"low": 1, "currency": "usd", "period": "YEAR", "basis": "POSTED"}, "currency"),
        (ValueKind.MONEY_RANGE, {"low": 1, "currency": "USD", "period": "ERA", "basis": "POSTED"}, "period"),
        (ValueKind.MONEY_RANGE, {"low": 1, "currency": "USD", "period": "YEAR", "basis": "RUMOUR"}, "basis"),
        (ValueKind.MONEY_RANGE, {"low": 1, **POSTED, "lowPercentile": 10, "highPercentile": 90}, "lowPercentile"),
        (ValueKind.MONEY_RANGE, {"low": 1, **PERCENTILES, "lowPercentile": 10}, "highPercentile"),
        (ValueKind.MONEY_RANGE, {"low": 1, **PERCENTILES, "highPercentile": 90}, "lowPercentile"),
        (ValueKind.MONEY_RANGE, {"low": 1, **PERCENTILES, "lowPercentile": 90, "highPercentile": 10}, "lowPercentile"),
        (ValueKind.MONEY_RANGE, {"low": 1, **PERCENTILES, "lowPercentile": 0, "highPercentile": 90}, "lowPercentile"),
        (
            ValueKind.MONEY_RANGE,
            {"low": 1, **PERCENTILES, "lowPercentile": 10, "highPercentile": 90.5},
            "highPercentile",
        ),
        (ValueKind.NUMBER, {}, "value"),
        (ValueKind.NUMBER, {"value": float("nan")}, "value"),
        (ValueKind.NUMBER, {"value": True}, "value"),
        (ValueKind.NUMBER, {"value": 1, "unit": "parsec"}, "unit"),
        (ValueKind.NUMBER, {"value": 11}, "value"),
        (ValueKind.NUMBER, {"value": 1, "interval": [2, 1]}, "interval"),
        (ValueKind.NUMBER, {"value": 1, "interval": [1]}, "interval"),
        (ValueKind.NUMBER, {"value": 1, "yes": True}, "yes"),
        (ValueKind.LEVEL, {"level": "sky"}, "level"),
        (ValueKind.LEVEL, {"level": "mid", "share": 101}, "share"),
        (ValueKind.LEVEL, {"level": "mid", "interval": [1, 2]}, "interval"),
        (ValueKind.LEVEL, {"level": "mid", "share": 50, "interval": [40, 140]}, "interval"),
        (ValueKind.FLAG, {"yes": "true"}, "yes"),
        (ValueKind.CHOICE, {"choice": None}, "choice"),
    ],
)
def test_a_bad_value_names_its_field(kind: ValueKind, fields: dict[str, object], field: str) -> None:
    with pytest.raises(BadValue) as caught:
        parse_value(attribute(kind, unit="points", scale=10.0), PLAIN, fields)
    assert caught.value.field == field


def test_money_reads_in_its_locale() -> None:
    value = money(135000, 210000)
    assert value.display(ENGLISH) == "$135,000–$210,000/yr"
    assert value.display(GERMAN) == "135.000–210.000 $ pro Jahr"
    assert money(135000, None).display(ENGLISH) == "from $135,000/yr"
    assert money(None, 0).display(ENGLISH) == "up to $0/yr"
    assert money(17.5, 17.5, currency="CHF", period="HOUR").display(ENGLISH) == "17.50 CHF/hour"


def test_numbers_that_differ_never_read_alike() -> None:
    number = attribute(ValueKind.NUMBER, decimals=1)
    texts = [parse_value(number, PLAIN, {"value": value}).display(ENGLISH) for value in (9, 9.0, 9.04, 9.2, 1234567.25)]
    assert texts == ["9.0", "9.0", "9.04", "9.2", "1,234,567.25"]


@given(st.integers(-(2**53), 2**53))
def test_a_whole_number_reads_the_same_as_a_float(whole: int) -> None:
    """However it is stored, and on both sides of the size at which it is written another way."""
    assert ENGLISH.number(float(whole)) == ENGLISH.number(whole) == f"{whole:,}"


def test_no_zero_has_a_sign() -> None:
    assert ENGLISH.number(-0.0) == ENGLISH.number(0) == "0"


def test_numbers_read_by_their_attribute_phrases() -> None:
    phrases = {
        "value.one": {"en": "{n} month"},
        "value.other": {"en": "{n} months", "de": "{n} Monate"},
    }
    number = attribute(ValueKind.NUMBER, phrases=phrases)
    one, two = (parse_value(number, PLAIN, {"value": value}) for value in (1, 1234))
    assert (one.display(ENGLISH), two.display(ENGLISH)) == ("1 month", "1,234 months")
    assert two.display(GERMAN) == "1.234 Monate"
    assert one.display(GERMAN) == "1 month", "a wording that is missing comes whole from the fallback"


def test_a_template_fills_names_and_nothing_else() -> None:
    template = Template("{career} has {value}; {0} {career.__class__} {} stay")
    filled = template.fill({"career": "{value}", "value": "2"})
    assert filled == "{value} has 2; {0} {career.__class__} {} stay"
    assert template.slots == ("career", "value")
    percent = Template("{n}% of %(n)s, %s and {n}%%")
    assert percent.fill({"n": "5%"}) == "5%% of %(n)s, %s and 5%%%", "a percent sign is text like any other"
    assert Template("100%").fill({}) == "100%"
    with pytest.raises(KeyError):
        template.fill({"career": "x"})


def test_other_percentiles_are_not_compared() -> None:
    """The 25th percentile of one career says nothing about the 10th of another."""
    wide, narrow, unnamed = (
        money(1, 2, **PERCENTILES, **named)  # type: ignore[arg-type]
        for named in ({"lowPercentile": 10, "highPercentile": 90}, {"lowPercentile": 25, "highPercentile": 75}, {})
    )
    for a, b in ((wide, narrow), (wide, unnamed), (narrow, unnamed)):
        assert a.obstacle(b) is b.obstacle(a) is Obstacle.BASIS
    assert wide.obstacle(wide) is unnamed.obstacle(unnamed) is None


def test_fields_round_trip() -> None:
    for kind, fields in (
        (ValueKind.MONEY_RANGE, {"low": 1, "high": 2, "currency": "USD", "period": "YEAR", "basis": "POSTED"}),
        (ValueKind.NUMBER, {"value": 1, "unit": "points", "interval": [0, 2]}),
        (ValueKind.LEVEL, {"level": "mid"}),
        (ValueKind.LEVEL, {"level": "mid", "share": 45.9, "interval": [17.7, 77.1]}),
        (ValueKind.MONEY_RANGE, {"low": 1, **PERCENTILES, "lowPercentile": 10, "highPercentile": 90}),
        (ValueKind.MONEY_RANGE, {"low": 1, "high": 2, "openEnd": "HIGH", **PERCENTILES}),
        (ValueKind.FLAG, {"yes": False}),
        (ValueKind.CHOICE, {"choice": "mid"}),
    ):
        assert parse_value(attribute(kind, unit="points"), PLAIN, fields).fields() == fields


@given(catalogs(()))
@settings(max_examples=depth(30, 100))
def test_one_rule_compares_all_kinds(catalog: Catalog) -> None:
    """As the judge's own rule says, in both directions, and with an obstacle only where two do not compare."""
    here, there = (career.values_by_attribute for career in catalog.careers.values())
    for key in here.keys() & there.keys():
        a, b = here[key], there[key]
        result = outcome(a, b)
        assert result.value == expected(a, b)
        assert outcome(b, a) is result.mirrored
        comparable = result is not Outcome.NOT_COMPARABLE
        assert (a.obstacle(b) is None) is comparable
        assert above(a, b) == (comparable and a.order() > b.order())


@pytest.mark.parametrize("better", Better)
def test_values_of_the_same_positions_compare_alike(better: Better) -> None:
    """Plans decide a row once for all pairs of values whose numbers stand in the same order."""
    ends = [
        (low, high)
        for low in (None, 1, 2, 3)
        for high in (None, 1, 2, 3)
        if (low or high) and (low or 0) <= (high or 3)
    ]
    values = [money(*it, better) for it in ends]
    values += [money(low, high, better, openEnd="HIGH") for low, high in ends if high]
    values += [money(low, None, better, openEnd="LOW") for low in (1, 2)]
    values += [money(1, 2, better, currency=currency, basis="EDITORIAL") for currency in ("USD", "EUR")]
    shapes: dict[object, object] = {}
    for a in values:
        for b in values:
            (kind_a, *numbers), (kind_b, *others) = a.position(), b.position()
            orders = [(x < y, x == y) for x, y in zip(numbers, others, strict=True)]
            row = row_of(0, a.attribute, a, b)
            assert row is not None
            shape = row.shape, row.ahead
            assert shapes.setdefault((kind_a, kind_b, *orders), shape) == shape, (a, b)
    assert len(shapes) < len(values) ** 2 / 2
