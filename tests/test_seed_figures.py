"""The seed says only what its sources give: every figure is computed again from the source's own file.

The rules are written down here a second time, from the words of `method`: a figure cannot drift from its stated rule.
The figures need the open data beside the repository; the shape of the seed is checked without it.
"""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeVar

import msgspec
import pytest

from careergraph.store.documents.documents import (
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    Document,
    SkillDocument,
    SourceDocument,
    ValuePart,
)

ROOT = Path(__file__).parents[1]
SEEDS = sorted((ROOT / "seed").iterdir())
DATA = ROOT.parent / "shared" / "data"
ONET = DATA / "onet_29_3"
CODE = re.compile(r"O\*NET-SOC (\d\d-\d{4}\.\d\d)")
OBJECT_ORIENTED = "Object or component oriented development software"
EDUCATION = [
    "less-than-high-school",
    "high-school",
    "certificate",
    "some-college",
    "associate",
    "bachelor",
    "post-baccalaureate",
    "master",
    "post-master",
    "first-professional",
    "doctorate",
    "post-doctorate",
]
DIFFICULTY = ["beginner", "beginner", "intermediate", "advanced", "expert"]
BARRIER = ["low", "low", "medium", "high", "very-high"]
PAIR = ("ai-model-routing-engineer", "ai-multi-agent-systems-engineer")
EIGHT = {
    "salary",
    "demand-score",
    "ai-replacement-risk",
    "learning-curve",
    "difficulty",
    "entry-barrier",
    "remote-friendly",
    "requires-coding",
}

Kind = TypeVar("Kind", bound=Document)
Row = dict[str, str]

needs_data = pytest.mark.skipif(not ONET.is_dir(), reason="the open career data is not beside the repository")


def load(kind: type[Kind]) -> dict[str, Kind]:
    """All seeded documents of a kind, by slug, as the last seed says; a slug may stand once only in each."""
    return {slug: document for seed in SEEDS for slug, document in load_one(seed, kind).items()}


def load_one(seed: Path, kind: type[Kind]) -> dict[str, Kind]:
    documents: dict[str, Kind] = {}
    for path in sorted((seed / kind.FOLDER).glob("*.json")):
        text = path.read_text(encoding="utf-8")
        many = isinstance(json.loads(text), list)
        for document in msgspec.json.decode(text, type=list[kind]) if many else [msgspec.json.decode(text, type=kind)]:  # type: ignore[valid-type]
            assert document.ident not in documents, f"{path.name}: {document.ident} stands twice"
            documents[document.ident] = document
    return documents


CAREERS = load(CareerDocument)
SKILLS = load(SkillDocument)
SOURCES = load(SourceDocument)
CATEGORIES = load(CategoryDocument)
COLLECTIONS = load(CollectionDocument)

REAL = [career for career in CAREERS.values() if any(it.scheme == "onet" for it in career.external_ids)]
ESTIMATED = [career for career in CAREERS.values() if any(it.source == "editorial-estimate" for it in career.values)]


def values(career: CareerDocument) -> dict[str, ValuePart]:
    """A career's values by attribute; an attribute may stand once only."""
    by_attribute = {value.attribute: value for value in career.values}
    assert len(by_attribute) == len(career.values)
    return by_attribute


def slug(career: CareerDocument) -> str:
    return career.slug


# ---- the sources, read again


@cache
def table(path: Path) -> list[Row]:
    delimiter = "," if path.name.endswith(".csv.gz") else "\t"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter))


@cache
def by_code(name: str) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {}
    for row in table(ONET / f"{name}.txt.gz"):
        rows.setdefault(row["O*NET-SOC Code"], []).append(row)
    return rows


@cache
def wages(soc: str) -> Row:
    rows = table(DATA / "bls_oews_2025" / "national_cross_industry.tsv.gz")
    return next(row for row in rows if row["soc_code"] == soc)


