"""Migrations: up, down, up, on either database, empty, populated and edited, alone and beside others."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time
from typing import Any

import msgspec
import pytest
from alembic import command
from pytest_alembic import MigrationContext, create_alembic_fixture, tests
from sqlalchemy import JSON, Connection, DateTime, Engine, column, func, insert, inspect, select, table, text
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateColumn

from careergraph.engine.comparison.compare import compare
from careergraph.engine.content.outcome import Outcome
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.past import add_version, documents_at
from careergraph.store.database import database, revisions
from careergraph.store.database.database import WRITES, connect, file_of, reading, transaction
from careergraph.store.database.names import TABLE_PREFIX, VERSION_TABLE, include_name
from careergraph.store.database.problem import LockedDatabase
from careergraph.store.documents.documents import (
    CareerDocument,
    CollectionDocument,
    Document,
    LocaleDocument,
    SkillDocument,
    ValuePart,
)
from careergraph.store.documents.rows import write
from careergraph.store.documents.rows.ids import Ids
from careergraph.store.documents.rows.read import READERS
from careergraph.store.editing.publish import publish
from careergraph.store.migration import migrate, schema
from careergraph.store.migration.schema import METADATA, Status
from careergraph.store.tables import content, editing
from careergraph.store.tables.table import Table
from conftest import BOTH
from postgres import Postgres
from truth.seeded import documents
from waiting import CEILING

pytestmark = pytest.mark.long

Key = tuple[str, str]
ROOT = Path(__file__).parents[3]
HEAD = schema.revisions()[-1]


def live(engine: Engine) -> dict[Key, Document]:
    """The live documents, read by the present code at any revision of the database. Tables and columns of later
    revisions exist only for the reading."""
    with Session(engine.execution_options(**WRITES)) as session:
        _catch_up(session.connection())
        ids = Ids(session)
        live_documents = [document for reader in READERS.values() for document in reader(session, ids, None)]
        session.rollback()
    return {(document.TYPE, document.ident): document for document in live_documents}


def _catch_up(connection: Connection) -> list[str]:
    """Add the tables and columns of content that the models have, and the database has not; answer with what undoes
    it."""
    undo = []
    inspector, kind = inspect(connection), connection.dialect
    tables = set(inspector.get_table_names())
    for model in [it for it in schema.METADATA.sorted_tables if it.name in CONTENT]:
        if model.name not in tables:
            model.create(connection)
            undo.append(f"DROP TABLE {model.name}")
            continue
        columns = {it["name"] for it in inspector.get_columns(model.name)}
        for cells in model.columns:
            if cells.name not in columns:
                written = CreateColumn(cells).compile(dialect=kind)
                connection.execute(text(f"ALTER TABLE {model.name} ADD COLUMN {written}"))
                undo.append(f"ALTER TABLE {model.name} DROP COLUMN {cells.name}")
    return undo


CONTENT = {it.__tablename__ for it in Table.__subclasses__() if it.__module__ == content.__name__}
CONTENT.add(editing.PairRow.__tablename__)
"""The tables of what is live."""


def publish_before(engine: Engine, document: Document) -> None:
    """Publish a document as it was done at a revision of the database before 0021."""
    with transaction(engine) as session:
        undo = _catch_up(session.connection())
        version = add_version(session, "").version
        write(session, [document])
        revise(session, (document.TYPE, document.ident), msgspec.to_builtins(document), version=version)
        session.flush()
        if engine.dialect.name == "postgresql":  # it alters no table that a deferred check waits for
            session.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
        for statement in reversed(undo):
            session.execute(text(statement))


REVISION = table(
    f"{TABLE_PREFIX}revision",
    *[column(it) for it in ("document_type", "slug", "author", "note", "number", "version")],
    column("body", JSON(none_as_null=True)),
    column("created_at", DateTime(timezone=True)),
)


def revise(session: Session, key: Key, body: Any, *, version: int | None = None) -> int:
    """Add a revision to the table as it was before 0021. Return its number."""
    same = REVISION.c.document_type == key[0], REVISION.c.slug == key[1]
    number = int(session.scalar(select(func.max(REVISION.c.number)).where(*same)) or 0) + 1
    cells = {"document_type": key[0], "slug": key[1], "number": number, "body": body, "version": version}
    session.execute(insert(REVISION), [{**cells, "author": "editor", "note": "", "created_at": datetime.now(UTC)}])
    return number


def history(engine: Engine) -> list[tuple[str, str, int, str, int | None]]:
    with reading(engine) as session:
        query = "SELECT document_type, slug, number, author, version FROM careergraph_revision ORDER BY 1, 2, 3"
        return [tuple(row) for row in session.execute(text(query))]


SEEDED = {(document.TYPE, document.ident): document for document in documents()}
ROUTING = ("career", "ai-model-routing-engineer")


@pytest.fixture
def alembic_engine(empty_engine: Engine) -> Engine:
    """What pytest-alembic works on."""
    if (file := file_of(empty_engine)) is not None:
        file.touch()
    return empty_engine


alembic_runner = create_alembic_fixture({"script_location": str(schema.script_location())})


def test_there_is_one_head(alembic_runner: MigrationContext) -> None:
    tests.test_single_head_revision(alembic_runner)
    assert alembic_runner.heads == [schema.revisions()[-1]]
    assert list(schema.revisions()) == [it for it in alembic_runner.history.revisions if it not in ("base", "heads")]


def test_each_migration_goes_up_and_down(alembic_runner: MigrationContext) -> None:
    tests.test_upgrade(alembic_runner)
    tests.test_up_down_consistency(alembic_runner)


def test_the_tables_are_those_of_the_models(alembic_runner: MigrationContext) -> None:
    tests.test_model_definitions_match_ddl(alembic_runner)


def test_the_conditions_of_indexes_are_those_of_the_models(engine: Engine) -> None:
    """Neither Alembic nor an index of the models compares them: see `partial_index`."""
    migrated = {
        index["name"]: re.sub(r"[()]", "", str(where))
        for name in inspect(engine).get_table_names()
        for index in inspect(engine).get_indexes(name)
        if (where := index.get("dialect_options", {}).get(f"{engine.dialect.name}_where")) is not None
    }
    indexes = [index for table in METADATA.tables.values() for index in table.indexes]
    assert migrated == {index.name: index.info["where"] for index in indexes if "where" in index.info}
    assert len(migrated) > 1


def test_check_is_clean_beside_the_tables_of_a_host(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE host_users (id INTEGER PRIMARY KEY)"))
    command.check(migrate.alembic_config(engine))


def test_up_down_up(empty_engine: Engine) -> None:
    assert migrate.upgrade(empty_engine)
    first = live(empty_engine), history(empty_engine)
    assert first[0] == SEEDED
    assert {entry[2:] for entry in first[1]} == {(1, "seed:0001", 1), (1, "seed:0002", 1)}
    assert len(first[1]) == len(SEEDED)
    migrate.downgrade(empty_engine, "base")
    assert [it for it in inspect(empty_engine).get_table_names() if it.startswith(TABLE_PREFIX)] == [VERSION_TABLE]
    assert migrate.upgrade(empty_engine)
    assert (live(empty_engine), history(empty_engine)) == first


def test_taking_an_untouched_seed_back_leaves_nothing(engine: Engine) -> None:
    migrate.downgrade(engine, "0001")
    assert (live(engine), history(engine)) == ({}, [])
    migrate.upgrade(engine)
    assert (live(engine), {entry[4] for entry in history(engine)}) == (SEEDED, {1})


@dataclass
class Trip:
    """A seeded database in which a version edited a career and a skill and removed another career, taken down to before
    the seed and up again: what was live each time."""

    engine: Engine
    edited: CareerDocument
    before: dict[Key, Document]
    without_seed: dict[Key, Document]
    after: dict[Key, Document]


GONE = ("career", "plumber")
SEEDED_CAREERS = {slug for kind, slug in SEEDED if kind == "career"} - {GONE[1]}


@pytest.fixture(scope="module", params=BOTH)
def trip(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trip]:
    """One for all tests that only look, on each kind of database: the ways down and up are most of their time."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            file = tmp_path_factory.mktemp("trip") / "trip.db"
            shutil.copyfile(request.getfixturevalue("seeded_file"), file)
            engine = connect(f"sqlite:///{file}")
        else:
            postgres: Postgres = request.getfixturevalue("postgres")
            url = postgres.create(request.getfixturevalue("seeded_postgres"))
            stack.callback(postgres.drop, url)
            engine = connect(url.render_as_string(hide_password=False))
        stack.callback(engine.dispose)
        yield travel(engine)


