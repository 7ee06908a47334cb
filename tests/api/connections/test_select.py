"""Filters and orders of careers and comparisons, against the plain catalog."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from api.asking import SEEDED, answer, ask, code, refusal
from careergraph.engine.content import Career
from careergraph.engine.content.outcome import RangeEnd
from careergraph.engine.content.value_kinds import Level, MoneyRange, Number
from careergraph.engine.search import career_selection
from careergraph.engine.search.career_filter import AttributeTest, CareerFilter
from careergraph.engine.search.career_selection import select
from careergraph.engine.search.search import search
from careergraph.engine.similarity.pair_ranking import score_of
from careergraph.engine.text.localized_catalog import localize
from truth.seeded import catalog

CAREERS = """query($filter: CareerFilter, $orderBy: [CareerOrder!]) {
  careers(first: 100, filter: $filter, orderBy: $orderBy) { totalCount edges { node { slug } } } }"""


def _slugs(filter: object = None, order: object = None) -> list[str]:
    connection = answer(CAREERS, SEEDED, filter=filter, orderBy=order)["careers"]
    slugs = [edge["node"]["slug"] for edge in connection["edges"]]
    assert connection["totalCount"] == len(slugs)
    return slugs


def _low(career: Career) -> float | None:
    value = career.value("salary")
    return value.low if isinstance(value, MoneyRange) else None


def _number(career: Career, key: str) -> float | None:
    value = career.value(key)
    return value.value if isinstance(value, Number) else None


def _rank(career: Career) -> int | None:
    value = career.value("difficulty")
    return value.rank if isinstance(value, Level) else None


def _flag(career: Career, key: str) -> object:
    value = career.value(key)
    return value.fields()["yes"] if value else None


def _range(career: Career, low: float, high: float) -> bool:
    value = career.value("salary")
    if not isinstance(value, MoneyRange) or value.low is None or value.high is None:
        return False
    return low <= value.low and value.high <= high


def _attribute(key: str, **test: object) -> dict[str, object]:
    return {"attributes": [{"attribute": key, "test": test}]}


FILTERS: list[tuple[dict[str, object], Callable[[Career], bool]]] = [
    ({}, lambda it: True),
    ({"category": ["ai-engineering"]}, lambda it: it.category.slug == "ai-engineering"),
    ({"category": []}, lambda it: False),
    ({"skill": ["python", "sql"]}, lambda it: bool({"python", "sql"} & _concepts(it))),
    (_attribute("salary", range={"min": 60000, "max": 220000}), lambda it: _range(it, 60000, 220000)),
    (_attribute("demand-score", range={"min": 9}), lambda it: (_number(it, "demand-score") or 0) >= 9),
    (_attribute("difficulty", level={"min": "advanced"}), lambda it: (_rank(it) or 0) >= 2),
    (
        _attribute("difficulty", level={"max": "Intermediate"}),
        lambda it: (-1 if _rank(it) is None else _rank(it)) in (0, 1),
    ),
    (_attribute("difficulty", level={"min": "Sehr anspruchsvoll"}), lambda it: _rank(it) == 3),
    (_attribute("requires-coding", flag=False), lambda it: _flag(it, "requires-coding") is False),
    (_attribute("requires-coding", flag=True), lambda it: _flag(it, "requires-coding") is True),
    (
        {"category": ["ai-engineering"], **_attribute("salary", range={"min": 100000})},
        lambda it: it.category.slug == "ai-engineering" and _range(it, 100000, 1e9),
    ),
]


def _concepts(career: Career) -> set[str]:
    return {concept.slug for skill in career.skills for concept in skill.concepts}


@pytest.mark.parametrize(("career_filter", "passes"), FILTERS, ids=range(len(FILTERS)))
def test_a_filter_passes_what_it_says(career_filter: dict[str, object], passes: Callable[[Career], bool]) -> None:
    expected = {slug for slug, career in catalog().careers.items() if passes(career)}
    assert set(_slugs(career_filter)) == expected
    if career_filter and career_filter != {"category": []}:
        assert expected and expected != set(catalog().careers)


def test_careers_in_a_collection_or_with_an_id() -> None:
    collection = next(iter(catalog().collections.values()))
    assert set(_slugs({"collection": [collection.slug]})) == set(collection.careers)
    career = next(it for it in catalog().careers.values() if it.external_ids)
    external_id = career.external_ids[0]
    assert career.slug in _slugs({"externalId": {"scheme": external_id.scheme, "id": external_id.id}})
    assert _slugs({"externalId": {"scheme": external_id.scheme, "id": "none"}}) == []


def test_careers_that_a_text_finds() -> None:
    slugs = _slugs({"text": "data scientist"})
    assert "data-scientist" in slugs
    assert len(slugs) < len(catalog().careers)


def test_a_choice_is_named_by_key_or_name() -> None:
    query = "query($filter: CareerFilter) { careers(filter: $filter) { edges { node { slug } } } }"
    for named in ("out", "Outdoors", "outdoors"):
        edges = answer(query, filter=_attribute("place", choice=[named]))["careers"]["edges"]
        assert [it["node"]["slug"] for it in edges] == ["nurse"]


def test_orders() -> None:
    careers = catalog().careers
    by_salary = [_low(careers[slug]) for slug in _slugs(order=[{"by": "ATTRIBUTE", "attribute": "salary"}])]
    present = [it for it in by_salary if it is not None]
    assert present == sorted(present) and by_salary[: len(present)] == present
    down = _slugs(order=[{"by": "ATTRIBUTE", "attribute": "demand-score", "direction": "DESC"}])
    scores = [_number(careers[slug], "demand-score") for slug in down]
    present = [it for it in scores if it is not None]
    assert present == sorted(present, reverse=True) and scores[: len(present)] == present and None in scores
    assert _slugs() == _slugs(order=[{"by": "TITLE"}]) == _slugs(order=[])
    assert _slugs(order=[{"by": "TITLE", "direction": "DESC"}]) == _slugs()[::-1]
    assert set(_slugs(order=[{"by": "PUBLISHED"}])) == set(careers)


@pytest.mark.parametrize(
    "order",
    [
        [{"by": "TITLE", "direction": "DESC"}],
        [{"by": "ATTRIBUTE", "attribute": "demand-score"}],
        [{"by": "ATTRIBUTE", "attribute": "difficulty", "direction": "DESC"}, {"by": "TITLE", "direction": "DESC"}],
    ],
)
def test_those_that_pass_a_filter_are_in_the_order_of_all(order: list[object]) -> None:
    passing = {career.slug for career in catalog().careers_with["python"]}
    assert _slugs({"skill": ["python"]}, order) == [slug for slug in _slugs(order=order) if slug in passing]


def test_careers_that_match_a_text_come_by_relevance() -> None:
    """The order where a text is given and no other; with others it is one key of them, and without a text none."""
    slugs = _slugs({"text": "engineer"})
    assert slugs == [
        hit.item.slug for hit in search(localize(catalog()), "engineer", 500) if isinstance(hit.item, Career)
    ]
    assert len(slugs) > 5 and slugs != sorted(slugs)
    assert _slugs({"text": "engineer"}, [{"by": "RELEVANCE"}]) == slugs
    assert _slugs({"text": "engineer"}, [{"by": "TITLE"}]) == [it for it in _slugs() if it in slugs]
    assert refusal(CAREERS, SEEDED, orderBy=[{"by": "RELEVANCE"}])["extensions"]["code"] == "BAD_ORDER"


def test_cursors_hold_in_the_order_of_relevance() -> None:
    slugs, after, pages = _slugs({"text": "engineer"}), None, list[str]()
    query = """query($after: String) { careers(first: 4, after: $after, filter: {text: "engineer"}) {
      edges { node { slug } } pageInfo { hasNextPage endCursor } } }"""
    while True:
        connection = answer(query, SEEDED, after=after)["careers"]
        pages += [edge["node"]["slug"] for edge in connection["edges"]]
        if not connection["pageInfo"]["hasNextPage"]:
            break
        after = connection["pageInfo"]["endCursor"]
    assert pages == slugs


def test_careers_are_put_in_order_once_for_all_filters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each skill has a list of its careers: sorting hundreds for each of twenty skills takes longer than it costs."""
    localized = localize(catalog(), "de")
    select(localized)
    monkeypatch.setattr(career_selection, "_sort", None)
    for slug in list(catalog().skills)[:20]:
        careers = select(localized, CareerFilter(skill=(slug,))).careers
        assert {it.slug for it in careers} == {it.slug for it in catalog().careers_with.get(slug, ())}


