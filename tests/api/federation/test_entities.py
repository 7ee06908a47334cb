"""Entities: a gateway resolves documents by slug, by slug and locale, and by id, under the same limits as others."""

import json
from datetime import UTC, datetime
from random import Random
from typing import Any

import pytest

from careergraph import CareerGraph, Config
from careergraph.api.base.node_id import NodeId
from careergraph.api.federation.entities import FINDERS
from careergraph.api.schema import build_schema
from careergraph.web.core.config import ConfigProblem
from truth import seeded
from web.client import Client
from web.stub import Shelf

SLUGS = {
    "Career": "accountant",
    "Skill": "accounting",
    "Category": "business-finance",
    "Collection": "",
    "Comparison": "actuary-vs-accountant",
}
SLUGS["Collection"] = next(iter(seeded.catalog().collections))
NAMES = {"Career": "title", "Skill": "name", "Category": "name", "Collection": "title", "Comparison": "title"}
ROOTS = {name: name.lower() for name in SLUGS} | {"Comparison": "comparisonBySlug"}
BELOW = [f"... on {name} {{ {name}_id: id slug locale {name}_name: {field} }}" for name, field in NAMES.items()]
QUERY = f"query Q($r: [_Any!]!) {{ _entities(representations: $r) {{ __typename {' '.join(BELOW)} }} }}"
ROOT = "query($slug: String!, $locale: String) { %s(slug: $slug, locale: $locale) { id slug locale name: %s } }"


def client(**options: Any) -> Client:
    shelf = Shelf(seeded.catalog())
    return Client(CareerGraph(Config.of(**{"federation": True, **options}), open_catalogs=lambda _: shelf).asgi())


@pytest.fixture(scope="module")
def subgraph() -> Client:
    return client()


def entities(subgraph: Client, *representations: object) -> Any:
    return subgraph.ask(QUERY, variables={"r": representations})


def codes(answer: Any) -> list[tuple[object, str]]:
    return [(error["path"][-1], error["extensions"]["code"]) for error in answer.get("errors", ())]


def test_an_entity_is_what_its_root_field_answers(subgraph: Client) -> None:
    """In the default locale, in that of the key, and by the id of each variant; by plan as by standard execution."""
    representations: list[dict[str, str]] = []
    expected: list[dict[str, str]] = []
    assert SLUGS.keys() == FINDERS.keys()
    for name, slug in SLUGS.items():
        for locale in (None, "de"):
            query = ROOT % (ROOTS[name], NAMES[name])
            (of,) = subgraph.ask(query, variables={"slug": slug, "locale": locale})["data"].values()
            assert (of["slug"], of["locale"]) == (slug, locale or "en")
            entity = {"__typename": name, f"{name}_id": of["id"], "slug": slug, "locale": of["locale"]}
            expected += [{**entity, f"{name}_name": of["name"]}] * 2
            key = {"slug": slug} if locale is None else {"slug": slug, "locale": locale}
            representations += [{"__typename": name, **key}, {"__typename": name, "id": of["id"]}]
    for _ in range(3):  # executed, compiled, cached
        answer = entities(subgraph, *representations)
        assert answer["data"]["_entities"] == expected and "errors" not in answer


def test_what_is_no_entity_is_null_with_its_own_code(subgraph: Client) -> None:
    career = {"__typename": "Career", "slug": "accountant"}
    skill_id = entities(subgraph, {"__typename": "Skill", "slug": "accounting"})["data"]["_entities"][0]["Skill_id"]
    wrong = {
        "UNKNOWN_CAREER": {**career, "slug": "zz-unknown"},
        "UNKNOWN_SKILL": {"__typename": "Skill", "slug": "zz-unknown"},
        "BAD_COMPARISON_SLUG": {"__typename": "Comparison", "slug": "accountant"},
        "SAME_CAREER": {"__typename": "Comparison", "slug": "accountant-vs-accountant"},
        "UNKNOWN_LOCALE": {**career, "locale": "xx"},
        "BAD_ID": {"__typename": "Career", "id": "x"},
    }
    bad: tuple[object, ...] = (
        {"__typename": "Career", "id": skill_id},
        {"__typename": "Nope", "id": "1"},
        {"__typename": "Career"},
    )
    bad += ({"slug": "accountant"}, {**career, "slug": ["x"]}, {**career, "locale": 1}, "Career", 7, [career])
    bad += ({"__typename": ["Career"], "slug": "x"}, {"__typename": "Source", "slug": "onet"})
    answer = entities(subgraph, *wrong.values(), *bad, career)
    assert codes(answer) == list(enumerate([*wrong, *["BAD_REPRESENTATION"] * len(bad)]))
    assert [it is None for it in answer["data"]["_entities"]] == [True] * (len(wrong) + len(bad)) + [False]


