"""A real PostgreSQL for tests: one that is named by CAREERGRAPH_TEST_POSTGRES, or the system's own, started for the
session with a data folder of its own, on 127.0.0.1 only."""

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import URL, create_engine, make_url, text

FAST = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "max_connections=40", "shared_buffers=32MB")


class NoPostgres(Exception):
    """Why there is none."""


@dataclass(frozen=True)
class Postgres:
    """A server, by the address of a database that one may always connect to."""

    admin: URL
    _numbers: Iterator[int]

    def create(self, template: str = "template1") -> URL:
        """A new database, a copy of another."""
        name = f"careergraph_test_{os.getpid()}_{next(self._numbers)}"
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.admin.set(database=name)

    def drop(self, url: URL) -> None:
        """Drops a database, whoever is connected to it."""
        self._run(f'DROP DATABASE IF EXISTS "{url.database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        engine = create_engine(self.admin, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


@contextmanager
def running() -> Iterator[Postgres]:
    """A server. Raises NoPostgres."""
    named = os.environ.get("CAREERGRAPH_TEST_POSTGRES")
    if named:
        yield Postgres(make_url(named).set(drivername="postgresql+psycopg"), count(1))
        return
    folder = Path(tempfile.mkdtemp(prefix="careergraph-postgres-"))
    user = "postgres" if os.geteuid() == 0 else None
    try:
        if user is not None:
            os.chown(folder, *_ids(user))
        with _started(_programs(), folder, user) as port:
            url = URL.create("postgresql+psycopg", "careergraph", host="127.0.0.1", port=port, database="postgres")
            yield Postgres(url, count(1))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    if not found and on_path is None:
        raise NoPostgres("no PostgreSQL is installed and CAREERGRAPH_TEST_POSTGRES names none")
    return found[-1].parent if found else Path(str(on_path)).resolve().parent


def _ids(user: str) -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres") from None
    return entry.pw_uid, entry.pw_gid


@contextmanager
def _started(programs: Path, folder: Path, user: str | None) -> Iterator[int]:
    data, log = folder / "data", folder / "log"
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = ("listen_addresses=127.0.0.1", f"port={port}", f"unix_socket_directories={folder}", *FAST)
    options = " ".join(f"-c {setting}" for setting in settings)
    ways = ("--auth=trust", "--username=careergraph", "--no-sync", "--encoding=UTF8", "--no-locale")
    _call(user, programs / "initdb", "-D", data, *ways)
    _call(user, programs / "pg_ctl", "-D", data, "-l", log, "-o", options, "-w", "-t", "30", "start")
    try:
        yield port
    finally:
        _call(user, programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def _call(user: str | None, *command: str | Path) -> None:
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False, timeout=90)
    if done.returncode:
        raise NoPostgres(f"{Path(command[0]).name} failed: {' '.join((done.stderr or done.stdout).split())[:300]}")
