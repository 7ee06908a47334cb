"""The search index: what stays of one that goes on from another."""

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


def _followed(before: Catalog, after: Catalog) -> Catalog:
    for _ in prepare(localize(after), before):
        pass
    return after


def _hits(localized: LocalizedCatalog) -> list[tuple[str, float]]:
    return [(it.item.slug, it.score) for text in ("career 25", "skill") for it in search(localized, text, 50)]
