"""A rolling deploy: servers of two versions on one database that was upgraded for the later one."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

import msgspec
import pytest
from alembic import command
from sqlalchemy import Engine, bindparam, event, text

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.editing.document_state import body_at, newest
from careergraph.editorial.verbs.access.tokens import create_token
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.worker.worker import Worker
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import CareerDocument
from careergraph.store.editing.drafts import state
from careergraph.store.editing.publish import publish
from careergraph.store.editing.schedules import Action, add, schedules
from careergraph.store.migration import migrate, schema
from careergraph.store.tables.table import Instant
from durability.asking import ask, fetch, serving
from durability.children import Nursery
from durability.publisher import marked
from durability.small import CAREERS
from waiting import CEILING, wait_until

KEY = ("career", CAREERS[0])
ADMIN = Actor(name="admin", role=Role.ADMIN)
READ = {"catalog_version", "document", "neighbourhood", "redirect", "redirect_change", "revision", "token"}
"""The tables that public reads and previews' secrets need; `docs/how-to/deploy.md` lists them."""
NEXT = '''"""Add a table and a column, and drop what no reader needs."""

import sqlalchemy as sa

from alembic import op

revision: str = "9999"
down_revision: str | None = "{head}"


def upgrade() -> None:
    op.add_column("careergraph_career", sa.Column("subtitle", sa.Text, nullable=True))
    op.create_table("careergraph_poll", sa.Column("id", sa.Integer, primary_key=True))
    op.drop_table("careergraph_imported")
'''


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """The migrations of the version after this one."""
    folder = tmp_path / "alembic"
    shutil.copytree(schema.script_location(), folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(NEXT.format(head=schema.revisions()[-1]))
    return folder


def upgrade(engine: Engine, migrations: Path) -> None:
    """Upgrade as `careergraph upgrade` of the later version does."""
    config = migrate.alembic_config(engine)
    config.set_main_option("script_location", str(migrations))
    command.upgrade(config, "head")


def write(server: str, secret: str, slug: str) -> tuple[str, str]:
    """Open a release; its type and slug, or the code and the message of its error."""
    query = f'mutation {{ openRelease(slug: "{slug}", title: "A") {{ __typename ... on Release {{ slug }} }} }}'
    headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}
    _, content = fetch(server, "/graphql", headers=headers, body=json.dumps({"query": query}))
    if "errors" in content:
        (error,) = content["errors"]
        return error["extensions"]["code"], error["message"]
    return content["data"]["openRelease"]["__typename"], slug


def title(server: str, more: str = "") -> str:
    current: str = ask(server, f'{{ career(slug: "{KEY[1]}"{more}) {{ title }} }}')["career"]["title"]
    return current


def read_until(over: Event, server: str) -> int:
    """Read without a pause, and count what was answered."""
    count = 0
    while not over.is_set():
        assert title(server)
        count += 1
    return count


def schedule_draft(engine: Engine) -> int:
    """Schedule a new draft for tomorrow."""
    with transaction(engine) as session:
        last = newest(state(session, KEY))
        saved = save_draft(session, ADMIN, KEY[0], marked(KEY, body_at(session, KEY, last), "new"), last)
        due = datetime.now(UTC) + timedelta(days=1)
        return add(session, Action.PUBLISH, KEY, due, zone="UTC", author="editor", revision=saved.revision).number


def let_it_fall_due(engine: Engine) -> None:
    """Set all schedules to an hour ago, whatever the version of the tables."""
    query = text("UPDATE careergraph_schedule SET due_at = :due").bindparams(bindparam("due", type_=Instant))
    with engine.begin() as connection:
        connection.execute(query, {"due": datetime.now(UTC) - timedelta(hours=1)})


def pending(engine: Engine) -> list[int]:
    with reading(engine) as session:
        return [it.number for it in schedules(session)]


