"""Whole: nothing that was acknowledged is missing, and nothing that was not is half there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from careergraph.editorial.editing.publication import PUBLISHED
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.past import documents_at, live_documents, newest
from careergraph.store.catalogs.renewal import NOTE
from careergraph.store.database.database import reading
from careergraph.store.documents.documents import Document, Key
from careergraph.store.documents.redirects import redirects
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.revisions import Cause
from careergraph.store.tables.editing import AuditRow, CatalogVersion, DocumentRow, OutboxRow, ReleaseRow, Revision
from durability.publisher import digest

Said = Mapping[str, Any]


def by_key(documents: Iterable[Document]) -> dict[Key, Document]:
    """Documents by what they are known by."""
    return {(it.TYPE, it.ident): it for it in documents}


def check_live(engine: Engine) -> None:
    """The live documents match the revisions, and make a valid catalog."""
    with reading(engine) as session:
        info = newest(session)
        assert info is not None
        live = read_all(session)
        assert by_key(live) == by_key(documents_at(session, info.version))
        assert live == tuple(live_documents(session))
        build_catalog(live, info.version, info.published_at)


def check_whole(engine: Engine, messages: Iterable[Said]) -> None:
    """All of it: what children said is there, and every version, acknowledged or not, is there with everything."""
    check_live(engine)
    with reading(engine) as session:
        assert verify(session).fault is None
        revisions = list(session.scalars(select(Revision).order_by(Revision.id)))
        _check_acknowledged(revisions, messages)
        _check_versions(session, revisions)
        _check_desk(session, revisions)
        if engine.dialect.name == "sqlite":
            assert session.execute(text("PRAGMA integrity_check")).scalars().all() == ["ok"]
            assert session.execute(text("PRAGMA foreign_key_check")).all() == []


def _check_acknowledged(revisions: Iterable[Revision], messages: Iterable[Said]) -> None:
    """Each save and each publish that anybody was told of."""
    saved = {(revision.document_type, revision.slug, revision.number): digest(revision.body) for revision in revisions}
    published: dict[int, dict[str, str]] = defaultdict(dict)
    for revision in revisions:
        if revision.version is not None:
            published[revision.version][f"{revision.document_type}/{revision.slug}"] = digest(revision.body)
    for word in messages:
        if "saved" in word:
            assert saved[(*word["saved"], word["revision"])] == word["digest"], word
        elif word.get("published") is not None:
            assert published[word["published"]] == dict(word["held"]), word


def _check_versions(session: Session, revisions: Iterable[Revision]) -> None:
    """Every version has its one event, which names just the documents of its revisions, and its audit row; one that
    renewed neighbours has neither revisions nor an audit row."""
    changed: dict[int, set[tuple[str, str, bool]]] = defaultdict(set)
    names: dict[int, str] = {}
    for revision in revisions:
        if revision.version is not None:
            changed[revision.version].add((revision.document_type, revision.slug, revision.body is not None))
            if revision.cause == Cause.RENAMED and (old := names.get(revision.document_id)) != revision.slug:
                changed[revision.version].add((revision.document_type, str(old), False))
            names[revision.document_id] = revision.slug
    versions = list(session.scalars(select(CatalogVersion.version).order_by(CatalogVersion.version)))
    assert versions == list(range(1, len(versions) + 1))
    renewals = set(session.scalars(select(CatalogVersion.version).where(CatalogVersion.note == NOTE)))
    assert changed.keys() == set(versions) - renewals
    rows = session.scalars(select(OutboxRow).where(OutboxRow.event == PUBLISHED).order_by(OutboxRow.sequence))
    payloads = [row.payload or {} for row in rows]
    assert [it["version"] for it in payloads] == versions[1:]  # the first was loaded, without a verb
    for payload in payloads:
        named = {(it["type"], it["slug"], it["live"]) for it in payload["documents"]}
        assert named == changed.get(payload["version"], set())
    audited = {(row.detail or {}).get("version") for row in session.scalars(select(AuditRow))}
    assert audited - {None} == set(versions[1:]) - renewals


def _check_desk(session: Session, revisions: Iterable[Revision]) -> None:
    """Drafts, releases and redirects agree with the history."""
    numbers: dict[int, list[int]] = defaultdict(list)
    published: dict[int, int] = {}
    for revision in revisions:
        numbers[revision.document_id].append(revision.number)
        if revision.version is not None:
            published[revision.document_id] = revision.number
    for key, own_numbers in numbers.items():
        assert sorted(own_numbers) == list(range(1, len(own_numbers) + 1)), key
    finished = set(session.scalars(select(ReleaseRow.slug).where(ReleaseRow.published_version.is_not(None))))
    documents = list(session.scalars(select(DocumentRow)))
    for row in documents:
        place = row.id
        assert (row.last, row.published) == (max(numbers[place]), published.get(place)), place
        if row.draft is None:
            assert row.release is None, place
            continue
        assert row.draft in numbers[place], place
        assert row.draft > published.get(place, 0), place  # a publish closed the draft that it made live
        assert row.release not in finished, place
    for old, new in redirects(session).items():
        assert old != (old[0], new)
        assert (old[0], new) in {(row.document_type, row.slug) for row in documents}, old