@cache
def exposure(code: str) -> Decimal | None:
    rows = table(DATA / "ai_exposure" / "gpts_are_gpts_occ_level.csv.gz")
    return next((Decimal(row["human_rating_beta"]) for row in rows if row["O*NET-SOC Code"] == code), None)


def whole(number: Decimal) -> int:
    return int(number.to_integral_value(ROUND_HALF_UP))


def first_of(month: str) -> date:
    return date(int(month[3:]), int(month[:2]), 1)


def zone(code: str) -> int:
    return int(by_code("Job Zones")[code][0]["Job Zone"])


def zone_date(code: str) -> date:
    return first_of(by_code("Job Zones")[code][0]["Date"])


def languages_in_demand(code: str) -> int:
    rows = by_code("Technology Skills").get(code, [])
    return sum(row["Commodity Title"] == OBJECT_ORIENTED and row["In Demand"] == "Y" for row in rows)


def most_frequent(code: str) -> Row | None:
    rows = [it for it in by_code("Education, Training, and Experience").get(code, []) if it["Scale ID"] == "RL"]
    return max(rows, key=lambda row: Decimal(row["Data Value"]), default=None)


def education(code: str) -> tuple[str, date] | None:
    most = most_frequent(code)
    if most is None or most["Recommend Suppress"] == "Y":
        return None
    return EDUCATION[int(most["Category"]) - 1], first_of(most["Date"])


# ---- real occupations: what their sources publish


def onet_code(career: CareerDocument) -> str:
    ids = {it.scheme: it.id for it in career.external_ids}
    assert ids["onet"].startswith(ids["soc"] + ".")
    return ids["onet"]


@needs_data
@pytest.mark.parametrize("career", REAL, ids=slug)
def test_salary_is_the_published_wage_row(career: CareerDocument) -> None:
    """The 10th and 90th percentile of the occupation's wage row; an end that the source leaves out ("-") is absent."""
    soc = onet_code(career).partition(".")[0]
    row, value = wages(soc), values(career).get("salary")
    low, high = (float(row[end]) if row[end] != "-" else None for end in ("annual_p10", "annual_p90"))
    if value is None:
        assert low is None and high is None
        return
    assert (value.low, value.high) == (low, high)
    assert (value.currency, value.period, value.basis) == ("USD", "YEAR", "PERCENTILES")
    assert (value.low_percentile, value.high_percentile) == (10, 90)
    assert (value.published_for, value.region, value.source) == (soc, "United States", "bls-oews")
    assert value.observed_on == date(2025, 5, 1)
    assert soc in value.method["en"]


@needs_data
@pytest.mark.parametrize("career", REAL, ids=slug)
def test_exposure_is_the_published_rating(career: CareerDocument) -> None:
    code = onet_code(career)
    rating, value = exposure(code), values(career).get("ai-exposure")
    if rating is None or value is None:
        assert rating is None and value is None
        return
    assert (value.value, value.unit, value.published_for) == (whole(rating * 100), "percent", code)
    assert value.source == "gpts-are-gpts"


@needs_data
@pytest.mark.parametrize("career", REAL, ids=slug)
def test_preparation_is_the_published_zone(career: CareerDocument) -> None:
    code, value = onet_code(career), values(career)["job-zone"]
    assert (value.level, value.observed_on) == (f"zone-{zone(code)}", zone_date(code))
    assert (value.published_for, value.region, value.source) == (code, "United States", "onet")


@needs_data
@pytest.mark.parametrize("career", REAL, ids=slug)
def test_education_is_the_most_frequent_answer(career: CareerDocument) -> None:
    """Absent where O*NET has no answers, or recommends not to publish the most frequent one."""
    code = onet_code(career)
    published, value = education(code), values(career).get("education")
    assert published == (None if value is None else (value.level, value.observed_on))
    if value is not None:
        assert (value.published_for, value.region, value.source) == (code, "United States", "onet")
        row = most_frequent(code)
        assert row is not None
        assert (value.share, value.sample_size) == (float(row["Data Value"]), int(row["N"]))
        ends = [row[name] for name in ("Lower CI Bound", "Upper CI Bound")]
        assert value.interval == ([float(end) for end in ends] if all(ends) else None)


