"""Ids: opaque, stable, different for each variant, and refused where nobody handed them out."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import pytest

from api import small
from api.asking import answer, ask, code, refusal
from careergraph.api.base.context import Context

NODES = {
    "Career": 'career(slug: "carpenter"%s)',
    "Comparison": 'comparison(a: "roofer", b: "carpenter"%s)',
    "MultiComparison": 'multiComparison(careers: ["roofer", "carpenter"]%s)',
    "Category": 'category(slug: "craft"%s)',
    "Skill": 'skill(slug: "tools"%s)',
    "Collection": 'collection(slug: "hands"%s)',
}
"""A field that gives each type of document; `%s` takes further arguments."""

DATED = ("Career", "Comparison", "MultiComparison")
FETCH = """query($id: ID!) { node(id: $id) { __typename id ... on Career { slug locale } ... on Comparison { slug
  catalogVersion } ... on MultiComparison { slug } ... on Category { slug } ... on Skill { slug name }
  ... on Collection { slug } } }"""


def _id(name: str, arguments: str = "") -> str:
    document = next(iter(answer(f"{{ {NODES[name] % arguments} {{ id }} }}").values()))
    return str(document["id"])


@pytest.mark.parametrize("name", NODES)
def test_an_id_leads_back_to_its_document(name: str) -> None:
    node = answer(FETCH, id=_id(name))["node"]
    assert (node["__typename"], node["id"]) == (name, _id(name))
    assert node["slug"] in ("carpenter", "roofer-vs-carpenter", "craft", "tools", "hands")


@pytest.mark.parametrize("name", NODES)
def test_variants_have_different_ids(name: str) -> None:
    dates = ['"2026-01-15T00:00:00Z"', '"2026-02-15T00:00:00+02:00"'] if name in DATED else []
    variants = ["", ', locale: "de"', *[f", asOf: {date}" for date in dates]]
    ids = [_id(name, variant) for variant in variants]
    assert len(set(ids)) == len(ids)
    assert [answer(FETCH, id=it)["node"]["id"] for it in ids] == ids


def test_the_default_locale_is_the_same_variant() -> None:
    assert _id("Career") == _id("Career", ', locale: "en"')


def test_an_id_keeps_the_locale_and_the_version() -> None:
    assert answer(FETCH, id=_id("Career", ', locale: "de"'))["node"]["locale"] == "de"
    dated = _id("Comparison", ', asOf: "2026-01-15T00:00:00Z"')
    assert answer(FETCH, id=dated)["node"]["catalogVersion"] == 1
    assert answer(FETCH, id=_id("Comparison"))["node"]["catalogVersion"] == 2


def test_two_instants_of_one_version_are_one_variant() -> None:
    """The id names what is seen, not when it was asked for."""
    assert _id("Career", ', asOf: "2026-01-15T00:00:00Z"') == _id("Career", ', asOf: "2026-01-16T00:00:00Z"')


def test_what_hangs_on_a_document_of_the_past_is_of_the_past() -> None:
    query = """{ career(slug: "carpenter", asOf: "2026-01-15T00:00:00Z") {
      id category { id careers { totalCount } } collections { id careers { id } } } }"""
    career = answer(query)["career"]
    assert career["collections"][0]["careers"][1]["id"] == career["id"]
    assert career["category"]["id"] != _id("Category")
    assert answer(FETCH, id=career["category"]["id"])["node"]["slug"] == "craft"


def _decoded(id: str) -> Any:
    return json.loads(urlsafe_b64decode(id + "=" * (-len(id) % 4)))


def _encoded(content: object) -> str:
    text = json.dumps(content, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


FORGED = [
    "",
    "x",
    "ü",
    "\ud800",
    "=" * 8,
    "a" * 10_000,
    _encoded(7),
    _encoded("Career"),
    _encoded([]),
    _encoded(["Career", "en"]),
    _encoded(["Career", "en", "carpenter", None, None]),
    _encoded(["Career", "en", ["carpenter"], 1, None]),
    _encoded(["Career", "en", ["carpenter"], None, "2026-01-15T00:00:00Z"]),
    _encoded(["Career", "en", ["carpenter"], 7, "2026-01-15T00:00:00Z"]),
    _encoded(["Career", "en", ["carpenter"], 1, "2999-01-15T00:00:00Z"]),
    _encoded(["Career", "en", ["carpenter"], 1, "1999-01-15T00:00:00Z"]),
    _encoded(["Career", "en", ["carpenter"], 1, "2026-01-15T00:00:00"]),
    _encoded(["Career", "en", ["carpenter"], 1, "0001-01-01T00:00:00+23:59"]),
    _encoded(["Career", "en", ["carpenter", "roofer"], None, None]),
    _encoded(["Career", "en", [], None, None]),
    _encoded(["Career", "xx", ["carpenter"], None, None]),
    _encoded(["Comparison", "en", ["carpenter"], None, None]),
    _encoded(["Comparison", "en", ["carpenter", "carpenter"], None, None]),
    _encoded(["MultiComparison", "en", list("abcdefg"), None, None]),
    _encoded(["Query", "en", ["carpenter"], None, None]),
    _encoded([[[[["Career"]]]]]),
]


@pytest.mark.parametrize("id", FORGED, ids=range(len(FORGED)))
def test_what_was_not_handed_out_is_refused(id: str) -> None:
    assert code(FETCH, id=id) == "BAD_ID"


@pytest.mark.parametrize("name", NODES)
def test_any_change_to_an_id_is_noticed_or_harmless(name: str) -> None:
    """Whatever an id is turned into, the answer is a document or one coded error, never a fault."""
    whole = _id(name, ', asOf: "2026-01-15T00:00:00Z"' if name in DATED else "")
    for place in range(0, len(whole), 3):
        for changed in (whole[:place], whole[:place] + "A" + whole[place + 1 :], whole[:place] + "=" + whole[place:]):
            if changed != whole:
                result = ask(FETCH, id=changed)
                assert result.codes in ([], ["BAD_ID"], ["UNKNOWN_CAREER"], [f"UNKNOWN_{name.upper()}"]), changed


def test_a_document_that_is_no_longer_published_is_unknown() -> None:
    nurse = answer('{ career(slug: "nurse") { id } }')["career"]["id"]
    assert code(FETCH, Context(small.OLD, small.as_of), id=nurse) == "UNKNOWN_CAREER"


def test_several_documents_at_once() -> None:
    query = "query($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }"
    ids = [_id("Career"), "bad", _id("Skill"), _id("Career"), "worse"]
    result = ask(query, ids=ids)
    assert [node and node["__typename"] for node in result.data["nodes"]] == ["Career", None, "Skill", "Career", None]
    assert [(error["path"], error["extensions"]["code"]) for error in result.errors] == [
        (["nodes", 1], "BAD_ID"),
        (["nodes", 4], "BAD_ID"),
    ]
    assert answer(query, ids=[])["nodes"] == []
    assert len(answer(query, ids=[_id("Career")] * 100)["nodes"]) == 100
    assert refusal(query, ids=["x"] * 101)["extensions"] == {"code": "TOO_MANY", "maximum": 100}
