"""All comparisons as lines of JSON: each once and whole, however often it was interrupted, in the same shares."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from api.asking import SEEDED, answer
from careergraph.api.changes.page_documents import COMPARISON, PageDocument, text_of
from careergraph.api.compiler import fragment_cache
from careergraph.cli.base.command import commands
from careergraph.cli.bulk.worker_pool import processes_for
from careergraph.cli.comparisons import PER_FILE
from careergraph.store.database.database import connect, transaction
from careergraph.store.editing.publish import publish
from truth.seeded import catalog, documents

Run = Callable[..., Result]
ALL = len(catalog().careers) * (len(catalog().careers) - 1) // 2
SHORT = "query($a: String!, $b: String!) { comparison(a: $a, b: $b) { canonicalSlug catalogVersion } }"


@pytest.fixture
def run(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Exports comparisons in a folder of its own, in this process unless told otherwise."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "short.graphql").write_text(SHORT)

    def invoke(*arguments: str, processes: int = 1) -> Result:
        common = ("--comparisons", "--database", sqlite_url, "--processes", str(processes))
        return CliRunner().invoke(commands, ["export", *arguments, *common], prog_name="careergraph")

    return invoke


def lines(folder: Path, locale: str = "en") -> list[Any]:
    files = sorted((folder / locale).iterdir())
    assert all(it.suffix == ".jsonl" for it in files), files
    return [json.loads(line)["data"]["comparison"] for it in files for line in it.read_text().splitlines()]


def slugs(folder: Path, locale: str = "en") -> list[str]:
    return [it["canonicalSlug"] for it in lines(folder, locale)]


def whole(folder: Path) -> dict[str, bytes]:
    return {str(it.relative_to(folder)): it.read_bytes() for it in folder.rglob("*") if it.is_file()}


def refused(result: Result) -> str:
    assert result.exit_code == 1, result.output
    line = result.stderr.splitlines()[-1]  # on a slow machine, progress may stand ahead of it
    assert line.startswith("careergraph: ")
    return line


def test_each_comparison_is_a_line_as_it_is_answered(run: Run, tmp_path: Path) -> None:
    result = run("out", "--locale", "de", "--locale", "en", "--career", "actuary")
    assert result.exit_code == 0, result.output
    for locale in ("de", "en"):
        comparisons = lines(tmp_path / "out", locale)
        pairs = [pair for pair in combinations(catalog().careers, 2) if "actuary" in pair]
        assert [comparison["slug"] for comparison in comparisons] == ["-vs-".join(pair) for pair in pairs]
        for comparison in comparisons[:: len(comparisons) // 3]:
            a, b = comparison["slug"].split("-vs-")
            expected = answer(text_of(COMPARISON), SEEDED, a=a, b=b, locale=locale)["comparison"]
            assert json.dumps(comparison) == json.dumps(expected)


def test_a_region_chooses_the_figures(run: Run, tmp_path: Path) -> None:
    """Lines are answers by the region; an unknown one is refused with those there are."""
    assert run("out", "--career", "actuary", "--region", "United States").exit_code == 0
    assert json.loads((tmp_path / "out" / "manifest.json").read_text())["region"] == "United States"
    for comparison in lines(tmp_path / "out")[::40]:
        a, b = comparison["slug"].split("-vs-")
        expected = answer(text_of(COMPARISON), SEEDED, a=a, b=b, region="United States")["comparison"]
        assert json.dumps(comparison) == json.dumps(expected)
        assert comparison["region"] == "United States"
    assert "United States" in refused(run("other", "--region", "Atlantis"))
    assert "differs in region" in refused(run("out", "--career", "actuary"))
    no_region = refused(run("short", "--region", "United States", "--document", "short.graphql"))
    assert "no variable $region" in no_region


def test_an_export_keeps_all_that_it_renders(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server gives fragments less room; the careers of a large catalog would drive each other out."""
    monkeypatch.setattr(fragment_cache, "FOR_A_CAREER", 0)
    monkeypatch.setattr(fragment_cache, "ROOM", 0)
    for cache in list(fragment_cache._room.caches):
        cache.empty()
    emptied: list[object] = []
    monkeypatch.setattr(fragment_cache._Room, "empty", lambda _, edition: emptied.append(edition))
    assert run("out", "--career", "actuary").exit_code == 0
    assert not emptied
    assert fragment_cache._room.most == 0, "what comes afterwards has the room of a server"
    monkeypatch.undo()
    fragment_cache._room.resize()


