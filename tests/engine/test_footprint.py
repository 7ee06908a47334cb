"""What a catalog derives takes no more memory than it has to: each ceiling is little above what it is now, and far
below what it was with an object for each part."""

from careergraph.engine.content.trigrams import MOST_SHORT, Trigrams
from careergraph.engine.search.search import index_of
from careergraph.engine.similarity.pair_ranking import _partners
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.text.skill_sets import skill_sets_of
from careergraph.engine.text.transition_inputs import transition_inputs_of
from engine import labour
from engine.footprint import footprint

CAREERS = 200
CATALOG = labour.market(1, CAREERS)
WORDS = labour.WORDS[:300]


def test_where_a_word_stands_is_one_string_of_bytes() -> None:
    postings = index_of(localize(CATALOG)).postings
    entries = sum([len(it) for it in postings.values()])
    assert footprint(postings) < entries + 100 * len(postings)


def test_partners_are_slugs() -> None:
    assert footprint(_partners(CATALOG)) < 300 * CAREERS


def test_skill_sets_have_no_list_for_each_skill() -> None:
    sets = [skill_sets_of(CATALOG, it) for it in CATALOG.careers.values()]
    assert footprint(sets) < 650 * CAREERS


def test_what_skills_weigh_is_a_number_for_each() -> None:
    weights = [transition_inputs_of(CATALOG, it).weights for it in CATALOG.careers.values()]
    assert footprint(weights) < 150 * CAREERS


def test_places_of_few_texts_take_two_bytes_each() -> None:
    few, many = Trigrams(WORDS), Trigrams([*WORDS, *map(str, range(MOST_SHORT))])
    longer = Trigrams(WORDS).extended([str(it) for it in range(MOST_SHORT)])
    assert {it.typecode for it in few._places.values()} == {"H"}
    assert {it.typecode for it in longer._places.values()} == {"I"}
    assert longer._places == many._places
    for text in (WORDS[0], "1234"):
        assert longer.nearest(text, 0.5) == many.nearest(text, 0.5)
    assert footprint(few._places) < 160 * len(few._places) + 2 * sum(map(len, few._places.values()))
