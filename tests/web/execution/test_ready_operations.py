"""Operations that are ready: answered by look-ups, in the bytes of the ordinary way; a failure takes no more work."""

from typing import Any
from unittest.mock import patch

import pytest

from api import small
from api.asking import SMALL
from careergraph.api.compiler.plan import Plan
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.execution import run_queue
from careergraph.web.graphql import GraphQL
from web.client import Client
from web.stub import Shelf

CAREER = "query($slug: String!) { career(slug: $slug) { slug title } }"
SLUGS = sorted(small.NEW.careers)


@pytest.fixture(scope="module")
def client() -> Client:
    """A client of an app that keeps no responses, and has compiled the plan."""
    return warmed(answers_bytes=0)


def warmed(**settings: Any) -> Client:
    app = CareerGraph(Config.of(work=False, **settings), open_catalogs=lambda _: Shelf(SMALL.catalog))
    client = Client(app.asgi())
    for slug in [*SLUGS[:2], "nobody"] * 3:  # a head, the plan, and the price come once
        client.ask(CAREER, variables={"slug": slug})
    return client


@pytest.mark.parametrize("seconds", [0.0, 1.0], ids=["in its turn", "at once"])
def test_what_is_ready_takes_no_other_way(client: Client, seconds: float) -> None:
    """The response is that of an app which sees the operation for the first time."""
    body = {"query": CAREER, "variables": {"slug": SLUGS[1]}}
    first = warmed(plans=False).post("/graphql", json=body)
    with (
        patch.object(GraphQL, "_look_up_or_charge", side_effect=AssertionError("the ordinary way")),
        patch.object(run_queue, "SLICE", seconds),
    ):
        ready = client.post("/graphql", json=body)
    assert ready.content == first.content and b"errors" not in ready.content
    assert {**ready.headers, "x-request-id": ""} == {**first.headers, "x-request-id": ""}


def test_a_request_without_an_answer_runs_its_plan_twice_at_most(client: Client) -> None:
    """Once where it looks ready, and once on the way that has words for the error."""
    with patch.object(Plan, "run_coerced", autospec=True, side_effect=Plan.run_coerced) as runs:
        response = client.ask(CAREER, variables={"slug": "nobody"})
    assert response["errors"][0]["extensions"]["code"] == "UNKNOWN_CAREER"
    assert runs.call_count <= 2