def travel(engine: Engine) -> Trip:
    """Edit and remove in one version, and go down and up."""
    career = SEEDED[ROUTING]
    assert isinstance(career, CareerDocument)
    edited = msgspec.structs.replace(career, title={"en": "Edited"}, values=career.values[:1])
    needing = [it for it in SEEDED.values() if isinstance(it, CollectionDocument) and GONE[1] in it.careers]
    kept = [msgspec.structs.replace(it, careers=[slug for slug in it.careers if slug != GONE[1]]) for it in needing]
    skill = SkillDocument(slug="embeddings", name={"en": "Edited"})
    with transaction(engine) as session:
        publish(session, [edited, skill, *kept], "editor", "a better title, and no plumbers", removed=[GONE])
    before = live(engine)
    migrate.downgrade(engine, "0001")
    without_seed = live(engine)
    migrate.upgrade(engine)
    return Trip(engine, edited, before, without_seed, live(engine))


def test_an_edited_career_outlives_the_seed_with_what_it_needs(trip: Trip) -> None:
    left, career = trip.without_seed, SEEDED[ROUTING]
    assert isinstance(career, CareerDocument)
    assert left[ROUTING] == trip.edited
    assert ("attribute", career.values[0].attribute) in left
    assert ("attribute", career.values[1].attribute) not in left
    assert ("category", career.category) in left
    collected = {slug for it in left.values() if isinstance(it, CollectionDocument) for slug in it.careers}
    assert {slug for kind, slug in left if kind == "career"} == {ROUTING[1], *collected} < SEEDED_CAREERS
    assert trip.after[ROUTING] == trip.edited