@needs_data
@pytest.mark.parametrize("career", REAL, ids=slug)
def test_coding_follows_the_technologies_in_demand(career: CareerDocument) -> None:
    """Two or more technologies: yes. None: no. One decides nothing, so there is no figure."""
    code = onet_code(career)
    count, value = languages_in_demand(code), values(career).get("requires-coding")
    assert (None if value is None else value.yes) == {0: False, 1: None}.get(count, True)
    if value is not None:
        assert (value.published_for, value.source) == (code, "onet-derived")
        assert value.method["en"].endswith(f"{code}: {count}.")


@pytest.mark.parametrize("career", REAL, ids=slug)
def test_nothing_is_invented_for_a_real_occupation(career: CareerDocument) -> None:
    """No source gives demand, risk, learning months, difficulty, barrier or remote work: they are absent."""
    assert set(values(career)) <= {"salary", "ai-exposure", "job-zone", "education", "requires-coding"}


# ---- editorial estimates: the stated rule, from the occupation that the method names


def nearest(career: CareerDocument) -> str:
    """The occupation that the method of every one of the career's values names; they must agree."""
    texts = [text for value in career.values for text in value.method.values()]
    named = {code for text in texts for code in re.findall(CODE, text)}
    assert len(named) == 1, f"{career.slug} names {named}"
    assert all(CODE.search(text) for text in texts)
    return str(named.pop())


@pytest.mark.parametrize("career", ESTIMATED, ids=slug)
def test_an_estimate_names_its_occupation(career: CareerDocument) -> None:
    code = nearest(career)
    assert set(values(career)) == EIGHT
    for value in career.values:
        assert value.source == "editorial-estimate"
        assert value.region is None
        assert value.published_for == (code.partition(".")[0] if value.attribute == "salary" else code)
        assert set(value.method) == {"en", "de"}


@needs_data
@pytest.mark.parametrize("career", ESTIMATED, ids=slug)
def test_estimated_salary(career: CareerDocument) -> None:
    """25th to 90th percentile of the nearest occupation, to the nearest 5,000."""
    row, value = wages(nearest(career).partition(".")[0]), values(career)["salary"]
    low, high = (5000 * whole(Decimal(row[end]) / 5000) for end in ("annual_p25", "annual_p90"))
    assert (value.low, value.high, value.basis) == (low, high, "EDITORIAL")
    assert (value.currency, value.period) == ("USD", "YEAR")


@needs_data
@pytest.mark.parametrize("career", ESTIMATED, ids=slug)
def test_estimated_demand(career: CareerDocument) -> None:
    """5 points plus 5 times the share of technologies marked hot or in demand, to one decimal."""
    rows, value = by_code("Technology Skills")[nearest(career)], values(career)["demand-score"]
    marked = sum("Y" in (row["Hot Technology"], row["In Demand"]) for row in rows)
    score = (5 + 5 * Decimal(marked) / len(rows)).quantize(Decimal("0.1"), ROUND_HALF_UP)
    assert (value.value, value.unit) == (float(score), "points")
    assert f"({marked} of {len(rows)})" in value.method["en"]


@needs_data
@pytest.mark.parametrize("career", ESTIMATED, ids=slug)
def test_estimated_risk(career: CareerDocument) -> None:
    """0.3 times the exposure of the nearest occupation."""
    rating, value = exposure(nearest(career)), values(career)["ai-replacement-risk"]
    assert rating is not None
    assert (value.value, value.unit) == (whole(rating * 30), "percent")


