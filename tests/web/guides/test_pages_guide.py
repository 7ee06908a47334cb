"""The guide to building pages is run: its commands and queries, and a site that is built, kept up and built anew."""

import importlib.util
import json
import re
import shlex
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner
from graphql import parse

from api.regions import UK, salary
from careergraph.api.changes.page_documents import COMPARISON, PageDocument, text_of
from careergraph.api.schema import schema
from careergraph.cli.base.command import commands
from careergraph.editorial.access.actor import Role
from careergraph.engine.version import ENGINE
from careergraph.store.database.database import connect, transaction
from careergraph.store.editing.publish import publish
from truth.seeded import documents
from web.editing import PUBLISH, Newsroom, data, edit, key

ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "how-to" / "build-pages.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", GUIDE, re.DOTALL)


def command_lines() -> list[list[str]]:
    text = "".join(blocks("sh")).replace("\\\n", " ")
    return [shlex.split(line) for line in text.splitlines() if line.strip()]


@cache
def prepared(query: str) -> PageDocument:
    return PageDocument(schema._schema, query)


@pytest.fixture
def newsroom(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    monkeypatch.chdir(tmp_path)
    engine = connect(sqlite_url)
    yield Newsroom(engine)
    engine.dispose()


@pytest.fixture
def example(newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The builder of the guide, whose server is the newsroom: without HTTP, for the hundreds of pages of a site."""
    spec = importlib.util.spec_from_file_location("build_pages", ROOT / "examples" / "build_pages.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)

    def ask(self: Any, query: str, variables: dict[str, Any]) -> Any:
        if "changes(" in query:
            answer = newsroom.public.ask(query, variables=variables)
            assert "errors" not in answer
        else:
            catalog = newsroom.careergraph.catalog_holder.load()
            answer = json.loads(prepared(query).answer(catalog, lambda _: catalog, **variables))
        return answer["data"]

    monkeypatch.setattr(module.Site, "ask", ask)
    return module


def shrink(newsroom: Newsroom) -> None:
    """Leaves a dozen careers, so that a whole site is built in a second or two."""
    careers = [it.ident for it in documents() if it.TYPE == "career"]
    gone = [("career", slug) for slug in careers[12:]]
    gone += [("collection", it.ident) for it in documents() if it.TYPE == "collection"]
    with transaction(newsroom.engine) as session:
        publish(session, [], "test", "", gone)


def run(words: list[str], url: str, example: Any) -> str:
    """Runs a command of the guide, in one process where it says nothing of that."""
    if words[0] == "python":
        example.main(*words[2:])
        return ""
    more = [] if words[1] == "schema" else ["--database", url, "--processes", "1"]
    result = CliRunner().invoke(commands, [*words[1:], *more])
    assert result.exit_code == 0, result.output
    return result.stdout


def pages(folder: Path) -> dict[str, Any]:
    return {str(it.relative_to(folder)): json.loads(it.read_text()) for it in folder.rglob("*.json")}


def test_a_site_is_kept_up_page_by_page(newsroom: Newsroom, sqlite_url: str, example: Any, tmp_path: Path) -> None:
    """After some edits, the pages that were made anew are those that differ from a site that is built in full."""
    shrink(newsroom)
    for words in command_lines():
        if words[0] != "curl":
            run(words, sqlite_url, example)
    assert sorted(it.name for it in (tmp_path / "both").iterdir()) == ["de", "en", "manifest.json"]
    before = pages(tmp_path / "site")
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", "actuary", title={"en": "Actuary of risks", "de": "Aktuar"})
    edit(editor, "SKILL", "sql", name={"en": "SQL queries"})
    published = data(editor, PUBLISH, documents=[key("CAREER", "actuary"), key("SKILL", "sql")])
    assert published["__typename"] == "Publication"
    refreshed = example.Site(tmp_path / "site", "").refresh()
    run(["careergraph", "export", "--comparisons", "later"], sqlite_url, example)
    example.main("again", "", "later")
    later = pages(tmp_path / "site")
    assert later == pages(tmp_path / "again")
    changed = {name for name in later if name != "built.json" and later[name] != before.get(name)}
    assert {f"en/{kind.lower()}/{slug}.json" for kind, slug, _ in refreshed} == changed
    category = "business-finance"
    assert {"en/career/actuary.json", f"en/category/{category}.json"} <= changed
    assert len(changed) < len(later) / 4
    assert example.Site(tmp_path / "site", "").refresh() == []


def test_a_site_in_two_languages_has_each_page_twice(
    newsroom: Newsroom, sqlite_url: str, example: Any, tmp_path: Path
) -> None:
    """The locale is part of a page's address, when it is built and when it is made anew."""
    shrink(newsroom)
    both = ["careergraph", "export", "--comparisons", "both", "--locale", "de", "--locale", "en"]
    run(both, sqlite_url, example)
    example.main("site", "", "both")
    built = pages(tmp_path / "site")
    english, german = ({name[3:] for name in built if name.startswith(f"{code}/")} for code in ("en", "de"))
    assert english == german and len(built) == 2 * len(english) + 1
    assert {"collection", "category", "career", "skill", "comparison"} >= {name.split("/")[0] for name in english}
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "CAREER", "actuary", title={"en": "Actuary", "de": "Aktuar der Risiken"})
    edit(editor, "CATEGORY", "business-finance", summary={"en": "Money.", "de": "Geld."})
    data(editor, PUBLISH, documents=[key("CAREER", "actuary"), key("CATEGORY", "business-finance")])
    assert example.Site(tmp_path / "site", "").refresh()
    run([*both[:3], "later", *both[4:]], sqlite_url, example)
    example.main("again", "", "later")
    later = pages(tmp_path / "site")
    assert later == pages(tmp_path / "again")
    assert later["de/career/actuary.json"]["title"] == "Aktuar der Risiken"
    assert later["en/category/business-finance.json"]["summary"] == "Money."


def test_a_site_of_a_region_is_kept_up(newsroom: Newsroom, sqlite_url: str, example: Any, tmp_path: Path) -> None:
    """Its pages of careers and comparisons have the figures of the region, when they are built and made anew."""
    shrink(newsroom)
    editor = newsroom.client(Role.EDITOR)

    def pay(low: int) -> None:
        values = [msgspec.to_builtins(salary(low, 90_000))]
        edit(editor, "CAREER", "actuary", regionalValues=values)
        assert data(editor, PUBLISH, documents=[key("CAREER", "actuary")])["__typename"] == "Publication"

    pay(60_000)
    export = ["careergraph", "export", "--comparisons", "lines", "--region", UK]
    run(export, sqlite_url, example)
    example.main("site", "", "lines")
    built = pages(tmp_path / "site")
    assert "£60,000" in json.dumps(built["en/career/actuary.json"], ensure_ascii=False)
    assert all(page["region"] == UK for name, page in built.items() if "/comparison/" in name)
    pay(65_000)
    assert example.Site(tmp_path / "site", "").refresh()
    run([*export[:3], "later", *export[4:]], sqlite_url, example)
    example.main("again", "", "later")
    assert pages(tmp_path / "site") == pages(tmp_path / "again") != built


def test_a_site_is_told_that_everything_changed(newsroom: Newsroom, sqlite_url: str, example: Any) -> None:
    run(["careergraph", "export", "--comparisons", "lines", "--career", "actuary"], sqlite_url, example)
    example.main("site", "", "lines")
    editor = newsroom.client(Role.EDITOR)
    edit(editor, "ATTRIBUTE", "salary", label={"en": "Wages"})
    assert data(editor, PUBLISH, documents=[key("ATTRIBUTE", "salary")])["__typename"] == "Publication"
    with pytest.raises(SystemExit, match="everything changed"):
        example.main("site", "")


def test_its_queries_are_answered(newsroom: Newsroom) -> None:
    first, changes = blocks("graphql")
    assert newsroom.public.ask(first)["data"]["comparison"]["title"]
    answer = newsroom.public.ask(changes.replace("ENGINE", ENGINE))["data"]["changes"]
    assert answer == {"version": 1, "everything": False, "because": [], "pages": [], "next": None}


def test_what_it_shows_is_what_there_is(newsroom: Newsroom, sqlite_url: str, example: Any) -> None:
    assert run(["careergraph", "schema", "--document", "comparison"], sqlite_url, example) == text_of(COMPARISON)
    [curl] = [words for words in command_lines() if words[0] == "curl"]
    sent = json.loads(curl[curl.index("-d") + 1])
    assert parse(sent["query"])
    refused = newsroom.public.post("/graphql", json=sent)
    assert "text/event-stream" in refused.json()["errors"][0]["message"]
    assert "Accept: text/event-stream" in curl