def test_what_an_editor_removed_does_not_come_back(trip: Trip) -> None:
    assert GONE not in trip.before
    assert trip.after == trip.before


def test_history_stays_whole_through_down_and_up(trip: Trip) -> None:
    with reading(trip.engine) as session:
        at = {version: documents_at(session, version) for version in range(1, 23)}
    assert {(it.TYPE, it.ident): it for it in at[1]} == SEEDED
    assert {(it.TYPE, it.ident): it for it in at[2]} == trip.before
    assert {(it.TYPE, it.ident): it for it in at[22]} == trip.after
    assert len(at[12]) < len(at[2]) == len(SEEDED) - 1
    for version, past_documents in at.items():
        build_catalog(past_documents, version, datetime.now(UTC))


def test_a_row_edited_by_hand_outlives_the_seed(engine: Engine) -> None:
    with transaction(engine) as session:
        session.execute(text("""UPDATE careergraph_skill SET name = '{"en": "By hand"}' WHERE slug = 'embeddings'"""))
        migrated = {"attribute": "learning-curve"}
        query = """UPDATE careergraph_value SET number = 77 WHERE attribute_id =
            (SELECT id FROM careergraph_attribute WHERE key = :attribute) AND career_id =
            (SELECT id FROM careergraph_career WHERE slug = 'ai-model-routing-engineer')"""
        session.execute(text(query), migrated)
    before = live(engine)
    migrate.downgrade(engine, "0001")
    left = live(engine)
    assert (left["skill", "embeddings"], left[ROUTING]) == (before["skill", "embeddings"], before[ROUTING])
    migrate.upgrade(engine)
    assert live(engine) == before


