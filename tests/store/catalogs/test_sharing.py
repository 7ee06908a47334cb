"""Sharing: a catalog made from another one is what it would be made from nothing, and holds little of its own."""

from datetime import UTC, datetime
from operator import is_

import msgspec
import pytest

from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.sharing import SHELVES, Sharing
from careergraph.store.documents.documents import BY_TYPE, Document, Key, key_of
from truth import few

PUBLISHED = dict.fromkeys((*few.CAREERS, "copy"), few.FIRST)


def documents(bodies: few.Bodies) -> list[Document]:
    return [msgspec.convert(body, BY_TYPE[key[0]]) for key, body in bodies.items()]


def built(content: list[Document], sharing: Sharing | None = None) -> Catalog:
    return build_catalog(content, 2, datetime(2026, 1, 2, tzinfo=UTC), PUBLISHED, sharing=sharing)


def shared(before: list[Document], after: list[Document]) -> tuple[Catalog, Catalog]:
    """The catalog of some documents, and that of others made from it."""
    one = built(before)
    return one, built(after, Sharing(one, differing(before, after)))


def differing(before: list[Document], after: list[Document]) -> set[Key]:
    """The keys of documents that are not the same in both."""
    one, other = ({key_of(it): it for it in every} for every in (before, after))
    return {key for key in {**one, **other} if one.get(key) != other.get(key)}


@pytest.mark.parametrize("change", few.CHANGES)
def test_it_is_what_it_would_be_made_from_nothing(change: str) -> None:
    before, after = documents(few.seeded()), documents(few.bodies_of(few.CHANGES[change]))
    for one, other in ((before, after), (after, before)):
        updated, fresh = shared(one, other)[1], built(other)
        for shelf in SHELVES.values():
            assert dict(getattr(updated, shelf)) == dict(getattr(fresh, shelf)), shelf
            assert list(getattr(updated, shelf)) == list(getattr(fresh, shelf))


def test_all_of_a_catalog_is_shared_with_the_same_one() -> None:
    before, after = shared(documents(few.seeded()), documents(few.seeded()))
    for shelf in SHELVES.values():
        assert all(item is getattr(before, shelf)[slug] for slug, item in getattr(after, shelf).items()), shelf


def test_a_career_is_made_anew_where_what_it_points_to_was() -> None:
    """Its own document is the same, but it must not point to the skill of before."""
    before, after = shared(documents(few.seeded()), documents(few.bodies_of(few.CHANGES["the name of a skill"])))
    changed = after.skills["spreadsheets"]
    assert changed is not before.skills["spreadsheets"]
    users = [career for career in after.careers.values() if any(changed in skill.concepts for skill in career.skills)]
    assert users
    assert all(before.careers[career.slug] is not career for career in users)
    assert any(before.careers[slug] is career for slug, career in after.careers.items())


def test_a_career_that_was_published_anew_is_made_anew() -> None:
    before = documents(few.seeded())
    one = built(before)
    later = {**PUBLISHED, few.A: datetime(2026, 1, 2, tzinfo=UTC)}
    after = build_catalog(before, 2, one.published_at, later, sharing=Sharing(one, ()))
    assert [slug for slug, career in after.careers.items() if one.careers[slug] is not career] == [few.A]


def test_careers_have_equal_parts_once() -> None:
    """Skills, codes, schemes and regions are the same in many careers: of O*NET's, one skill in seven is another."""
    bodies = few.seeded()
    copy = msgspec.json.decode(msgspec.json.encode({**bodies["career", few.A], "slug": "copy"}))
    catalog = built(documents({**bodies, ("career", "copy"): copy}))
    one, other = catalog.careers[few.A], catalog.careers["copy"]
    assert one.skills and all(map(is_, one.skills, other.skills))
    codes = [[value.provenance.published_for for value in it.values] for it in (one, other)]
    assert any(codes[0]) and all(map(is_, *codes))
