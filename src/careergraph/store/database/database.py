"""The database: how it is opened, read and written.

A read sees one moment of the database and waits for nobody. Writers queue: there is one at a time, on either database,
so whatever a transaction has read holds until it ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SQLiteConnection
from typing import Any

import msgspec
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from careergraph.store.database.problem import DatabaseProblem as DatabaseProblem
from careergraph.store.database.problem import NewerDatabase as NewerDatabase
from careergraph.store.database.problem import explain, missing_database, name_of, newer_database
from careergraph.store.database.revisions import is_newer

WAIT_SECONDS = 10
"""How long a writer waits for the one before it."""
ADDRESSES = "write sqlite:///FILE or postgresql://USER@HOST/NAME"
"""What addresses look like, for who wrote another one."""
WRITES = {"careergraph_writes": True}
"""The execution option of a connection that is going to write."""
_PATIENCE = {
    "connect_timeout": WAIT_SECONDS,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": WAIT_SECONDS * 1000,
}
"""Parameters of libpq: a PostgreSQL whose machine or network is gone without a word is noticed within seconds."""
LOCK = 7_267_365_001
"""What writers of one PostgreSQL database queue for; any number that no other program is likely to lock."""


def connect(url: str | URL) -> Engine:
    """The engine of a database, SQLite (in a file) or PostgreSQL. Makes the folder of a file, connects to nothing yet.

    Raises DatabaseProblem for an address that cannot be used.
    """
    try:
        parsed = make_url(url)
        backend = parsed.get_backend_name()
        if backend in ("sqlite", "postgresql"):
            if parsed.get_dialect().is_async:
                reason = f"{parsed.drivername} is an asynchronous driver, and careergraph opens connections of its own"
                raise DatabaseProblem(f"{reason}: {ADDRESSES}")
            return _sqlite(parsed) if backend == "sqlite" else _postgresql(parsed)
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise DatabaseProblem(f"the address of the database cannot be read: {ADDRESSES}") from None
    except ModuleNotFoundError as error:
        remedy = "install careergraph[postgres]" if error.name == "psycopg" else f"install it, or {ADDRESSES}"
        raise DatabaseProblem(f"the database needs the package {error.name}: {remedy}") from None
    raise DatabaseProblem(f"{backend} is no database of careergraph: {ADDRESSES}")


@contextmanager
def transaction(engine: Engine) -> Iterator[Session]:
    """A session whose changes are all kept when the block ends, or none when it raises. Raises DatabaseProblem, which
    is a NewerDatabase where the tables are of a later version: migrations queue with writers, so none comes in between.
    """
    with _session(engine.execution_options(**WRITES)) as session:
        _refuse_newer(session, engine)
        yield session
        session.commit()


@contextmanager
def reading(engine: Engine) -> Iterator[Session]:
    """A session that sees one moment of the database, and changes nothing. Raises DatabaseProblem."""
    options: dict[str, Any] = {}
    if engine.dialect.name == "postgresql":
        options = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
    with _session(engine.execution_options(**options)) as session:
        yield session


def require_writable(engine: Engine) -> None:
    """Raise NewerDatabase where the tables are of a later version than this code. Waits for no writer."""
    with reading(engine) as session:
        _refuse_newer(session, engine)


def file_of(engine: Engine) -> Path | None:
    """The file of an SQLite database."""
    name = engine.url.database
    return Path(name) if engine.dialect.name == "sqlite" and name else None


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    try:
        with Session(engine, expire_on_commit=False) as session:
            yield session
    except DBAPIError as error:
        raise explain(error, engine) from error
    except PoolTimeout:
        raise DatabaseProblem(f"the database {name_of(engine)} is busy: all connections are in use") from None


def _refuse_newer(session: Session, engine: Engine) -> None:
    if is_newer(session.connection()):
        raise newer_database(engine)


def _sqlite(url: URL) -> Engine:
    if url.database in (None, "", ":memory:"):
        reason = "an SQLite database needs a file, as in sqlite:///careergraph.db"
        raise DatabaseProblem(f"{reason}: one in memory is gone with its connection")
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, **_JSON)
    _make_folder(engine)
    event.listen(engine, "do_connect", _require_file)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "checkin", _drop_cache)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _postgresql(url: URL) -> Engine:
    named = url.set(drivername="postgresql+psycopg") if url.drivername == "postgresql" else url
    engine = create_engine(named, pool_pre_ping=True, connect_args=_PATIENCE, **_JSON)
    event.listen(engine, "begin", _begin_postgresql)
    return engine


def _make_folder(engine: Engine) -> None:
    folder = Path(str(engine.url.database)).parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or "no reason given").lower()
        raise DatabaseProblem(f"the folder {folder} of the database cannot be made: {reason}") from None


def _require_file(dialect: object, record: object, arguments: list[Any], parameters: dict[str, Any]) -> None:
    """Without this, SQLite would make an empty database wherever an address is misspelt."""
    if not Path(arguments[0]).exists():
        raise missing_database(arguments[0])


def _set_pragmas(connection: SQLiteConnection, record: object) -> None:
    connection.isolation_level = None  # begin is ours to say (see _begin_sqlite), also before DDL
    for pragma in ("foreign_keys=ON", "journal_mode=WAL"):
        connection.execute(f"PRAGMA {pragma}")


def _drop_cache(connection: SQLiteConnection | None, record: object) -> None:
    """Each connection would keep the pages that it read last, 2 MB, while it waits in the pool. The system has them."""
    if connection is not None:
        connection.execute("PRAGMA shrink_memory")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its turn at once: a read that turns into a write later would fail instead of waiting."""
    writes = connection.get_execution_options().get("careergraph_writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_postgresql(connection: Connection) -> None:
    if connection.get_execution_options().get("careergraph_writes"):
        connection.execute(text(f"SET LOCAL lock_timeout = '{WAIT_SECONDS}s'"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def _dump(value: object) -> str:
    return msgspec.json.encode(value).decode()


_JSON: dict[str, Any] = {"json_serializer": _dump, "json_deserializer": msgspec.json.decode}
