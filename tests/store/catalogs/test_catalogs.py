"""Catalogs: handed over when something was published, kept when the database is lost, of the past."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Event, Thread

import msgspec
import pytest
from sqlalchemy import Engine, text

from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.store.backup.archive import backup
from careergraph.store.backup.restore import restore
from careergraph.store.catalogs import catalogs as module
from careergraph.store.catalogs import other_version
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalogs import MOST_PAST, Catalogs
from careergraph.store.catalogs.past import newest
from careergraph.store.catalogs.update import update_catalog
from careergraph.store.database.database import DatabaseProblem, connect, reading, transaction
from careergraph.store.documents.documents import CareerDocument, Document
from careergraph.store.documents.rows import read
from careergraph.store.editing.publish import publish
from truth.seeded import catalog, documents
from waiting import CEILING


def content(built: Catalog) -> tuple[object, ...]:
    """A catalog but for its locales, whose templates equal only themselves."""
    shelves = (built.attributes, built.sources, built.categories, built.skills, built.careers, built.collections)
    return built.version, built.published_at, *shelves, built.locales.keys()


def change(engine: Engine, title: str) -> datetime:
    """Publishes a change, and answers when."""
    career = next(it for it in documents() if it.TYPE == "career")
    with transaction(engine) as session:
        publish(session, [msgspec.structs.replace(career, title={"en": title})], "editor", "")
        info = newest(session)
    assert info is not None
    return info.published_at


CHANGED = next(it.ident for it in documents() if it.TYPE == "career")


@pytest.fixture
def other(database_url: str) -> Iterator[Engine]:
    """Another engine of the same database, as another process has."""
    second = connect(database_url)
    yield second
    second.dispose()


def test_the_live_catalog_is_that_of_the_documents(engine: Engine) -> None:
    current = Catalogs(engine).current()
    with reading(engine) as session:
        info = newest(session)
    assert info is not None
    assert content(current) == content(build_catalog(documents(), 1, info.published_at))
    assert current.careers.keys() == catalog().careers.keys()


def test_a_publish_elsewhere_is_handed_over(engine: Engine, other: Engine) -> None:
    catalogs = Catalogs(engine)
    first = catalogs.current()
    assert catalogs.current() is first
    instant = change(other, "Changed")
    second = catalogs.current()
    assert (second.version, second.careers[CHANGED].title["en"]) == (2, "Changed")
    assert second.careers[CHANGED].published_at == instant == second.published_at
    untouched = next(it for it in second.careers.values() if it.slug != CHANGED)
    assert untouched.published_at == first.published_at
    assert first.careers[CHANGED].title["en"] != "Changed"


def test_others_keep_the_old_one_while_one_loads(
    engine: Engine, other: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogs = Catalogs(engine)
    first = catalogs.current()
    change(other, "Changed")
    loading, go_on = Event(), Event()

    def slow(*args: object) -> object:
        loading.set()
        assert go_on.wait(CEILING)
        return update_catalog(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(other_version, "update_catalog", slow)
    loader = Thread(target=catalogs.current)
    loader.start()
    assert loading.wait(CEILING)
    assert catalogs.current() is first
    go_on.set()
    loader.join(30)
    assert catalogs.current().version == 2


def test_threads_that_find_no_catalog_wait_for_one(engine: Engine) -> None:
    catalogs, received = Catalogs(engine), []
    threads = [Thread(target=lambda: received.append(catalogs.current())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(received) == 8
    assert len({id(it) for it in received}) == 1


def test_a_lost_database_leaves_the_last_catalog(sqlite_url: str, tmp_path: Path) -> None:
    engine = connect(sqlite_url)
    file = Path(str(engine.url.database))
    catalogs = Catalogs(engine)
    first = catalogs.current()
    assert catalogs.problem is None
    file.rename(tmp_path / "elsewhere.db")
    assert catalogs.current() is first
    assert catalogs.problem is not None
    assert "there is no database" in str(catalogs.problem)
    assert not file.exists()
    (tmp_path / "elsewhere.db").rename(file)
    assert catalogs.current() is first
    assert catalogs.problem is None
    engine.dispose()


def test_a_lost_server_leaves_the_last_catalog(postgres_url: str) -> None:
    engine = connect(postgres_url)
    catalogs = Catalogs(engine)
    first = catalogs.current()
    name = engine.url.database
    admin = connect(engine.url.set(database="postgres")).execution_options(isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"))
    assert catalogs.current() is first
    assert catalogs.problem is not None
    with admin.connect() as connection:
        connection.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    assert catalogs.current() is first
    assert catalogs.problem is None
    admin.dispose()
    engine.dispose()


def test_a_file_put_in_the_place_of_another_is_noticed(sqlite_url: str, tmp_path: Path) -> None:
    engine = connect(sqlite_url)
    file = Path(str(engine.url.database))
    copy = tmp_path / "copy.db"
    shutil.copyfile(file, copy)
    catalogs = Catalogs(engine)
    catalogs.current()
    second = connect(f"sqlite:///{copy}")
    change(second, "In the copy")
    second.dispose()
    copy.replace(file)
    for leftover in ("-wal", "-shm"):
        Path(f"{file}{leftover}").unlink(missing_ok=True)
    assert catalogs.current().careers[CHANGED].title["en"] == "In the copy"
    engine.dispose()


def test_without_a_database_there_is_no_catalog(empty_engine: Engine) -> None:
    with pytest.raises(DatabaseProblem, match="`careergraph upgrade`"):
        Catalogs(empty_engine).current()


def test_content_that_makes_no_catalog_leaves_the_last(engine: Engine, other: Engine) -> None:
    catalogs = Catalogs(engine)
    first = catalogs.current()
    with transaction(other) as session:
        (career,) = read(session, [("career", CHANGED)])
        assert isinstance(career, CareerDocument)
        values = [msgspec.structs.replace(it, level=it.level and "nonsense") for it in career.values]
        publish(session, [msgspec.structs.replace(career, values=values)], "editor", "")
    assert catalogs.current() is first
    assert "content that makes no catalog" in str(catalogs.problem)
    with pytest.raises(DatabaseProblem, match="content that makes no catalog"):
        Catalogs(engine).current()


def test_as_of(engine: Engine, other: Engine) -> None:
    catalogs = Catalogs(engine)
    first = catalogs.current()
    second_at = change(other, "Second")
    with transaction(other) as session:
        collections = [it for it in documents() if it.TYPE == "collection"]
        publish(session, [], "editor", "", removed=[(it.TYPE, it.ident) for it in collections])
    third = catalogs.current()
    assert third.version == 3
    assert catalogs.as_of(third.published_at) is third
    second = catalogs.as_of(second_at)
    assert (second.version, second.careers[CHANGED].title["en"], len(second.collections)) == (2, "Second", 16)
    assert catalogs.as_of(third.published_at - timedelta(microseconds=1)) is second
    assert content(catalogs.as_of(first.published_at)) == content(first)
    assert third.collections == {}


def test_a_version_is_found_by_its_number(engine: Engine, other: Engine) -> None:
    catalogs = Catalogs(engine)
    first = catalogs.current()
    change(other, "Second")
    second = catalogs.current()
    assert catalogs.at_version(2) is second
    assert content(catalogs.at_version(1)) == content(first)
    for version in (0, 3, -1, 2**31 - 1, 10**30):
        with pytest.raises(CodedError) as refused:
            catalogs.at_version(version)
        assert refused.value.code is Code.BAD_VERSION


def test_as_of_is_asked_in_any_time_zone(engine: Engine) -> None:
    catalogs = Catalogs(engine)
    first = catalogs.current()
    for hours in (-12, 0, 14):
        local = first.published_at.astimezone(timezone(timedelta(hours=hours)))
        assert catalogs.as_of(local) is first


@pytest.mark.parametrize(
    "instant",
    [
        datetime(2001, 1, 1, tzinfo=UTC),
        datetime.min.replace(tzinfo=UTC),
        datetime.now(UTC) + timedelta(days=1),
        datetime.max.replace(tzinfo=UTC),
        datetime(2026, 1, 1),  # noqa: DTZ001 - the point of it
    ],
)
def test_a_bad_date_is_refused(engine: Engine, instant: datetime) -> None:
    with pytest.raises(CodedError) as refused:
        Catalogs(engine).as_of(instant)
    assert refused.value.code is Code.BAD_DATE


def test_few_catalogs_of_the_past_are_kept(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    instants = [change(engine, f"Title {number}") for number in range(MOST_PAST + 2)]
    built: list[int] = []

    def counting(live_documents: tuple[Document, ...], version: int, *rest: object) -> object:
        built.append(version)
        return build_catalog(live_documents, version, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "build_catalog", counting)
    catalogs = Catalogs(engine)
    for instant in [*instants, *instants[-MOST_PAST:], instants[0]]:
        catalogs.as_of(instant)
    assert built == [2, 3, 4, 5, 6, 7, 2]


def test_a_restored_database_is_noticed_though_its_version_is_the_same(
    engine: Engine, other: Engine, tmp_path: Path
) -> None:
    backup(other, tmp_path / "archive")
    change(other, "Changed")
    catalogs = Catalogs(engine)
    assert catalogs.current().version == 2
    restore(other, tmp_path / "archive", replace=True, moved=True)
    assert catalogs.current().version == 1
    instant = change(other, "Changed again")
    assert catalogs.current().published_at == instant
    assert catalogs.current().careers[CHANGED].title["en"] == "Changed again"
