"""Readiness: a new catalog has what was asked of the one before, and nothing that nobody asked for."""

from careergraph.engine import ranking, search
from careergraph.engine.edition import edition_of
from careergraph.engine.ranking import ranking as ranked
from careergraph.engine.readiness import make_ready
from truth import few


def test_what_was_asked_of_the_catalog_before_is_ready() -> None:
    before, later = few.after(few.CHANGES["a title"])
    make_ready(later, before)
    assert ranking.NAME not in later.memo
    assert not any(search.NAME in it.memo for it in (edition_of(later, code) for code in later.locales))
    ranked(before)
    search.search(edition_of(before, "de"), "data", 1)
    make_ready(later, before)
    assert ranking.NAME in later.memo
    assert [code for code in later.locales if search.NAME in edition_of(later, code).memo] == ["de"]
