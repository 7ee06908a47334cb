"""Databases for tests: migrated and seeded once a session, then a copy for each test.

`database_url` and `engine` are seeded; a test that takes one runs on SQLite and on PostgreSQL. `empty_url` holds
nothing yet, on both too. `sqlite_url` is seeded and SQLite only, for tests that have no business with the database.
"""

import gc
import os
import shutil
import threading
from collections.abc import Generator, Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext
from pathlib import Path
from typing import TypeVar

import pytest
from httpx._config import DEFAULT_TIMEOUT_CONFIG
from hypothesis import settings
from sqlalchemy import Engine

from careergraph.editorial.worker import imports as worker_imports
from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from careergraph.web.catalogs import catalog_holder
from careergraph.web.catalogs.garbage_collector import YOUNG
from depth import depth
from forked import forking
from once import each_time, make_once
from postgres import Cluster, NoPostgres, Postgres, private, running
from waiting import CEILING

# How long an example takes by the clock says how busy the machine is: a test that hangs is ended by pytest-timeout.
settings.register_profile("by counts", deadline=None, max_examples=depth(30, 100))
settings.load_profile("by counts")

Server = TypeVar("Server")

BOTH = ("sqlite", "postgresql")


def pytest_configure(config: pytest.Config) -> None:
    """pytest-alembic's collector of ready-made tests fails under pytest 9, and is bound to this file unless it is told
    another; its fixtures are all that is wanted here. And httpx waits for an answer as long as these tests wait."""
    config.option.pytest_alembic_tests_path = "none"
    for phase in ("connect", "read", "write", "pool"):  # five seconds, unless told otherwise: a machine may be busy
        setattr(DEFAULT_TIMEOUT_CONFIG, phase, CEILING)
    make_once()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Puts the long files first: processes that share the tests by file end together then."""
    items.sort(key=lambda item: "long" not in item.keywords)


def pytest_collection_finish() -> None:
    """What was imported stays: collecting it again and again takes a tenth of the time of the tests of an app, and so
    does looking for garbage after each 700 objects rather than as seldom as a server does."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 20)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Has whatever is measured done each time."""
    with each_time() if "alone" in item.keywords else nullcontext():
        return (yield)


@pytest.fixture(autouse=True)
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets requests wait for what was just published, however long a busy machine takes to read it."""
    monkeypatch.setattr(catalog_holder, "PATIENCE", CEILING)


@pytest.fixture(scope="module", autouse=True)
def rest() -> Iterator[None]:
    """Ends the threads of a module's apps. They end with their app, but an app that something still holds would poll,
    and work, beside all later tests: one without a thread polls when it is asked."""
    yield
    for thread in threading.enumerate():
        if thread.name == "careergraph":
            [stop] = vars(thread).get("_args", ()) or [threading.Event()]
            stop.set()


@pytest.fixture(scope="session")
def import_command() -> Iterator[tuple[str, ...]]:
    """The command that runs an import without starting Python anew."""
    with forking() as command:
        yield command


@pytest.fixture
def forked_imports(import_command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    """Has the processes of imports forked."""
    monkeypatch.setattr(worker_imports, "COMMAND", import_command)


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database, migrated and seeded. Copy it; do not write to it."""
    file = tmp_path_factory.mktemp("seeded") / "careergraph.db"
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)
    engine.dispose()
    return file


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server. Without one the test is skipped, or fails where CAREERGRAPH_NO_SKIP is 1."""
    with ExitStack() as stack:
        yield or_skip(stack, running())


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that a test may stop, and must leave running."""
    with ExitStack() as stack:
        yield or_skip(stack, private())


def or_skip(stack: ExitStack, server: AbstractContextManager[Server]) -> Server:
    """Starts a server for the time of `stack`; skips the test, or fails it, where there is none."""
    try:
        return stack.enter_context(server)
    except NoPostgres as reason:
        if os.environ.get("CAREERGRAPH_NO_SKIP") == "1":
            pytest.fail(f"no PostgreSQL: {reason}")
        pytest.skip(f"no PostgreSQL: {reason}")


@pytest.fixture(scope="session")
def seeded_postgres(postgres: Postgres) -> Iterator[str]:
    """The name of a PostgreSQL database, migrated and seeded, to make others from."""
    url = postgres.create()
    engine = connect(url)
    upgrade(engine)
    engine.dispose()
    yield str(url.database)
    postgres.drop(url)


@pytest.fixture
def sqlite_url(seeded_file: Path, tmp_path: Path) -> str:
    """A seeded SQLite database of the test's own."""
    file = tmp_path / "seeded.db"
    shutil.copyfile(seeded_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_url(postgres: Postgres, seeded_postgres: str) -> Iterator[str]:
    """A seeded PostgreSQL database of the test's own."""
    url = postgres.create(seeded_postgres)
    yield url.render_as_string(hide_password=False)
    postgres.drop(url)


@pytest.fixture
def empty_postgres_url(postgres: Postgres) -> Iterator[str]:
    """An empty PostgreSQL database of the test's own."""
    url = postgres.create()
    yield url.render_as_string(hide_password=False)
    postgres.drop(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A seeded database of the test's own, once on each kind of database."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A database that holds nothing, once on each kind of database; SQLite's file is not there yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'empty.db'}"
    url: str = request.getfixturevalue("empty_postgres_url")
    return url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """The engine of `database_url`."""
    database = connect(database_url)
    yield database
    database.dispose()


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    """The engine of `empty_url`."""
    database = connect(empty_url)
    yield database
    database.dispose()