@needs_data
@pytest.mark.parametrize("career", ESTIMATED, ids=slug)
def test_estimates_from_the_job_zone(career: CareerDocument) -> None:
    """Three months a zone; the zones in order give difficulty and entry barrier."""
    code, figures = nearest(career), values(career)
    step = zone(code)
    assert (figures["learning-curve"].value, figures["learning-curve"].unit) == (3 * step, "months")
    assert figures["difficulty"].level == DIFFICULTY[step - 1]
    assert figures["entry-barrier"].level == BARRIER[step - 1]
    assert {figures[key].observed_on for key in ("learning-curve", "difficulty", "entry-barrier")} == {zone_date(code)}


@needs_data
@pytest.mark.parametrize("career", ESTIMATED, ids=slug)
def test_estimated_flags(career: CareerDocument) -> None:
    """Remote unless hands-on or social interest leads; coding from two or more languages in demand."""
    code, figures = nearest(career), values(career)
    scores = {row["Element Name"]: Decimal(row["Data Value"]) for row in interests(code)}
    assert figures["remote-friendly"].yes is (max(scores, key=scores.__getitem__) not in {"Realistic", "Social"})
    assert figures["requires-coding"].yes is (languages_in_demand(code) >= 2)


def interests(code: str) -> Iterator[Row]:
    return (row for row in by_code("Interests")[code] if row["Scale ID"] == "OI")


# ---- the page's two careers, exactly


PAGE: dict[str, tuple[dict[str, object], dict[str, object]]] = {
    "salary": ({"low": 135000, "high": 210000}, {"low": 120000, "high": 280000}),
    "demand-score": ({"value": 9.0}, {"value": 9.2}),
    "ai-replacement-risk": ({"value": 15}, {"value": 15}),
    "learning-curve": ({"value": 8}, {"value": 10}),
    "difficulty": ({"level": "advanced"}, {"level": "advanced"}),
    "entry-barrier": ({"level": "high"}, {"level": "high"}),
    "remote-friendly": ({"yes": True}, {"yes": True}),
    "requires-coding": ({"yes": True}, {"yes": True}),
}
PAGE_UNITS: dict[str, dict[str, object]] = {
    "salary": {"currency": "USD", "period": "YEAR", "basis": "EDITORIAL"},
    "demand-score": {"unit": "points"},
    "ai-replacement-risk": {"unit": "percent"},
    "learning-curve": {"unit": "months"},
}
PAGE_SKILLS = (
    (
        "Multi-model evaluation and benchmarking across accuracy, latency, cost, and safety dimensions",
        "API orchestration and chaining across heterogeneous LLM providers"
        " (OpenAI, Anthropic, Cohere, open-source endpoints)",
        "Real-time decision engine design using weighted scoring, rule-based, and ML-based routing strategies",
        "Cost optimization and token economics - modeling spend-per-query across model tiers",
        "Prompt engineering and template management for consistent output formatting across models",
        "Observability and monitoring - building dashboards for model performance, drift detection, and SLA compliance",
        "Graceful degradation and fallback chain design for high-availability AI systems",
        "Vector database management for semantic routing based on query embeddings",
    ),
    (
        "Multi-agent orchestration and topology design",
        "LLM prompt engineering and chain-of-thought reasoning",
        "Tool use and function calling integration",
        "Agent memory architectures (short-term, long-term, shared, episodic)",
        "Asynchronous and concurrent programming in Python",
        "Distributed systems design (consensus, fault tolerance, message passing)",
        "RAG (Retrieval-Augmented Generation) system design",
        "Agent evaluation and benchmarking frameworks",
    ),
)


@pytest.mark.parametrize("side", [0, 1], ids=PAIR)
def test_the_page_is_carried_over_exactly(side: int) -> None:
    career = CAREERS[PAIR[side]]
    assert career.category == "ai-engineering"
    assert tuple(skill.text["en"] for skill in career.skills) == PAGE_SKILLS[side]
    assert {key: dict(value.figure()) for key, value in values(career).items()} == {
        key: {**figures[side], **PAGE_UNITS.get(key, {})} for key, figures in PAGE.items()
    }
    for value in career.values:
        assert value.source == "comparison-page"
        assert (value.observed_on, value.published_for, value.region) == (None, None, None)
        assert "states no method" in value.method["en"]
    assert SOURCES["comparison-page"].kind == "EDITORIAL"


