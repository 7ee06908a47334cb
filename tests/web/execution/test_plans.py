"""Compiled plans behind HTTP: the same bytes as without them, and a switch that turns them off."""

from typing import Any

import pytest
from graphql import coerce_input_value

from api import small
from careergraph.api.compiler.leaf import Leaves
from careergraph.api.execution.executor import execute_document
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from web.client import Client
from web.stub import Shelf

QUERY = """query ($a: String!) { comparison(a: $a, b: "nurse") { title summary { text } } }"""


def client(**settings: Any) -> Client:
    config = Config.of(answers_bytes=0, **settings)
    return Client(CareerGraph(config, open_catalogs=lambda _: Shelf(published=small.NEW)).asgi())


@pytest.mark.parametrize("slug", ["carpenter", "nobody"])
def test_answers_are_the_same_with_plans_and_without(slug: str) -> None:
    body = {"query": QUERY, "variables": {"a": slug}}
    with_plans, without = client(), client(plans=False)
    answers = {it.post("/graphql", json=body).content for it in (*[with_plans] * 3, without)}
    assert len(answers) == 1


def test_a_bug_in_a_plan_is_answered_by_standard_execution(monkeypatch: pytest.MonkeyPatch) -> None:
    no_leaves: dict[str, str] = {}
    expected = client(plans=False).post("/graphql", json={"query": QUERY, "variables": {"a": "carpenter"}}).content
    monkeypatch.setattr(Leaves, "write", lambda *_, **__: no_leaves["nothing"])
    broken = client()
    for _ in range(3):
        response = broken.post("/graphql", json={"query": QUERY, "variables": {"a": "carpenter"}})
        assert (response.status_code, response.content) == (200, expected)


@pytest.mark.parametrize("plans", [True, False])
def test_plans_answer_from_the_second_time_on_unless_they_are_off(plans: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    executed: list[object] = []

    def counted(*args: Any, **more: Any) -> Any:
        executed.append(args)
        return execute_document(*args, **more)

    monkeypatch.setattr("careergraph.web.execution.executor.execute_document", counted)
    planned = client(plans=plans)
    for _ in range(3):
        planned.ask(QUERY, variables={"a": "carpenter"})
    assert len(executed) == (1 if plans else 3)


ORDERED = """query ($order: [CareerOrder!], $first: Int = 20, $open: Boolean!) {
  careers(first: $first, orderBy: $order) { edges @include(if: $open) { node { slug } } } }"""


def test_variables_are_coerced_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """To price the operation; standard execution takes what they became, with defaults and enums."""
    coerced: list[object] = []

    def counted(value: Any, *more: Any) -> Any:
        coerced.append(value)
        return coerce_input_value(value, *more)

    standard = client(plans=False)
    slugs = [it["node"]["slug"] for it in standard.ask(ORDERED, variables=ordered("ASC"))["data"]["careers"]["edges"]]
    monkeypatch.setattr("graphql.execution.values.coerce_input_value", counted)
    answer = standard.ask(ORDERED, variables=ordered("DESC"))
    assert [it["node"]["slug"] for it in answer["data"]["careers"]["edges"]] == slugs[::-1]
    assert coerced == [ordered("DESC")["order"], True]
    assert standard.ask(ORDERED, variables=ordered("UP"))["errors"][0]["extensions"]["code"]


def ordered(direction: str) -> dict[str, Any]:
    return {"order": [{"by": "TITLE", "direction": direction}], "open": True}