def test_all_are_there_once_and_in_order(run: Run, tmp_path: Path) -> None:
    assert run("out", "--document", "short.graphql").exit_code == 0
    assert slugs(tmp_path / "out") == ["-vs-".join(pair) for pair in combinations(catalog().careers, 2)]
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert (manifest["comparisons"], manifest["version"], manifest["locales"]) == (ALL, 1, ["en"])


def test_several_processes_write_the_same(run: Run, tmp_path: Path) -> None:
    assert run("one", "--document", "short.graphql").exit_code == 0
    result = run("two", "--document", "short.graphql", processes=2)
    assert result.exit_code == 0, result.output
    assert f"({ALL:,} comparisons" in result.stdout
    assert whole(tmp_path / "one") == whole(tmp_path / "two")


def test_shards_are_the_same_shares_of_all(run: Run, tmp_path: Path) -> None:
    run("all", "--document", "short.graphql")
    for number in (1, 2, 3):
        assert run(f"s{number}", "--document", "short.graphql", "--shard", f"{number}/3").exit_code == 0
    shares = [whole(tmp_path / f"s{number}") for number in (1, 2, 3)]
    merged = {name: body for share in shares for name, body in share.items()}
    assert merged == whole(tmp_path / "all")
    assert sum(len(share) - 1 for share in shares) == len(merged) - 1
    for number in (3, 1, 2):
        assert run("together", "--document", "short.graphql", "--shard", f"{number}/3").exit_code == 0
    assert whole(tmp_path / "together") == merged