def test_the_seed_runs_twice_without_a_trace(engine: Engine) -> None:
    edited = SkillDocument(slug="embeddings", name={"en": "Edited"})
    with transaction(engine) as session:
        publish(session, [edited], "editor", "")
    migrate.downgrade(engine, "0002")
    before = live(engine), history(engine)
    command.stamp(migrate.alembic_config(engine), "0001")
    command.upgrade(migrate.alembic_config(engine), "0008")
    assert (live(engine), history(engine)) == before
    migrate.upgrade(engine)
    assert live(engine) == SEEDED | {("skill", "embeddings"): edited}


def figures(document: Document) -> dict[str, ValuePart]:
    assert isinstance(document, CareerDocument)
    return {it.attribute: it for it in document.values}


def test_what_is_said_of_figures_later_leaves_an_edited_figure_alone(empty_engine: Engine) -> None:
    """An editor's own pay stays as it is; the education beside it, which nobody changed, gets its share."""
    command.upgrade(migrate.alembic_config(empty_engine), "0009")
    key = ("career", "actuary")
    before = live(empty_engine)[key]
    assert isinstance(before, CareerDocument)
    pay, schooling = (figures(before)[it] for it in ("salary", "education"))
    assert (pay.low_percentile, schooling.share, schooling.interval) == (None, None, None)
    own = msgspec.structs.replace(pay, low=1.0)
    values = [own if it == pay else it for it in before.values]
    publish_before(empty_engine, msgspec.structs.replace(before, values=values))
    assert migrate.upgrade(empty_engine)
    after = figures(live(empty_engine)[key])
    assert after["salary"] == own
    assert after["education"] == figures(SEEDED[key])["education"]
    others = live(empty_engine)
    assert {it: others[it] for it in others if it != key} == {it: SEEDED[it] for it in SEEDED if it != key}
    command.downgrade(migrate.alembic_config(empty_engine), "0009")
    assert live(empty_engine)[key] == msgspec.structs.replace(before, values=values)


LOCALE = ("locale", "de")


def test_words_that_come_later_are_a_version_of_their_own(empty_engine: Engine) -> None:
    """Whoever has read version 1 must see that it is another catalog now."""
    command.upgrade(migrate.alembic_config(empty_engine), "0008")
    before = live(empty_engine)
    assert before[LOCALE] != SEEDED[LOCALE]
    assert migrate.upgrade(empty_engine)
    assert live(empty_engine) == SEEDED
    seeds = {(f"seed:{folder.name}", int(folder.name)) for folder in (ROOT / "seed").iterdir()}
    assert {entry[3:] for entry in history(empty_engine)} == seeds
    command.downgrade(migrate.alembic_config(empty_engine), "0008")
    assert live(empty_engine) == before
    migrate.downgrade(empty_engine, "0001")
    assert (live(empty_engine), history(empty_engine)) == ({}, [])


def test_words_that_an_editor_chose_stay(empty_engine: Engine) -> None:
    command.upgrade(migrate.alembic_config(empty_engine), "0008")
    german = live(empty_engine)[LOCALE]
    assert isinstance(german, LocaleDocument)
    own = {**german.phrases, "tie": "{label}: Gleichstand bei {value}.", "label.own": "Eigenes"}
    del own["leader"]
    publish_before(empty_engine, msgspec.structs.replace(german, phrases=own))
    migrate.upgrade(empty_engine)
    left, seeded = live(empty_engine)[LOCALE], SEEDED[LOCALE]
    assert isinstance(left, LocaleDocument)
    assert isinstance(seeded, LocaleDocument)
    kept = {name: text for name, text in seeded.phrases.items() if name != "leader"}
    assert left.phrases == kept | {name: own[name] for name in ("tie", "label.own")}
    command.downgrade(migrate.alembic_config(empty_engine), "0008")
    back = live(empty_engine)[LOCALE]
    assert isinstance(back, LocaleDocument)
    assert back.phrases == own


