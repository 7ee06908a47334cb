"""Many at once: nobody's work is lost, and nothing is done twice."""

import time
from collections import Counter
from datetime import UTC, datetime
from itertools import chain
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.editing.document_state import body_at, live_body, newest
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.releases import add_to_release, open_release
from careergraph.store.catalogs.past import newest as newest_edition
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import state
from careergraph.store.editing.schedules import Action, add
from careergraph.store.tables.editing import AuditRow, Revision, ScheduleRow
from durability.children import Nursery
from durability.publisher import marked
from durability.small import CAREERS
from durability.whole import check_whole
from editorial.verbs.desk import bases_of

EDITOR = Actor(name="editor", role=Role.EDITOR)
SOON = 0.2
"""How long all have to get ready, in seconds."""
Words = list[dict[str, Any]]


def race(children: Nursery, *runners: tuple[str, dict[str, Any]]) -> list[Words]:
    """Starts all of them at one instant, and answers what each of them said."""
    at = time.monotonic() + SOON
    started = [children.child(f"durability.{call}", **arguments, at=at) for call, arguments in runners]
    return [child.last_words() for child in started]


def test_many_editors_of_one_document_lose_no_word(small_url: str, small_engine: Engine, children: Nursery) -> None:
    """Each adds words to one text and publishes it. A save over what somebody else saved meanwhile is a conflict, so
    every word that was acknowledged is there in the end, once."""
    key: Key = ("career", CAREERS[0])
    runners = [("racer:edit", {"url": small_url, "name": f"e{n}", "key": key, "steps": 6}) for n in range(4)]
    messages = race(children, *runners)
    with reading(small_engine) as session:
        current = state(session, key)
        last = body_at(session, key, newest(current)) or {}
        live = live_body(session, key) or {}
    words = Counter(last["title"]["en"].split())
    saved = [word["saved"] for word in chain(*messages) if "saved" in word]
    assert len(saved) == 24
    assert {word: words[word] for word in saved} == dict.fromkeys(saved, 1)
    assert current.draft is None
    assert live == last
    refused = list(chain(*[word["refused"] for word in chain(*messages) if "refused" in word]))
    assert set(refused) <= {"NO_DRAFT"}, "somebody else published it already, and nothing else stands in the way"
    check_whole(small_engine, [])
    conflicts = sum("conflict" in word for word in chain(*messages))
    print(f"{conflicts} conflicts, {len(refused)} drafts that somebody else published")


def test_a_release_holds_what_was_put_in_before_it_was_published(
    small_url: str, small_engine: Engine, children: Nursery
) -> None:
    """Four editors put drafts in while two publish it: one of them does, and whatever was put in is in there."""
    with transaction(small_engine) as session:
        open_release(session, EDITOR, "race", "A race")
        key: Key = ("skill", "alpha")
        _draft(session, key)
        add_to_release(session, EDITOR, "race", bases_of(session, key))
    fillers = [
        ("racer:fill", {"url": small_url, "name": f"f{n}", "key": ("career", CAREERS[n]), "release": "race"})
        for n in range(4)
    ]
    late = {"url": small_url, "release": "race", "late": 0.15}
    publishers = [("racer:bring_out", {**late, "name": f"p{n}"}) for n in range(2)]
    messages = race(children, *fillers, *publishers)
    versions = [word["published"] for word in chain(*messages) if "published" in word]
    assert versions == [2]
    assert all(words[-2].get("refused") == ["CLOSED"] for words in messages if "published" not in words[0])
    with reading(small_engine) as session:
        rows = session.execute(select(Revision.slug, Revision.number, Revision.body).where(Revision.version == 2))
        published = {row[0]: row[2]["title"]["en"] for row in rows if "title" in row[2]}
    put_in = {CAREERS[n]: words for n, words in enumerate(messages[:4]) if any("added" in word for word in words)}
    assert published.keys() == put_in.keys()
    for slug, words in put_in.items():
        added = sum("added" in word for word in words)
        kept = sum(word.startswith("f") and word[-1].isdigit() for word in published[slug].split())
        assert added <= kept, "what was saved before it was put in is in the release"
    check_whole(small_engine, [])


