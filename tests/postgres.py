"""A real PostgreSQL for tests: one that is named by CAREERGRAPH_TEST_POSTGRES, or the system's own, started for the
session with a data folder of its own, on 127.0.0.1 only."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import count
from pathlib import Path

import psycopg
from sqlalchemy import URL, make_url

from ports import free_port

FAST = ("fsync=off", "full_page_writes=off", "max_connections=40", "shared_buffers=32MB")
FASTER = ("synchronous_commit=off", "wal_level=minimal", "max_wal_senders=0")
"""What is committed may be lost when the server dies; for servers that no test kills."""


MEMORY = Path("/dev/shm")  # noqa: S108 - only for folders of this process
ENOUGH = 2 << 30
"""Bytes that have to be free."""


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
        address = self.admin.set(drivername="postgresql").render_as_string(hide_password=False)
        with psycopg.connect(address, autocommit=True) as connection:
            if statement.startswith("CREATE DATABASE") and connection.info.server_version >= 150_000:
                statement += " STRATEGY FILE_COPY"  # which older ones have no other than
            connection.execute(statement.encode())


@contextmanager
def running() -> Iterator[Postgres]:
    """A server. Raises NoPostgres."""
    named = os.environ.get("CAREERGRAPH_TEST_POSTGRES")
    if named:
        yield Postgres(make_url(named).set(drivername="postgresql+psycopg"), count(1))
        return
    with private(*FASTER) as cluster:
        yield cluster.postgres


@contextmanager
def private(*settings: str) -> Iterator["Cluster"]:
    """A server that nobody else uses, which a test may stop and start. Raises NoPostgres."""
    folder = Path(tempfile.mkdtemp(prefix="careergraph-postgres-", dir=_memory()))
    user = "postgres" if os.geteuid() == 0 else None
    cluster = None
    try:
        if user is not None:
            os.chown(folder, *_ids(user))
        cluster = _made(_programs(), folder, user, settings)
        cluster.start()
        yield cluster
    finally:
        if cluster is not None and cluster.up:
            cluster.stop("immediate")
        shutil.rmtree(folder, ignore_errors=True)


def _memory() -> Path | None:
    """A folder in memory, where there is enough of it: a new database is hundreds of files, which a disk takes longer
    to make. None for the usual folder."""
    if not MEMORY.is_dir():
        return None
    system = os.statvfs(MEMORY)
    return MEMORY if system.f_bavail * system.f_frsize >= ENOUGH else None


@dataclass
class Cluster:
    """A server with a data folder of its own, on 127.0.0.1."""

    programs: Path
    folder: Path
    user: str | None
    port: int
    settings: tuple[str, ...]
    up: bool = False

    @cached_property
    def postgres(self) -> Postgres:
        """The server, to make databases in."""
        url = URL.create("postgresql+psycopg", "careergraph", host="127.0.0.1", port=self.port, database="postgres")
        return Postgres(url, count(1))

    def start(self) -> None:
        """Starts it, and returns once it answers. Raises NoPostgres."""
        place = ("listen_addresses=127.0.0.1", f"port={self.port}", f"unix_socket_directories={self.folder}")
        options = " ".join(f"-c {setting}" for setting in (*place, *FAST, *self.settings))
        self._control("-l", self.folder / "log", "-o", options, "-w", "-t", "120", "start")
        self.up = True

    def stop(self, how: str = "fast") -> None:
        """Stops it: `fast` closes all connections in order, `immediate` is as good as pulling the plug."""
        self._control("-m", how, "-w", "stop")
        self.up = False

    @contextmanager
    def frozen(self) -> Iterator[None]:
        """It still has its connections and takes new ones, but answers nothing, as a machine that hangs."""
        first = self._processes()[0]
        os.kill(first, signal.SIGSTOP)  # before its children are counted, so that it makes no more of them
        pids = self._processes()
        for pid in pids[1:]:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in reversed(pids):
                os.kill(pid, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """The process of the server, and those that it made."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def _control(self, *arguments: str | Path) -> None:
        _call(self.user, self.programs / "pg_ctl", "-D", self.folder / "data", *arguments)


def _programs() -> Path:
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    on_path = shutil.which("postgres")
    if not installed and on_path is None:
        raise NoPostgres("no PostgreSQL is installed and CAREERGRAPH_TEST_POSTGRES names none")
    return installed[-1].parent if installed else Path(str(on_path)).resolve().parent


def _ids(user: str) -> tuple[int, int]:
    try:
        entry = pwd.getpwnam(user)
    except KeyError:
        raise NoPostgres("PostgreSQL does not run as root, and there is no user postgres") from None
    return entry.pw_uid, entry.pw_gid


def _made(programs: Path, folder: Path, user: str | None, settings: tuple[str, ...]) -> Cluster:
    ways = ("--auth=trust", "--username=careergraph", "--no-sync", "--encoding=UTF8", "--no-locale")
    _call(user, programs / "initdb", "-D", folder / "data", *ways)
    return Cluster(programs, folder, user, free_port(), settings)


def _call(user: str | None, *command: str | Path) -> None:
    done = subprocess.run(command, user=user, cwd="/", capture_output=True, text=True, check=False, timeout=180)
    if done.returncode:
        raise NoPostgres(f"{Path(command[0]).name} failed: {' '.join((done.stderr or done.stdout).split())[:300]}")
