"""Background threads: what a server loads when its first responses are out."""

import subprocess
import sys
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine
from starlette.testclient import TestClient

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.store.database.database import transaction
from careergraph.web.app import CareerGraph
from careergraph.web.catalogs import background
from careergraph.web.catalogs.background import Background, LoadedLater, expects_editors
from careergraph.web.core.config import Config


def test_what_editors_need_is_loaded_without_a_request_where_there_are_some(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "HEAD_START", 0)
    loaded = Event()
    threads = Background(LoadedLater(loaded.set, lambda: True).run)
    threads.start()
    assert loaded.wait(10)
    threads.stop()


def test_a_server_that_stops_at_once_loads_nothing_more() -> None:
    loaded, stop = Event(), Event()
    stop.set()
    LoadedLater(loaded.set, lambda: True).run(stop)
    assert not loaded.is_set()


def test_where_nobody_edits_it_is_loaded_once_somebody_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "HEAD_START", 0)
    loaded, times = Event(), list[int]()

    def load() -> None:
        times.append(1)
        loaded.set()

    later = LoadedLater(load, lambda: False)
    later.run(Event())
    assert not loaded.is_set()
    later.come()
    later.come()
    assert loaded.wait(10)
    assert times == [1]


def test_editors_are_expected_where_there_is_a_token_or_another_way_in(engine: Engine) -> None:
    url = engine.url.render_as_string(hide_password=False)
    config = Config.of(database_url=url)
    assert not expects_editors(config)
    assert expects_editors(config.replace(authorize=lambda _: None))
    with transaction(engine) as session:
        create_token(session, Actor(name="operator", role=Role.ADMIN), "a program", Role.EDITOR)
    assert expects_editors(config)


@pytest.mark.parametrize(("path", "times"), [("/graphiql", 1), ("/healthz", 0)])
def test_a_page_from_which_people_go_on_begins_to_load_it(engine: Engine, path: str, times: int) -> None:
    come = list[int]()
    careergraph = CareerGraph(Config.of(database_url=engine.url.render_as_string(hide_password=False), work=False))
    careergraph._later = LoadedLater(lambda: come.append(1), lambda: False)
    with TestClient(careergraph.asgi()) as client:
        assert client.get(path).status_code == 200
    assert len(come) == times


def test_a_database_that_is_not_there_has_no_editors(tmp_path: Path) -> None:
    assert not expects_editors(Config.of(database_url=f"sqlite:///{tmp_path / 'none.db'}"))


def test_a_worker_loads_no_importers_and_the_store_no_other_database() -> None:
    """Each would take 2 MB of every server over SQLite; an import runs in a process of its own."""
    program = """
import sys
from careergraph.web import parts
from careergraph.web.catalogs.background import WORKER
from careergraph.web.core.loading import load

parts.load_store(lambda: None)
print(load(WORKER).Worker.__name__)
print(*sorted({"careergraph.editorial.importers.sources", "sqlalchemy.dialects.postgresql"} & sys.modules.keys()))
"""
    command = [sys.executable, "-c", program]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.split() == ["Worker"]
