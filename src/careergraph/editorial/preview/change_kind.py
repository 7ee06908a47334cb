"""The most important change of a comparison between two catalogs, found with as little computing as possible."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from careergraph.editorial.content.comparison_fingerprint import (
    ComparisonFingerprint,
    Face,
    differing_section,
    face_of,
    fingerprint_of,
)
from careergraph.editorial.preview.affected_pages import Pair, same_locales
from careergraph.engine.comparison.glance import GlanceRow, glance
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.described_enum import DescribedEnum


class ChangeKind(DescribedEnum):
    """The most important thing that changes on the page of a comparison, the most important first."""

    VANISHES = "VANISHES", "The comparison vanishes."
    APPEARS = "APPEARS", "There is no such comparison yet."
    MOVES = "MOVES", "It gets another address, and the old one redirects."
    TURNS = "TURNS", "The other career is ahead: in a row, or in more rows than the first one."
    REASONS = "REASONS", "A reason to choose a career, or what stands for both, falls away or comes."
    ROWS = "ROWS", "Figures, their sources or skills change; who is ahead in what stays."
    TEXTS = "TEXTS", "Only wordings, the facts behind them, collections or an editor's text change."


RANK = {kind: place for place, kind in enumerate(ChangeKind)}


class _Own(NamedTuple):
    """What changes of a career itself: the keys of `attributes` of which it has other values, and what every comparison
    shows of it."""

    attributes: tuple[str, ...]
    kind: ChangeKind | None


class Sides:
    """Two catalogs, with the changes of each affected career itself."""

    def __init__(self, before: Catalog, after: Catalog, careers: Iterable[str]) -> None:
        self.before, self.after = before, after
        self.locales = locales_of(after) if same_locales(before, after) else ()
        both = [it for it in careers if it in before.careers and it in after.careers]
        self.own = {slug: self._own(before.careers[slug], after.careers[slug]) for slug in both}

    def kind_of(self, pair: Pair) -> tuple[ChangeKind | None, bool]:
        """Return what changes of a comparison, None for nothing, and whether it had to be computed."""
        was, will = holds(self.before, pair), holds(self.after, pair)
        if not (was and will):
            kind = ChangeKind.VANISHES if was else ChangeKind.APPEARS if will else None
            return kind, False
        own = [self.own[slug] for slug in pair if slug in self.own]
        if (turn := self._turn(pair, list(chain.from_iterable(it.attributes for it in own)))) is not None:
            return turn, False
        kinds = [it.kind for it in own if it.kind is not None]
        if kinds:
            return min(kinds, key=RANK.__getitem__), False
        return self._computed(pair), True

    def _own(self, one: Career, other: Career) -> _Own:
        """Return the changes of a career itself."""
        keys = dict.fromkeys([*one.values_by_attribute, *other.values_by_attribute])
        attributes = tuple([key for key in keys if one.value(key) != other.value(key)])
        faces = [(face_of(self.before, one, it), face_of(self.after, other, it)) for it in self.locales]
        return _Own(attributes, _kind_of_faces(faces, moved=one.category.slug != other.category.slug))

    def _turn(self, pair: Pair, attributes: Sequence[str]) -> ChangeKind | None:
        """Return TURNS or REASONS if the rows of changed figures give other reasons."""
        if not attributes:
            return None
        old, new = (_reasons(_rows(it, pair, attributes)) for it in (self.before, self.after))
        if old == new:
            return None
        if any(part in new and (side, new[part]) in _TURNED for part, side in old.items()):
            return ChangeKind.TURNS
        turned = _lead(self.before, pair) * _lead(self.after, pair) < 0
        return ChangeKind.TURNS if turned else ChangeKind.REASONS

    def _computed(self, pair: Pair) -> ChangeKind | None:
        sections: Iterator[str | None] = _sections(self.before, self.after, pair)
        if self.locales:
            sections = (differing_section(self.before, self.after, pair, it) for it in self.locales)
        section = next((it for it in sections if it is not None), None)
        return None if section is None else ChangeKind.ROWS if section in _ROWS else ChangeKind.TEXTS


_ROWS = ("glance", "regionalValues", "skills")
_TURNED = ((Outcome.A, Outcome.B), (Outcome.B, Outcome.A))


def _kind_of_faces(faces: Sequence[tuple[Face, Face]], *, moved: bool) -> ChangeKind | None:
    """Return what changes of a career in any locale; `moved`: it is in another category."""
    texts = any(old.texts != new.texts for old, new in faces)
    if texts and moved and any(old.texts[1] != new.texts[1] for old, new in faces):
        return ChangeKind.REASONS
    if any(old.figures != new.figures for old, new in faces):
        return ChangeKind.ROWS
    return ChangeKind.TEXTS if texts else None


def _rows(catalog: Catalog, pair: Pair, attributes: Iterable[str]) -> tuple[GlanceRow, ...]:
    """The rows of a glance for these attributes."""
    columns = [(at, catalog.attributes[key]) for at, key in enumerate(attributes) if key in catalog.attributes]
    a, b = ([catalog.careers[slug].value(it.key) for _, it in columns] for slug in pair)
    return glance(columns, a, b).rows


def _reasons(rows: Iterable[GlanceRow]) -> dict[object, object]:
    """The reasons that rows give, each with its side: who is ahead in what; which preferences speak for whom."""
    reasons: dict[object, object] = {}
    for row in rows:
        reasons |= {(row.attribute.key, part): side for side, part in row.ahead}
        if row.outcome in (Outcome.TIE, Outcome.DIFFERS) and row.a is not None and row.b is not None:
            reasons[row.attribute.key, row.outcome] = row.a.variant(), row.b.variant()
    return reasons


def _lead(catalog: Catalog, pair: Pair) -> int:
    """In how many more things the first career is ahead than the second."""
    sides = [side for row in _rows(catalog, pair, catalog.attributes) for side, _ in row.ahead]
    return sides.count(Outcome.A) - sides.count(Outcome.B)


def _sections(before: Catalog, after: Catalog, pair: Pair) -> Iterator[str]:
    for old, new in differing(before, after, pair):
        yield from (name for name in new.keys if old.keys[name] != new.keys[name])


def differing(
    before: Catalog, after: Catalog, pair: Pair
) -> Iterator[tuple[ComparisonFingerprint, ComparisonFingerprint]]:
    """Yield the fingerprints of a comparison in each locale in which they differ."""
    for locale in locales_of(after):
        old = fingerprint_of(before, pair, locale if locale in before.locales else None)
        new = fingerprint_of(after, pair, locale)
        if old.keys != new.keys:
            yield old, new


def locales_of(catalog: Catalog) -> tuple[str, ...]:
    """The codes of its locales, that of the default first."""
    return tuple(dict.fromkeys((catalog.default_locale, *catalog.locales)))


def holds(catalog: Catalog, pair: Pair) -> bool:
    return all(slug in catalog.careers for slug in pair)