@pytest.mark.parametrize(
    ("career_filter", "suggestions"),
    [
        ({"category": ["ai-enginering"]}, ["ai-engineering"]),
        ({"skill": ["pythn"]}, ["python"]),
        (_attribute("dificulty", flag=True), ["difficulty"]),
        ({"collection": ["zzzz"]}, []),
    ],
)
def test_a_filter_that_names_nothing_is_refused(career_filter: dict[str, object], suggestions: list[str]) -> None:
    error = refusal(CAREERS, SEEDED, filter=career_filter)
    assert error["extensions"]["code"] == "BAD_FILTER"
    assert error["extensions"]["suggestions"][: len(suggestions)] == suggestions
    names: Any = next(iter(career_filter.values()))
    name = names[0]
    assert error["extensions"]["unknown"] == (name["attribute"] if isinstance(name, dict) else name)


@pytest.mark.parametrize(
    ("career_filter", "expected"),
    [
        (_attribute("difficulty", level={"min": "Advancd"}), ("difficulty", "Advancd", ["advanced"])),
        (
            _attribute("difficulty", level={"max": "sehr anspruchsvol"}),
            ("difficulty", "sehr anspruchsvol", ["expert", "advanced"]),
        ),
        (_attribute("difficulty", level={"max": "z" * 300}), ("difficulty", "z" * 100, [])),
        (_attribute("salary", flag=True), ("salary", None, None)),
        (_attribute("salary", range={"min": 2, "max": 1}), ("salary", None, None)),
    ],
)
def test_a_test_that_is_refused_says_of_what(career_filter: dict[str, object], expected: tuple[object, ...]) -> None:
    hints = refusal(CAREERS, SEEDED, filter=career_filter)["extensions"]
    assert (hints["attribute"], hints.get("unknown"), hints.get("suggestions")) == expected


