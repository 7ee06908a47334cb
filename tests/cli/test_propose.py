"""`careergraph propose`: drafts with proposals, said for each career."""

import pytest
from click.testing import CliRunner, Result

from careergraph.cli.base.command import commands

CAREER = """{"slug": "falconer", "title": {"en": "Falconer"}, "summary": {"en": "Flies birds."}, "category": "data",
  "skills": [{"text": {"en": "SQL"}}, {"text": {"en": "falconry"}}, {"text": {"en": "write queries for databases"}}]}"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A seeded database with one more career, whose wordings are linked to nothing."""
    folder = tmp_path_factory.mktemp("seeded")
    address = f"sqlite:///{folder / 'careergraph.db'}"
    (folder / "content" / "careers").mkdir(parents=True)
    (folder / "content" / "careers" / "falconer.json").write_text(CAREER, encoding="utf-8")
    for arguments in (["upgrade"], ["load", str(folder / "content")]):
        result = CliRunner().invoke(commands, [*arguments, "--database", address])
        assert result.exit_code == 0, result.output
    return address


def propose(url: str, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["propose", "--database", url, *arguments])


def test_it_says_what_was_proposed(url: str) -> None:
    result = propose(url, "falconer", "--accept-exact")
    assert result.exit_code == 0, result.output
    assert result.stdout == "falconer: 3 links proposed, 1 of them accepted, 1 wordings not known\n"
    assert propose(url, "falconer").stdout == "falconer: 0 links proposed, 1 wordings not known\n"
    assert propose(url, "--all", "--semantic").stdout == "", "nothing new is nothing to say"


@pytest.mark.parametrize(
    ("arguments", "code"), [([], 2), (["x", "--all"], 2), (["nobody"], 1), (["--all", "--locale", "xx"], 1)]
)
def test_wrong_calls_are_refused(url: str, arguments: list[str], code: int) -> None:
    result = propose(url, *arguments)
    assert (result.exit_code, result.stdout) == (code, "")
