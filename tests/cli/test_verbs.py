"""The verbs: what they print, how they end, and that an expected failure is one line and never a traceback."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careergraph.api.changes.page_documents import NAMES, text_of
from careergraph.cli.base.command import VERBS, commands
from careergraph.web.request.trusted_documents import read_manifest

ROOT = Path(__file__).parents[2]
PAIR = ("ai-model-routing-engineer", "ai-multi-agent-systems-engineer")

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A seeded database, to be copied."""
    path = tmp_path_factory.mktemp("seeded") / "careergraph.db"
    result = CliRunner().invoke(commands, ["upgrade", "--database", f"sqlite:///{path}"])
    assert result.exit_code == 0, result.output
    return path


@pytest.fixture
def folder(seeded: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An own folder to run in, with a seeded database at its usual place."""
    monkeypatch.chdir(tmp_path)
    for variable in ("CAREERGRAPH_DATABASE_URL", "PORT"):
        monkeypatch.delenv(variable, raising=False)
    (tmp_path / "var").mkdir()
    shutil.copy(seeded, tmp_path / "var" / "careergraph.db")
    return tmp_path


@pytest.fixture
def run(folder: Path) -> Run:
    """Runs a verb in that folder."""

    def invoke(*arguments: str) -> Result:
        return CliRunner().invoke(commands, arguments, prog_name="careergraph")

    return invoke


def refused(result: Result) -> str:
    """The one line of an expected failure."""
    assert result.exit_code == 1, result.output
    assert isinstance(result.exception, SystemExit)
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


def test_the_help_lists_every_verb(run: Run) -> None:
    result = run("--help")
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.split("Commands:\n")[1].splitlines()] == list(VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_explains_itself(run: Run, verb: str) -> None:
    result = run(verb, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Usage: careergraph {verb}")


@pytest.mark.parametrize("arguments", [["nope"], ["compare", "a"], ["check"], ["serve", "--port", "70000"], ["load"]])
def test_a_wrong_call_ends_with_2(run: Run, arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_compare_prints_a_table_and_a_verdict(run: Run) -> None:
    result = run("compare", *PAIR)
    assert result.exit_code == 0, result.output
    for part in (
        "At a glance",
        "$135,000–$210,000/yr",
        "1 skill is the same",
        "Which should you choose?",
        "Moving between them",
    ):
        assert part in result.output
    assert "\x1b" not in result.output, "no bold where nobody can see it"


def test_compare_speaks_german(run: Run) -> None:
    result = run("compare", *PAIR, "--locale", "de")
    assert "135.000 $ gegenüber 120.000 $ pro Jahr" in " ".join(result.output.split())


def test_a_locale_that_there_is_not_is_read_in_the_nearest(run: Run) -> None:
    """And somebody is told so, beside the output."""
    pair = ("compare", "ai-model-routing-engineer", "ai-multi-agent-systems-engineer")
    german, austrian = run(*pair, "--locale", "de"), run(*pair, "--locale", "de-AT")
    assert austrian.stdout == german.stdout and german.stderr == ""
    assert austrian.stderr == "there is no locale de-AT; de is read instead\n"
    assert "there is no such locale" in refused(run(*pair, "--locale", "fr-CH"))


def test_compare_gives_json(run: Run) -> None:
    result = run("compare", *PAIR, "--json")
    content = json.loads(result.stdout)
    assert content["slug"] == "-vs-".join(PAIR)
    assert all(statement["facts"] for statement in content["verdict"]["conclusion"])


def test_compare_takes_a_region(run: Run) -> None:
    plain, regional = (run("compare", *PAIR, "--json", *it) for it in ((), ("--region", "United States")))
    assert json.loads(plain.stdout)["region"] is None
    assert json.loads(regional.stdout)["region"] == "United States"


def test_an_unknown_career_gets_suggestions(run: Run) -> None:
    line = refused(run("compare", "ai-model-routing-enginer", PAIR[1]))
    assert line.startswith("careergraph: there is no career 'ai-model-routing-enginer'; did you mean ")
    assert PAIR[0] in line


def test_other_wrong_comparisons_are_refused(run: Run) -> None:
    assert "itself" in refused(run("compare", PAIR[0], PAIR[0]))
    assert refused(run("compare", *PAIR, "--locale", "xx")).endswith("there are de, en")
    assert refused(run("compare", *PAIR, "--region", "Atlantis")).endswith("there are United States")
    assert refused(run("compare", "no\nsuch\x1b[31m", PAIR[0])).isprintable()


def test_the_documents_that_ship_are_printed(run: Run, tmp_path: Path) -> None:
    """What is printed is what a front end sends, and what a server can be told to answer alone."""
    for name in NAMES:
        assert run("schema", "--document", name).stdout == text_of(name)
    file = tmp_path / "manifest.json"
    file.write_text(run("schema", "--manifest").stdout)
    assert sorted(read_manifest(str(file)).values()) == sorted(text_of(name) for name in NAMES)


def test_an_export_changes_nothing_when_it_is_loaded(run: Run, folder: Path) -> None:
    assert run("export", "out").exit_code == 0
    result = run("load", "out")
    assert (result.exit_code, "nothing changed" in result.output) == (0, True), result.output
    again = run("export", "out")
    assert "0 written, 0 removed" in again.output
    assert run("check", "out").exit_code == 0


def test_an_export_is_loaded_into_an_empty_place_as_the_same(run: Run, folder: Path) -> None:
    run("export", "out")
    before = {path: path.read_bytes() for path in (folder / "out").glob("*/*.json")}
    run("load", "out", "--database", _fresh(folder))
    run("export", "again", "--database", _fresh(folder))
    assert {(folder / "again" / path.relative_to(folder / "out")).read_bytes() == before[path] for path in before} == {
        True
    }


def _fresh(folder: Path) -> str:
    url = f"sqlite:///{folder / 'fresh.db'}"
    assert CliRunner().invoke(commands, ["upgrade", "--database", url]).exit_code == 0
    return url


def test_a_changed_file_is_published(run: Run, folder: Path) -> None:
    run("export", "out")
    path = folder / "out" / "careers" / f"{PAIR[0]}.json"
    career = json.loads(path.read_text())
    career["title"]["en"] = "Router of Models"
    path.write_text(json.dumps(career))
    result = run("load", "out", "--author", "an editor", "--note", "a better title")
    assert " 1 changed: version " in result.output
    assert run("compare", *PAIR).output.startswith("Router of Models vs ")


@pytest.mark.parametrize(
    "arguments",
    [
        ["load", "seed", "--author", "ann\nroot"],
        ["load", "seed", "--note", "\x1b[2J"],
        ["token", "create", "--role", "viewer", "--name", "ann", "--author", "ann\x1b[2J"],
        ["token", "create", "--role", "viewer", "--name", "ann\nroot"],
        ["token", "create", "--role", "viewer", "--name", "ann", "--locale", "de\nroot"],
    ],
)
def test_no_name_and_no_note_forges_a_line(run: Run, arguments: list[str]) -> None:
    """What a log or a table repeats holds no control character."""
    result = run(*arguments)
    assert result.exit_code in (1, 2) and "\nroot" not in result.stderr
    assert "text cannot have" in result.stderr or "there is no locale" in result.stderr
    assert "no tokens" in run("token", "list").output


def test_a_load_is_all_or_nothing(run: Run, folder: Path) -> None:
    run("export", "out")
    good = folder / "out" / "categories" / "aaa.json"
    good.write_text('{"slug": "aaa", "name": {"en": "A"}}')
    path = folder / "out" / "careers" / f"{PAIR[0]}.json"
    career = json.loads(path.read_text())
    career["values"][0]["low"] = 999_999
    path.write_text(json.dumps(career, indent=2))
    line = next(number for number, text in enumerate(path.read_text().splitlines(), 1) if "999999" in text)
    result = run("load", "out")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        f"out/careers/{PAIR[0]}.json:{line}: "
        "values[0].low: the low end 999999 is above the high end 210000 [BAD_VALUE]",
        "1 problem",
    ]
    shutil.rmtree(folder / "out")
    run("export", "out")
    assert not good.exists()


def test_a_load_undoes_nothing_unless_told(run: Run, folder: Path) -> None:
    (folder / "new" / "categories").mkdir(parents=True)
    file = folder / "new" / "categories" / "x.json"
    file.write_text('{"slug": "x", "name": {"en": "X"}}')
    assert "1 changed" in run("load", "new").output
    run("import", "figures", str(_figures(folder)), "--publish")
    run("export", "out")
    career = folder / "out" / "careers" / f"{PAIR[0]}.json"
    body = json.loads(career.read_text())
    career.write_text(json.dumps({**body, "title": {"en": "Router of Models"}}))
    dry = run("load", "out", "--dry-run", "--as", "ann")
    assert (dry.exit_code, dry.stdout.splitlines()[:2]) == (0, ["Changed (1)", f"    - career {PAIR[0]}"])
    assert "A dry run: nothing was changed" in dry.stdout
    assert " 1 changed: version " in run("load", "out", "--as", "ann").output
    (folder / "out" / "export.json").unlink()
    run("import", "figures", str(_figures(folder, 9)), "--publish")
    result = run("load", "out")
    assert result.exit_code == 1 and "Undone: changed before (1)" in result.stdout
    message, *_, last = result.stderr.splitlines()
    assert message.startswith(f"out/careers/{PAIR[0]}.json:1: it was changed by careergraph on 20")
    assert message.endswith("; --overwrite-changed loads it all the same, --keep leaves it [UNDOES]")
    assert last == "careergraph: nothing was loaded, since that would undo what others did"
    assert "nothing changed" in run("load", "out", "--keep").output
    assert " 1 changed: version " in run("load", "out", "--overwrite-changed").output


def _figures(folder: Path, score: int = 8) -> Path:
    """A table with one figure of one career."""
    file = folder / "figures.csv"
    file.write_text(
        f"career,attribute,value,unit,source,date\n{PAIR[0]},demand-score,{score},points,editorial-estimate,2026\n"
    )
    return file


def test_an_export_does_not_leave_what_would_come_back(run: Run, folder: Path) -> None:
    run("export", "out")
    stale = folder / "out" / "careers" / "gone.json"
    stale.write_text("{}")
    assert "--prune" in refused(run("export", "out"))
    assert "1 removed" in run("export", "out", "--prune").output
    assert not stale.exists()


def test_an_export_into_a_file_is_refused(run: Run, folder: Path) -> None:
    (folder / "out").write_text("")
    assert "out" in refused(run("export", "out"))


def test_a_backup_is_restored(run: Run, folder: Path) -> None:
    assert run("backup", "saved").exit_code == 0
    (folder / "new").mkdir()
    (folder / "new" / "categories").mkdir()
    (folder / "new" / "categories" / "x.json").write_text('{"slug": "x", "name": {"en": "X"}}')
    assert "1 changed" in run("load", "new").output
    assert "would be replaced" in refused(run("restore", "saved"))
    assert run("restore", "saved", "--replace").exit_code == 0
    run("export", "out")
    assert not (folder / "out" / "categories" / "x.json").exists()


def test_a_backup_that_is_none_is_refused(run: Run, folder: Path) -> None:
    (folder / "saved").write_text("not a backup")
    refused(run("restore", "saved"))
    refused(run("restore", "missing"))
    assert run("compare", *PAIR).exit_code == 0


@pytest.mark.parametrize("verb", [["compare", *PAIR], ["export", "out"], ["load", "out"], ["serve"], ["backup", "x"]])
def test_a_named_database_that_is_missing_is_refused(run: Run, folder: Path, verb: list[str]) -> None:
    line = refused(run(*verb, "--database", f"sqlite:///{folder / 'missing.db'}"))
    assert "careergraph upgrade" in line


def test_a_database_of_something_else_is_refused(run: Run, folder: Path) -> None:
    (folder / "var" / "careergraph.db").write_bytes(b"this is no database at all" * 100)
    for verb in (["compare", *PAIR], ["upgrade"], ["serve"]):
        refused(run(*verb))


@pytest.mark.parametrize(
    ("sql", "message"),
    [
        ("UPDATE careergraph_alembic_version SET version_num = '9999'", "newer than this careergraph"),
        ("UPDATE careergraph_alembic_version SET version_num = '0001'", "careergraph upgrade"),
        ("DROP TABLE careergraph_value", "half migrated"),
    ],
)
def test_a_database_of_another_version_is_refused(run: Run, folder: Path, sql: str, message: str) -> None:
    file = folder / "var" / "careergraph.db"
    connection = sqlite3.connect(file)
    with connection:
        connection.execute(sql)
    connection.close()
    serving = [] if "9999" in sql else [["serve"]]  # it reads a newer one
    for verb in (*serving, ["compare", *PAIR], ["load", "out"], ["backup", "saved"], ["restore", "saved"], ["work"]):
        assert message in refused(run(*verb, "--database", f"sqlite:///{file}"))


@pytest.mark.parametrize("url", ["nonsense", "mysql://x/y", "sqlite:////nowhere/at/all.db", "sqlite:///:memory:x\n"])
def test_an_address_of_nothing_is_refused(run: Run, url: str) -> None:
    refused(run("compare", *PAIR, "--database", url))


def test_a_locked_database_is_refused_and_left_alone(run: Run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careergraph.store.database.database.WAIT_SECONDS", 0.1)
    run("export", "out")
    (folder / "out" / "categories" / "x.json").write_text('{"slug": "x", "name": {"en": "X"}}')
    other = sqlite3.connect(folder / "var" / "careergraph.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert "lock" in refused(run("load", "out"))
    other.execute("ROLLBACK")
    other.close()
    assert "1 changed" in run("load", "out").output


def test_the_schema_is_printed_as_it_is_committed(run: Run) -> None:
    assert run("schema").stdout == (ROOT / "schema.graphql").read_text()


def test_a_port_that_is_taken_is_refused(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in refused(run("serve", "--port", port))


def test_the_port_comes_from_the_environment(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert port in refused(CliRunner(env={"PORT": port}).invoke(commands, ["serve"]))
    assert CliRunner(env={"PORT": "high"}).invoke(commands, ["serve"]).exit_code == 2


def test_a_setting_that_cannot_be_used_is_refused(folder: Path) -> None:
    line = refused(CliRunner(env={"CAREERGRAPH_POLL_SECONDS": "soon"}).invoke(commands, ["serve"]))
    assert "CAREERGRAPH_POLL_SECONDS" in line


def test_the_database_comes_from_the_environment_and_an_empty_one_is_none(folder: Path) -> None:
    named = CliRunner(env={"CAREERGRAPH_DATABASE_URL": "sqlite:///missing.db"}).invoke(commands, ["compare", *PAIR])
    assert "missing.db" in refused(named)
    empty = CliRunner(env={"CAREERGRAPH_DATABASE_URL": ""}).invoke(commands, ["compare", *PAIR])
    assert empty.exit_code == 0, empty.output


def test_a_terminal_without_an_en_dash_gets_the_table_all_the_same(folder: Path) -> None:
    done = _module(folder, "compare", *PAIR, PYTHONIOENCODING="latin-1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "$135,000?$210,000/yr" in done.stdout


def test_python_runs_it_as_a_module(folder: Path) -> None:
    done = _module(folder, "compare", "nobody", PAIR[0])
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("careergraph: there is no career 'nobody'")
    assert len(done.stderr.splitlines()) == 1


def test_the_width_of_the_terminal_is_kept(folder: Path) -> None:
    done = _module(folder, "compare", *PAIR, COLUMNS="60")
    assert done.returncode == 0
    assert 50 < max(map(len, done.stdout.splitlines())) <= 60


def _module(folder: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(ROOT / "src"), "PATH": os.defpath, **variables}
    command = [sys.executable, "-m", "careergraph", *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=60)
