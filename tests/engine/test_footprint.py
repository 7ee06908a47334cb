"""What a catalog derives takes no more memory than it has to: each ceiling is little above what it is now, and far
below what it was with an object for each part."""

from careergraph.engine.search.search import index_of
from careergraph.engine.similarity.pair_ranking import _partners
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.text.skill_sets import skill_sets_of
from engine import labour
from engine.footprint import footprint

CAREERS = 200
CATALOG = labour.market(1, CAREERS)


def test_where_a_word_stands_is_one_string_of_bytes() -> None:
    postings = index_of(localize(CATALOG)).postings
    entries = sum([len(it) for it in postings.values()])
    assert footprint(postings) < entries + 100 * len(postings)


def test_partners_are_slugs() -> None:
    assert footprint(_partners(CATALOG)) < 300 * CAREERS


def test_skill_sets_have_no_list_for_each_skill() -> None:
    sets = [skill_sets_of(CATALOG, it) for it in CATALOG.careers.values()]
    assert footprint(sets) < 650 * CAREERS
