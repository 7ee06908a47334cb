"""Names that a schema does not have: the close ones that it has are suggested, at a bounded cost."""

from collections.abc import Iterable
from typing import Any

import msgspec
import pytest

from careergraph.api.readers_schema import readers_schema
from careergraph.api.schema import schema
from careergraph.web.core.config import Config
from careergraph.web.execution import close_names
from careergraph.web.execution.document_cache import MOST_ERRORS, DocumentCache
from careergraph.web.response.operation_result import OperationResult
from web.client import Client
from web.stub import stub


def suggestions(documents: DocumentCache, text: str) -> list[list[str] | None]:
    """The suggestions of each error of a document that does not fit the schema."""
    result = documents.find(text, None)
    assert isinstance(result, OperationResult)
    return [it["extensions"].get("suggestions") for it in msgspec.json.decode(result.content)["errors"]]


@pytest.mark.parametrize(
    ("text", "close"),
    [
        ("{ comparsion { title } }", ["comparison", "comparisons", "multiComparison"]),
        ('{ career(slug: "nurse") { Titel } }', ["title"]),
        ('{ node(id: "x") { title } }', ["... on Comparison", "... on Career", "... on Collection"]),
        ("{ careers(frist: 1) { totalCount } }", ["first"]),
        ("{ careers @skp(if: true) { totalCount } }", ["skip"]),
        ("query($f: CareerFiltr) { careers(filter: $f) { totalCount } }", ["CareerFilter", "CareerSkill", "Career"]),
        ('{ careers(filter: {categry: ["x"]}) { totalCount } }', ["category"]),
        ("{ careers(orderBy: [{by: TITL}]) { totalCount } }", ["TITLE"]),
        ('{ careers(orderBy: [{by: "title"}]) { totalCount } }', ["TITLE"]),
        ("{ careers { totalCount { all } } }", None),
        ("{ wholly { other } }", None),
        ("{ %s }" % ("comparison" * 7), None),
    ],
)
def test_the_closest_names_of_the_place_are_suggested(text: str, close: list[str] | None) -> None:
    assert suggestions(DocumentCache(schema, Config()), text)[0] == close


def test_an_argument_of_a_directive_has_suggestions() -> None:
    close, missing = suggestions(DocumentCache(schema, Config()), "{ careers @skip(iff: true) { totalCount } }")
    assert (close, missing) == (["if"], None)


def test_the_fields_of_editors_are_not_suggested() -> None:
    """Otherwise an answer would tell whether an editor used this server before."""
    for part in (schema, readers_schema):
        assert suggestions(DocumentCache(part, Config()), "{ editr { me { name } } }") == [None]


def test_a_schema_that_is_kept_to_itself_suggests_nothing() -> None:
    closed = DocumentCache(schema, Config.of(introspection=False))
    assert suggestions(closed, "{ comparsion { title } }") == [None]


def test_names_in_variables_have_suggestions_unless_the_schema_is_kept_to_itself() -> None:
    def errors(client: Client) -> list[dict[str, Any]]:
        sent = {"query": query, "variables": {"test": {"falg": True}}}
        listed: list[dict[str, Any]] = client.post("/graphql", json=sent).json()["errors"]
        return listed

    query = 'query($test: Test) { day(on: "2026-01-01T00:00:00Z", test: $test) }'
    opened, closed = errors(Client(stub().asgi())), errors(Client(stub(Config.of(introspection=False)).asgi()))
    assert opened[0]["extensions"] == {"code": "BAD_USER_INPUT", "suggestions": ["flag"]}
    assert all(it["extensions"] == {"code": "BAD_USER_INPUT"} for it in closed)


def test_the_work_for_suggestions_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many names are wrong, few are looked for, and each is compared with few."""
    compared: list[int] = []

    def count(name: str, names: Iterable[str], most: int) -> list[str]:
        assert len(name) <= 64
        compared.append(len(list(names)))
        return []

    monkeypatch.setattr(close_names, "get_close_matches", count)
    fragments = " ".join(f"...on CareerFiltr{it} {{ id }}" for it in range(20))
    assert set(suggestions(DocumentCache(schema, Config()), f"{{ {fragments} }}")) == {None}
    assert 0 < len(compared) <= MOST_ERRORS + 1
    assert max(compared) <= close_names.MANY
