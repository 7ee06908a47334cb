"""The migration of the desk: up, down and up again with something in every table; and a backup holds all of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, inspect, select, text
from sqlalchemy.orm import Session

from careergraph.store.access import audit, people, tokens
from careergraph.store.access.audit import Verified
from careergraph.store.access.saved_filters import put_filter
from careergraph.store.access.tokens import Grant, Kind
from careergraph.store.backup.archive import ArchiveProblem, backup
from careergraph.store.backup.restore import restore
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.past import EPOCH
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents import redirects
from careergraph.store.documents.documents import CareerDocument, Document, Key, PairDocument, SkillDocument
from careergraph.store.documents.rows import read_all
from careergraph.store.editing import drafts, imported, releases, schedules
from careergraph.store.editing import reviews as review
from careergraph.store.editing.publish import publish
from careergraph.store.editing.schedules import Action
from careergraph.store.events import endpoints, outbox
from careergraph.store.migration import migrate
from careergraph.store.migration.schema import METADATA
from careergraph.store.tables import editing, reviews
from careergraph.store.tables.table import Table
from listed import entries

NOW = datetime(2026, 5, 1, tzinfo=UTC)
HISTORY = (editing.CatalogVersion, editing.Revision, editing.DocumentRow)
"""Tables of the module that hold something as soon as there is content."""
MODULES = (editing.__name__, reviews.__name__)
MODELS = [model for model in Table.__subclasses__() if model.__module__ in MODULES and model not in HISTORY]


def populate(session: Session) -> str:
    """Something in every table; answers the secret of a token."""
    careers = [it.ident for it in read_all(session) if isinstance(it, CareerDocument)]
    a, b = sorted(careers)[:2]
    publish(session, [PairDocument(a=a, b=b, introduction={"en": "Both"})], "ann", "")
    number = drafts.append(session, ("pair", f"{a}-vs-{b}"), None, "ann", "")
    skills = [{"text": {"en": "Snakes"}, "concepts": [{"skill": "python", "proposedBy": "ann"}]}]
    body = {"slug": a, "title": {"en": "A"}, "values": [{"attribute": "salary", "source": ""}], "skills": skills}
    drafts.append(session, ("career", a), body, "ann", "")
    releases.open_release(session, "may", "May", "", "ann")
    drafts.bundle(session, {("pair", f"{a}-vs-{b}"): number}, "may")
    schedules.add(session, Action.PUBLISH, "may", NOW, zone="UTC", author="ann")
    redirects.add(session, ("career", "old"), a)
    review.submit(session, ("pair", f"{a}-vs-{b}"), "ann", "ann")
    review.approve(session, ("pair", f"{a}-vs-{b}"), number, "bob")
    review.add_comment(session, ("pair", f"{a}-vs-{b}"), number, "introduction.en", "ü", "ann")
    ann = people.Person(name="ann", display_name="Ann", role="EDITOR", types=("career",), last_seen_at=NOW)
    people.note_person(session, ann)
    put_filter(session, "ann", "documents", "mine", {"hasDraft": True})
    audit.record(session, "ann", "publish", ("career", a), {"why": "ü"})
    imported.remember(session, "wages", [imported.Imported(ident="1", key=("career", a), number=1, body=None)])
    endpoints.add(session, "https://hook.example/", ["*"], "ann")
    outbox.enqueue(session, "published", [("career", a)], {}, 2)
    selection = {"release": "may"}
    grant = Grant(kind=Kind.PREVIEW, name="p", created_by="ann", selection=selection, expires_at=NOW + timedelta(1))
    return tokens.create(session, grant)[1]


def live(engine: Engine) -> dict[Key, Document]:
    with reading(engine) as session:
        return {(it.TYPE, it.ident): it for it in read_all(session)}


def counts(engine: Engine) -> dict[str, int]:
    with reading(engine) as session:
        return {model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0 for model in MODELS}


def test_down_and_up_again_with_something_in_every_table(engine: Engine) -> None:
    seeded = live(engine)
    with transaction(engine) as session:
        drafts.append(session, ("skill", "welding"), {"slug": "welding"}, "ann", "kept")
        populate(session)
    assert min(counts(engine).values()) >= 1
    assert len(MODELS) == 17
    before = Catalogs(engine).current().version
    migrate.downgrade(engine, "0002")
    names = set(inspect(engine).get_table_names())
    assert not names & {editing.DocumentRow.__tablename__, *[model.__tablename__ for model in MODELS]}
    migrate.upgrade(engine)
    assert set(counts(engine).values()) == {0}
    assert live(engine) == seeded
    assert Catalogs(engine).current().version == before + 2 * 9, (
        "what 0009, 0011, 0025, 0027, 0032, 0033, 0035, 0036 and 0037 seed went, and came back"
    )
    with transaction(engine) as session:
        left = drafts.state(session, ("skill", "welding"))
        assert (left.draft, left.last) == (None, 1)
        types = session.execute(text("SELECT DISTINCT document_type FROM careergraph_revision")).scalars()
        assert "pair" not in set(types)
        populate(session)
    assert min(counts(engine).values()) >= 1


def test_a_backup_holds_the_desk_and_both_databases_restore_it(sqlite_url: str, engine: Engine, tmp_path: Path) -> None:
    source = connect(sqlite_url)
    with transaction(source) as session:
        secret = populate(session)
    backup(source, tmp_path / "all.gz")
    restore(engine, tmp_path / "all.gz", replace=True, moved=True)
    assert (counts(engine), live(engine)) == (counts(source), live(source))
    with transaction(engine) as session:
        assert audit.verify(session) == Verified(good=1)
        audit.record(session, "bob", "publish", None)
        assert audit.verify(session) == Verified(good=2)
        assert tokens.find(session, secret, NOW, Kind.PREVIEW) is not None
        assert outbox.enqueue(session, "published", [], {}, 3) == 2
        assert endpoints.add(session, "https://two.example/", [], "ann").number == 2
    source.dispose()


def test_every_table_is_known_to_whoever_asks_for_all() -> None:
    assert {model.__tablename__ for model in MODELS} <= METADATA.tables.keys()


def test_a_restore_does_not_replace_what_somebody_did(sqlite_url: str, tmp_path: Path) -> None:
    engine = connect(sqlite_url)
    backup(engine, tmp_path / "seed.gz")
    with transaction(engine) as session:
        audit.record(session, "ann", "create token", None)
    with pytest.raises(ArchiveProblem, match="content of its own"):
        restore(engine, tmp_path / "seed.gz")
    restore(engine, tmp_path / "seed.gz", replace=True)
    engine.dispose()


def test_catalogs_know_where_old_slugs_lead(engine: Engine) -> None:
    with transaction(engine) as session:
        populate(session)
    moved = Catalogs(engine).current().redirects
    assert list(moved) == [("career", "old")]


def a_token(session: Session, name: str) -> tuple[str, str]:
    """The secret and the prefix of an access token."""
    token, secret = tokens.create(session, Grant(kind=Kind.ACCESS, name=name, created_by="ann", role="EDITOR"))
    return secret, token.prefix


def works(engine: Engine, secret: str) -> bool:
    with reading(engine) as session:
        return tokens.find(session, secret, NOW, Kind.ACCESS) is not None


def test_a_token_that_was_revoked_after_a_backup_stays_revoked(engine: Engine, tmp_path: Path) -> None:
    with transaction(engine) as session:
        (leaked, prefix), (good, _) = a_token(session, "leaked"), a_token(session, "good")
        audit.record(session, "ann", "create-token", None)
    backup(engine, tmp_path / "before.gz")
    with transaction(engine) as session:
        tokens.revoke(session, prefix, NOW)
    assert restore(engine, tmp_path / "before.gz", replace=True).recalled == 1
    assert (works(engine, leaked), works(engine, good)) == (False, True)
    with reading(engine) as session:
        (last, *_) = entries(session)
        detail = {"tokens": 1, "held": [], "version": EPOCH}
        assert (last.actor, last.verb, last.detail) == ("careergraph restore", "restore", detail)
        assert audit.verify(session) == Verified(good=2)


def test_where_nobody_knows_what_was_revoked_no_token_works_unless_told(
    engine: Engine, empty_engine: Engine, tmp_path: Path
) -> None:
    """The database was lost: whether a token was revoked since the backup was lost with it."""
    with transaction(engine) as session:
        secret, _ = a_token(session, "program")
    backup(engine, tmp_path / "all.gz")
    assert restore(empty_engine, tmp_path / "all.gz").recalled == 1
    assert not works(empty_engine, secret)
    assert restore(empty_engine, tmp_path / "all.gz", replace=True, moved=True).recalled == 0
    assert works(empty_engine, secret)


def test_a_catalog_of_the_past_has_the_redirects_of_its_day(engine: Engine) -> None:
    """A later rename does not change an answer as of a date."""
    with reading(engine) as session:
        first, second, third = [it for it in read_all(session) if isinstance(it, CareerDocument)][:3]
    versions = []
    for number, (old, new) in enumerate([("of-old", first.slug), (first.slug, second.slug), ("of-old", third.slug)]):
        with transaction(engine) as session:
            versions.append(publish(session, [SkillDocument(slug=f"skill-{number}", name={"en": "Skill"})], "ann", ""))
            redirects.add(session, ("career", old), new)
    with transaction(engine) as session:
        versions.append(publish(session, [SkillDocument(slug="skill-3", name={"en": "Skill"})], "ann", ""))
        redirects.drop(session, [("career", "of-old")])
    catalogs = Catalogs(engine)
    redirects_then = [
        {old: new for (_, old), new in catalogs.at_version(version or 0).redirects.items()}
        for version in (1, *versions)
    ]
    assert redirects_then == [
        {},
        {"of-old": first.slug},
        {"of-old": second.slug, first.slug: second.slug},
        {"of-old": third.slug, first.slug: second.slug},
        {first.slug: second.slug},
    ]