def test_reads_never_fail_and_writes_of_the_old_version_are_refused(
    small_url: str, small_engine: Engine, children: Nursery, migrations: Path
) -> None:
    number = schedule_draft(small_engine)
    with transaction(small_engine) as session:
        secret = create_token(session, ADMIN, "program", Role.ADMIN).secret
        began = datetime.now(UTC).isoformat()
    settings: dict[str, Any] = {"database_url": small_url, "poll_seconds": 0.05}
    with ExitStack() as stack:
        old = stack.enter_context(serving(children, work=True, **settings))
        first = title(old)
        assert write(old, secret, "before") == ("Release", "before")
        over, pool = Event(), stack.enter_context(ThreadPoolExecutor(2))
        stack.callback(over.set)
        readers = [pool.submit(read_until, over, old) for _ in range(2)]
        upgrade(small_engine, migrations)
        let_it_fall_due(small_engine)
        code, message = write(old, secret, "lost")
        assert (code, "later version" in message) == ("NEWER_DATABASE", True)
        new = stack.enter_context(serving(children, work=False, migrations=str(migrations), **settings))
        assert write(new, secret, "after") == ("Release", "after")
        assert pending(small_engine) == [number]
        working = stack.enter_context(serving(children, work=True, migrations=str(migrations), **settings))
        restarted = stack.enter_context(serving(children, work=True, **settings))  # as one that crashed meanwhile
        for server in (working, new, old, restarted):
            wait_until(lambda at=server: title(at) == "The career as of new", "it is live")  # type: ignore[misc]
            assert title(server, f', asOf: "{began}"') == first
        assert [write(server, secret, "lost") for server in (old, restarted)] == [(code, message)] * 2
        over.set()
        assert min(reader.result(CEILING) for reader in readers) > 10
    assert pending(small_engine) == []
    with small_engine.connect() as connection:
        slugs = connection.execute(text("SELECT slug FROM careergraph_release ORDER BY slug")).scalars().all()
        opened = connection.execute(text("SELECT count(*) FROM careergraph_audit WHERE verb = 'open-release'")).scalar()
    assert (slugs, opened) == (["after", "before"], 2)


def test_a_worker_waits_where_the_tables_are_newer(
    small_engine: Engine, migrations: Path, caplog: pytest.LogCaptureFixture
) -> None:
    number, stop = schedule_draft(small_engine), Event()
    upgrade(small_engine, migrations)
    let_it_fall_due(small_engine)
    thread = Thread(target=Worker(small_engine, every=0.05).run, args=(stop,))
    thread.start()
    try:
        wait_until(lambda: len(caplog.messages) >= 4, "each part of the worker says why it waits")
    finally:
        stop.set()
        thread.join(CEILING)
    assert {"newer than this careergraph" in message for message in caplog.messages} == {True}
    assert len(caplog.messages) < 10, "each says so once"
    assert pending(small_engine) == [number]


def test_readers_need_these_tables_and_no_others(small_url: str, small_engine: Engine) -> None:
    """What `docs/how-to/deploy.md` says that migrations leave alone is what reads are made of."""
    tables: set[str] = set()

    def note(*arguments: Any) -> None:
        tables.update(re.findall(r"careergraph_(\w+)", arguments[2]))

    with transaction(small_engine) as session:
        secret = create_token(session, ADMIN, "program", Role.ADMIN).secret
    engine = connect(small_url)
    event.listen(engine, "before_cursor_execute", note)
    catalogs = Catalogs(engine)
    assert catalogs.current().version == 1
    with transaction(small_engine) as session:
        document = msgspec.convert(marked(KEY, body_at(session, KEY, 1), "new"), CareerDocument)
        publish(session, [document], "editor", "")
    assert (catalogs.current().version, catalogs.at_version(1).version) == (2, 1)
    assert Catalogs(engine).at_version(1).version == 1
    assert Desk(lambda: engine).sign_in(secret) is not None
    engine.dispose()
    assert tables - {"alembic_version"} == READ
    guide = (schema.script_location().parent / "docs" / "how-to" / "deploy.md").read_text()
    listed = guide.split("What readers need: ")[1].split(".")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == READ