def drawn(random: Random, depth: int = 3) -> object:
    """Any JSON but null, mostly of what representations are made of."""
    below = [drawn(random, depth - 1) for _ in range(3)] if depth else []
    keys = random.sample(["__typename", "slug", "locale", "id"], len(below))
    plain = [*SLUGS, *SLUGS.values(), "de", "é", "", True, -1, 1e300, []]
    return random.choice([*plain, below, *[dict(zip(keys, below, strict=True))] * 20] if below else plain)


def test_no_representation_is_a_fault_of_the_server(subgraph: Client, caplog: pytest.LogCaptureFixture) -> None:
    random = Random(17)  # noqa: S311 - no secret
    for _ in range(10):
        representations = [drawn(random) for _ in range(100)]
        answer = entities(subgraph, *representations)
        assert len(answer["data"]["_entities"]) == 100 and len(set(codes(answer))) > 50
        assert "INTERNAL_ERROR" not in json.dumps(answer)
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_literal_is_read_as_a_variable_is(subgraph: Client) -> None:
    query = """query($s: String!) { _entities(representations: [{__typename: "Career", slug: $s}, {__typename: "Skill",
        slug: "zz"}]) { ... on Career { slug } } }"""
    answer = subgraph.ask(query, variables={"s": "actuary"})
    assert answer["data"]["_entities"] == [{"slug": "actuary"}, None] and codes(answer) == [(1, "UNKNOWN_SKILL")]


def test_costs_count_representations(subgraph: Client) -> None:
    """Each costs what is selected of it, a comparison more, and an id what its region or its instant costs."""
    query = "query($r: [_Any!]!) { _entities(representations: $r) { ... on Career { slug title } } }"
    career, pair = {"__typename": "Career", "slug": "actuary"}, {"__typename": "Comparison", "slug": "x-vs-y"}

    def cost(*representations: object) -> int:
        answer = subgraph.ask(query, variables={"r": representations})
        return int(answer["extensions"]["cost"]["requested"])

    one, ten = cost(career), cost(*[career] * 10)
    assert 9 * 1.3 <= ten - one <= 9 * 3
    assert cost(*[pair] * 10) - ten >= 9 * 5
    ids = (
        NodeId("Career", "en", ("actuary",)),
        NodeId("Career", "en", ("actuary",), 1, datetime(2026, 1, 1, tzinfo=UTC)),
    )
    regional = NodeId("Career", "en", ("actuary",), region="London")
    plain, past, elsewhere = (cost({"__typename": "Career", "id": it.encode()}) for it in (*ids, regional))
    assert past - plain >= 500 and 500 > elsewhere - plain >= 40


def test_too_many_representations_are_refused_before_any_is_resolved() -> None:
    career = {"__typename": "Career", "slug": "actuary"}
    answer = client(max_body_bytes=10**7).post("/graphql", json={"query": QUERY, "variables": {"r": [career] * 20000}})
    assert [it["extensions"]["code"] for it in answer.json()["errors"]] == ["TOO_COSTLY"]
    wide = client(max_cost=10**6)
    answer = entities(wide, *[career] * 1001)
    assert answer["data"] is None and answer["errors"][0]["extensions"]["code"] == "TOO_MANY"
    assert len(entities(wide, *[career] * 1000)["data"]["_entities"]) == 1000


def test_a_schema_of_the_hosts_own_is_no_subgraph() -> None:
    with pytest.raises(ConfigProblem, match="federation"):
        CareerGraph(Config(federation=True), schema=build_schema())
