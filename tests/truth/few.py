"""A few seeded careers, and changes to make of them: what a page follows from, each in its own way."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from datetime import UTC, datetime
from functools import cache
from typing import Any

import msgspec

from careergraph.editorial.checks.check import check
from careergraph.engine.content import Catalog
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import BY_TYPE, Document
from truth.seeded import documents

CAREERS = ("accountant", "actuary", "ai-data-engineer", "ai-product-manager", "ai-safety-engineer", "biostatistician")
Bodies = dict[tuple[str, str], dict[str, Any]]
A, B = CAREERS[:2]
FIRST = datetime(2026, 1, 1, tzinfo=UTC)


@cache
def seeded() -> Bodies:
    """The seed with a few careers, in its collections too, as plain JSON."""
    bodies = {(it.TYPE, it.ident): msgspec.to_builtins(it) for it in documents()}
    for key, body in bodies.items():
        if key[0] == "collection":
            body["careers"] = [slug for slug in body.get("careers", ()) if slug in CAREERS]
    return {key: body for key, body in bodies.items() if key[0] != "career" or key[1] in CAREERS}


def catalog(bodies: Bodies, version: int = 1, redirects: Mapping[tuple[str, str], str] | None = None) -> Catalog:
    """The catalog of documents, which must be without fault."""
    documents: list[Document] = [msgspec.convert(body, BY_TYPE[key[0]]) for key, body in bodies.items()]
    assert check(documents) == ()
    published = dict.fromkeys((it.ident for it in documents if it.TYPE == "career"), FIRST)
    return build_catalog(documents, version, datetime(2026, 1, version, tzinfo=UTC), published, redirects)


def after(change: Callable[[Bodies], object]) -> tuple[Catalog, Catalog]:
    """The catalog before a change and after it."""
    return catalog(seeded()), catalog(bodies_of(change), 2)


def bodies_of(change: Callable[[Bodies], object]) -> Bodies:
    """The documents after a change."""
    bodies = deepcopy(seeded())
    change(bodies)
    return bodies


def value(bodies: Bodies, career: str, attribute: str) -> dict[str, Any]:
    """The figure of a career."""
    figure: dict[str, Any] = next(it for it in bodies["career", career]["values"] if it["attribute"] == attribute)
    return figure


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
    "a hidden pair": lambda it: it.update({("pair", f"{A}-vs-{B}"): {"a": A, "b": B, "hidden": True}}),
    "a source": lambda it: it["source", "bls-oews"].update(vintage="May 2030"),
    "aliases and a way in": lambda it: it["career", A].update(aliases={"en": ["Counter"]}, roadmap=[]),
    "a career less": lambda it: (
        [it.pop(("career", A))] + [c.update(careers=[]) for k, c in it.items() if k[0] == "collection"]
    ),
    "a career more": lambda it: it.update({("career", "copy"): {**it["career", A], "slug": "copy"}}),
}
