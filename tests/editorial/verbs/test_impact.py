"""Impact: exactly the comparisons that change, each with the facts that turn its sentences."""

from itertools import combinations

import pytest

from careergraph.editorial.content.comparison_fingerprint import fingerprint_of
from careergraph.editorial.preview.impact import Impact, impact
from careergraph.engine.content import Catalog
from careergraph.engine.text.statement import Rule
from truth.few import CAREERS, CHANGES, A, B, Bodies, after, value


def in_full(before: Catalog, after: Catalog) -> set[tuple[str, str]]:
    """The pairs that change, found by computing every one in every locale."""
    pairs = combinations(sorted(before.careers.keys() | after.careers.keys()), 2)
    return {pair for pair in pairs if any(_said(before, pair, it) != _said(after, pair, it) for it in after.locales)}


def _said(catalog: Catalog, pair: tuple[str, str], locale: str) -> object:
    return fingerprint_of(catalog, pair, locale).keys if all(slug in catalog.careers for slug in pair) else None


UNREAD = ("nothing", "what no comparison reads", "a source", "aliases and a way in")
"""Changes of what no statement, row or skill of a comparison shows."""


@pytest.mark.parametrize("name", CHANGES)
def test_it_finds_what_computing_everything_finds(name: str) -> None:
    before, later = after(CHANGES[name])
    changes = impact(before, later, first=100)
    assert {(it.a, it.b) for it in changes.first} == in_full(before, later)
    assert changes.changed == len(changes.first)
    assert changes.complete
    assert bool(changes.first) == (name not in UNREAD)


def test_only_what_can_be_affected_is_computed() -> None:
    n = len(CAREERS)
    assert impact(*after(CHANGES["nothing"])).examined == 0
    assert impact(*after(CHANGES["a figure"])).examined == n - 1
    assert impact(*after(CHANGES["a pair"])).examined == 1
    assert impact(*after(CHANGES["a phrase"])).examined == n * (n - 1) // 2


def test_careers_that_come_and_go_bring_and_take_their_comparisons() -> None:
    less, more = impact(*after(CHANGES["a career less"])), impact(*after(CHANGES["a career more"]))
    assert (less.vanish, less.appear) == (len(CAREERS) - 1, 0)
    assert (more.vanish, more.appear) == (0, len(CAREERS))


def test_a_sentence_that_turns_names_the_fact_that_turned_it() -> None:
    def overtake(bodies: Bodies) -> None:
        ahead = value(bodies, B, "salary")
        value(bodies, A, "salary").update(low=ahead["low"] + 1000, high=ahead["high"] + 1000)

    changes = impact(*after(overtake), first=100)
    change = next(it for it in changes.first if (it.a, it.b) == (A, B))
    turned = next(it for it in change.statements if it.before and it.after and it.after.rule is Rule.LEADS)
    assert turned.before is not None
    assert turned.after is not None
    assert (turned.before.outcome, turned.after.outcome) == ("B", "A")
    (cause,) = turned.causes
    assert cause.before is not None
    assert cause.after is not None
    assert cause.before.career.slug == cause.after.career.slug == A
    assert cause.before.value != cause.after.value
    assert {"summary", "glance", "conclusion"} <= set(change.sections)


def test_a_figure_of_a_further_region_changes_what_its_readers_see() -> None:
    """And no sentence of those who choose no region."""

    def add(bodies: Bodies) -> None:
        salary = {**value(bodies, A, "salary"), "region": "Atlantis"}
        bodies["career", A]["regionalValues"] = [salary]

    changes = impact(*after(add), first=100)
    assert changes.first
    assert {change.sections for change in changes.first} == {("regionalValues",)}


def test_a_wording_that_changes_has_no_cause_among_the_facts() -> None:
    changes = impact(*after(CHANGES["a title"]), first=100)
    statements = [it for change in changes.first for it in change.statements if it.before and it.after]
    assert statements
    assert all(it.causes == () for it in statements)


def test_it_stops_where_nobody_would_wait_and_says_so() -> None:
    changes: Impact = impact(*after(CHANGES["a phrase"]), first=1, most=4)
    assert (changes.examined, changes.complete, len(changes.first)) == (4, False, 1)
    assert changes.affected == len(CAREERS) * (len(CAREERS) - 1) // 2
