"""Slips at the command line: each is answered with what would be right, in one line."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from careergraph.cli.base.command import commands


def run(*words: str) -> str:
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 0, result.output
    return result.output


def refused(*words: str) -> str:
    result = CliRunner().invoke(commands, words)
    assert result.exit_code == 1 and result.output.count("\n") == 1, result.output
    return result.output.removeprefix("careergraph: ").rstrip()


@pytest.fixture(autouse=True)
def folder(sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which the commands run, on a database of the test's own."""
    monkeypatch.setenv("CAREERGRAPH_DATABASE_URL", sqlite_url)
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (["--career", "acountant"], "there is no career 'acountant'; did you mean accountant?"),
        (["--category", "helthcare"], "there is no category 'helthcare'; did you mean healthcare?"),
        (["--category", "xyz"], "there is no category 'xyz'"),
        (["--locale", "fr"], "there is no such locale; there are de, en"),
        (["--region", "Irland"], "no figure was observed in such a region; there are United States"),
    ],
)
def test_an_export_of_comparisons_says_what_there_is(options: list[str], says: str) -> None:
    assert refused("export", "--comparisons", "pages", *options) == says


def test_a_backup_that_cannot_be_written_is_named_as_it_was_called(folder: Path) -> None:
    """And not by the name under which it is written until it is complete."""
    (folder / "a-folder").mkdir()
    for place in ("a-folder", "nowhere/saved.gz"):
        assert refused("backup", place).startswith(f"{place}: ")


def test_a_restore_names_the_option_that_lets_it() -> None:
    run("backup", "saved.gz")
    run("token", "create", "--role", "editor", "--name", "ann")
    assert "--replace says that it may" in refused("restore", "saved.gz")


def test_an_export_of_an_empty_log_is_an_empty_file(folder: Path) -> None:
    """And nothing that an earlier export left there."""
    log = folder / "log.jsonl"
    run("audit", "export", "log.jsonl")
    assert log.read_text() == ""
    log.write_text("of another database")
    run("audit", "export", "log.jsonl")
    assert log.read_text() == ""


def test_a_token_is_revoked_by_itself_too() -> None:
    """Whoever has the token at hand, and no list, need not cut it up."""
    secret = run("token", "create", "--role", "editor", "--name", "ann").strip()
    prefix = secret.split("_")[1]
    assert run("token", "revoke", secret) == f"token {prefix} is revoked\n"
    assert "revoked" in run("token", "list")
    assert refused("token", "revoke", secret) == "it was revoked before [CLOSED]"
