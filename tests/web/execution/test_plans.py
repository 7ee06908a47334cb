"""Compiled plans behind HTTP: the same bytes as without them, and a switch that turns them off."""

from typing import Any

import pytest
from graphql import execute

from api import small
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from web.client import Client
from web.stub import Shelf

QUERY = """query ($a: String!) { comparison(a: $a, b: "nurse") { title summary { text } } }"""


def client(**settings: Any) -> Client:
    config = Config(answers_bytes=0, **settings)
    return Client(CareerGraph(config, open_catalogs=lambda _: Shelf(published=small.NEW)).asgi())


@pytest.mark.parametrize("slug", ["carpenter", "nobody"])
def test_answers_are_the_same_with_plans_and_without(slug: str) -> None:
    body = {"query": QUERY, "variables": {"a": slug}}
    with_plans, without = client(), client(plans=False)
    answers = {it.post("/graphql", json=body).content for it in (*[with_plans] * 3, without)}
    assert len(answers) == 1


@pytest.mark.parametrize("plans", [True, False])
def test_plans_answer_from_the_second_time_on_unless_they_are_off(plans: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    executed: list[object] = []

    def counted(*args: Any, **more: Any) -> Any:
        executed.append(args)
        return execute(*args, **more)

    monkeypatch.setattr("careergraph.web.execution.execution.execute", counted)
    planned = client(plans=plans)
    for _ in range(3):
        planned.ask(QUERY, variables={"a": "carpenter"})
    assert len(executed) == (1 if plans else 3)
