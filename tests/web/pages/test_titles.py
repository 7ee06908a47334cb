"""Titles: careers by what they are called, in little memory."""

from dataclasses import replace

import pytest

from careergraph.web.pages.rendering import titles
from careergraph.web.pages.rendering.titles import SHELVES, Called, careers_of
from engine.footprint import footprint
from truth import seeded


def test_an_index_of_names_does_not_have_the_names() -> None:
    called = Called()
    for number in range(500):
        called.add(f"career-{number}", [f"name {number} {it}" for it in range(40)])
    assert footprint(called) < 22 * 500 * 40 + 160 * SHELVES


def test_careers_lose_the_names_that_are_taken_from_them() -> None:
    before = Called()
    before.add("carpenter", ["joiner", "carpenter"])
    before.add("cabinet-maker", ["joiner"])
    after = Called(before)
    after.take("carpenter", ["joiner"])
    assert before.perhaps("joiner") == ["cabinet-maker", "carpenter"]
    assert after.perhaps("joiner") == ["cabinet-maker"]
    assert after.perhaps("carpenter") == ["carpenter"]


def test_a_name_with_the_hash_of_another_names_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where each two names had one hash, a text would still name only who is called so."""
    catalog = replace(seeded.catalog(), version=2)  # with indexes of its own
    locale = catalog.locales["en"]
    monkeypatch.setattr(titles, "hash", lambda _: 1, raising=False)
    assert careers_of(catalog, locale, "Plumber") == ["plumber"]
    assert careers_of(catalog, locale, "Nobody") == []
    alias, slug = next((it.aliases["en"][0], it.slug) for it in catalog.careers.values() if it.aliases.get("en"))
    assert slug in careers_of(catalog, locale, alias)