@pytest.fixture
def second_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    new_seed(tmp_path, monkeypatch)
    yield
    monkeypatch.undo()


def new_seed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the migrations and the seed have a second one, made of the files that alembic/README.md shows."""
    project = tmp_path / "project"
    for name in ("alembic", "seed"):
        shutil.copytree(ROOT / name, project / name)
    readme = (ROOT / "alembic/README.md").read_text(encoding="utf-8")
    files = re.findall(r"^`((?:seed|alembic)/[^`]+)`\n\n```\w+\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)
    assert len(files) == 4
    for path, shown_content in files:
        content = re.sub(r'^revision = "\d+"', 'revision = "9999"', shown_content, count=1, flags=re.MULTILINE)
        content = re.sub(r'^down_revision = "\d+"', f'down_revision = "{HEAD}"', content, flags=re.MULTILINE)
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(content, encoding="utf-8")
    for module in (revisions, schema, migrate):
        monkeypatch.setattr(module, "script_location", lambda: project / "alembic")


NURSE = ("career", "registered-nurse")
SCIENTIST = ("career", "data-scientist")


@pytest.mark.usefixtures("second_seed")
def test_an_attribute_is_added_by_files_alone(engine: Engine) -> None:
    assert schema.status(engine) is Status.BEHIND
    assert migrate.upgrade(engine)
    catalog = Catalogs(engine).current()
    assert catalog.version == 2
    glance = compare(catalog, NURSE[1], SCIENTIST[1]).glance
    row = glance.row("burnout-risk")
    assert row is not None
    assert (row.a and row.a.display(catalog.locales["en"]), row.outcome) == ("47 %", Outcome.B)
    assert live(engine).keys() - SEEDED.keys() == {("attribute", "burnout-risk"), ("source", "burnout-survey")}


@pytest.mark.usefixtures("second_seed")
def test_a_second_seed_adds_to_an_edited_career_and_is_taken_back(engine: Engine) -> None:
    nurse = SEEDED[NURSE]
    assert isinstance(nurse, CareerDocument)
    edited = msgspec.structs.replace(nurse, title={"en": "Edited"})
    with transaction(engine) as session:
        publish(session, [edited], "editor", "")
    migrate.upgrade(engine)
    career = live(engine)[NURSE]
    assert isinstance(career, CareerDocument)
    assert (career.title, career.values[:-1], career.values[-1].value) == (edited.title, edited.values, 47)
    migrate.downgrade(engine, HEAD)
    assert live(engine) == SEEDED | {NURSE: edited}
    migrate.upgrade(engine)
    assert live(engine)[NURSE] == career
    migrate.downgrade(engine, "0001")
    assert [key for key in live(engine) if key[0] == "career"] == [NURSE]


@pytest.mark.usefixtures("second_seed")
def test_an_edit_on_top_of_a_second_seed_stays(engine: Engine) -> None:
    migrate.upgrade(engine)
    nurse = live(engine)[NURSE]
    assert isinstance(nurse, CareerDocument)
    edited = msgspec.structs.replace(nurse, title={"en": "Edited"})
    with transaction(engine) as session:
        publish(session, [edited], "editor", "")
    migrate.downgrade(engine, HEAD)
    left = live(engine)
    assert left[NURSE] == edited
    assert ("attribute", "burnout-risk") in left
    assert left[SCIENTIST] == SEEDED[SCIENTIST]


@pytest.mark.usefixtures("second_seed")
def test_two_untouched_seeds_taken_back_leave_nothing(engine: Engine) -> None:
    migrate.upgrade(engine)
    migrate.downgrade(engine, "0001")
    assert (live(engine), history(engine)) == ({}, [])


def test_a_host_does_not_see_our_tables(engine: Engine) -> None:
    tables = inspect(engine).get_table_names()
    assert len(tables) > 15
    assert [name for name in tables if include_name(name, "table", {"schema_name": None})] == []
    assert include_name("users", "table", {"schema_name": None})
    assert include_name(None, "schema", {})


def test_a_new_file_may_be_read_by_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    engine = connect(f"sqlite:///{file}")
    migrate.upgrade(engine, seed=False)
    with transaction(engine) as session:
        session.execute(text("UPDATE careergraph_locale SET name = name"))
        modes = [it.stat().st_mode & 0o777 for it in sorted(tmp_path.iterdir())]
    engine.dispose()
    assert modes == [0o600] * 3, "the file and both of its journals"


def test_several_upgrade_at_once(empty_url: str) -> None:
    script = (
        "import sys; from careergraph.store.database import database; from careergraph.store.migration import migrate;"
        "migrate.upgrade(database.connect(sys.argv[1]))"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    running = [
        subprocess.Popen([sys.executable, "-c", script, empty_url], env=environment, stderr=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    errors = [process.communicate(timeout=3 * CEILING)[1] for process in running]
    assert ([process.returncode for process in running], errors) == ([0, 0, 0], ["", "", ""])
    engine = connect(empty_url)
    assert (live(engine), {entry[4] for entry in history(engine)}) == (SEEDED, {1})
    engine.dispose()


def test_an_upgrade_waits_for_one_that_takes_longer_than_writers_wait(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "WAIT_SECONDS", 1)
    engine = connect(empty_url)
    if (file := file_of(engine)) is not None:
        file.touch()
    with engine.execution_options(**WRITES).connect() as other, ThreadPoolExecutor(1) as pool:
        other.begin()
        with monkeypatch.context() as context, pytest.raises(LockedDatabase, match="is locked by another process"):
            context.setattr(migrate, "UPGRADE_SECONDS", 0)
            migrate.upgrade(engine)
        upgrade = pool.submit(migrate.upgrade, engine)
        with pytest.raises(TimeoutError):
            upgrade.result(1.5)
        other.rollback()
        assert upgrade.result(CEILING)
    engine.dispose()


def test_a_failed_upgrade_leaves_nothing(empty_engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path / "project"
    shutil.copytree(ROOT / "alembic", project / "alembic")
    shutil.copytree(ROOT / "seed", project / "seed")
    (project / "seed/0001/careers/zzz.json").write_text('{"slug": "zzz"}', encoding="utf-8")
    monkeypatch.setattr(migrate, "script_location", lambda: project / "alembic")
    with pytest.raises(KeyError):
        migrate.upgrade(empty_engine)
    assert inspect(empty_engine).get_table_names() == []
    monkeypatch.undo()
    assert migrate.upgrade(empty_engine)
    assert live(empty_engine) == SEEDED


def test_a_current_database_is_left_alone_quickly(engine: Engine, capfd: pytest.CaptureFixture[str]) -> None:
    assert not migrate.upgrade(engine)
    started = process_time()
    assert not migrate.upgrade(engine)
    assert process_time() - started < 0.2
    assert capfd.readouterr() == ("", "")


def test_alembic_by_hand(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    environment["CAREERGRAPH_DATABASE_URL"] = f"sqlite:///{tmp_path / 'new' / 'by-hand.db'}"
    for verb in (["upgrade", "head"], ["check"], ["downgrade", "base"]):
        line = [sys.executable, "-m", "alembic", *verb]
        done = subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    sql = subprocess.run(
        [sys.executable, "-m", "alembic", "upgrade", "0001", "--sql"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "CREATE TABLE careergraph_career (" in sql.stdout
