"""A reader's own weights: what they put in order, what they say, what is refused, and that nothing changes without."""

import json
from typing import Any

import pytest
from graphql import parse

from api.asking import SEEDED, answer, refusal
from api.compiler.comparing import CORE, standard
from api.limits.test_check_limits import measured
from careergraph.api.base.node_id import NodeId
from careergraph.api.comparison.weights import MOST_WEIGHTS
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler.fragment_shelf import encode
from careergraph.api.limits.field_costs import WEIGHT_COST

SECTIONS = """id title description summary { text } lead { text } skills { id }
  glance { id rows { attribute { key } outcome } }
  verdict { id chooseA { reasons { text facts { attribute { key } } } note { text } } chooseB { reasons { text } }
    either { text } conclusion { text } }"""
WEIGHED = """weighed { a b statement { text rule ruleKind outcome locale clause
  facts { career { slug } attribute { key } value { display } count } } }"""
QUERY = f"""query($a: String!, $b: String!, $weights: [AttributeWeight!], $locale: String) {{
  comparison(a: $a, b: $b, weights: $weights, locale: $locale) {{ {SECTIONS} {WEIGHED} }} }}"""
PAIR = {"a": "ai-data-engineer", "b": "nlp-engineer"}


def weights(**weight: int) -> list[dict[str, Any]]:
    """Weights as they are sent; `_` stands for the `-` of a key."""
    return [{"attribute": key.replace("_", "-"), "weight": it} for key, it in weight.items()]


def compared(own: list[dict[str, Any]] | None, **others: str) -> Any:
    """A comparison by some weights."""
    return answer(QUERY, SEEDED, **(PAIR | others), weights=own)["comparison"]


def keys(comparison: Any) -> list[str]:
    """The attributes of the rows, in order."""
    return [row["attribute"]["key"] for row in comparison["glance"]["rows"]]


def test_without_weights_nothing_changes() -> None:
    plain = answer(
        QUERY.replace(", weights: $weights", ", ").replace("$weights: [AttributeWeight!], ", ""), SEEDED, **PAIR
    )
    assert plain["comparison"]["weighed"] is None
    for none in (None, [], weights(salary=0)):
        assert compared(none) == plain["comparison"]


def test_the_heaviest_come_first_and_the_others_keep_their_places() -> None:
    plain = keys(compared(None))
    heavy = [plain[-1], plain[2], plain[1]]
    comparison = compared(weights(**dict(zip([key.replace("-", "_") for key in heavy], (9, 4, 4), strict=True))))
    assert keys(comparison) == [heavy[0], plain[1], plain[2], *[key for key in plain if key not in heavy]]


def test_reasons_come_in_the_order_of_the_rows() -> None:
    for own in (weights(salary=9), weights(learning_curve=9, demand_score=5), weights(entry_barrier=10)):
        comparison = compared(own)
        reasons = comparison["verdict"]["chooseA"]["reasons"]
        places = [
            keys(comparison).index(reason["facts"][0]["attribute"]["key"])
            for reason in reasons
            if reason["facts"][0]["attribute"]
        ]
        assert places == sorted(places)
        assert places


def decided() -> dict[str, list[str]]:
    """The attributes that decide for a and for b, by side."""
    rows = compared(None)["glance"]["rows"]
    return {side: [it["attribute"]["key"] for it in rows if it["outcome"] == side] for side in ("A", "B")}


def test_the_sums_say_who_is_ahead() -> None:
    sides = decided()
    for_a, for_b = sides["A"][0], sides["B"][0]
    own = [{"attribute": for_a, "weight": 7}, {"attribute": for_b, "weight": 3}]
    weighed = compared(own)["weighed"]
    assert (weighed["a"], weighed["b"], weighed["statement"]["outcome"]) == (7, 3, "A")
    statement = weighed["statement"]
    assert statement["rule"] == "weighed"
    assert statement["clause"] is None
    assert [
        (fact["career"]["slug"], fact["attribute"] and fact["attribute"]["key"], fact["count"])
        for fact in statement["facts"]
    ] == [
        ("ai-data-engineer", None, 7),
        ("nlp-engineer", None, 3),
        ("ai-data-engineer", for_a, 7),
        ("nlp-engineer", for_a, 0),
        ("ai-data-engineer", for_b, 0),
        ("nlp-engineer", for_b, 3),
    ]
    assert statement["text"].startswith("By your weights AI Data Engineer is ahead, 7 to 3: ")
    german = compared(own, locale="de")["weighed"]["statement"]
    assert german["text"].startswith("Nach deiner Gewichtung liegt ")
    assert german["locale"] == "de"


def test_a_tie_is_said_as_a_tie_and_nothing_as_nothing() -> None:
    sides = decided()
    level = compared([{"attribute": sides["A"][0], "weight": 4}, {"attribute": sides["B"][0], "weight": 4}])["weighed"]
    assert (level["statement"]["text"], level["statement"]["outcome"]) == (
        "By your weights both come to the same, 4 each.",
        "TIE",
    )
    neither = compared(weights(remote_friendly=8))["weighed"]
    assert (neither["a"], neither["b"], neither["statement"]["outcome"]) == (0, 0, None)
    assert neither["statement"]["text"] == "None of the figures that you give weight to decides between the two."


