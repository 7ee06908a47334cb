"""`careergraph media`: files from the command line, and from another installation."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from careergraph.cli.base.command import commands
from web.media.pictures import written


@pytest.fixture
def folder(seeded_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to run in, with a seeded database at its usual place, as has another one beside it."""
    for name in ("one", "other"):
        (tmp_path / name / "var").mkdir(parents=True)
        shutil.copy(seeded_file, tmp_path / name / "var" / "careergraph.db")
    monkeypatch.chdir(tmp_path / "one")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, arguments, prog_name="careergraph")


def test_images_move_to_another_installation(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By an export of the documents and a copy of the store."""
    (folder / "a.png").write_bytes(written("PNG"))
    added = run("media", "add", str(folder / "a.png"))
    assert added.exit_code == 0, added.output
    file = json.loads(added.stdout)
    assert (file["mediaType"], file["width"]) == ("image/png", 800)
    content = folder / "content" / "images"
    content.mkdir(parents=True)
    (content / "a.json").write_text(json.dumps({"slug": "a", "alt": {"en": "A picture"}, "file": file}))
    loaded = run("load", str(folder / "content"))
    assert loaded.exit_code == 0, loaded.output
    exported = run("export", str(folder / "out"))
    assert exported.exit_code == 0, exported.output
    assert json.loads((folder / "out" / "images" / "a.json").read_text())["file"] == file

    monkeypatch.chdir(folder / "other")
    refused = run("load", str(folder / "out"))
    assert (refused.exit_code, "BAD_IMAGE" in refused.output) == (1, True)
    shutil.copytree(folder / "one" / "var" / "media", "var/media")
    (Path("var/media") / "ff").mkdir(exist_ok=True)
    (Path("var/media") / "ff" / f"{'f' * 64}.png").write_bytes(b"not what its name says")
    assert run("media", "register").stdout == "1 files registered\n"
    assert run("media", "register").stdout == "0 files registered\n"
    loaded = run("load", str(folder / "out"))
    assert loaded.exit_code == 0, loaded.output
    assert run("media", "check").exit_code == 0


def test_missing_and_unused_files_are_told(folder: Path) -> None:
    (folder / "a.png").write_bytes(written("PNG"))
    (folder / "b.svg").write_bytes(b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    refused = run("media", "add", str(folder / "b.svg"))
    assert (refused.exit_code, "no PNG" in refused.stderr) == (1, True)
    digest = json.loads(run("media", "add", str(folder / "a.png")).stdout)["sha256"]
    (folder / "one" / "var" / "media" / digest[:2] / f"{digest}.png").unlink()
    checked = run("media", "check")
    assert (checked.exit_code, checked.stdout) == (1, f"{digest}\n")
    assert run("media", "prune").stdout == "0 files removed\n"
    assert run("media", "prune", "--days", "0").stdout == "1 files removed\n"
    assert run("media", "check").exit_code == 0


def test_backups_hold_images_once_and_bring_them_back(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "a.png").write_bytes(written("PNG"))
    digest = json.loads(run("media", "add", str(folder / "a.png")).stdout)["sha256"]
    kept = Path("var/media") / digest[:2] / f"{digest}.png"
    content = kept.read_bytes()
    assert "is the store of images itself" in run("backup", "saved", "--images", "var/media/").output
    first = run("backup", str(folder / "first"))
    assert (first.exit_code, "1 of 1 files" in first.output) == (0, True), first.output
    assert (folder / "images").stat().st_mode & 0o77 == 0
    second = run("backup", str(folder / "second"))
    assert (second.exit_code, "0 of 1 files" in second.output) == (0, True), second.output
    copy = folder / "images" / digest[:2] / kept.name
    assert [it for it in (folder / "images").rglob("*") if it.is_file()] == [copy]

    monkeypatch.chdir(folder / "other")
    restored = run("restore", str(folder / "first"))
    assert (restored.exit_code, kept.read_bytes() == content) == (0, True), restored.output
    kept.unlink()
    copy.write_bytes(content[:-1])
    damaged = run("restore", str(folder / "first"), "--replace")
    assert (damaged.exit_code, digest in damaged.stderr, kept.exists()) == (1, True, False)
    assert run("restore", str(folder / "first"), "--replace", "--images", str(folder / "one/var/media")).exit_code == 0
    assert kept.read_bytes() == content
