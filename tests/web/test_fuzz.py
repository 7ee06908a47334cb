"""Drawn requests for every root field over a real socket: none is a fault of the server, whatever it asks."""

import json
import shutil
from collections.abc import Iterator
from math import ceil
from pathlib import Path
from typing import Any

import pytest
import requests
import schemathesis
from graphql import parse_value
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.core.result import Ok

from careergraph.api.base.codes import GraphQLCode
from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from depth import depth
from web.conftest import running
from web.editing import Newsroom

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
CASES = depth(500, 5100)
"""How many requests are sent at least."""

NAMES = st.sampled_from(
    (
        "slug",
        "key",
        "code",
        "title",
        "name",
        "summary",
        "category",
        "values",
        "attribute",
        "low",
        "skills",
        "text",
        "en",
    )
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-10, 10**9) | st.text("a1- /", max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(NAMES, below, max_size=5),
    max_leaves=12,
)


def literal(value: object) -> str:
    """A JSON value as GraphQL spells it: names stand without quotes."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(it)}" for name, it in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value)


schemathesis.graphql.scalar("Document", st.dictionaries(NAMES, JSON, max_size=5).map(literal).map(parse_value))
schemathesis.graphql.scalar("Json", JSON.map(literal).map(parse_value))
TEXTS = st.text("a1- /", max_size=8)
for name, texts in {"TextMap": TEXTS, "TextListMap": st.lists(TEXTS, max_size=3)}.items():
    schemathesis.graphql.scalar(name, st.dictionaries(NAMES, texts, max_size=3).map(literal).map(parse_value))
SCHEMA = schemathesis.graphql.from_path(ROOT / "schema.graphql")
FIELDS = {it.label: it for it in (result.ok() for result in SCHEMA.get_all_operations() if isinstance(result, Ok))}


@pytest.fixture(scope="module")
def newsroom(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Newsroom:
    """The app itself, over a seeded database that whatever is drawn may change."""
    file = tmp_path_factory.mktemp("fuzz") / "careergraph.db"
    shutil.copyfile(seeded_file, file)
    return Newsroom(connect(f"sqlite:///{file}"), poll_seconds=0.5)


@pytest.fixture(scope="module")
def server(newsroom: Newsroom) -> Iterator[str]:
    """Its address."""
    with running(newsroom.app) as address:
        yield address


@pytest.fixture(scope="module")
def who(newsroom: Newsroom) -> dict[str, dict[str, str]]:
    """The headers of who asks: anybody, and an admin, who gets as far as the verbs."""
    return {"anybody": {}, "admin": {"Authorization": f"Bearer {newsroom.secret(Role.ADMIN)}"}}


@pytest.mark.parametrize("field", FIELDS)
def test_no_request_is_a_fault_of_the_server(
    server: str, who: dict[str, dict[str, str]], field: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Statuses below 500, a code with each error, none of them that of a bug, and nothing in the log as an error,
    whoever asks: drawing a request takes longer than answering it."""
    operation, session = FIELDS[field], requests.Session()

    @settings(
        max_examples=ceil(CASES / len(FIELDS) / 2),
        deadline=None,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case: Any) -> None:
        for headers in who.values():
            response = case.call(base_url=f"{server}/graphql", session=session, headers=headers)
            assert response.status_code < 500, response.text
            for error in response.json().get("errors", ()):
                assert error["extensions"]["code"] != GraphQLCode.INTERNAL_ERROR, response.text

    with session:
        ask()
    assert not [record for record in caplog.records if record.levelname == "ERROR"]
