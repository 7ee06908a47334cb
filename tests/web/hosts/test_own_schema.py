"""The guide to hosts is run, and a host's own schema keeps its names and contexts apart from ours."""

import importlib
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import strawberry
from strawberry.schema.config import StrawberryConfig

from careergraph import CareerGraph, Config
from careergraph.api.base.context import Context
from careergraph.api.schema import build_schema
from truth import seeded
from web.client import Client
from web.stub import Shelf

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "how-to" / "hosts.md").read_text(encoding="utf-8")
SNIPPETS = dict(re.findall(r"```python (\S+)\n(.*?)```", GUIDE, re.DOTALL))
STANDARD = {"Boolean", "Date", "DateTime", "Float", "ID", "Int", "String"}
READ = """{
  comparison(a: "actuary", b: "plumber", locale: "de") { title canonicalSlug a { id slug regions }
    glance { rows { outcome attribute { kind } a { display ... on %sMoneyRange { low } } statements { text } } }
    verdict { conclusion { text facts { part } } } transition { grade } }
  comparisons(first: 2) { totalCount edges { node { title } } pageInfo { hasNextPage } }
  search(text: "pyth", first: 2) { matched node { ... on %sSkill { name } } }
  labels { entries(group: "section") { text } } catalog { version } }"""


@strawberry.type
class Query(CareerGraph.Query):
    @strawberry.field
    def seen(self, info: strawberry.Info) -> str:
        return str(info.context)


def careers() -> CareerGraph:
    shelf = Shelf(seeded.catalog())
    return CareerGraph(Config(), open_catalogs=lambda _: shelf)


SCHEMA = careers().schema(Query, prefix="Careers")


def test_snippets_are_lines_of_the_examples() -> None:
    for name, text in SNIPPETS.items():
        if name != "own_schema.py":
            assert text in _joined(name, text.splitlines()), name


def _joined(name: str, lines: list[str]) -> str:
    """The lines of an example that a snippet has too."""
    example = (ROOT / "examples" / name).read_text(encoding="utf-8").splitlines()
    return "".join(f"{line}\n" for line in example if line in lines)


def test_the_host_of_the_guide_answers_as_it_says(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "own_schema.py").write_text(SNIPPETS["own_schema.py"], encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    [query] = re.findall(r"```graphql\n(.*?)```", GUIDE, re.DOTALL)
    [answer] = re.findall(r"```json\n(.*?)```", GUIDE, re.DOTALL)
    host: Any = importlib.import_module("own_schema")
    response: httpx.Response = Client(host.app).post("/graphql", json={"query": query})
    assert response.json() == json.loads(answer)


def test_it_reads_what_our_own_schema_reads() -> None:
    """Interfaces, unions, lists and ids included. All names but the host's and the standard ones have the prefix."""
    ours = build_schema().execute_sync(READ % ("", ""), context_value=_context())
    theirs = SCHEMA.execute_sync(READ % ("Careers", "Careers"))
    assert (theirs.errors, ours.errors) == (None, None)
    assert theirs.data == ours.data
    names = {it for it in SCHEMA._schema.type_map if not it.startswith("__")}
    assert {it for it in names if not it.startswith("Careers")} == STANDARD | {"Query"}


def _context() -> Context:
    return Context(seeded.catalog(), lambda _: seeded.catalog())


def test_contexts_and_errors_are_kept_apart() -> None:
    """The host's resolvers have its context; a refusal has its code, and is no error of the host's log."""
    past = 'past: career(slug: "plumber", asOf: "2026-01-01T00:00:00Z") { title }'
    result = SCHEMA.execute_sync(f'{{ seen career(slug: "plumbre") {{ title }} {past} }}', context_value="the host's")
    assert result.data == {"seen": "the host's", "career": None, "past": None}
    assert [it.extensions for it in result.errors or ()] == [
        {"code": "UNKNOWN_CAREER", "suggestions": ["plumber"]},
        {"code": "BAD_DATE"},
    ]


def test_a_clash_of_names_is_an_error_at_the_start_that_names_both() -> None:
    @strawberry.type
    class Career:
        salary: int

    @strawberry.type
    class Root:
        @strawberry.field
        def careers(self) -> CareerGraph.Query:
            return CareerGraph.Query()

        @strawberry.field
        def search(self) -> Career:
            return Career(salary=1)

    kept = careers().schema(Root, prefix="X")
    result = kept.execute_sync('{ search { salary } careers { career(slug: "plumber") { slug } } }')
    assert result.data == {"search": {"salary": 1}, "careers": {"career": {"slug": "plumber"}}}
    with pytest.raises(
        TypeError, match=r"called Career: .*content\.Career and .*locals>\.Career|locals.*content\.Career"
    ):
        careers().schema(Root, prefix="")
    for name in (None, "comparisonBySlug"):
        field = strawberry.field(resolver=lambda: 1, name=name, graphql_type=int)
        with pytest.raises(TypeError, match=r"field (search|comparisonBySlug) is in .*Mine and in CareerGraph.Query"):
            type("Mine", (CareerGraph.Query,), {"search" if name is None else "other": field})
    with pytest.raises(TypeError, match="info_class"):
        careers().schema(Query, prefix="X", config=StrawberryConfig(info_class=type("Own", (strawberry.Info,), {})))
