"""Renewals of a live catalog: what comes out is what all documents give, and only what changed is read for it."""

from collections.abc import Callable, Iterator

import msgspec
import pytest
from sqlalchemy import Engine

from careergraph.store.catalogs import past, renewal
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.renewal import _work_out, renew
from careergraph.store.catalogs.stored_catalog import StoredCatalog
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    Document,
    Key,
    ProfilePart,
    SkillDocument,
)
from careergraph.store.documents.tolerance import decode_known
from careergraph.store.editing.publish import publish
from truth.seeded import documents

CAREERS = [it for it in documents() if isinstance(it, CareerDocument)]
SKILLS = [it for it in documents() if isinstance(it, SkillDocument)]
CATEGORY = next(it for it in documents() if isinstance(it, CategoryDocument))
RISK = next(it for it in documents() if isinstance(it, AttributeDocument) and it.scale)
NEWCOMER = msgspec.structs.replace(CAREERS[4], slug="newcomer", external_ids=[], title={"en": "Newcomer"})
PROFILE = ProfilePart(source="comparison-page", tasks=["Sort and shelve books."], activities=["Sort materials."])
ELSEWHERE = next(it.category for it in CAREERS if it.category != CATEGORY.slug)
MOVED = [msgspec.structs.replace(it, category=ELSEWHERE) for it in CAREERS if it.category == CATEGORY.slug]

Step = tuple[list[Document], tuple[Key, ...]]
STEPS: dict[str, list[Step]] = {
    "a career's texts": [([msgspec.structs.replace(CAREERS[0], profile=PROFILE)], ())],
    "a career that comes": [([NEWCOMER], ())],
    "a career that goes": [([NEWCOMER], ()), ([CAREERS[5]], (("career", "newcomer"),))],
    "skills that are related": [([msgspec.structs.replace(SKILLS[0], related=[SKILLS[4].slug])], ())],
    "an attribute": [([msgspec.structs.replace(RISK, scale=2 * (RISK.scale or 1))], ())],
    "what nothing rests on": [([msgspec.structs.replace(CATEGORY, name={"en": "Another"})], ())],
    "a category that goes": [([*MOVED], ()), ([], (("category", CATEGORY.slug),))],
}


def publishing(engine: Engine, changed: list[Document], removed: tuple[Key, ...] = ()) -> None:
    with transaction(engine) as session:
        publish(session, changed, "ann", "", removed)


def live(engine: Engine) -> StoredCatalog:
    catalogs = Catalogs(engine)
    catalogs.current()
    assert catalogs.live is not None
    return catalogs.live


@pytest.mark.parametrize("name", STEPS)
def test_of_a_live_catalog_comes_what_comes_of_all_documents(engine: Engine, name: str) -> None:
    renew(engine)
    lives = [live(engine)]
    for changed, removed in STEPS[name]:
        publishing(engine, changed, removed)
        lives.append(live(engine))
        with reading(engine) as session:
            whole = _work_out(session, None)
            assert whole is not None or name == "what nothing rests on"
            for one in lives:  # the live one may be an earlier one still
                assert _work_out(session, one) == whole, one.info.version
    renew(engine, live=lives[0])
    with reading(engine) as session:
        assert _work_out(session, lives[-1]) is None, "nothing is due"


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The documents that are read, by their types."""
    types: list[str] = []

    def counting(body: str, kind: type[Document]) -> Document:
        types.append(kind.TYPE)
        return decode_known(body, kind)

    monkeypatch.setattr(past, "decode_known", counting)
    yield types


def test_only_what_changed_is_read(engine: Engine, decoded: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    renew(engine)
    before = live(engine)
    publishing(engine, [msgspec.structs.replace(CAREERS[0], profile=PROFILE)])
    monkeypatch.setattr(renewal, "build_catalog", lambda *_: pytest.fail("no catalog is built as a whole"))
    decoded.clear()
    done = renew(engine, live=before)
    assert done is not None and CAREERS[0].slug in done.careers
    assert decoded == ["career"] * 3  # as it was, as it is, and as the catalog of the next version has it


def test_what_keeps_neighbours_from_being_renewed_is_logged(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Documents that make no catalog in a line, and a mistake of ours as such: it passed for such documents."""

    def fail(problem: Exception) -> Callable[..., None]:
        def raise_problem(*_: object) -> None:
            raise problem

        return raise_problem

    renew(engine)
    publishing(engine, [NEWCOMER])
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "_sides", fail(KeyError("gone")))
        assert renew(engine) is None
    assert [(it.levelname, it.exc_info) for it in caplog.records] == [("WARNING", None)]
    assert "KeyError 'gone'" in caplog.text
    caplog.clear()
    with monkeypatch.context() as patch:
        patch.setattr(renewal, "renewed", fail(KeyError("ours")))
        assert renew(engine) is None
    assert [it.levelname for it in caplog.records] == ["ERROR"] and "Traceback" in caplog.text
    assert renew(engine) is not None, "it is due still"
