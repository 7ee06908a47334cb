"""`careergraph suggest`: an answer for each phrase, for people and for programs."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careergraph.cli.base.command import commands


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> str:
    url = f"sqlite:///{tmp_path_factory.mktemp('seeded') / 'careergraph.db'}"
    result = CliRunner().invoke(commands, ["upgrade", "--database", url])
    assert result.exit_code == 0, result.output
    return url


def suggest(seeded: str, *arguments: str, text: str | None = None) -> Result:
    return CliRunner().invoke(commands, ["suggest", "--database", seeded, *arguments], input=text)


def test_a_phrase_for_people(seeded: str) -> None:
    result = suggest(seeded, "Multi-agent orchestration and topology design")
    assert result.exit_code == 0, result.output
    first, second, *_ = result.stdout.splitlines()
    assert first == "Multi-agent orchestration and topology design"
    assert second == (
        "  0.90  multi-agent-orchestration  SAME_WORDING: Multi-agent orchestration, for: Multi-agent orchestration"
    )


def test_what_is_not_known_is_said(seeded: str) -> None:
    assert suggest(seeded, "falconry").stdout.startswith("falconry: not known")


def test_a_file_gives_a_line_for_each_line(seeded: str, tmp_path: Path) -> None:
    """Whoever reads the answers must be able to put them beside the phrases."""
    path = tmp_path / "phrases.txt"
    path.write_bytes("SQL\r\n\nfalconry\n“Python”\n".encode())
    result = suggest(seeded, "--file", str(path), "--jsonl", "--first", "1")
    assert result.exit_code == 0, result.output
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["phrase"] for answer in answers] == ["SQL", "", "falconry", "“Python”"]
    assert [answer["known"] for answer in answers] == [True, False, False, True]
    (suggestion,) = answers[0]["suggestions"]
    assert suggestion == {
        "slug": "sql",
        "name": "SQL",
        "externalIds": suggestion["externalIds"],
        "score": 1.0,
        "certainty": suggestion["certainty"],
        "rule": "SAME_WORDING",
        "matched": "SQL",
        "part": None,
    }
    assert (answers[0]["method"], answers[0]["model"]) == ("WORDS", None)


def test_standard_input_and_another_language(seeded: str) -> None:
    result = suggest(seeded, "--file", "-", "--jsonl", "--locale", "de", text="Datenbankentwurf\n")
    (suggestion, *_) = json.loads(result.stdout)["suggestions"]
    assert (suggestion["slug"], suggestion["name"]) == ("database-design", "Datenbankentwurf")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ([], 2),
        (["x", "--file", "-"], 2),
        (["x", "--first", "0"], 2),
        (["x", "--locale", "xx"], 1),
        (["x", "--file", "no"], 2),
    ],
)
def test_wrong_calls_are_refused(seeded: str, arguments: list[str], code: int) -> None:
    result = suggest(seeded, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")


def test_nothing_is_changed(seeded: str) -> None:
    path = Path(seeded.removeprefix("sqlite:///"))
    copy = path.with_name("copy.db")
    shutil.copy(path, copy)
    assert suggest(f"sqlite:///{copy}", "SQL").exit_code == 0
    assert copy.read_bytes() == path.read_bytes()


def test_a_model_takes_part_where_it_is_asked_to(seeded: str) -> None:
    result = suggest(seeded, "--semantic", "--jsonl", "writing queries for databases")
    assert result.exit_code == 0, result.output
    answer = json.loads(result.stdout)
    assert answer["method"] == "MODEL"
    assert answer["model"].startswith("all-MiniLM-L6-v2")
    assert answer["suggestions"][0]["slug"] == "sql"


def test_without_the_extra_it_says_what_to_install(seeded: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ModuleNotFoundError(f"No module named {name!r}", name="onnxruntime")

    monkeypatch.setattr("careergraph.cli.suggest.import_module", missing)
    result = suggest(seeded, "--semantic", "SQL")
    assert result.exit_code == 1
    assert (
        result.stderr
        == "careergraph: there is no onnxruntime; install the extra: pip install 'careergraph[semantic]'\n"
    )
