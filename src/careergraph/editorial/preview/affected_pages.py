"""The pages that may differ between two catalogs, found from the differences of their content.

A page may change only if its content did: a career with its values, their sources, its skills and its category; a
collection with the career; a neighbouring skill; the notes on a pair. What a move is graded by reaches further: a skill
weighs otherwise where others took it up or gave it up, and two careers may come near. Only its response shows whether a
page does change.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from careergraph.editorial.content.comparison_fingerprint import locale_key
from careergraph.engine.content import Career, Catalog, Collection
from careergraph.engine.content.skill_weight import reweighed
from careergraph.engine.described_enum import DescribedEnum
from careergraph.engine.transition.kinship import moved_pairs

Pair = tuple[str, str]


class Sweep(DescribedEnum):
    """Why every page is to be taken as changed."""

    NOTHING_BEFORE = "NOTHING_BEFORE", "There was no catalog before the first version."
    RESTORED = "RESTORED", "A backup was restored since."
    ENGINE = "ENGINE", "The rules or the wording of the engine are others."
    ATTRIBUTES = (
        "ATTRIBUTES",
        "An attribute came, went or changed: its label, its levels, its phrases, its place or what counts as better.",
    )
    LOCALES = "LOCALES", "A locale came, went or changed: its phrases, or how it writes figures."


@dataclass(frozen=True, slots=True, kw_only=True)
class Touched:
    """The pages that may change, by slug and in order. A pair may change if one of its `mentioned` careers or its own
    notes (`noted`) did; the page of a career shows a little more, so `careers` are those and a few others. `sweep` is
    why everything may change; the rest is empty then."""

    sweep: tuple[Sweep, ...] = ()
    careers: tuple[str, ...] = ()
    mentioned: tuple[str, ...] = ()
    noted: tuple[Pair, ...] = ()
    skills: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


def find_touched(before: Catalog, after: Catalog) -> Touched:
    """Find the pages that the differences between two catalogs affect."""
    if sweep := tuple(_sweep(before, after)):
        return Touched(sweep=sweep)
    collected = set(collected_careers(before, after))
    careers = {*_changed_slugs(before.careers, after.careers), *collected}
    collections = {*_changed_slugs(before.collections, after.collections), *_collections_with(before, after, careers)}
    categories = {*_changed_slugs(before.categories, after.categories), *_fields(before, after, careers)}
    mentioned = {it for it in careers if it in collected or not same(before.careers.get(it), after.careers.get(it))}
    mentioned |= reweighed(before, after)
    return Touched(
        careers=tuple(sorted(careers)),
        mentioned=tuple(sorted(mentioned)),
        noted=tuple(sorted({*noted_pairs(before, after), *moved_pairs(before, after)})),
        skills=tuple(sorted(set(_skills(before, after, careers)))),
        collections=tuple(sorted(collections)),
        categories=tuple(sorted(categories)),
    )


def same(one: Career | None, other: Career | None) -> bool:
    """Return whether two states of a career are the same, apart from when they were published."""
    if one is None or other is None:
        return one is other
    return one is other or replace(one, published_at=other.published_at) == other


def collected_careers(before: Catalog, after: Catalog) -> Iterator[str]:
    """Yield the careers of the changed collections, by slug."""
    for slug in _changed_slugs(before.collections, after.collections):
        sides: list[Collection | None] = [it.collections.get(slug) for it in (before, after)]
        yield from (career for side in sides if side is not None for career in side.careers)


def noted_pairs(before: Catalog, after: Catalog) -> Iterator[Pair]:
    """Yield the pairs with changed documents, by the slugs of their careers."""
    for slug in _changed_slugs(before.pairs_notes, after.pairs_notes):
        sides = [it.pairs_notes.get(slug) for it in (before, after)]
        yield from {(it.a, it.b) for it in sides if it is not None}


def same_locales(before: Catalog, after: Catalog) -> bool:
    """Return whether two catalogs are written in the same languages, down to their phrases."""
    if before.locales is after.locales:
        return True
    keys = [{code: locale_key(it) for code, it in catalog.locales.items()} for catalog in (before, after)]
    return keys[0] == keys[1] and before.default_locale == after.default_locale


def _sweep(before: Catalog, after: Catalog) -> Iterator[Sweep]:
    if before.attributes != after.attributes:
        yield Sweep.ATTRIBUTES
    if not same_locales(before, after):
        yield Sweep.LOCALES


def _changed_slugs(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    every = {**before, **after}
    return [slug for slug in every if before.get(slug) != after.get(slug)]


def _collections_with(before: Catalog, after: Catalog, careers: Iterable[str]) -> Iterator[str]:
    """Yield the collections with any of these careers."""
    for catalog in (before, after):
        yield from (it.slug for slug in careers for it in catalog.collections_of.get(slug, ()))


def _fields(before: Catalog, after: Catalog, careers: Iterable[str]) -> Iterator[str]:
    """The categories that any of these careers is in."""
    for catalog in (before, after):
        yield from (catalog.careers[slug].category.slug for slug in careers if slug in catalog.careers)


def _skills(before: Catalog, after: Catalog, careers: Iterable[str]) -> Iterator[str]:
    """The skills that differ, those that show one of these, and those that a touched career has."""
    differing = frozenset(_changed_slugs(before.skills, after.skills))
    yield from differing
    for catalog in (before, after):
        for slug in differing:
            yield from catalog.related_skills.get(slug, ())
        yield from (slug for slug, skill in catalog.skills.items() if not differing.isdisjoint(skill.broader))
        live_careers = (catalog.careers[slug] for slug in careers if slug in catalog.careers)
        yield from (it.slug for career in live_careers for skill in career.skills for it in skill.concepts)
