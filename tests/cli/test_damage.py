"""A database that cannot be used, or a disk that takes nothing more: one line for each verb, with the way out."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import anyio
import httpx
import pytest
from click.testing import CliRunner

from careergraph import CareerGraph, Config
from careergraph.cli.base.command import commands
from careergraph.store.database.database import connect, reading
from careergraph.store.migration.schema import Status, status

VERBS = [
    ["compare", "actuary", "accountant"],
    ["serve", "--port", "0"],
    ["work", "--once"],
    ["suggest", "python"],
    ["propose", "--all"],
    ["load", "content"],
    ["export", "out"],
    ["export", "--comparisons", "lines"],
    ["backup", "saved"],
    ["token", "list"],
    ["webhook", "list"],
    ["audit", "verify"],
    ["audit", "export"],
]
BACKUP = ("empty one (`careergraph upgrade`)", "`careergraph restore FILE`")


def damage_page(file: Path, table: str) -> None:
    """Overwrites the first page of a table."""
    with closing(sqlite3.connect(file)) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with file.open("r+b") as out:
        out.seek((page - 1) * size)
        out.write(b"\xa5" * size)


def cut(file: Path) -> None:
    """Leaves half of the file."""
    os.truncate(file, file.stat().st_size // 2)


def drop_table(file: Path) -> None:
    """Does what a migration on another database might have left."""
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE careergraph_value")


def write_text(file: Path) -> None:
    """A file of something else."""
    file.write_text("text" * 5000)


def make_folder(file: Path) -> None:
    """A folder where a file should be."""
    file.unlink()
    file.mkdir()


DAMAGES: dict[str, tuple[Callable[[Path], None], tuple[str, ...]]] = {
    "a damaged page": (lambda file: damage_page(file, "careergraph_alembic_version"), ("is damaged", *BACKUP)),
    "half of a file": (cut, ("is damaged", *BACKUP)),
    "half migrated": (drop_table, ("is half migrated", *BACKUP)),
    "a folder": (make_folder, ("is a folder: name a file",)),
    "no database": (write_text, ("is no SQLite database", "name another")),
    "nothing": (Path.unlink, ("`careergraph upgrade` makes it",)),
}


@pytest.fixture
def file(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A seeded database in the current folder."""
    database = Path(sqlite_url.removeprefix("sqlite:///"))
    monkeypatch.chdir(database.parent)
    (database.parent / "content" / "categories").mkdir(parents=True)
    return database


def refused(verb: list[str], file: Path) -> str:
    """The one line of a verb that cannot do its work."""
    result = CliRunner().invoke(commands, [*verb, "--database", f"sqlite:///{file}"], prog_name="careergraph")
    assert result.exit_code == 1 and isinstance(result.exception, SystemExit), result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    return line


@pytest.mark.parametrize("damage", DAMAGES)
def test_every_verb_says_what_is_wrong_and_what_to_do(file: Path, damage: str) -> None:
    do, expected = DAMAGES[damage]
    do(file)
    for verb in VERBS:
        line = refused(verb, file)
        assert all(part in line for part in (str(file), *expected)), (verb, line)


@pytest.mark.parametrize(
    ("verb", "table"),
    [(VERBS[0], "revision"), (VERBS[1], "revision"), (["load", "content"], "career"), (["backup", "saved"], "career")],
)
def test_a_damage_that_is_found_late_is_told_alike(file: Path, verb: list[str], table: str) -> None:
    """The tables are of the right version; only reading the documents finds out."""
    damage_page(file, f"careergraph_{table}")
    assert "is damaged" in refused(verb, file)


def test_the_way_out_leads_out(file: Path) -> None:
    """Somebody who does what the line says has the content back."""
    run = CliRunner().invoke
    database = ["--database", f"sqlite:///{file}"]
    assert run(commands, ["backup", "saved", *database]).exit_code == 0
    cut(file)
    file.rename("damaged.db")
    for verb in (["upgrade"], ["restore", "saved"], VERBS[0]):
        result = run(commands, [*verb, *database])
        assert result.exit_code == 0, (verb, result.output)


def test_a_read_only_file_system_is_told(file: Path) -> None:
    """SQLite has to write beside a file even to read it."""
    folder = file.parent / "mounted"
    folder.mkdir()
    shutil.copy(file, folder / "careergraph.db")
    with mounted("--bind", str(folder), str(folder)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)
        for verb in VERBS:
            line = refused(verb, folder / "careergraph.db")
            assert "folder that cannot be written to" in line and "copy the database" in line


def test_a_full_disk_is_told(file: Path) -> None:
    """Before anything, while SQLite opens the file; and in the middle of a load, of which nothing is left then."""
    folder = file.parent / "mounted"
    folder.mkdir()
    small = folder / "careergraph.db"
    with mounted("-t", "tmpfs", "-o", f"size={file.stat().st_size + 400_000}", "tmpfs", str(folder)):
        shutil.copy(file, small)
        for number in range(1500):
            path = file.parent / "content" / "categories" / f"c{number}.json"
            path.write_text(f'{{"slug": "c{number}", "name": {{"en": "{"x" * 290}"}}}}')
        assert "no room left on its disk: make room" in refused(["load", "content"], small)
        engine = connect(f"sqlite:///{small}")
        with reading(engine) as session:
            query = "SELECT count(*) FROM careergraph_category WHERE slug LIKE 'c1%'"
            assert session.connection().exec_driver_sql(query).scalar() == 0
        assert status(engine) is Status.CURRENT
        engine.dispose()
        with (folder / "fill").open("wb", buffering=0) as fill, pytest.raises(OSError, match="space"):
            while True:
                fill.write(b"x" * 4096)
        for verb in VERBS:
            assert "no room left on its disk" in refused(verb, small)


class mounted:
    """A file system that is mounted for a block; skips the test where that is not allowed."""

    def __init__(self, *arguments: str) -> None:
        self._arguments = arguments

    def __enter__(self) -> None:
        done = subprocess.run(["mount", *self._arguments], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"nothing can be mounted here: {done.stderr.strip()}")

    def __exit__(self, *_: object) -> None:
        subprocess.run(["umount", "--lazy", self._arguments[-1]], check=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("verb", [["schema"], ["compare", "actuary", "accountant"]])
def test_output_that_does_not_fit_is_told(file: Path, verb: list[str]) -> None:
    """Rather than lost in silence, or told by a traceback."""
    more = [] if verb == ["schema"] else ["--database", f"sqlite:///{file}"]
    with Path("/dev/full").open("wb") as full:
        command = [sys.executable, "-m", "careergraph", *verb, *more]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "careergraph: no space left on device\n")


@pytest.mark.parametrize(
    ("damage", "expected"),
    [("half migrated", "The database is half migrated: "), ("a damaged page", "The database is damaged: ")],
)
def test_readiness_tells(file: Path, damage: str, expected: str) -> None:
    """An app that a host mounts starts with any database. Who asks learns neither its name nor its address."""
    app = CareerGraph(Config(database_url=f"sqlite:///{file}", work=False, poll_seconds=0))

    async def ready() -> httpx.Response:
        transport = httpx.ASGITransport(app.asgi())
        async with httpx.AsyncClient(transport=transport, base_url="http://host") as client:
            return await client.get("/readyz")

    DAMAGES[damage][0](file)
    response = anyio.run(ready)
    problem = response.json()["problem"]
    assert (response.status_code, response.json()["status"]) == (503, "not ready")
    assert problem.startswith(expected) and all(part in problem for part in BACKUP)
    assert str(file.parent) not in response.text and "sqlite" not in response.text
