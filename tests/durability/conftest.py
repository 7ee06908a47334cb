"""Databases with the small catalog, and a nursery of processes."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from random import Random, SystemRandom

import pytest
from sqlalchemy import Engine

from careergraph.store.database.database import connect
from careergraph.store.migration.migrate import upgrade
from conftest import BOTH
from durability.children import Nursery, nursery
from durability.small import fill
from postgres import Cluster, Postgres


@pytest.fixture
def random() -> Random:
    """Chance: another one each time, or that of CAREERGRAPH_TEST_SEED. The seed is shown where a test fails."""
    seed = int(os.environ.get("CAREERGRAPH_TEST_SEED") or SystemRandom().randrange(1_000_000))
    print(f"CAREERGRAPH_TEST_SEED={seed}")
    return Random(seed)  # noqa: S311 - to be repeated, not to be a secret


@pytest.fixture(scope="session")
def children() -> Iterator[Nursery]:
    """Where processes to kill come from."""
    with nursery() as running:
        yield running


@pytest.fixture(scope="session")
def small_file(seeded_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the small catalog, to copy."""
    file = tmp_path_factory.mktemp("small") / "small.db"
    shutil.copyfile(seeded_file, file)
    _fill(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def small_postgres(postgres: Postgres, seeded_postgres: str) -> Iterator[str]:
    """The name of a PostgreSQL database with the small catalog, to make others from."""
    url = postgres.create(seeded_postgres)
    _fill(url.render_as_string(hide_password=False))
    yield str(url.database)
    postgres.drop(url)


@pytest.fixture
def small_sqlite_url(small_file: Path, tmp_path: Path) -> str:
    """An SQLite database of the test's own, with the small catalog."""
    file = tmp_path / "small.db"
    shutil.copyfile(small_file, file)
    return f"sqlite:///{file}"


@pytest.fixture
def small_postgres_url(postgres: Postgres, small_postgres: str) -> Iterator[str]:
    """A PostgreSQL database of the test's own, with the small catalog."""
    url = postgres.create(small_postgres)
    yield url.render_as_string(hide_password=False)
    postgres.drop(url)


@pytest.fixture(scope="session")
def small_cluster(cluster: Cluster) -> str:
    """The name of a database with the small catalog in a PostgreSQL server that may be stopped, to make others from."""
    url = cluster.postgres.create()
    engine = connect(url)
    upgrade(engine)
    fill(engine)
    engine.dispose()
    return str(url.database)


@pytest.fixture
def cluster_url(cluster: Cluster, small_cluster: str) -> Iterator[str]:
    """The small catalog in a PostgreSQL server that may be stopped."""
    url = cluster.postgres.create(small_cluster)
    yield url.render_as_string(hide_password=False)
    cluster.postgres.drop(url)


@pytest.fixture(params=BOTH)
def small_url(request: pytest.FixtureRequest) -> str:
    """A database of the test's own with the small catalog, once on each kind of database."""
    url: str = request.getfixturevalue("small_sqlite_url" if request.param == "sqlite" else "small_postgres_url")
    return url


@pytest.fixture
def small_engine(small_url: str) -> Iterator[Engine]:
    """The engine of `small_url`."""
    database = connect(small_url)
    yield database
    database.dispose()


def _fill(url: str) -> None:
    engine = connect(url)
    fill(engine)
    engine.dispose()
