"""Impact: exactly the comparisons that change, each with the facts that turn its sentences."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations

import pytest

from careergraph.editorial.content.comparison_fingerprint import fingerprint_of
from careergraph.editorial.preview.change_kind import ChangeKind
from careergraph.editorial.preview.impact import UNREAD as UNREAD_FIELDS
from careergraph.editorial.preview.impact import Impact, impact, impact_of_rename
from careergraph.engine.content import Catalog
from careergraph.engine.content.career import RoadmapStage
from careergraph.engine.content.image import Image
from careergraph.engine.content.source import ExternalId
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
    changes = impact(before, later)
    assert {(it.a, it.b) for it in changes.changes(100)} == in_full(before, later)
    assert len(changes.pairs) == len(changes.changes(100))
    assert changes.complete
    assert bool(changes.changes(100)) == (name not in UNREAD)


def test_only_what_can_be_affected_is_computed() -> None:
    n = len(CAREERS)
    assert impact(*after(CHANGES["nothing"])).examined == 0
    assert impact(*after(CHANGES["a figure"])).examined == n - 1
    assert impact(*after(CHANGES["a pair"])).examined == 1
    assert impact(*after(CHANGES["a phrase"])).examined == n * (n - 1) // 2


def test_careers_that_come_and_go_bring_and_take_their_comparisons() -> None:
    less, more = impact(*after(CHANGES["a career less"])), impact(*after(CHANGES["a career more"]))
    rest = len(CAREERS) - 1
    assert less.counts == {ChangeKind.VANISHES: rest, ChangeKind.TEXTS: rest * (rest - 1) // 2}, "collections lose it"
    assert more.counts == {ChangeKind.APPEARS: len(CAREERS), ChangeKind.TEXTS: rest}, "skills of the copy weigh less"


def test_a_sentence_that_turns_names_the_fact_that_turned_it() -> None:
    def overtake(bodies: Bodies) -> None:
        ahead = value(bodies, B, "salary")
        value(bodies, A, "salary").update(low=ahead["low"] + 1000, high=ahead["high"] + 1000)

    changes = impact(*after(overtake))
    change = next(it for it in changes.changes(100) if (it.a, it.b) == (A, B))
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


SKILLS = (Rule.OWN_SKILLS, Rule.SHARED_SKILLS)


def reasons_of(catalog: Catalog, pair: tuple[str, str]) -> set[object]:
    """What the verdict states of a comparison, without its wording: who is ahead in what, and what it says of whom."""
    statements = fingerprint_of(catalog, pair, None).statements
    reasons = [(section, it) for section in ("chooseA", "chooseB", "either") for _, it in statements[section]]
    return {
        (section, of.rule, of.outcome, of.facts[0].attribute and of.facts[0].attribute.key, of.facts[0].part)
        for section, of in reasons
        if of.rule not in SKILLS
    }


@pytest.mark.parametrize(
    "name", ["a figure", "a title", "skills", "a category", "an attribute", "a source", "a phrase"]
)
def test_reasons_change_on_the_pages_that_are_said_to_lose_or_get_some(name: str) -> None:
    before, later = after(CHANGES[name])
    for change in impact(before, later).pairs:
        same = reasons_of(before, change.pair) == reasons_of(later, change.pair)
        assert same == (change.kind in (ChangeKind.ROWS, ChangeKind.TEXTS)), change


def test_what_matters_comes_first_and_each_kind_is_counted() -> None:
    """A salary that overtakes one career of several, beside which every row shows another figure."""

    def overtake(bodies: Bodies) -> None:
        ahead = value(bodies, B, "salary")
        value(bodies, A, "salary").update(low=ahead["low"] + 1000, high=ahead["high"] + 1000)

    changes = impact(*after(overtake))
    kinds = [it.kind for it in changes.pairs]
    assert (A, B) in [it.pair for it in changes.pairs if it.kind is ChangeKind.TURNS]
    assert kinds == sorted(kinds, key=list(ChangeKind).index)
    assert changes.counts == {kind: kinds.count(kind) for kind in ChangeKind if kind in kinds}
    assert len(changes.counts) > 1
    assert [*changes.changes(2), *changes.changes(100, 2)] == list(changes.changes(100))
    assert [(it.kind, it.a, it.b) for it in changes.changes(100)] == list(changes.pairs)


def test_a_statement_with_the_same_text_is_not_listed() -> None:
    """Another source of a figure: the row and the facts of sentences change, and no sentence does."""

    def cite_another(bodies: Bodies) -> None:
        figure = value(bodies, A, "salary")
        figure["source"] = next(slug for kind, slug in bodies if kind == "source" and slug != figure["source"])

    changes = impact(*after(cite_another))
    assert changes.counts == {ChangeKind.ROWS: len(CAREERS) - 1}
    for change in changes.changes(100):
        assert "summary" in change.sections
        assert change.statements == ()


@pytest.mark.parametrize("name", UNREAD_FIELDS)
def test_a_field_that_no_comparison_reads_changes_none(name: str) -> None:
    before = after(CHANGES["nothing"])[0]
    career, text = before.careers[A], {"en": "Another"}
    other = {
        "published_at": datetime(2026, 2, 2, tzinfo=UTC),
        "summary": text,
        "aliases": {"en": ("Another",)},
        "roadmap": (RoadmapStage(title=text, summary=text, months=99, skills=(before.skills["sql"],)),),
        "image": Image(url="https://example.org/a.png", alt=text),
        "external_ids": (ExternalId(scheme="onet", id="11-1011.00"),),
        "profile": before.careers[B].profile,
        "relations": before.careers[B].relations,
    }[name]
    later = replace(before, careers={**before.careers, A: replace(career, **{name: other})})  # type: ignore[arg-type]
    assert in_full(before, later) == set()
    assert impact(before, later).careers == ()


def test_a_rename_moves_the_pages_of_a_career() -> None:
    moved = impact_of_rename(after(CHANGES["nothing"])[0], A, "zookeeper")
    assert moved.counts == {ChangeKind.MOVES: len(CAREERS) - 1}
    assert moved.changes(1)[0].moves_to == (B, "zookeeper")


def test_a_figure_of_a_further_region_changes_what_its_readers_see() -> None:
    """And no sentence of those who choose no region."""

    def add(bodies: Bodies) -> None:
        salary = {**value(bodies, A, "salary"), "region": "Atlantis"}
        bodies["career", A]["regionalValues"] = [salary]

    changes = impact(*after(add))
    assert changes.changes(100)
    assert {change.sections for change in changes.changes(100)} == {("regionalValues",)}


def test_a_wording_that_changes_has_no_cause_among_the_facts() -> None:
    changes = impact(*after(CHANGES["a title"]))
    statements = [it for change in changes.changes(100) for it in change.statements if it.before and it.after]
    assert statements
    assert all(it.causes == () for it in statements)


def test_it_stops_where_nobody_would_wait_and_says_so() -> None:
    changes: Impact = impact(*after(CHANGES["a phrase"]), most=4)
    assert (changes.examined, changes.complete, len(changes.pairs)) == (4, False, 4)
    assert changes.affected == len(CAREERS) * (len(CAREERS) - 1) // 2