def test_the_pages_skills_match_by_meaning_and_no_further() -> None:
    """The one shared and the four related pairs, straight from the links and edges; the false friends stay apart."""
    edges = {frozenset((one.slug, other)) for one in SKILLS.values() for other in one.related}
    a, b = ([[link.skill for link in skill.concepts] for skill in CAREERS[it].skills] for it in PAIR)
    shared, related = set(), set()
    for (i, one), (j, other) in product(enumerate(a, 1), enumerate(b, 1)):
        if one[0] == other[0]:
            shared.add((i, j))
        elif frozenset((one[0], other[0])) in edges or set(one) & set(other):
            related.add((i, j))
    assert shared == {(5, 2)}
    assert related == {(1, 8), (2, 1), (7, 6), (8, 7)}


def test_the_page_shares_a_collection() -> None:
    assert any(set(PAIR) <= set(collection.careers) for collection in COLLECTIONS.values())


# ---- the shape of the whole


def test_the_seed_is_large_enough() -> None:
    assert len(SKILLS) >= 120
    assert len(CAREERS) >= 50
    assert len(COLLECTIONS) >= 6
    assert len(ESTIMATED) >= 10
    assert len({career.category for career in CAREERS.values()}) >= 6


def test_references_resolve() -> None:
    for career in CAREERS.values():
        assert career.category in CATEGORIES
        assert {value.source for value in career.values} <= set(SOURCES)
        links = [link for skill in career.skills for link in skill.concepts]
        assert {link.skill for link in links} | {it for stage in career.roadmap for it in stage.skills} <= set(SKILLS)
        assert all(link.proposed_by and link.accepted_by for link in links)
    for collection in COLLECTIONS.values():
        assert set(collection.careers) <= set(CAREERS)
        assert len(set(collection.careers)) == len(collection.careers)


def test_relations_are_stored_once_and_never_to_itself() -> None:
    pairs = [frozenset((skill.slug, other)) for skill in SKILLS.values() for other in skill.related]
    assert all(len(pair) == 2 for pair in pairs)
    assert len(set(pairs)) == len(pairs)
    assert {slug for pair in pairs for slug in pair} <= set(SKILLS)


def test_broader_skills_end() -> None:
    """Going up never comes back: no skill is broader than itself."""
    for skill in SKILLS.values():
        level, steps = {skill.slug}, 0
        while level := {above for slug in level for above in SKILLS[slug].broader}:
            steps += 1
            assert steps < len(SKILLS), f"above {skill.slug} is a circle"


def test_slugs_and_names() -> None:
    documents = [*CAREERS.values(), *SKILLS.values(), *CATEGORIES.values(), *COLLECTIONS.values(), *SOURCES.values()]
    for document in documents:
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", document.ident)
        assert "-vs-" not in document.ident
    texts = [career.title for career in CAREERS.values()] + [skill.name for skill in SKILLS.values()]
    texts += [category.name for category in CATEGORIES.values()] + [it.title for it in COLLECTIONS.values()]
    assert all(text.get("en") and text.get("de") for text in texts)


def test_the_seed_holds_an_occupation_without_annual_wages() -> None:
    """A figure that the source leaves out is unknown, and the seed shows the case."""
    assert any("salary" not in values(career) for career in REAL)


def test_the_seed_holds_occupations_of_one_wage_row() -> None:
    """Two careers under one published figure: the case in which a salary cannot be compared."""
    codes = [onet_code(career).partition(".")[0] for career in REAL]
    assert len(set(codes)) < len(codes)
