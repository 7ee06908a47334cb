"""The audit log: whoever touches a row is found out, and where."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from careergraph.store.access import audit
from careergraph.store.access.audit import Anchor, Fault, UnreadableRow, Verified
from careergraph.store.database.database import connect, reading, transaction
from listed import entries

KEY = ("career", "registered-nurse")
ODD = {"zone": "Zürich", "z": 1, "a": [1.5, None, True, {"note": "x\ny"}], "emoji": "\U0001f600", "tiny": 1e-300}


def fill(engine: Engine, count: int = 6) -> None:
    with transaction(engine) as session:
        for number in range(count):
            audit.record(session, "ann", "publish", KEY if number % 2 else None, {"number": number, **ODD})


def verify(engine: Engine, anchor: Anchor | None = None) -> Verified:
    with reading(engine) as session:
        return audit.verify(session, anchor)


@pytest.mark.parametrize("batch", [1, 3, 4, 1000])
def test_an_untouched_log_is_good(engine: Engine, monkeypatch: pytest.MonkeyPatch, batch: int) -> None:
    monkeypatch.setattr(audit, "_BATCH", batch)
    assert verify(engine) == Verified(good=0)
    fill(engine)
    assert verify(engine) == Verified(good=6)
    with reading(engine) as session:
        newest = entries(session, 2, type=KEY[0], slug=KEY[1])
        assert [it.sequence for it in newest] == [6, 4]
        assert newest[0].detail == {"number": 5, **ODD}
        assert [it.sequence for it, _ in audit.list_entries().page(session, 9, after=(3,))] == [2, 1]


def test_the_digest_is_what_the_page_says() -> None:
    """Written out once by hand, so that logs of today can be verified for ever."""
    content = {"sequence": 1, "at": datetime(2026, 5, 1, 12, tzinfo=UTC), "actor": "ann", "verb": "publish"}
    digest = audit.digest_of(audit.GENESIS, {**content, "key": ("career", "x"), "detail": {"b": 1, "a": "ü"}})
    assert digest == "d58358f2c1f0d702ec3e61a2078fce8aa1b94030bd26d808551bd4ee32b8b574"


TOUCHES: dict[str, tuple[str, Fault, int]] = {
    "detail": ("UPDATE careergraph_audit SET detail = '{}' WHERE sequence = 3", Fault.CHANGED, 3),
    "actor": ("UPDATE careergraph_audit SET actor = 'bob' WHERE sequence = 1", Fault.CHANGED, 1),
    "digest": ("UPDATE careergraph_audit SET digest = previous WHERE sequence = 2", Fault.CHANGED, 2),
    "previous": ("UPDATE careergraph_audit SET previous = digest WHERE sequence = 4", Fault.CHANGED, 4),
    "first": ("DELETE FROM careergraph_audit WHERE sequence = 1", Fault.REMOVED, 1),
    "middle": ("DELETE FROM careergraph_audit WHERE sequence IN (3, 4)", Fault.REMOVED, 3),
    "last": ("DELETE FROM careergraph_audit WHERE sequence = 6", Fault.REMOVED, 6),
    "all": ("DELETE FROM careergraph_audit", Fault.REMOVED, 1),
    "head": ("UPDATE careergraph_audit_head SET digest = 'x'", Fault.CHANGED, 6),
    "no head": ("DELETE FROM careergraph_audit_head", Fault.CHANGED, 6),
    "renumbered": ("UPDATE careergraph_audit SET sequence = 7 WHERE sequence = 6", Fault.REMOVED, 6),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_touched_row_is_named(engine: Engine, touch: str) -> None:
    fill(engine)
    statement, fault, sequence = TOUCHES[touch]
    with transaction(engine) as session:
        session.execute(text(statement))
    verified = verify(engine)
    assert (verified.fault, verified.sequence) == (fault, sequence)


UNREADABLE: dict[str, str] = {
    "a time that is none": "UPDATE careergraph_audit SET at = 'yesterday' WHERE sequence = 3",
    "a time that is a number": "UPDATE careergraph_audit SET at = 5 WHERE sequence = 3",
    "a detail that is no JSON": "UPDATE careergraph_audit SET detail = '{oops' WHERE sequence = 3",
    "a detail of another kind": "UPDATE careergraph_audit SET detail = '[1]' WHERE sequence = 3",
    "a detail without an end": f"UPDATE careergraph_audit SET detail = '{'[' * 5000}' WHERE sequence = 3",
    "an actor that is no text": "UPDATE careergraph_audit SET actor = X'ff00' WHERE sequence = 3",
    "an actor that is no UTF-8": "UPDATE careergraph_audit SET actor = CAST(X'ff00' AS TEXT) WHERE sequence = 3",
    "a digest that is no text": "UPDATE careergraph_audit SET digest = X'ff' WHERE sequence = 3",
}
FOR_EVER = ["'infinity'", "'-infinity'", "'4000-01-01 BC'", "'20000-01-01'"]


@pytest.mark.parametrize("batch", [1, 2, 1000])
@pytest.mark.parametrize("touch", UNREADABLE)
def test_a_row_that_cannot_even_be_read_is_named(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch, touch: str, batch: int
) -> None:
    """SQLite keeps whatever somebody writes into a column."""
    monkeypatch.setattr(audit, "_BATCH", batch)
    engine = connect(sqlite_url)
    fill(engine)
    with transaction(engine) as session:
        session.execute(text(UNREADABLE[touch].replace(":", "\\:")))
    assert verify(engine) == Verified(good=2, fault=Fault.CHANGED, sequence=3)
    if touch not in ("a detail of another kind", "an actor that is no text", "a digest that is no text"):
        with pytest.raises(UnreadableRow, match="row 3 of the audit log was changed"), reading(engine) as session:
            list(audit.export(session))
    engine.dispose()


@pytest.mark.parametrize("instant", FOR_EVER)
def test_a_time_that_no_program_can_hold_is_named(postgres_url: str, instant: str) -> None:
    engine = connect(postgres_url)
    fill(engine)
    with transaction(engine) as session:
        session.execute(text(f"UPDATE careergraph_audit SET at = {instant} WHERE sequence = 3".replace(":", "\\:")))
    assert verify(engine) == Verified(good=2, fault=Fault.CHANGED, sequence=3)
    engine.dispose()


def test_a_head_that_is_no_number_is_named(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    fill(engine)
    with transaction(engine) as session:
        session.execute(text("UPDATE careergraph_audit_head SET sequence = 'six'"))
    assert verify(engine) == Verified(good=6, fault=Fault.CHANGED, sequence=6)
    engine.dispose()


def swap(session: Session) -> None:
    for places in ({"old": 3, "new": 99}, {"old": 4, "new": 3}, {"old": 99, "new": 4}):
        session.execute(text("UPDATE careergraph_audit SET sequence = :new WHERE sequence = :old"), places)


def forge(session: Session) -> None:
    """A row of one's own, rightly digested, in the place of another."""
    row = next(it for it in entries(session) if it.sequence == 3)
    content = {name: getattr(row, name) for name in ("sequence", "at", "verb", "key", "detail")}
    digest = audit.digest_of(row.previous, {**content, "actor": "forger"})
    statement = "UPDATE careergraph_audit SET actor = 'forger', digest = :digest WHERE sequence = 3"
    session.execute(text(statement), {"digest": digest})