def test_an_interrupted_export_goes_on(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl-C at any line: no file is there that is not complete, and the next run writes what is missing only."""
    run("whole", "--document", "short.graphql")
    answers = PageDocument.answers
    left = 2 * PER_FILE + 7

    def interrupted(self: Any, *arguments: Any) -> Iterator[bytes]:
        nonlocal left
        for line in answers(self, *arguments):
            left -= 1
            if left == 0:
                raise KeyboardInterrupt
            yield line

    with monkeypatch.context() as patch:
        patch.setattr(PageDocument, "answers", interrupted)
        assert "run it again" in refused(run("out", "--document", "short.graphql"))
    assert len(slugs(tmp_path / "out")) == 2 * PER_FILE
    result = run("out", "--document", "short.graphql")
    assert f"({ALL - 2 * PER_FILE:,} comparisons" in result.stdout
    assert ", 2 were there" in result.stdout
    assert whole(tmp_path / "out") == whole(tmp_path / "whole")


def test_a_killed_export_leaves_nothing_half_written(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    common = ("--document", "short.graphql", "--per-file", "20")
    run("whole", *common)
    command = (sys.executable, "-m", "careergraph", "export", "out", "--comparisons", "--database", sqlite_url)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen((*command, *common, "--processes", "2"), env=environment)
    while not list(tmp_path.glob("out/en/*.jsonl")):
        assert process.poll() is None
    process.kill()
    process.wait()
    complete = whole(tmp_path / "whole")
    for file in tmp_path.glob("out/en/*.jsonl"):
        assert file.read_bytes() == complete[f"en/{file.name}"]
    assert run("out", *common).exit_code == 0
    while list(tmp_path.glob("out/en/*.unfinished")):
        pass  # a process without its parent finishes the file that it is at
    assert whole(tmp_path / "out") == complete


def test_what_a_killed_process_left_is_removed(run: Run, tmp_path: Path) -> None:
    run("out", "--document", "short.graphql", "--shard", "1/2")
    mine, other = (tmp_path / "out" / "en" / f"{name}.jsonl.99.unfinished" for name in ("000000", "000001"))
    for file in (mine, other):
        file.write_text("half a li")
    run("out", "--document", "short.graphql", "--shard", "1/2")
    assert not mine.exists()
    assert other.exists(), "another machine may be at it"


def test_it_goes_on_with_the_version_that_it_began_with(run: Run, sqlite_url: str, tmp_path: Path) -> None:
    run("out", "--document", "short.graphql", "--shard", "1/2")
    engine = connect(sqlite_url)
    career = next(it for it in documents() if it.TYPE == "career")
    with transaction(engine) as session:
        publish(session, [msgspec.structs.replace(career, title={"en": "Changed"})], "editor", "")
    engine.dispose()
    assert run("out", "--document", "short.graphql").exit_code == 0
    assert {it["catalogVersion"] for it in lines(tmp_path / "out")} == {1}
    assert run("new", "--document", "short.graphql", "--career", "actuary").exit_code == 0
    assert {it["catalogVersion"] for it in lines(tmp_path / "new")} == {2}
    run("old", "--document", "short.graphql", "--career", "actuary", "--version", "1")
    assert {it["catalogVersion"] for it in lines(tmp_path / "old")} == {1}
    assert "no such version" in refused(run("none", "--version", "9"))


def test_a_folder_holds_one_export(run: Run, tmp_path: Path) -> None:
    assert run("out", "--document", "short.graphql", "--career", "actuary").exit_code == 0
    before = whole(tmp_path / "out")
    for more, name in (
        (("--document", "short.graphql", "--career", "accountant"), "filter"),
        (("--document", "short.graphql", "--career", "actuary", "--locale", "de"), "locales"),
        (("--career", "actuary"), "document"),
    ):
        assert name in refused(run("out", *more))
    assert whole(tmp_path / "out") == before
    (tmp_path / "out" / "manifest.json").write_text("{}")
    assert "is not one of ours" in refused(run("out", "--document", "short.graphql", "--career", "actuary"))


def test_filters_are_those_of_the_api(run: Run, tmp_path: Path) -> None:
    for number, (option, argument, name, value) in enumerate(
        (
            ("--category", "data", "category", '"data"'),
            ("--min-score", "0.3", "minScore", "0.3"),
        )
    ):
        assert run(str(number), "--document", "short.graphql", option, argument).exit_code == 0
        query = f"{{ comparisons(first: 1, filter: {{ {name}: {value} }}) {{ totalCount }} }}"
        assert 0 < len(slugs(tmp_path / str(number))) == answer(query, SEEDED)["comparisons"]["totalCount"] < ALL


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{ catalog { version } }", "no variables $a and $b"),
        ("query($a: String!, $b: String!) { comparison(a: $a, b: $b) { nonsense } }", "line 1:"),
        ("query($a: String!", "line 1:"),
        ("query($a: String!, $b: String!) { career(slug: $a) { value(attribute: $b) { display } } }", "attribute"),
    ],
)
def test_a_document_that_cannot_be_answered_is_refused(run: Run, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "wrong.graphql").write_text(text)
    assert message in refused(run("out", "--document", "wrong.graphql"))
    assert not list(tmp_path.glob("out/en/*"))


def test_what_goes_wrong_is_one_line(run: Run, tmp_path: Path) -> None:
    assert "missing.graphql" in refused(run("out", "--document", "missing.graphql"))
    assert "accountant" in refused(run("out", "--career", "accountan"))
    assert "en" in refused(run("out", "--locale", "xx"))
    (tmp_path / "file").write_text("")
    assert "file" in refused(run("file"))
    for wrong in (("--shard", "0/2"), ("--shard", "3/2"), ("--shard", "x"), ("--prune",)):
        assert run("out", *wrong).exit_code == 2
    assert CliRunner().invoke(commands, ["export", "out", "--shard", "1/2"]).exit_code == 2


def test_a_process_that_cannot_go_on_says_why(run: Run, tmp_path: Path) -> None:
    """Where one cannot write, all stop, and what is written stays."""
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "de").write_text("")
    common = ("--document", "short.graphql", "--locale", "en", "--locale", "de")
    assert "out/de" in refused(run("out", *common, processes=2))
    (tmp_path / "out" / "de").unlink()
    assert run("out", *common).exit_code == 0
    assert slugs(tmp_path / "out", "de") == slugs(tmp_path / "out")


@pytest.mark.parametrize(
    ("comparisons", "cores", "processes"),
    [(0, 8, 1), (3_000, 2, 1), (19_999, 2, 1), (20_000, 2, 2), (441_330, 2, 2), (45_000, 64, 4), (10**6, 1, 1)],
)
def test_as_many_processes_write_as_pay(comparisons: int, cores: int, processes: int) -> None:
    """Each has to read the catalog first, which takes as long as some thousand comparisons."""
    assert processes_for(comparisons, cores) == processes


def test_the_seed_is_written_by_one_process(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By default, whatever the number of cores."""
    monkeypatch.setattr("careergraph.cli.comparisons.write_together", None)
    monkeypatch.setattr("os.cpu_count", lambda: 8)
    arguments = ["export", str(tmp_path / "out"), "--comparisons", "--database", sqlite_url, "--per-file", "10"]
    result = CliRunner().invoke(commands, [*arguments, "--career", "actuary"])
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "out" / "en").iterdir())) > 1
