"""The database: how it is opened, and what is said when it cannot be used."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text

from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database import database
from careergraph.store.database.database import (
    ADDRESSES,
    DatabaseProblem,
    NewerDatabase,
    connect,
    reading,
    require_writable,
    transaction,
)
from careergraph.store.migration import migrate
from careergraph.store.migration.migrate import upgrade
from careergraph.store.migration.schema import Status, require, status
from waiting import CEILING


def pragma(engine: Engine, name: str) -> object:
    with engine.connect() as connection:
        return connection.exec_driver_sql(f"PRAGMA {name}").scalar()


def test_sqlite_is_opened_as_it_should_be(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    assert pragma(engine, "journal_mode") == "wal"
    assert pragma(engine, "foreign_keys") == 1
    assert pragma(engine, "busy_timeout") == database.WAIT_SECONDS * 1000
    assert pragma(engine, "synchronous") == 2
    engine.dispose()


def test_a_connection_that_waits_for_its_next_use_keeps_no_pages(sqlite_url: str) -> None:
    engine, statements = connect(sqlite_url), list[str]()
    with reading(engine) as session:
        connection = session.connection().connection.driver_connection
        assert connection is not None
        connection.set_trace_callback(statements.append)
        session.execute(text("SELECT count(*) FROM careergraph_source"))
        assert "PRAGMA shrink_memory" not in statements
    assert statements[-1] == "PRAGMA shrink_memory"
    engine.dispose()


def test_a_writer_begins_at_once_and_a_reader_waits_for_nobody(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    with transaction(engine) as writer, reading(engine) as reader:
        writer.execute(text("UPDATE careergraph_source SET title = 'x'"))
        assert reader.execute(text("SELECT count(*) FROM careergraph_source WHERE title = 'x'")).scalar() == 0
    engine.dispose()


def test_a_reader_sees_one_moment(engine: Engine) -> None:
    count = text("SELECT count(*) FROM careergraph_source WHERE title = 'x'")
    with reading(engine) as reader:
        assert reader.execute(count).scalar() == 0
        with transaction(engine) as writer:
            writer.execute(text("UPDATE careergraph_source SET title = 'x'"))
        assert reader.execute(count).scalar() == 0
    with reading(engine) as reader:
        assert reader.execute(count).scalar() != 0


def test_a_reader_leaves_nothing(engine: Engine) -> None:
    if engine.dialect.name == "sqlite":
        with reading(engine) as reader:
            reader.execute(text("UPDATE careergraph_source SET title = 'x'"))
    else:
        with pytest.raises(DatabaseProblem, match="cannot be written to"), reading(engine) as reader:
            reader.execute(text("UPDATE careergraph_source SET title = 'x'"))
    with reading(engine) as reader:
        assert reader.execute(text("SELECT count(*) FROM careergraph_source WHERE title = 'x'")).scalar() == 0


def test_the_folder_of_a_file_is_made(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'a' / 'b' / 'c.db'}")
    assert (tmp_path / "a" / "b").is_dir()
    assert upgrade(engine)
    assert status(engine) is Status.CURRENT
    engine.dispose()


def test_a_plain_postgresql_address_works(postgres_url: str) -> None:
    engine = connect(postgres_url.replace("postgresql+psycopg://", "postgresql://"))
    assert status(engine) is Status.CURRENT
    engine.dispose()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("", f"cannot be read: {ADDRESSES}"),
        ("careergraph.db", f"cannot be read: {ADDRESSES}"),
        ("postgresql://host:port:port/x", f"cannot be read: {ADDRESSES}"),
        ("nosuch://host/x", f"(nosuch is no database of careergraph|cannot be read): {ADDRESSES}"),
        ("mysql://user:secret@host/x", f"mysql is no database of careergraph: {ADDRESSES}"),
        ("postgres://user:secret@host/x", f"postgres is no database of careergraph: {ADDRESSES}"),
        ("sqlite+aiosqlite:///x.db", rf"sqlite\+aiosqlite is an asynchronous driver.*: {ADDRESSES}"),
        ("postgresql+asyncpg://user:secret@host/x", rf"postgresql\+asyncpg is an asynchronous driver.*: {ADDRESSES}"),
        ("postgresql+psycopg_async://host/x", f"is an asynchronous driver.*: {ADDRESSES}"),
        ("postgresql+pg8000://user:secret@host/x", f"needs the package pg8000: install it, or {ADDRESSES}"),
        ("sqlite://", "needs a file, as in sqlite:///careergraph.db"),
        ("sqlite://careergraph.db", "needs a file, as in sqlite:///careergraph.db"),
        ("sqlite:///:memory:", "needs a file"),
        ("sqlite:////proc/nowhere/x.db", "folder /proc/nowhere of the database cannot be made"),
    ],
)
def test_an_address_that_cannot_be_used(url: str, says: str) -> None:
    with pytest.raises(DatabaseProblem, match=says) as problem:
        connect(url)
    assert "secret" not in str(problem.value)


def problem_of(engine: Engine) -> str:
    """The message of every way into a database, which is the same."""
    messages = set()
    for way in (require, upgrade, lambda it: Catalogs(it).current()):
        with pytest.raises(DatabaseProblem) as problem:
            way(engine)
        messages.add(str(problem.value))
    assert len(messages) == 1
    message: str = messages.pop()
    assert "\n" not in message
    assert len(message) < 300
    return message


def test_a_missing_file_is_not_made_by_looking(tmp_path: Path) -> None:
    file = tmp_path / "missing.db"
    engine = connect(f"sqlite:///{file}")
    assert status(engine) is Status.MISSING
    for way in (reading, transaction):
        with pytest.raises(DatabaseProblem, match="there is no database"), way(engine) as session:
            session.execute(text("SELECT 1"))
    with pytest.raises(DatabaseProblem, match=r"there is no database .*missing\.db: `careergraph upgrade` makes it"):
        require(engine)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_not_there() -> None:
    engine = connect("postgresql://user:secret@127.0.0.1:9/nowhere")
    assert problem_of(engine).endswith("user@127.0.0.1:9/nowhere cannot be reached")


def test_a_database_that_is_not_there(postgres_url: str) -> None:
    url = connect(postgres_url).url.set(database="nowhere", password="secret")
    message = problem_of(connect(url))
    assert "/nowhere does not exist" in message
    assert "secret" not in message


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(b"careers, careers, careers" * 100)
    message = problem_of(connect(f"sqlite:///{tmp_path / 'x.db'}"))
    assert "x.db is no SQLite database: name another file" in message


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "x.db").mkdir()
    assert problem_of(connect(f"sqlite:///{tmp_path / 'x.db'}")).endswith("x.db is a folder: name a file")


def test_a_new_database(empty_engine: Engine) -> None:
    if (file := database.file_of(empty_engine)) is not None:
        file.touch()
    assert status(empty_engine) is Status.EMPTY
    with pytest.raises(DatabaseProblem, match="has no tables yet: run `careergraph upgrade`"):
        require(empty_engine)
    with pytest.raises(DatabaseProblem, match="run `careergraph upgrade`"), reading(empty_engine) as session:
        session.execute(text("SELECT * FROM careergraph_career"))


def test_a_database_behind(engine: Engine) -> None:
    migrate.downgrade(engine, "0001")
    assert status(engine) is Status.BEHIND
    with pytest.raises(DatabaseProblem, match="is of an earlier version: run `careergraph upgrade`"):
        require(engine)


def run(engine: Engine, *statements: str) -> None:
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_a_database_that_is_newer(engine: Engine) -> None:
    run(engine, "UPDATE careergraph_alembic_version SET version_num = '9999'")
    assert status(engine) is Status.NEWER
    for way in (require, upgrade, require_writable, lambda it: migrate.downgrade(it, "base")):
        with pytest.raises(DatabaseProblem, match="is newer than this careergraph"):
            way(engine)


def test_a_newer_database_is_read_and_not_written(engine: Engine) -> None:
    run(
        engine,
        "ALTER TABLE careergraph_career ADD COLUMN subtitle TEXT",
        "DROP TABLE careergraph_imported",
        "UPDATE careergraph_alembic_version SET version_num = '9999'",
    )
    catalogs = Catalogs(engine)
    assert catalogs.current().version == 1
    assert catalogs.at_version(1).careers.keys() == catalogs.current().careers.keys()
    with pytest.raises(NewerDatabase, match="does not write to it"), transaction(engine) as session:
        session.execute(text("DELETE FROM careergraph_redirect"))
        raise AssertionError("it wrote")
    with pytest.raises(NewerDatabase), reading(engine) as session:  # not: "run `careergraph upgrade`"
        session.execute(text("SELECT * FROM careergraph_imported"))


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TABLE careergraph_alembic_version",
        "DELETE FROM careergraph_alembic_version",
        "DROP TABLE careergraph_stage_skill",
        "INSERT INTO careergraph_alembic_version VALUES ('0001')",
    ],
)
def test_a_database_that_is_half_migrated(engine: Engine, statement: str) -> None:
    run(engine, statement)
    assert status(engine) is Status.BROKEN
    assert "is half migrated" in problem_of(engine)


def test_a_database_that_is_locked(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 0.1)
    engine = connect(sqlite_url)
    other = sqlite3.connect(str(engine.url.database))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseProblem, match="is locked by another process"), transaction(engine) as session:
        session.execute(text("SELECT 1"))
    other.rollback()
    engine.dispose()
    other.execute("PRAGMA journal_mode=DELETE")
    other.execute("BEGIN EXCLUSIVE")
    assert "is locked by another process" in problem_of(engine)
    other.close()


def test_writers_of_postgresql_wait_so_long(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 1)
    engine, there, done = connect(postgres_url), threading.Event(), threading.Event()

    def hold() -> None:
        other = connect(postgres_url)
        with transaction(other) as session:
            session.execute(text("SELECT 1"))
            there.set()
            done.wait(CEILING)
        other.dispose()

    holder = threading.Thread(target=hold)
    holder.start()
    assert there.wait(CEILING)
    with pytest.raises(DatabaseProblem, match="is locked by another process"), transaction(engine) as session:
        session.execute(text("SELECT 1"))
    done.set()
    holder.join(CEILING)
    engine.dispose()


def test_more_sessions_than_connections(sqlite_url: str) -> None:
    engine = create_engine(connect(sqlite_url).url, pool_size=1, max_overflow=0, pool_timeout=0.05)
    with reading(engine) as session:
        session.execute(text("SELECT 1"))
        with pytest.raises(DatabaseProblem, match="is busy"), reading(engine) as another:
            another.execute(text("SELECT 1"))
    engine.dispose()


def test_status_says_nothing_of_a_host(empty_engine: Engine) -> None:
    if (file := database.file_of(empty_engine)) is not None:
        file.touch()
    run(empty_engine, "CREATE TABLE host_users (id INTEGER)", "CREATE TABLE alembic_version (version_num VARCHAR(32))")
    assert status(empty_engine) is Status.EMPTY
    assert upgrade(empty_engine)
    migrate.downgrade(empty_engine, "base")
    run(empty_engine, "SELECT * FROM host_users", "SELECT * FROM alembic_version")
