"""Filters and orders of careers and comparisons, against the plain catalog."""

from collections.abc import Callable

import pytest

from api.asking import SEEDED, answer, ask, code, refusal
from careergraph.engine.content import Career
from careergraph.engine.content.value_kinds import Level, MoneyRange, Number
from careergraph.engine.similarity.pair_ranking import score_of
from truth.seeded import catalog

CAREERS = """query($filter: CareerFilter, $orderBy: [CareerOrder!]) {
  careers(first: 100, filter: $filter, orderBy: $orderBy) { totalCount edges { node { slug } } } }"""


def _slugs(filter: object = None, order: object = None) -> list[str]:
    found = answer(CAREERS, SEEDED, filter=filter, orderBy=order)["careers"]
    slugs = [edge["node"]["slug"] for edge in found["edges"]]
    assert found["totalCount"] == len(slugs)
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
    ends = [value.low, value.high] if isinstance(value, MoneyRange) else [None]
    known = [end for end in ends if end is not None]
    return bool(known) and all(low <= end <= high for end in known)


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


@pytest.mark.parametrize(("wanted", "passes"), FILTERS, ids=range(len(FILTERS)))
def test_a_filter_passes_what_it_says(wanted: dict[str, object], passes: Callable[[Career], bool]) -> None:
    expected = {slug for slug, career in catalog().careers.items() if passes(career)}
    assert set(_slugs(wanted)) == expected
    if wanted and wanted != {"category": []}:
        assert expected and expected != set(catalog().careers)


def test_careers_in_a_collection_or_with_an_id() -> None:
    collection = next(iter(catalog().collections.values()))
    assert set(_slugs({"collection": [collection.slug]})) == set(collection.careers)
    career = next(it for it in catalog().careers.values() if it.external_ids)
    external_id = career.external_ids[0]
    assert career.slug in _slugs({"externalId": {"scheme": external_id.scheme, "id": external_id.id}})
    assert _slugs({"externalId": {"scheme": external_id.scheme, "id": "none"}}) == []


def test_careers_that_a_text_finds() -> None:
    found = _slugs({"text": "data scientist"})
    assert "data-scientist" in found
    assert len(found) < len(catalog().careers)


def test_a_choice_is_named_by_key_or_name() -> None:
    query = "query($filter: CareerFilter) { careers(filter: $filter) { edges { node { slug } } } }"
    for named in ("out", "Outdoors", "outdoors"):
        found = answer(query, filter=_attribute("place", choice=[named]))["careers"]["edges"]
        assert [it["node"]["slug"] for it in found] == ["nurse"]


def test_orders() -> None:
    careers = catalog().careers
    by_salary = [_low(careers[slug]) for slug in _slugs(order=[{"by": "ATTRIBUTE", "attribute": "salary"}])]
    known = [it for it in by_salary if it is not None]
    assert known == sorted(known) and by_salary[: len(known)] == known
    down = _slugs(order=[{"by": "ATTRIBUTE", "attribute": "demand-score", "direction": "DESC"}])
    scores = [_number(careers[slug], "demand-score") for slug in down]
    known = [it for it in scores if it is not None]
    assert known == sorted(known, reverse=True) and scores[: len(known)] == known and None in scores
    assert _slugs() == _slugs(order=[{"by": "TITLE"}]) == _slugs(order=[])
    assert _slugs(order=[{"by": "TITLE", "direction": "DESC"}]) == _slugs()[::-1]
    assert set(_slugs(order=[{"by": "PUBLISHED"}])) == set(careers)


@pytest.mark.parametrize(
    ("wanted", "suggestions"),
    [
        ({"category": ["ai-enginering"]}, ["ai-engineering"]),
        ({"skill": ["pythn"]}, ["python"]),
        (_attribute("dificulty", flag=True), ["difficulty"]),
        ({"collection": ["zzzz"]}, []),
    ],
)
def test_a_filter_that_names_nothing_is_refused(wanted: dict[str, object], suggestions: list[str]) -> None:
    found = refusal(CAREERS, SEEDED, filter=wanted)
    assert found["extensions"]["code"] == "BAD_FILTER"
    assert found["extensions"]["suggestions"][: len(suggestions)] == suggestions


@pytest.mark.parametrize(
    "wanted",
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
def test_a_test_that_does_not_fit_is_refused(wanted: dict[str, object]) -> None:
    assert code(CAREERS, SEEDED, filter=wanted) == "BAD_FILTER"


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
    found = answer(COMPARISONS, SEEDED, filter={"minScore": least})["comparisons"]
    expected = sorted(
        [slug for slug, it in scores.items() if it >= least], key=lambda slug: (-scores[slug], slug.split("-vs-"))
    )
    assert found["totalCount"] == len(expected) >= 20
    assert [edge["node"]["slug"] for edge in found["edges"]] == expected[:100]
    assert all(edge["score"] == scores[edge["node"]["slug"]] for edge in found["edges"])
    assert answer(COMPARISONS, SEEDED, filter={"minScore": 1.5})["comparisons"]["totalCount"] == 0
    assert answer(COMPARISONS, SEEDED, filter={"minScore": -1})["comparisons"]["totalCount"] == len(scores)


def test_comparisons_of_a_career_and_a_category() -> None:
    career = catalog().careers["ai-model-routing-engineer"]
    others = catalog().careers_in[career.category.slug]
    wanted = {"career": career.slug, "category": career.category.slug}
    assert answer(COMPARISONS, SEEDED, filter=wanted)["comparisons"]["totalCount"] == len(others) - 1
    elsewhere = next(slug for slug in catalog().categories if slug != career.category.slug)
    wanted["category"] = elsewhere
    assert answer(COMPARISONS, SEEDED, filter=wanted)["comparisons"]["totalCount"] == 0


@pytest.mark.parametrize(
    ("wanted", "suggestions"), [({"career": "data-scientis"}, ["data-scientist"]), ({"category": "zzzz"}, [])]
)
def test_a_comparison_filter_that_names_nothing_is_refused(wanted: dict[str, str], suggestions: list[str]) -> None:
    found = refusal(COMPARISONS, SEEDED, filter=wanted)["extensions"]
    assert (found["code"], found["suggestions"][: len(suggestions)]) == ("BAD_FILTER", suggestions)
