"""Archives: from either database into either, and nothing at all from a damaged one."""

import gzip
import json
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlalchemy import Engine

from careergraph.store.backup.archive import ArchiveProblem, backup
from careergraph.store.backup.restore import restore
from careergraph.store.database.database import DatabaseProblem, connect, reading, transaction
from careergraph.store.documents.documents import Document, SkillDocument
from careergraph.store.documents.rows import read_all
from careergraph.store.editing import drafts
from careergraph.store.editing.publish import publish
from careergraph.store.migration.schema import Status, status

NEW = SkillDocument(slug="new", name={"en": "New \U0001f600"}, related=["embeddings"])


def live(engine: Engine) -> tuple[Document, ...]:
    with reading(engine) as session:
        return read_all(session)


def edit(engine: Engine, name: str = "New") -> None:
    with transaction(engine) as session:
        publish(session, [SkillDocument(slug="new", name={"en": name}, related=["embeddings"])], "editor", "note")


@pytest.fixture(scope="module")
def edited_archive(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The archive of an edited database, to copy."""
    folder = tmp_path_factory.mktemp("edited")
    shutil.copyfile(seeded_file, folder / "edited.db")
    engine = connect(f"sqlite:///{folder / 'edited.db'}")
    edit(engine)
    backup(engine, folder / "archive")
    engine.dispose()
    return folder / "archive"


@pytest.fixture
def archive(edited_archive: Path, tmp_path: Path) -> Path:
    """The archive of an edited database, of the test's own."""
    return Path(shutil.copy(edited_archive, tmp_path / "archive"))


@pytest.mark.parametrize("target", ["sqlite", "postgresql"])
def test_a_restored_database_is_the_same_to_the_byte(
    engine: Engine, target: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    edit(engine)
    with transaction(engine) as session:
        publish(session, [], "editor", "", removed=[("skill", "new")])
    saved = backup(engine, tmp_path / "first")
    postgres = target == "postgresql"
    other = connect(request.getfixturevalue("empty_postgres_url") if postgres else f"sqlite:///{tmp_path / 'other.db'}")
    assert restore(other, tmp_path / "first", moved=True) == saved
    assert status(other) is Status.CURRENT
    assert live(other) == live(engine)
    backup(other, tmp_path / "second")
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()
    edit(other)  # ids go on where the archive's end
    assert len(live(other)) == len(live(engine)) + 1
    other.dispose()


def test_only_its_owner_may_read_an_archive(archive: Path) -> None:
    """It holds drafts, and who did what."""
    assert archive.stat().st_mode & 0o077 == 0


def test_a_seeded_database_takes_an_archive(engine: Engine, archive: Path) -> None:
    before = len(live(engine))
    restore(engine, archive)
    assert len(live(engine)) == before + 1


def test_a_database_with_content_is_replaced_only_when_told(engine: Engine, archive: Path) -> None:
    edit(engine, "Of its own")
    before = live(engine)
    with pytest.raises(ArchiveProblem, match="holds content of its own"):
        restore(engine, archive)
    assert live(engine) == before
    restore(engine, archive, replace=True)
    assert next(it for it in live(engine) if it.ident == "new") != next(it for it in before if it.ident == "new")


def test_drafts_count_as_content(engine: Engine, archive: Path) -> None:
    with transaction(engine) as session:
        drafts.append(session, ("skill", "draft"), {"slug": "draft"}, "author", "")
    with pytest.raises(ArchiveProblem, match="holds content of its own"):
        restore(engine, archive)


def rewritten(archive: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    archive.write_bytes(
        gzip.compress(b"".join(change(gzip.decompress(archive.read_bytes()).splitlines(keepends=True))))
    )


def header(**changes: object) -> Callable[[list[bytes]], list[bytes]]:
    def change(lines: list[bytes]) -> list[bytes]:
        return [json.dumps(json.loads(lines[0]) | changes).encode() + b"\n", *lines[1:]]

    return change


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off in the middle": (lambda it: it.write_bytes(it.read_bytes()[: it.stat().st_size // 2]), "is cut off"),
    "cut off at the end": (lambda it: it.write_bytes(it.read_bytes()[:-3]), "is cut off"),
    "without its last line": (lambda it: rewritten(it, lambda lines: lines[:-1]), "is cut off"),
    "without a row": (lambda it: rewritten(it, lambda lines: lines[:50] + lines[51:]), "is damaged"),
    "with a row twice": (lambda it: rewritten(it, lambda lines: [*lines[:-1], lines[-2], lines[-1]]), "is damaged"),
    "with rows in another order": (
        lambda it: rewritten(it, lambda lines: [lines[0], lines[2], lines[1], *lines[3:]]),
        "is damaged",
    ),
    "with a figure changed": (
        lambda it: rewritten(it, lambda lines: [line.replace(b"210000", b"910000") for line in lines]),
        "is damaged",
    ),
    "with more behind its end": (lambda it: rewritten(it, lambda lines: [*lines, lines[1]]), "is damaged"),
    "with a flipped bit": (
        lambda it: it.write_bytes(it.read_bytes()[:5000] + b"\x00\xff\x00" + it.read_bytes()[5003:]),
        "is damaged",
    ),
    "with a row of no table": (
        lambda it: rewritten(it, lambda lines: [lines[0], b'["careergraph_nonsense",[1]]\n', *lines[1:]]),
        "is damaged",
    ),
    "with a row too short": (
        lambda it: rewritten(it, lambda lines: [lines[0], b'["careergraph_career",[1]]\n', *lines[1:]]),
        "is damaged",
    ),
    "newer": (lambda it: rewritten(it, header(revision="9999")), "is newer than this careergraph"),
    "older, and not what it says": (lambda it: rewritten(it, header(revision="0008")), "is damaged"),
    "of another format": (lambda it: rewritten(it, header(format="careergraph-archive-2")), "is of no format"),
    "empty": (lambda it: it.write_bytes(b""), "is damaged"),
    "no archive": (lambda it: it.write_bytes(b"careers, careers"), "is damaged"),
    "a gzip file of something": (lambda it: it.write_bytes(gzip.compress(b"careers\n")), "is damaged"),
    "a gzip file of other JSON": (lambda it: it.write_bytes(gzip.compress(b"[1, 2]\n")), "is of no format"),
    "deep": (lambda it: it.write_bytes(gzip.compress(b"[" * 100_000)), "is damaged"),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_nothing_of_a_damaged_archive_is_restored(sqlite_url: str, archive: Path, damage: str) -> None:
    engine = connect(sqlite_url)
    before = live(engine)
    break_it, says = DAMAGES[damage]
    break_it(archive)
    with pytest.raises(ArchiveProblem, match=says) as problem:
        restore(engine, archive, replace=True)
    assert "\n" not in str(problem.value)
    assert live(engine) == before
    engine.dispose()


def test_a_damaged_archive_makes_no_database(archive: Path, tmp_path: Path) -> None:
    archive.write_bytes(b"")
    engine = connect(f"sqlite:///{tmp_path / 'none.db'}")
    with pytest.raises(ArchiveProblem):
        restore(engine, archive)
    assert status(engine) is Status.MISSING


def test_a_failed_restore_leaves_what_was_there(engine: Engine, archive: Path) -> None:
    """An archive that is sound but whose rows the database refuses, as nobody makes them but by hand."""
    edit(engine, "Before")
    before = live(engine)
    with gzip.open(archive) as unpacked:
        lines = unpacked.read().splitlines(keepends=True)
    row = next(line for line in lines if line.startswith(b'["careergraph_category"'))
    forge(archive, [line for line in lines if line is not row])
    with pytest.raises(DatabaseProblem):
        restore(engine, archive, replace=True)
    assert live(engine) == before


def forge(archive: Path, lines: list[bytes]) -> None:
    """Writes an archive with a right sum and any content."""

    content = lines[:-1]
    rows = Counter(json.loads(line)[0] for line in content[1:])
    trailer = {"rows": dict(rows), "sha256": sha256(b"".join(content)).hexdigest()}
    archive.write_bytes(gzip.compress(b"".join([*content, json.dumps(trailer).encode() + b"\n"])))


def test_a_backup_replaces_a_file_only_when_it_is_done(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = connect(sqlite_url)
    file = tmp_path / "archive"
    file.write_bytes(b"the one before")

    def fail(*args: object) -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("careergraph.store.backup.archive._lines", fail)
    with pytest.raises(OSError, match="No space"):
        backup(engine, file)
    assert file.read_bytes() == b"the one before"
    assert [it.name for it in tmp_path.iterdir() if "archive" in it.name] == ["archive"]
    engine.dispose()


def test_a_database_that_is_not_there_has_no_backup(empty_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(DatabaseProblem):
        backup(empty_engine, tmp_path / "archive")
    assert not (tmp_path / "archive").exists()
