"""Export, wipe, import: the same catalog, and of drafts nothing."""

from pathlib import Path

import msgspec
from sqlalchemy import Engine

from careergraph.editorial.content.content_folder import RECORD, export
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.load import Undoing, load, plan_load
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.past import newest
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import key_of
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import drafts
from careergraph.store.editing.publish import publish as publish_past_the_desk
from editorial.verbs.desk import EDITOR, Desk

SECRET = "Not for anybody yet"
PAIR = {"a": "accountant", "b": "actuary", "introduction": {"en": "Both count."}, "featured": True}


def catalog(engine: Engine) -> Catalog:
    """The live catalog, but for the time it was published."""
    with reading(engine) as session:
        info = newest(session)
        assert info is not None
        return build_catalog(read_all(session), 1, info.published_at)


def edited(desk: Desk) -> None:
    """More than the seed holds: a pair, a career that is gone, and drafts."""
    desk.do(save_draft, EDITOR, "pair", PAIR, None)
    desk.do(publish, EDITOR, [("pair", "accountant-vs-actuary")])
    desk.do(save_draft, EDITOR, "career", {**desk.live(("career", "accountant")), "slug": "beekeeper"}, None)
    desk.do(publish, EDITOR, [("career", "beekeeper")])
    desk.do(unpublish, EDITOR, ("career", "beekeeper"))
    desk.edit(("career", "actuary"), title={"en": SECRET})
    desk.do(save_draft, EDITOR, "category", {"slug": "secret", "name": {"en": SECRET}}, None)


def wiped(engine: Engine) -> None:
    with transaction(engine) as session:
        live = read_all(session)
        publish_past_the_desk(session, [], "test", "", [key_of(it) for it in reversed(live)])
    with reading(engine) as session:
        assert read_all(session) == ()


def test_what_is_exported_is_what_was_live(engine: Engine, tmp_path: Path) -> None:
    desk = Desk(engine)
    edited(desk)
    before, documents, open_drafts = catalog(engine), desk.look(read_all), desk.look(drafts)
    folder = tmp_path / "content"
    exported = desk.look(export, folder)
    assert exported.documents == len(documents)
    files = [file for file in folder.rglob("*") if file.is_file() and file.name != RECORD]
    assert SECRET.encode() not in b"".join(file.read_bytes() for file in files)
    wiped(engine)
    with transaction(engine) as session:
        plan = plan_load(session, folder, [Undoing.UNPUBLISHED])
        loaded = load(session, EDITOR, plan)
    assert plan.documents == len(loaded.changed) == len(documents)
    after = catalog(engine)
    assert [msgspec.to_builtins(it) for it in desk.look(read_all)] == [msgspec.to_builtins(it) for it in documents]
    for a, b in (("accountant", "actuary"), ("data-scientist", "librarian")):
        one, other = compare(before, a, b), compare(after, a, b)
        assert [statement.text for statement in (*one.summary, *one.verdict.conclusion)] == [
            statement.text for statement in (*other.summary, *other.verdict.conclusion)
        ]
    assert after.pairs_notes == before.pairs_notes
    assert [it.key for it in desk.look(drafts)] == [it.key for it in open_drafts]
    again = tmp_path / "again"
    desk.look(export, again)
    assert {file.relative_to(folder): file.read_bytes() for file in files} == {
        file.relative_to(again): file.read_bytes()
        for file in again.rglob("*")
        if file.is_file() and file.name != RECORD
    }
