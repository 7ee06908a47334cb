"""Impact: exactly the comparisons that change, each with the facts that turn its sentences."""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any

import msgspec
import pytest

from careergraph.editorial.aspects import aspects
from careergraph.editorial.check import check, check_folders
from careergraph.editorial.impact import Impact, impact
from careergraph.engine.content import Catalog
from careergraph.engine.statement import Rule
from careergraph.store.build import build_catalog
from careergraph.store.documents import BY_TYPE, Document

SEED = Path(__file__).parents[3] / "seed"
CAREERS = ("accountant", "actuary", "ai-data-engineer", "ai-product-manager", "ai-safety-engineer", "biostatistician")
Bodies = dict[tuple[str, str], dict[str, Any]]
A, B = CAREERS[:2]


@cache
def seeded() -> Bodies:
    """The seed with a few careers, in its collections too, as plain JSON."""
    reading, _ = check_folders(sorted(it for it in SEED.iterdir() if it.is_dir()))
    found = {(it.document.TYPE, it.document.ident): msgspec.to_builtins(it.document) for it in reading.entries}
    for key, body in found.items():
        if key[0] == "collection":
            body["careers"] = [slug for slug in body.get("careers", ()) if slug in CAREERS]
    return {key: body for key, body in found.items() if key[0] != "career" or key[1] in CAREERS}


def catalog(bodies: Bodies) -> Catalog:
    documents: list[Document] = [msgspec.convert(body, BY_TYPE[key[0]]) for key, body in bodies.items()]
    assert check(documents) == ()
    return build_catalog(documents, 1, datetime(2026, 1, 1, tzinfo=UTC))


def after(change: Callable[[Bodies], object]) -> tuple[Catalog, Catalog]:
    """The catalog before a change and after it."""
    bodies = deepcopy(seeded())
    before = catalog(bodies)
    change(bodies)
    return before, catalog(bodies)


def in_full(before: Catalog, after: Catalog) -> set[tuple[str, str]]:
    """The pairs that change, found by computing every one in every locale."""
    pairs = combinations(sorted(before.careers.keys() | after.careers.keys()), 2)
    return {pair for pair in pairs if any(_said(before, pair, it) != _said(after, pair, it) for it in after.locales)}


def _said(catalog: Catalog, pair: tuple[str, str], locale: str) -> object:
    return aspects(catalog, pair, locale).keys if all(slug in catalog.careers for slug in pair) else None


def value(bodies: Bodies, career: str, attribute: str) -> dict[str, Any]:
    found: dict[str, Any] = next(it for it in bodies["career", career]["values"] if it["attribute"] == attribute)
    return found


def _touch_everything(bodies: Bodies) -> None:
    bodies["career", A]["summary"] = {"en": "Unread by comparisons."}
    bodies["career", A]["roadmap"] = []


CHANGES: dict[str, Callable[[Bodies], object]] = {
    "nothing": lambda it: None,
    "a figure": lambda it: value(it, A, "salary").update(low=1000, high=9_000_000),
    "a title": lambda it: it["career", A]["title"].update(en="Bean counter"),
    "a title in one locale": lambda it: it["career", A]["title"].update(de="Bohnenzähler"),
    "what no comparison reads": _touch_everything,
    "skills": lambda it: it["career", A].update(skills=it["career", B]["skills"]),
    "the name of a skill": lambda it: it["skill", "spreadsheets"]["name"].update(en="Tables"),
    "a tie of skills": lambda it: it["skill", "accounting"].update(related=["statistics"]),
    "a category": lambda it: it["category", "business-finance"]["name"].update(en="Money"),
    "an attribute": lambda it: it["attribute", "salary"].update(better="LOWER"),
    "a phrase": lambda it: it["locale", "de"]["phrases"].update(versus="gegen"),
    "a collection": lambda it: it["collection", "careers-in-data"].update(careers=[A]),
    "a pair": lambda it: it.update({("pair", f"{A}-vs-{B}"): {"a": A, "b": B, "introduction": {"en": "Both count."}}}),
    "a career less": lambda it: (
        [it.pop(("career", A))] + [c.update(careers=[]) for k, c in it.items() if k[0] == "collection"]
    ),
    "a career more": lambda it: it.update({("career", "copy"): {**it["career", A], "slug": "copy"}}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_it_finds_what_computing_everything_finds(name: str) -> None:
    before, later = after(CHANGES[name])
    found = impact(before, later, first=100)
    assert {(it.a, it.b) for it in found.first} == in_full(before, later)
    assert found.changed == len(found.first)
    assert found.complete
    assert bool(found.first) == (name not in ("nothing", "what no comparison reads"))


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

    found = impact(*after(overtake), first=100)
    change = next(it for it in found.first if (it.a, it.b) == (A, B))
    turned = next(it for it in change.statements if it.before and it.after and it.after.rule is Rule.ADVANTAGE)
    assert turned.before is not None
    assert turned.after is not None
    assert (turned.before.outcome, turned.after.outcome) == ("B", "A")
    (cause,) = turned.causes
    assert cause.before is not None
    assert cause.after is not None
    assert cause.before.career.slug == cause.after.career.slug == A
    assert cause.before.value != cause.after.value
    assert {"summary", "glance", "conclusion"} <= set(change.sections)


def test_a_wording_that_changes_has_no_cause_among_the_facts() -> None:
    found = impact(*after(CHANGES["a title"]), first=100)
    statements = [it for change in found.first for it in change.statements if it.before and it.after]
    assert statements
    assert all(it.causes == () for it in statements)


def test_it_stops_where_nobody_would_wait_and_says_so() -> None:
    found: Impact = impact(*after(CHANGES["a phrase"]), first=1, most=4)
    assert (found.examined, found.complete, len(found.first)) == (4, False, 1)
    assert found.affected == len(CAREERS) * (len(CAREERS) - 1) // 2