def test_a_bulk_publish_makes_live_what_was_seen_of_all_or_nothing(
    small_url: str, small_engine: Engine, children: Nursery
) -> None:
    """While three editors save, all drafts are published as one, again and again: each version has the texts that were
    seen, a save in between stops all of it, and no word is lost."""
    careers: list[Key] = [("career", slug) for slug in CAREERS[:3]]
    savers = [
        ("racer:add_words", {"url": small_url, "name": f"s{n}", "key": key, "steps": 8})
        for n, key in enumerate(careers)
    ]
    *saved, published = race(children, *savers, ("racer:publish_all", {"url": small_url, "keys": careers, "times": 40}))
    done = [word for word in published if "published" in word]
    with reading(small_engine) as session:
        for word in done:
            rows = session.execute(select(Revision.slug, Revision.body).where(Revision.version == word["published"]))
            assert {row[0]: row[1]["title"]["en"] for row in rows} == word["seen"]
        for key, words in zip(careers, saved, strict=True):
            last = body_at(session, key, newest(state(session, key))) or {}
            every = [word["saved"] for word in words if "saved" in word]
            assert len(every) == 8
            assert [it for it in last["title"]["en"].split() if it in every] == every
    check_whole(small_engine, [])
    print(f"{len(done)} published, {sum('refused' in word for word in published)} stopped")


def test_a_rename_takes_along_what_was_saved_until_then(
    small_url: str, small_engine: Engine, children: Nursery
) -> None:
    """Three editors save while a fourth one renames: every word that was acknowledged is in the renamed document, once,
    and none brings the old name back."""
    key, renamed = ("career", CAREERS[5]), ("career", "renamed")
    # as many words as a title has room for, even where no save comes too late
    savers = [("racer:add_words", {"url": small_url, "name": name, "key": key, "steps": 18}) for name in "abc"]
    namer = {"url": small_url, "key": key, "new": renamed[1], "late": 0.15}
    *messages, names = race(children, *savers, ("racer:rename_late", namer))
    assert any("renamed" in word for word in names)
    with reading(small_engine) as session:
        assert body_at(session, key, newest(state(session, key))) is None
        last = body_at(session, renamed, newest(state(session, renamed))) or {}
    words = Counter(last["title"]["en"].split())
    saved = [word["saved"] for word in chain(*messages) if "saved" in word]
    assert {word: words[word] for word in saved} == dict.fromkeys(saved, 1)
    check_whole(small_engine, [])
    print(f"{len(saved)} saved, {sum('gone' in word for word in chain(*messages))} too late")


def test_several_workers_do_everything_once(small_url: str, small_engine: Engine, children: Nursery) -> None:
    """Schedules that fell due without workers are carried out once workers start, in order, each by one of them."""
    with transaction(small_engine) as session:
        for slug in CAREERS:
            key = ("career", slug)
            revision = _draft(session, key)
            due = datetime(2026, 1, 1, CAREERS.index(slug), tzinfo=UTC)
            add(session, Action.PUBLISH, key, due, zone="Europe/Berlin", author="editor", revision=revision)
    messages = race(children, *[("worker:main", {"url": small_url, "rounds": 3})] * 4)
    done = [word for word in chain(*messages) if "schedule" in word]
    assert len(done) == len(CAREERS)
    assert all(word["good"] for word in done)
    with reading(small_engine) as session:
        rows = session.scalars(select(ScheduleRow).order_by(ScheduleRow.due_at)).all()
        assert [row.outcome for row in rows] == [f"version {number}" for number in range(2, len(CAREERS) + 2)]
        carried = session.scalars(select(AuditRow).where(AuditRow.verb == "carry-out")).all()
        assert len(carried) == len(CAREERS)
        info = newest_edition(session)
    assert info is not None and info.version == len(CAREERS) + 1
    check_whole(small_engine, [])


def _draft(session: Session, key: Key) -> int:
    """Saves a draft with another text, and returns its revision."""
    last = newest(state(session, key))
    return save_draft(session, EDITOR, key[0], marked(key, body_at(session, key, last), "a race"), last).revision