def _salary(**fields: object) -> MoneyRange:
    value = next(it for it in catalog().careers["plumber"].values if isinstance(it, MoneyRange))
    return replace(value, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ends", "least", "most", "passes"),
    [
        ({"low": 50, "high": None}, 40, None, True),
        ({"low": 50, "high": None}, None, 90, False),
        ({"low": None, "high": 80}, 40, None, False),
        ({"low": None, "high": 80}, None, 90, True),
        ({"low": None, "high": 80}, None, 70, False),
        ({"low": 50, "high": 80, "open_end": RangeEnd.HIGH}, 40, None, True),
        ({"low": 50, "high": 80, "open_end": RangeEnd.HIGH}, 40, 90, False),
        ({"low": 50, "high": 80}, 40, 90, True),
        ({"low": 50, "high": 80}, 60, None, False),
    ],
)
def test_an_end_that_is_not_known_passes_no_test(
    ends: dict[str, object], least: float | None, most: float | None, passes: bool
) -> None:
    plumber = catalog().careers["plumber"]
    careers = {"plumber": replace(plumber, values=(_salary(**ends),))}
    criteria = CareerFilter(attributes=(AttributeTest(attribute="salary", range=(least, most)),))
    selection = select(localize(replace(catalog(), careers=careers)), criteria)
    assert [it.slug for it in selection.careers] == (["plumber"] if passes else [])


@pytest.mark.parametrize(
    "career_filter",
    [
        _attribute("difficulty", flag=True),
        _attribute("salary", level={"min": "advanced"}),
        _attribute("remote-friendly", range={"min": 1}),
        _attribute("salary", choice=["x"]),
        _attribute("difficulty", level={"min": "nowhere"}),
        _attribute("difficulty", level={"min": "expert", "max": "beginner"}),
        _attribute("salary", range={"min": 2, "max": 1}),
    ],
)
def test_a_test_that_does_not_fit_is_refused(career_filter: dict[str, object]) -> None:
    assert code(CAREERS, SEEDED, filter=career_filter) == "BAD_FILTER"


@pytest.mark.parametrize(
    "order",
    [
        [{"by": "ATTRIBUTE"}],
        [{"by": "ATTRIBUTE", "attribute": "nothing"}],
        [{"by": "TITLE", "attribute": "salary"}],
    ],
)
def test_a_bad_order_is_refused(order: list[object]) -> None:
    assert code(CAREERS, SEEDED, orderBy=order) == "BAD_ORDER"


