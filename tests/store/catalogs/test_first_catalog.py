"""The first catalog of a server: what the driver alone reads is what SQLAlchemy reads."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine

from careergraph.engine.content import Catalog
from careergraph.store.catalogs import catalogs, first_catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.first_catalog import is_current, is_live, read_first
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.database.names import TABLES
from careergraph.store.documents.documents import DOCUMENTS, CareerDocument, Document
from careergraph.store.documents.rows import read_all
from careergraph.store.documents.rows.read import READERS
from careergraph.store.editing.publish import publish
from careergraph.store.migration.schema import METADATA
from careergraph.web.catalogs.catalog_source import StoredCatalogs


@pytest.fixture(name="engine")
def engine_of(sqlite_url: str) -> Engine:
    return connect(sqlite_url)


def test_the_tables_are_named_without_their_definitions() -> None:
    assert METADATA.tables.keys() == TABLES


def test_documents_are_read_in_the_order_of_what_they_refer_to() -> None:
    assert [kind.TYPE for kind in DOCUMENTS] == list(READERS)


def test_it_is_built_of_what_sqlalchemy_reads(sqlite_url: str, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also after a title changed, and after neighbours were worked out."""
    built: list[tuple[Any, ...]] = []

    def build(documents: Iterator[Document], *others: Any) -> Catalog:
        every = list(documents)
        built.append((every, *others[:4]))
        return build_catalog(iter(every), *others)

    for module in (first_catalog, catalogs):
        monkeypatch.setattr(module, "build_catalog", build)
    for change in (None, _retitle, renew):
        if change is not None:
            change(engine)
        built.clear()
        first, later = read_first(sqlite_url), Catalogs(engine).current()
        assert first is not None
        assert built[0] == built[1]
        assert (first.catalog.rarity, first.catalog.neighbourhoods) == (later.rarity, later.neighbourhoods)
        assert (change is renew) == (first.rows is not None)
        assert is_live(sqlite_url, first.info)


def _retitle(engine: Engine) -> None:
    with transaction(engine) as session:
        career = next(it for it in read_all(session) if isinstance(it, CareerDocument))
        publish(session, [msgspec.structs.replace(career, title={"en": "Another title"})], "ann", "")


def test_the_store_goes_on_from_it(sqlite_url: str, engine: Engine) -> None:
    """A version that is published after the start shares its content with the first catalog."""
    stored = StoredCatalogs(sqlite_url)
    first = stored.current()
    assert stored.current() is first
    _retitle(engine)
    after = stored.current()
    assert after.version == first.version + 1
    same = [slug for slug, career in after.careers.items() if career is first.careers.get(slug)]
    assert len(same) == len(after.careers) - 1
    assert stored.at_version(first.version).version == first.version
    stored.close()


@pytest.mark.parametrize("statement", ["DROP TABLE careergraph_session", "DELETE FROM careergraph_alembic_version"])
def test_other_tables_are_left_to_sqlalchemy(sqlite_url: str, statement: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)
    assert not is_current(sqlite_url)
    assert read_first(sqlite_url) is None


def test_content_that_makes_no_catalog_is_left_to_sqlalchemy(sqlite_url: str) -> None:
    with sqlite3.connect(sqlite_url.removeprefix("sqlite:///")) as connection:
        connection.execute("UPDATE careergraph_revision SET body = '{}'")
    assert is_current(sqlite_url)
    assert read_first(sqlite_url) is None


def test_no_file_is_made(tmp_path: Path) -> None:
    file = tmp_path / "missing.db"
    assert read_first(f"sqlite:///{file}") is None
    assert not is_current(f"sqlite:///{file}")
    assert not file.exists()
    assert read_first("postgresql://nobody@nowhere/none") is None


def test_a_server_answers_without_what_its_first_response_has_no_use_for(sqlite_url: str) -> None:
    """SQLAlchemy, Alembic, the editors' side and the admin take longer to load than all else."""
    program = """
import sys
from careergraph.cli import serve
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config

config = Config(database_url=sys.argv[1]).replace(pages=True, admin_path="/admin", rest_path="/api")
careergraph = CareerGraph(config)
catalog = careergraph.catalog_holder.load()
assert careergraph.admin.first_address("http://localhost")
late = {"sqlalchemy", "alembic", "careergraph.web.admin.site", "careergraph.api.schema", "careergraph.store.tables"}
print(len(catalog.careers), *sorted(late & sys.modules.keys()))
"""
    command = [sys.executable, "-c", program, sqlite_url]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    with reading(connect(sqlite_url)) as session:
        careers = [it for it in read_all(session) if isinstance(it, CareerDocument)]
    assert output.split() == [str(len(careers))]
