"""Stored neighbourhoods: a renewal makes them what working them out would give, and each version keeps its own."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest
from sqlalchemy import Engine, func, select, update

from careergraph.editorial.preview.draft_catalog import take_vectors
from careergraph.editorial.preview.preview import preview, take_step
from careergraph.editorial.preview.selection import Selection
from careergraph.engine.content import Catalog
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.similarity import search_space
from careergraph.engine.similarity.incremental import renewed
from careergraph.engine.similarity.neighbours import derive_quickly, neighbourhoods, worked_out
from careergraph.engine.similarity.search_space import is_kept
from careergraph.engine.similarity.vectors import RULES, Rarity
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.neighbourhoods import mark_at, rarity_at, store_rows, stored_rows
from careergraph.store.catalogs.renewal import renew
from careergraph.store.catalogs.stored_vectors import stored_vectors
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents import redirects
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CategoryDocument,
    Document,
    ProfilePart,
    SkillDocument,
)
from careergraph.store.editing import drafts
from careergraph.store.editing.publish import publish
from careergraph.store.tables.content import NeighbourhoodRow
from careergraph.store.tables.vectors import CareerVectorRow
from engine import labour
from truth.same_catalog import require_same
from truth.seeded import documents

CAREERS = [it for it in documents() if isinstance(it, CareerDocument)]
SKILLS = [it for it in documents() if isinstance(it, SkillDocument)]
NEWCOMER = msgspec.structs.replace(CAREERS[4], slug="newcomer", external_ids=[], title={"en": "Newcomer"})
RISK = next(it for it in documents() if isinstance(it, AttributeDocument) and it.scale)
PROFILE = ProfilePart(source="comparison-page", tasks=["Sort and shelve books."], activities=["Sort materials."])


def publishing(engine: Engine, *changed: Document, removed: tuple[tuple[str, str], ...] = ()) -> int:
    with transaction(engine) as session:
        version = publish(session, changed, "ann", "", removed)
    assert version is not None
    return version


def renewing(engine: Engine, *changed: Document, removed: tuple[tuple[str, str], ...] = ()) -> int:
    """Publish, renew, and return the version that is live then."""
    publishing(engine, *changed, removed=removed)
    renew(engine)
    return Catalogs(engine).current().version


def rows(engine: Engine, version: int) -> int:
    with reading(engine) as session:
        query = select(func.count()).select_from(NeighbourhoodRow).where(NeighbourhoodRow.version == version)
        return session.scalar(query) or 0


def require_true(engine: Engine) -> None:
    """The live catalog has stored neighbourhoods, and they are what the rules say; so are the vectors beside them."""
    catalog = Catalogs(engine).current()
    assert catalog.neighbourhoods is not None
    assert catalog.rarity is not None
    rarity = Rarity.read(catalog.rarity)
    assert catalog.neighbourhoods == labour.neighbours_by(catalog, rarity)
    with reading(engine) as session:
        mark = mark_at(session, catalog.version)
        assert mark is not None
        vectors = stored_vectors(session, mark)
        assert vectors is not None
        labour.require_vectors(vectors, catalog, rarity)


def listing(neighbours: Neighbourhoods, slug: str) -> set[str]:
    """The careers that a career is a neighbour of."""
    return {other for other, near in neighbours.items() if any(it.slug == slug for it in near)}


def with_profile(career: CareerDocument) -> CareerDocument:
    return msgspec.structs.replace(career, profile=PROFILE)


def test_a_catalog_whose_neighbourhoods_were_not_stored_has_them_all_the_same(engine: Engine) -> None:
    """A migration that seeds knows nothing of them. Storing them changes no answer, so it makes no version."""
    catalog = Catalogs(engine).current()
    assert catalog.neighbourhoods is None
    assert neighbourhoods(catalog) == worked_out(catalog)
    assert renew(engine) is None
    stored = Catalogs(engine).current()
    assert (stored.version, stored.neighbourhoods) == (catalog.version, neighbourhoods(catalog))
    assert rows(engine, stored.version) == len(CAREERS) + 2  # and the weights, and the mark


def test_a_version_of_their_own_follows_a_publish(engine: Engine) -> None:
    first, second, third = CAREERS[:3]
    renew(engine)
    before = neighbourhoods(Catalogs(engine).current())
    version = publishing(engine, with_profile(first), with_profile(second))
    assert neighbourhoods(Catalogs(engine).current()) == before
    done = renew(engine)
    assert done is not None and done.version == version + 1 and {first.slug, second.slug} <= {*done.careers}
    assert 1 < rows(engine, version + 1) == len(done.careers) + 1 < len(CAREERS) / 2
    require_true(engine)
    assert renew(engine) is None
    version = renewing(engine, msgspec.structs.replace(third, summary={**third.summary, "de": "Anders."}))
    assert (version, rows(engine, version)) == (done.version + 1, 1)  # nothing that they rest on changed
    renewing(engine, msgspec.structs.replace(RISK, scale=2 * (RISK.scale or 1)))
    require_true(engine)
    renewing(engine, msgspec.structs.replace(SKILLS[0], related=[it.ident for it in SKILLS[4:6]]))
    require_true(engine)


def test_careers_come_and_go(engine: Engine) -> None:
    renew(engine)
    renewing(engine, NEWCOMER)
    require_true(engine)
    assert neighbourhoods(Catalogs(engine).current())[NEWCOMER.slug]
    publishing(engine, removed=(("career", "newcomer"),))
    catalog = Catalogs(engine).current()
    assert {it.slug for near in neighbourhoods(catalog).values() for it in near} <= catalog.careers.keys()
    renew(engine)
    require_true(engine)
    assert "newcomer" not in neighbourhoods(Catalogs(engine).current())


def test_a_renamed_career_has_its_neighbours_at_once(engine: Engine) -> None:
    publishing(engine, NEWCOMER)
    renew(engine)
    old = NEWCOMER
    before = neighbourhoods(Catalogs(engine).current())
    with transaction(engine) as session:
        publish(session, [msgspec.structs.replace(old, slug="renamed")], "ann", "", [("career", old.slug)])
        redirects.add(session, ("career", old.slug), "renamed")
    after = neighbourhoods(Catalogs(engine).current())
    assert after["renamed"] == before[old.slug]
    assert listing(after, "renamed") == listing(before, old.slug)
    renew(engine)
    require_true(engine)


def test_what_was_renamed_and_moved_meanwhile_is_no_obstacle(engine: Engine) -> None:
    """The content that the stored ones follow from refers to a category that is gone."""
    renew(engine)
    category = next(it for it in documents() if isinstance(it, CategoryDocument))
    moving = [it for it in CAREERS if it.category == category.slug]
    other = next(it.category for it in CAREERS if it.category != category.slug)
    publishing(engine, *[msgspec.structs.replace(with_profile(it), category=other) for it in moving])
    publishing(engine, removed=(("category", category.slug),))
    renew(engine)
    require_true(engine)


def test_the_past_keeps_its_own(engine: Engine) -> None:
    """No version ever has others than those that it was served with."""
    served: dict[int, Neighbourhoods] = {}
    for step in (
        lambda: renew(engine),
        lambda: publishing(engine, with_profile(NEWCOMER)),
        lambda: renew(engine),
        lambda: publishing(engine, removed=(("career", NEWCOMER.slug),)),
        lambda: publishing(engine, NEWCOMER, with_profile(CAREERS[1])),
        lambda: renew(engine),
    ):
        step()
        catalog = Catalogs(engine).current()
        assert neighbourhoods(catalog) == served.setdefault(catalog.version, neighbourhoods(catalog))
    for version, neighbours in served.items():
        assert neighbourhoods(Catalogs(engine).at_version(version)) == neighbours
    require_true(engine)


def test_a_renewal_that_was_cut_off_is_due_again(engine: Engine) -> None:
    renew(engine)
    version = publishing(engine, with_profile(CAREERS[0]))
    with pytest.raises(KeyboardInterrupt):
        renew(engine, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    assert Catalogs(engine).current().version == version
    assert renew(engine) is not None
    require_true(engine)


def test_of_two_workers_one_renews(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    renew(engine)
    publishing(engine, with_profile(CAREERS[0]))
    versions = []

    def slow(*catalogs: Any) -> Any:
        monkeypatch.undo()
        publishing(engine, with_profile(CAREERS[1]))
        versions.append(renew(engine))
        return renewed(*catalogs)

    monkeypatch.setattr("careergraph.store.catalogs.renewal.renewed", slow)
    assert renew(engine) is None
    assert versions[0] is not None and Catalogs(engine).current().version == versions[0].version
    require_true(engine)


def test_a_publish_meanwhile_is_renewed_after(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    renew(engine)
    publishing(engine, with_profile(CAREERS[0]))

    def slow(*catalogs: Any) -> Any:
        publishing(engine, with_profile(CAREERS[1]))
        return renewed(*catalogs)

    monkeypatch.setattr("careergraph.store.catalogs.renewal.renewed", slow)
    assert renew(engine) is not None
    monkeypatch.undo()
    assert renew(engine) is not None
    require_true(engine)


def test_those_of_other_rules_are_left_alone(engine: Engine) -> None:
    version = renewing(engine, with_profile(CAREERS[0]))
    with transaction(engine) as session:
        assert stored_rows(session, version) is not None
        session.execute(update(NeighbourhoodRow).where(NeighbourhoodRow.slug == "").values(body=[f"not {RULES}"]))
    assert Catalogs(engine).current().neighbourhoods is None
    version = renewing(engine, with_profile(CAREERS[1]))
    require_true(engine)
    with reading(engine) as session:
        # the old are gone; beside the careers there are the weights and the mark
        assert session.scalar(select(func.count()).select_from(NeighbourhoodRow)) == len(CAREERS) + 2


def test_a_renewal_that_moves_nothing_keeps_the_vectors(engine: Engine) -> None:
    renew(engine)
    renewing(engine, msgspec.structs.replace(CAREERS[2], summary={**CAREERS[2].summary, "de": "Anders."}))
    require_true(engine)


def test_vectors_beside_the_neighbours_of_another_release_are_left_alone(engine: Engine) -> None:
    """It knows nothing of them, so they stay those of an earlier content."""
    renewing(engine, with_profile(CAREERS[0]))
    with transaction(engine) as session:
        session.execute(update(CareerVectorRow).where(CareerVectorRow.slug == "").values(version=1))
    catalog = Catalogs(engine).current()
    with reading(engine) as session:
        take_vectors(session, catalog)
    assert not is_kept(catalog)
    renewing(engine, with_profile(CAREERS[1]))
    require_true(engine)


@pytest.mark.parametrize("pending", [False, True])
def test_what_a_draft_moves_is_measured_by_stored_vectors(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, *, pending: bool
) -> None:
    """Else the first to ask in a server waits until all careers are read. It is right while a renewal is due, too."""
    renewing(engine, with_profile(CAREERS[0]))
    if pending:
        publishing(engine, msgspec.structs.replace(CAREERS[2], profile=PROFILE))
    body = msgspec.to_builtins(msgspec.structs.replace(CAREERS[1], profile=PROFILE))
    plain, live = Catalogs(engine).current(), Catalogs(engine).current()
    anew = replace(plain)  # keeps no vectors
    expected = renewed(anew, neighbourhoods(plain), replace(_laid(engine, plain, body), base=None))
    monkeypatch.setattr(search_space, "_whole", lambda _: pytest.fail("all careers are read"))
    laid = _laid(engine, live, body)
    assert derive_quickly(laid)
    assert neighbourhoods(laid) == expected.neighbourhoods != neighbourhoods(live)
    assert list(live.memo) == list(plain.memo)


def _laid(engine: Engine, live: Catalog, body: dict[str, Any]) -> Catalog:
    with reading(engine) as session:
        return take_step(session, live, {("career", body["slug"]): body})


def test_a_preview_has_those_of_its_drafts(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    renewing(engine, with_profile(CAREERS[0]))
    draft = msgspec.structs.replace(CAREERS[1], profile=PROFILE)
    with transaction(engine) as session:
        drafts.append(session, ("career", draft.slug), msgspec.to_builtins(draft), "ann", "")
        previewed, _ = preview(session, Selection(keys=(("career", draft.slug),)))
    rarity = Catalogs(engine).current().rarity
    assert rarity is not None
    expected = labour.neighbours_by(previewed, Rarity.read(rarity))
    monkeypatch.setattr(
        "careergraph.engine.similarity.neighbours.worked_out", lambda _: pytest.fail("from the beginning")
    )
    assert neighbourhoods(previewed) == expected


def test_a_preview_made_of_an_earlier_catalog_is_the_same(engine: Engine) -> None:
    """A server has not yet taken the versions in which something was published, renewed, and published as before."""
    earlier = Catalogs(engine).current()
    renewing(engine, with_profile(CAREERS[0]))
    publishing(engine, CAREERS[0])
    draft = msgspec.structs.replace(CAREERS[1], profile=PROFILE)
    selection = Selection(keys=(("career", draft.slug),))
    with transaction(engine) as session:
        drafts.append(session, ("career", draft.slug), msgspec.to_builtins(draft), "ann", "")
        made_of_it, _ = preview(session, selection, earlier)
        built_whole, _ = preview(session, selection)
    assert neighbourhoods(made_of_it) == neighbourhoods(built_whole)
    require_same(made_of_it, built_whole)


def test_a_version_may_be_marked_again(engine: Engine) -> None:
    with transaction(engine) as session:
        for rarity in ("[1]", "[2]"):
            store_rows(session, 1, 1, {}, rarity)
        assert rarity_at(session, 1) == "[2]"