@pytest.mark.parametrize(
    ("where", "most"),
    [
        (lambda n: {"filter": {"category": ["ai-ml"] * n}}, 100),
        (lambda n: {"filter": {"collection": ["careers-in-data"] * n}}, 100),
        (lambda n: {"filter": {"skill": ["python"] * n}}, 100),
        (lambda n: {"filter": _attribute("ai-exposure", choice=["x"] * n)}, 100),
        (lambda n: {"filter": {"attributes": [{"attribute": "travel", "test": {"flag": True}}] * n}}, 20),
        (lambda n: {"orderBy": [{"by": "TITLE"}] * n}, 5),
    ],
)
def test_lists_are_short(where: Callable[[int], dict[str, object]], most: int) -> None:
    """What they hold is looked for in every career, and an operation costs the same however long they are."""
    assert "TOO_MANY" not in ask(CAREERS, SEEDED, **where(most)).codes
    assert refusal(CAREERS, SEEDED, **where(most + 1))["extensions"] == {"code": "TOO_MANY", "maximum": most}


@pytest.mark.parametrize("test", [{}, {"flag": True, "choice": ["x"]}, {"flag": None}, {"range": None, "flag": True}])
def test_exactly_one_test_is_given(test: dict[str, object]) -> None:
    """A test of none or of two kinds has no meaning that anyone could rely on."""
    assert code(CAREERS, SEEDED, filter=_attribute("difficulty", **test)) == "BAD_USER_INPUT"


@pytest.mark.parametrize("test", ["{}", '{flag: true, choice: ["x"]}', "{flag: null}"])
def test_exactly_one_test_is_written(test: str) -> None:
    query = '{ careers(filter: {attributes: [{attribute: "travel", test: %s}]}) { totalCount } }' % test  # noqa: UP031
    assert code(query) == "GRAPHQL_VALIDATION_FAILED"


COMPARISONS = """query($filter: ComparisonFilter) { comparisons(first: 100, filter: $filter) {
  totalCount edges { score node { slug a { slug } b { slug } } } } }"""


def test_comparisons_of_a_score_at_least() -> None:
    careers = list(catalog().careers.values())
    pairs = [(a, b) for a in careers for b in careers if a.slug < b.slug]
    scores = {f"{a.slug}-vs-{b.slug}": score_of(catalog(), a, b).score for a, b in pairs}
    least = sorted(scores.values())[-20]
    comparisons = answer(COMPARISONS, SEEDED, filter={"minScore": least})["comparisons"]
    expected = sorted(
        [slug for slug, it in scores.items() if it >= least], key=lambda slug: (-scores[slug], slug.split("-vs-"))
    )
    assert comparisons["totalCount"] == len(expected) >= 20
    assert [edge["node"]["slug"] for edge in comparisons["edges"]] == expected[:100]
    assert all(edge["score"] == scores[edge["node"]["slug"]] for edge in comparisons["edges"])
    assert answer(COMPARISONS, SEEDED, filter={"minScore": 1.5})["comparisons"]["totalCount"] == 0
    assert answer(COMPARISONS, SEEDED, filter={"minScore": -1})["comparisons"]["totalCount"] == len(scores)


def test_comparisons_of_a_career_and_a_category() -> None:
    career = catalog().careers["ai-model-routing-engineer"]
    others = catalog().careers_in[career.category.slug]
    names = {"career": career.slug, "category": career.category.slug}
    assert answer(COMPARISONS, SEEDED, filter=names)["comparisons"]["totalCount"] == len(others) - 1
    elsewhere = next(slug for slug in catalog().categories if slug != career.category.slug)
    names["category"] = elsewhere
    assert answer(COMPARISONS, SEEDED, filter=names)["comparisons"]["totalCount"] == 0


@pytest.mark.parametrize(
    ("named", "suggestions"),
    [({"career": "data-scientis"}, ["data-scientist"]), ({"category": "zzzz"}, [])],
)
def test_a_comparison_filter_that_names_nothing_is_refused(named: dict[str, str], suggestions: list[str]) -> None:
    extensions = refusal(COMPARISONS, SEEDED, filter=named)["extensions"]
    assert extensions["unknown"] == next(iter(named.values()))
    assert (extensions["code"], extensions["suggestions"][: len(suggestions)]) == ("BAD_FILTER", suggestions)
