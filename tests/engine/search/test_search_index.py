"""The search index: what stays of one that goes on from another."""

from dataclasses import replace

from careergraph.engine.content import Catalog
from careergraph.engine.search.search import index_of, prepare, search
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from engine import labour


def test_numbers_of_items_that_went_are_given_back() -> None:
    """A server publishes for months: however many careers come and go, what an index keeps is of those that there
    are."""
    careers = [labour.career(labour.drawing(it), it) for it in range(20)]
    catalog = labour.catalog_of(careers)
    index_of(localize(catalog))
    for number in range(20, 32):
        careers = [*careers[1:], labour.career(labour.drawing(number), number)]
        catalog = _followed(catalog, labour.catalog_of(careers))
        index, fresh = index_of(localize(catalog)), index_of(localize(labour.catalog_of(careers)))
        assert sorted(index.keys) == sorted(fresh.keys)
        assert {key: number for number, key in index.keys.items()} == index.numbers
        assert _hits(localize(catalog)) == _hits(localize(labour.catalog_of(careers)))


def test_words_that_stand_alike_have_one_posting() -> None:
    """Most words of a summary stand in this summary alone."""
    career = replace(labour.career(labour.drawing(1), 1), summary={"en": "Whistles quaintly beneath gables."})
    postings = index_of(localize(labour.catalog_of([career]))).postings
    assert postings["whistles"] is postings["quaintly"] is postings["gables"]


def test_an_index_beside_another_finds_the_same() -> None:
    """It takes the words, groups and spellings of the other language that it has, too."""
    careers = [labour.career(labour.drawing(it), it) for it in range(30)]
    alone, after = labour.catalog_of(careers), labour.catalog_of(careers)
    index_of(localize(after))
    for code in after.locales:
        for text in ("career 25", "carer 2", "skil", "career", "skills 7", "gables"):
            expected, hits = [search(localize(it, code), text, 50) for it in (alone, after)]
            assert [hit[:2] for hit in hits] == [hit[:2] for hit in expected]
            assert [hit.item.slug for hit in hits] == [hit.item.slug for hit in expected]


def _followed(before: Catalog, after: Catalog) -> Catalog:
    for _ in prepare(localize(after), before):
        pass
    return after


def _hits(localized: LocalizedCatalog) -> list[tuple[str, float]]:
    return [(it.item.slug, it.score) for text in ("career 25", "skill") for it in search(localized, text, 50)]