def test_the_other_way_round_is_the_mirror_image() -> None:
    own = weights(salary=7, ai_replacement_risk=3, learning_curve=10)
    here, there = compared(own), compared(own, a=PAIR["b"], b=PAIR["a"])
    assert (here["weighed"]["a"], here["weighed"]["b"]) == (there["weighed"]["b"], there["weighed"]["a"])
    assert here["weighed"]["statement"]["text"] == there["weighed"]["statement"]["text"]
    assert keys(here) == keys(there)


def test_by_the_slug_of_the_comparison_it_is_the_same() -> None:
    query = """query($weights: [AttributeWeight!]) {
      comparison(a: "ai-data-engineer", b: "nlp-engineer", weights: $weights) { ...it }
      comparisonBySlug(slug: "ai-data-engineer-vs-nlp-engineer", weights: $weights) { ...it } }
      fragment it on Comparison { id weighed { statement { text } } }"""
    data = answer(query, SEEDED, weights=weights(salary=2))
    assert data["comparison"] == data["comparisonBySlug"]


@pytest.mark.parametrize(
    ("own", "extensions"),
    [
        (weights(salary=11), {"code": "BAD_WEIGHT", "index": 0, "minimum": 0, "maximum": 10}),
        (weights(demand_score=1, salary=-1), {"code": "BAD_WEIGHT", "index": 1, "minimum": 0, "maximum": 10}),
        (weights(salary=1) * 2, {"code": "BAD_WEIGHT", "index": 1, "minimum": 0, "maximum": 10}),
        (weights(salary=0) * 2, {"code": "BAD_WEIGHT", "index": 1, "minimum": 0, "maximum": 10}),
        (weights(salaries=1), {"code": "UNKNOWN_ATTRIBUTE", "suggestions": ["salary"]}),
        (weights(salary=1) * (MOST_WEIGHTS + 1), {"code": "TOO_MANY", "maximum": MOST_WEIGHTS}),
    ],
)
def test_what_is_no_weight_is_refused(own: list[dict[str, Any]], extensions: dict[str, Any]) -> None:
    assert refusal(QUERY, SEEDED, **PAIR, weights=own)["extensions"] == extensions


def test_ids_tell_weights_apart_and_lead_back() -> None:
    """Two selections of one section by other weights must not overwrite one another in a client's cache."""
    one, same = weights(salary=3, demand_score=5), weights(demand_score=5, salary=3, learning_curve=0)
    sections: list[tuple[str, ...]] = []
    for own in (None, one, weights(salary=3), same):
        comparison = compared(own)
        sections.append((comparison["id"], comparison["glance"]["id"], comparison["verdict"]["id"]))
        fetch = f"query($id: ID!) {{ node(id: $id) {{ ... on Comparison {{ {SECTIONS} {WEIGHED} }} }} }}"
        assert answer(fetch, SEEDED, id=comparison["id"])["node"] == comparison
    assert sections[1] == sections[3]
    assert len({id for it in sections for id in it}) == 9


def test_ids_that_nobody_handed_out_are_refused() -> None:
    for parts in (["salary=11"], ["salary=0"], ["salary"], ["salary=3", "demand-score=1"], ["=1"]):
        forged = NodeId("Comparison", "en", ("ai-data-engineer", "nlp-engineer", *parts)).encode()
        error = refusal("query($id: ID!) { node(id: $id) { id } }", SEEDED, id=forged)
        assert error["extensions"]["code"] == "BAD_ID", parts


def test_each_weight_costs() -> None:
    """However it is written, and none more than could be taken."""
    query = 'query($weights: [AttributeWeight!]) { comparison(a: "x", b: "y", weights: $weights) { slug } }'
    none = measured(query).cost
    assert measured(query).variables == {"weights"}
    for count, costing in ((1, 1), (5, 5), (MOST_WEIGHTS, MOST_WEIGHTS), (1000, MOST_WEIGHTS)):
        assert measured(query, weights=weights(salary=1) * count).cost == none + costing * WEIGHT_COST
    literal = '{ comparison(a: "x", b: "y", weights: [{attribute: "salary", weight: 1}]) { slug } }'
    without = '{ comparison(a: "x", b: "y") { slug } }'
    assert measured(literal).cost == measured(without).cost + WEIGHT_COST


@pytest.mark.parametrize(
    ("head", "written"),
    [
        ("($weights: [AttributeWeight!])", "$weights"),
        ("", '[{attribute: "salary", weight: 8}]'),
        ("($n: Int!)", '{attribute: "salary", weight: $n}'),
        ("", "[]"),
        ("", "null"),
    ],
)
def test_plans_give_the_same_bytes(head: str, written: str) -> None:
    pair = 'a: "ai-data-engineer", b: "nlp-engineer"'
    document = parse(f"query Q{head} {{ comparison({pair}, weights: {written}) {{ {SECTIONS} {WEIGHED} }} }}")
    variables = {"weights": weights(salary=3, learning_curve=9), "n": 4}
    plan = compile_plan(CORE, document, "Q", soon=1)
    assert plan is not None
    expected = standard(document, variables, SEEDED)
    assert not expected.errors
    assert plan.run(variables, SEEDED) == encode({"data": expected.data})
    assert json.dumps(expected.data).count('"rule": "weighed"') == (written not in ("[]", "null"))
