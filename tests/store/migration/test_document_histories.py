"""Migration 0021: the histories of documents are joined across renames, and divided again."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, text

from careergraph.editorial.preview.preview import preview
from careergraph.editorial.preview.selection import selection_of
from careergraph.editorial.verbs.access.tokens import create_preview
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.schedule import schedule
from careergraph.editorial.verbs.documents.unpublish import archive
from careergraph.editorial.verbs.releases import add_to_release, open_release
from careergraph.store.access.audit import list_entries
from careergraph.store.access.tokens import tokens
from careergraph.store.catalogs.past import documents_at, newest
from careergraph.store.database.database import reading
from careergraph.store.documents.documents import Key
from careergraph.store.documents.identity import document_rows
from careergraph.store.editing.drafts import history
from careergraph.store.editing.schedules import Action, schedules
from careergraph.store.migration import migrate
from editorial.verbs.desk import EDITOR, Desk

OLD, NEW, LAST = ("career", "accountant"), ("career", "bookkeeper"), ("career", "keeper")
PAIR, RENAMED_PAIR = ("pair", "accountant-vs-actuary"), ("pair", "actuary-vs-keeper")
SHOWN = ("title", "changed_by", "last", "published", "live")
ON_DESK = ("draft", "base", "review", "release", "release_revision", "archived")
WIRED = ("career", "electrician")


def fill(desk: Desk) -> None:
    """Renames, a new document under an old slug, one that is archived, and one that was discarded; drafts of a release
    and of a schedule."""
    body = desk.live(OLD)
    desk.do(save_draft, EDITOR, "pair", {"a": "accountant", "b": "actuary", "hidden": True}, None)
    desk.do(publish, EDITOR, [PAIR])
    desk.edit(OLD, title={"en": "Bean counter"})
    desk.do(publish, EDITOR, [OLD])
    desk.do(rename, EDITOR, OLD, NEW[1])
    desk.do(rename, EDITOR, NEW, LAST[1])
    desk.edit(LAST, title={"en": "Later"})
    desk.do(open_release, EDITOR, "may", "May")
    desk.do(add_to_release, EDITOR, "may", [LAST])
    desk.do(save_draft, EDITOR, "career", {**body, "title": {"en": "Another"}}, None)
    desk.do(publish, EDITOR, [OLD])
    desk.do(archive, EDITOR, [("collection", "careers-in-data")])
    desk.do(save_draft, EDITOR, "career", {**body, "slug": "never"}, None)
    desk.do(discard_draft, EDITOR, ("career", "never"))
    desk.do(revert, EDITOR, WIRED, 1)
    desk.edit(WIRED, title={"en": "Wires"})
    desk.do(publish, EDITOR, [WIRED])
    desk.do(revert, EDITOR, WIRED, 1)
    desk.do(schedule, EDITOR, WIRED, Action.PUBLISH, at=datetime.now(UTC) + timedelta(days=1), zone="UTC")


KEYS: tuple[Key, ...] = (
    OLD,
    NEW,
    LAST,
    PAIR,
    RENAMED_PAIR,
    WIRED,
    ("collection", "careers-in-data"),
    ("career", "never"),
)


def everything(engine: Engine) -> dict[str, Any]:
    """What the tables say of the documents above, of schedules, of the audit log and of the past."""
    with reading(engine) as session:
        info = newest(session)
        assert info is not None
        rows = document_rows(session, KEYS)
        return {
            "rows": {key: [getattr(row, name) for name in (*SHOWN, *ON_DESK)] for key, row in rows.items()},
            "histories": {
                key: [(it.number, it.key, it.body, it.author, it.version, it.cause) for it in history(session, key)]
                for key in KEYS
            },
            "schedules": [(it.subject, it.revision) for it in schedules(session)],
            "audit": {
                key: [it.sequence for it, _ in list_entries(type=key[0], slug=key[1]).page(session, 50)] for key in KEYS
            },
            "past": {it: sorted(map(str, documents_at(session, it))) for it in range(1, info.version + 1)},
        }


def test_histories_are_divided_and_joined_again(engine: Engine) -> None:
    fill(Desk(engine))
    before = everything(engine)
    migrate.downgrade(engine, "0020")
    with reading(engine) as session:
        query = "SELECT slug, number, version, body IS NULL FROM careergraph_revision WHERE document_type = 'career'"
        rows = session.execute(text(query + " ORDER BY slug, number")).all()
    version = before["histories"][LAST][2][4]
    first = version - 1
    divided = {
        slug: [tuple(row[1:]) for row in rows if row[0] == slug] for slug in ("accountant", "bookkeeper", "keeper")
    }
    assert divided["accountant"] == [
        (1, 1, False),
        (2, None, False),
        (3, first, False),
        (4, version, True),
        (5, None, False),
        (6, version + 2, False),
    ]
    assert divided["bookkeeper"] == [(1, version, False), (2, version + 1, True)]
    assert divided["keeper"] == [(1, version + 1, False), (2, None, False)]
    migrate.upgrade(engine)
    after = everything(engine)
    for name, part in before.items():
        for key in part if isinstance(part, dict) else ():
            assert (key, after[name][key]) == (key, part[key])
    last, latest = max(before["past"]), max(after["past"])
    assert after["past"][latest] == before["past"][last], "seeds that were taken back are there again"
    assert after | {"past": before["past"]} == before


def test_previews_show_no_other_documents_where_ids_are_others(engine: Engine) -> None:
    """Between down and up they are of names. The histories of drafts that were renamed are not joined again, so
    of those nothing is shown."""
    desk, never = Desk(engine), ("career", "never")
    body = {**desk.live(OLD), "slug": "never"}
    desk.do(save_draft, EDITOR, "career", body, None)
    desk.edit(OLD, title={"en": "Bean counter"})
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    token = desk.do(create_preview, EDITOR, "boss", [never, OLD], expires_at=tomorrow).token
    for key, new in ((never, "ever"), (OLD, NEW[1])):
        desk.do(rename, EDITOR, key, new)
    desk.do(save_draft, EDITOR, "career", body, None)
    migrate.downgrade(engine, "0020")
    migrate.upgrade(engine)
    [stored] = desk.look(tokens)
    assert (token.grant.selection or {}).keys() - (stored.grant.selection or {}).keys() == {"documents"}
    selection = desk.look(selection_of, stored)
    assert selection.keys == (NEW,)
    careers = desk.look(preview, selection)[0].careers
    assert (careers["bookkeeper"].title, "never" in careers) == ({"en": "Bean counter"}, False)