@pytest.mark.parametrize(("touch", "expected"), [(swap, (Fault.CHANGED, 3)), (forge, (Fault.MOVED, 4))])
def test_moved_and_forged_rows_are_named(
    engine: Engine, touch: Callable[[Session], None], expected: tuple[Fault, int]
) -> None:
    fill(engine)
    with transaction(engine) as session:
        touch(session)
    verified = verify(engine)
    assert (verified.fault, verified.sequence) == expected


def rewrite(session: Session, count: int) -> None:
    """What somebody does who knows how: the end cut off, and the row that keeps the end put right."""
    session.execute(text("DELETE FROM careergraph_audit WHERE sequence > :count"), {"count": count})
    session.execute(
        text(
            "UPDATE careergraph_audit_head SET sequence = :count,"
            " digest = (SELECT digest FROM careergraph_audit WHERE sequence = :count)"
        ),
        {"count": count},
    )


def test_an_anchor_kept_elsewhere_finds_a_log_that_was_rewritten(engine: Engine) -> None:
    fill(engine)
    with reading(engine) as session:
        anchor = audit.head(session)
    with transaction(engine) as session:
        rewrite(session, 4)
    assert verify(engine) == Verified(good=4)
    assert verify(engine, anchor) == Verified(good=4, fault=Fault.REMOVED, sequence=5)
    fill(engine, 4)
    assert verify(engine) == Verified(good=8)
    assert verify(engine, anchor) == Verified(good=5, fault=Fault.CHANGED, sequence=6)


def test_writing_goes_on_after_the_end_was_cut_off_and_the_hole_stays(engine: Engine) -> None:
    fill(engine)
    with transaction(engine) as session:
        session.execute(text("DELETE FROM careergraph_audit WHERE sequence = 6"))
    fill(engine, 2)
    assert verify(engine) == Verified(good=5, fault=Fault.REMOVED, sequence=6)


def test_what_a_transaction_did_not_keep_leaves_no_row(engine: Engine) -> None:
    fill(engine, 1)
    with pytest.raises(RuntimeError), transaction(engine) as session:
        audit.record(session, "ann", "publish", KEY)
        raise RuntimeError
    fill(engine, 1)
    assert verify(engine) == Verified(good=2)


def test_many_writers_make_one_chain(engine: Engine) -> None:
    def write(writer: int) -> None:
        for _ in range(5):
            with transaction(engine) as session:
                audit.record(session, f"writer {writer}", "save", KEY)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    assert verify(engine) == Verified(good=20)


def test_an_export_can_be_verified_without_us(engine: Engine) -> None:
    fill(engine)
    with reading(engine) as session:
        lines = [json.dumps(row) for row in audit.export(session)]
    previous = audit.GENESIS
    for line in lines:
        row = json.loads(line)
        content = {name: row[name] for name in ("sequence", "actor", "verb", "detail")}
        key = None if row["key"] is None else tuple(row["key"])
        assert row["previous"] == previous
        previous = audit.digest_of(previous, {**content, "key": key, "at": datetime.fromisoformat(row["at"])})
        assert row["digest"] == previous
    assert len(lines) == 6


def test_a_detail_is_kept_as_json_has_it_and_refused_where_it_is_none(engine: Engine) -> None:
    with transaction(engine) as session:
        odd = {"nan": float("nan"), "pair": (1, 2), "at": datetime(2026, 5, 1, tzinfo=UTC)}
        audit.record(session, "ann", "save", None, odd)
        with pytest.raises(TypeError):
            audit.record(session, "ann", "save", None, {"x": object()})
    assert verify(engine) == Verified(good=1)
    with reading(engine) as session:
        kept = {"nan": None, "pair": [1, 2], "at": "2026-05-01T00:00:00Z"}
        assert entries(session)[0].detail == kept
