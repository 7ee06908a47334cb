"""Neighbourhoods that are stored: after any publish they are those that working them out would give, then and later."""

from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import Engine, func, select, update

from careergraph.editorial.preview.preview import Selection, preview
from careergraph.engine.similarity.neighbours import neighbourhoods, worked_out
from careergraph.engine.similarity.vectors import RULES
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.neighbourhoods import stored_neighbourhoods
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    Document,
    ProfilePart,
    SkillDocument,
)
from careergraph.store.editing import drafts
from careergraph.store.editing.publish import publish
from careergraph.store.tables.profiles import NeighbourhoodRow
from truth.seeded import documents

CAREERS = [it for it in documents() if isinstance(it, CareerDocument)]
SKILLS = [it for it in documents() if isinstance(it, SkillDocument)]
RISK = next(it for it in documents() if isinstance(it, AttributeDocument) and it.scale)
PROFILE = ProfilePart(source="comparison-page", tasks=["Sort and shelve books."], activities=["Sort materials."])


def publishing(engine: Engine, *changed: Document, removed: tuple[tuple[str, str], ...] = ()) -> int:
    with transaction(engine) as session:
        version = publish(session, changed, "ann", "", removed)
    assert version is not None
    return version


def rows(engine: Engine, version: int) -> int:
    with reading(engine) as session:
        query = select(func.count()).select_from(NeighbourhoodRow).where(NeighbourhoodRow.version == version)
        return session.scalar(query) or 0


def require_true(engine: Engine) -> None:
    """The live catalog has stored neighbourhoods, and they are what the rules say."""
    catalog = Catalogs(engine).current()
    assert catalog.neighbourhoods is not None
    assert catalog.neighbourhoods == worked_out(catalog)


def test_a_catalog_whose_neighbourhoods_were_not_stored_has_them_all_the_same(engine: Engine) -> None:
    """A migration that seeds knows nothing of them."""
    catalog = Catalogs(engine).current()
    assert catalog.neighbourhoods is None
    assert neighbourhoods(catalog) == worked_out(catalog)


def test_every_publish_stores_what_it_changes(engine: Engine) -> None:
    first, second, third = CAREERS[:3]
    edited = msgspec.structs.replace(first, summary={"en": "Sorts and shelves books."}, profile=PROFILE)
    version = publishing(engine, edited)
    require_true(engine)
    assert rows(engine, version) == len(CAREERS) + 1  # all of them, as none was there before
    version = publishing(engine, msgspec.structs.replace(second, profile=PROFILE))
    require_true(engine)
    assert 1 < rows(engine, version) < len(CAREERS) / 2
    version = publishing(engine, msgspec.structs.replace(third, summary={**third.summary, "de": "Anders."}))
    require_true(engine)
    assert rows(engine, version) == 1
    publishing(engine, msgspec.structs.replace(RISK, scale=2 * (RISK.scale or 1)))
    require_true(engine)
    publishing(engine, msgspec.structs.replace(SKILLS[0], related=[it.ident for it in SKILLS[4:6]]))
    require_true(engine)


def test_careers_come_and_go(engine: Engine) -> None:
    career = msgspec.structs.replace(CAREERS[4], slug="newcomer", external_ids=[], title={"en": "Newcomer"})
    publishing(engine, career)
    require_true(engine)
    publishing(engine, removed=(("career", "newcomer"),))
    require_true(engine)
    catalog = Catalogs(engine).current()
    assert "newcomer" not in neighbourhoods(catalog)


def test_the_past_keeps_its_own(engine: Engine) -> None:
    publishing(engine, msgspec.structs.replace(CAREERS[0], profile=PROFILE))
    catalogs = Catalogs(engine)
    then = catalogs.current()
    instant = then.published_at
    publishing(engine, msgspec.structs.replace(CAREERS[1], profile=PROFILE))
    past = Catalogs(engine).as_of(instant + timedelta(microseconds=1))
    assert past.version == then.version
    assert past.neighbourhoods == then.neighbourhoods == worked_out(past)
    assert neighbourhoods(Catalogs(engine).current()) != past.neighbourhoods


def test_those_of_other_rules_are_left_alone(engine: Engine) -> None:
    version = publishing(engine, msgspec.structs.replace(CAREERS[0], profile=PROFILE))
    with transaction(engine) as session:
        assert stored_neighbourhoods(session, version) is not None
        session.execute(update(NeighbourhoodRow).where(NeighbourhoodRow.slug == "").values(body=[f"not {RULES}"]))
    assert Catalogs(engine).current().neighbourhoods is None
    version = publishing(engine, msgspec.structs.replace(CAREERS[1], profile=PROFILE))
    require_true(engine)
    assert rows(engine, version) == len(CAREERS) + 1


def test_a_preview_has_those_of_its_drafts(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    publishing(engine, msgspec.structs.replace(CAREERS[0], profile=PROFILE))
    draft = msgspec.structs.replace(CAREERS[1], profile=PROFILE)
    with transaction(engine) as session:
        drafts.append(session, ("career", draft.slug), msgspec.to_builtins(draft), "ann", "")
        previewed = preview(session, Selection(keys=(("career", draft.slug),)))
    expected = worked_out(previewed)
    monkeypatch.setattr(
        "careergraph.engine.similarity.neighbours.worked_out", lambda _: pytest.fail("from the beginning")
    )
    assert neighbourhoods(previewed) == expected
