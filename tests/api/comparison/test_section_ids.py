"""Ids of a page's sections: what two selections of one section are is one thing to a client cache."""

from itertools import product

from api.asking import SEEDED, answer, code
from careergraph.engine.errors import Code

SECTIONS = """query($a: String!, $b: String!, $locale: String) { comparison(a: $a, b: $b, locale: $locale) {
  glance { id } skills { id } verdict { id } transition { id } back: transition(from: B) { id } } }"""
PAIRS = [("actuary", "accountant"), ("accountant", "actuary"), ("actuary", "data-scientist")]


def test_each_section_of_each_page_has_an_id_of_its_own() -> None:
    """In each locale, and in each order of the careers; but a move between two careers is one move on both pages."""
    ids: dict[str, set[str]] = {name: set() for name in ("glance", "skills", "verdict", "transition", "back")}
    for (a, b), locale in product(PAIRS, ("en", "de")):
        sections = answer(SECTIONS, SEEDED, a=a, b=b, locale=locale)["comparison"]
        assert sections == answer(SECTIONS, SEEDED, a=a, b=b, locale=locale)["comparison"]
        for name, section in sections.items():
            ids[name].add(section["id"])
    pages = 2 * len(PAIRS)
    assert {name: len(sections) for name, sections in ids.items()} == dict.fromkeys(ids, pages)
    assert len(set.union(*ids.values())) == 3 * pages + 4 * 2, "of the six moves two are on two pages"


def test_a_section_is_no_node() -> None:
    """It is asked for where it is: below its comparison."""
    sections = answer(SECTIONS, SEEDED, a="actuary", b="accountant")["comparison"]
    for section in sections.values():
        assert code("query($id: ID!) { node(id: $id) { id } }", SEEDED, id=section["id"]) == Code.BAD_ID
