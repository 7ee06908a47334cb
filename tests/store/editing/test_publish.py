"""Publishing: what differs becomes one version, all of it or nothing, one publisher at a time."""

import subprocess
import sys
from pathlib import Path
from threading import Barrier, Thread

import msgspec
import pytest
from sqlalchemy import Engine, select, text

from careergraph.store.catalogs.past import documents_at, newest
from careergraph.store.database.database import DatabaseProblem, connect, reading, transaction
from careergraph.store.documents.documents import CategoryDocument, Document, SkillDocument
from careergraph.store.documents.rows import read_all
from careergraph.store.editing import drafts
from careergraph.store.editing.publish import publish
from careergraph.store.tables.editing import CatalogVersion, Revision
from truth.seeded import documents

ROOT = Path(__file__).parents[3]
NEW = SkillDocument(slug="new", name={"en": "New"}, related=["embeddings"])


def live(engine: Engine) -> dict[tuple[str, str], Document]:
    with reading(engine) as session:
        return {(document.TYPE, document.ident): document for document in read_all(session)}


def revisions(engine: Engine, slug: str) -> list[Revision]:
    with reading(engine) as session:
        query = select(Revision).where(Revision.slug == slug).order_by(Revision.document_type, Revision.number)
        return list(session.execute(query).scalars())


def counts(engine: Engine) -> tuple[int, int]:
    with reading(engine) as session:
        query = "SELECT (SELECT count(*) FROM careergraph_revision), (SELECT count(*) FROM careergraph_catalog_version)"
        row = session.execute(text(query)).one()
        return row[0], row[1]


def test_what_is_live_already_is_not_published(engine: Engine) -> None:
    before = counts(engine)
    with transaction(engine) as session:
        assert publish(session, documents(), "editor", "the same again") is None
        assert publish(session, [], "editor", "nothing", removed=[("career", "nobody")]) is None
    assert counts(engine) == before


def test_only_what_differs_gets_a_revision(engine: Engine) -> None:
    before = counts(engine)
    career, *others = sorted(documents(), key=lambda document: document.TYPE != "career")
    changed = msgspec.structs.replace(career, title={"en": "Changed"})
    with transaction(engine) as session:
        assert publish(session, [*others, changed, NEW], "editor", "why") == 2
    assert counts(engine) == (before[0] + 2, before[1] + 1)
    revision = revisions(engine, changed.ident)[-1]
    assert (revision.number, revision.author, revision.note, revision.version) == (2, "editor", "why", 2)
    assert revision.body == msgspec.to_builtins(changed)
    assert live(engine)["skill", "new"] == NEW


def test_a_removal_is_a_revision_without_a_body(engine: Engine) -> None:
    with transaction(engine) as session:
        publish(session, [NEW], "editor", "")
        assert publish(session, [], "editor", "gone", removed=[("skill", "new")]) == 3
        assert publish(session, [NEW], "editor", "back") == 4
    assert [(it.number, it.body is None, it.version) for it in revisions(engine, "new")] == [
        (1, False, 2),
        (2, True, 3),
        (3, False, 4),
    ]
    with reading(engine) as session:
        assert NEW in documents_at(session, 2)
        assert NEW not in documents_at(session, 3)


def test_a_draft_does_not_disturb_the_count(engine: Engine) -> None:
    with transaction(engine) as session:
        drafts.append(session, ("skill", "embeddings"), {"slug": "embeddings", "name": {"en": "Draft"}}, "a", "")
    assert live(engine)["skill", "embeddings"] in documents()
    edited = SkillDocument(slug="embeddings", name={"en": "Edited"})
    with transaction(engine) as session:
        publish(session, [edited], "editor", "")
    assert [(it.number, it.version) for it in revisions(engine, "embeddings")] == [(1, 1), (2, None), (3, 2)]


def test_a_failure_leaves_nothing_behind(engine: Engine) -> None:
    before = live(engine), counts(engine)
    with pytest.raises(DatabaseProblem), transaction(engine) as session:
        publish(session, [NEW], "editor", "", removed=[("category", "ai-engineering")])
    with pytest.raises(KeyError), transaction(engine) as session:
        publish(session, [NEW, SkillDocument(slug="b", name={"en": "B"}, related=["nobody"])], "editor", "")
    with pytest.raises(RuntimeError), transaction(engine) as session:
        publish(session, [NEW], "editor", "")
        raise RuntimeError
    assert (live(engine), counts(engine)) == before


def test_the_live_rows_are_those_of_the_revisions(engine: Engine) -> None:
    with transaction(engine) as session:
        publish(session, [NEW], "editor", "")
        publish(session, [CategoryDocument(slug="extra", name={"en": "Extra"})], "editor", "")
        publish(session, [], "editor", "", removed=[("skill", "new")])
    with reading(engine) as session:
        at = {(it.TYPE, it.ident): it for it in documents_at(session, 4)}
    assert at == live(engine)


def test_an_instant_is_never_before_the_last(engine: Engine) -> None:
    """A clock that was put back must not make a version that no date finds."""
    with transaction(engine) as session:
        year = "2999-01-01 00:00:00.000000" + ("" if engine.dialect.name == "sqlite" else "+00")
        session.execute(text("UPDATE careergraph_catalog_version SET published_at = :year"), {"year": year})
        publish(session, [NEW], "editor", "")
    with reading(engine) as session:
        rows = list(session.execute(select(CatalogVersion).order_by(CatalogVersion.version)).scalars())
    assert rows[0].published_at == rows[1].published_at


def test_publishers_wait_for_each_other(database_url: str) -> None:
    engines = [connect(database_url) for _ in range(4)]
    barrier = Barrier(4)
    versions: list[int] = []

    def work(number: int) -> None:
        barrier.wait()
        for turn in range(5):
            with transaction(engines[number]) as session:
                document = CategoryDocument(slug=f"c-{number}-{turn}", name={"en": "C"})
                versions.append(publish(session, [document], f"editor {number}", "") or 0)

    threads = [Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(versions) == list(range(2, 22))
    assert len([key for key in live(engines[0]) if key[1].startswith("c-")]) == 20
    for engine in engines:
        engine.dispose()


def test_a_killed_publisher_leaves_nothing(database_url: str) -> None:
    """The process is killed after everything was written and before it was committed."""
    script = """if True:
        import os, signal, sys
        from careergraph.store.database.database import connect, transaction
        from careergraph.store.documents.documents import CategoryDocument
        from careergraph.store.editing.publish import publish
        with transaction(connect(sys.argv[1])) as session:
            publish(session, [CategoryDocument(slug="killed", name={"en": "K"})], "editor", "")
            os.kill(os.getpid(), signal.SIGKILL)
    """
    line = [sys.executable, "-c", script, database_url]
    done = subprocess.run(line, env={"PYTHONPATH": str(ROOT / "src")}, check=False, timeout=60)
    assert done.returncode == -9
    engine = connect(database_url)
    assert ("category", "killed") not in live(engine)
    with reading(engine) as session:
        info = newest(session)
    assert info is not None
    assert info.version == 1
    with transaction(engine) as session:
        assert publish(session, [CategoryDocument(slug="next", name={"en": "N"})], "editor", "") == 2
    engine.dispose()
