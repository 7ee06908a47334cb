"""The impact of changes: the comparisons that a step would change, and how, the most important first.

A comparison changes if a statement, a row of its glance, its skills, its collections or the editor's own text does.
Only pairs that can be affected are looked at: those with a changed career (the fields that comparisons read, or the
skills, category, attributes and sources that they lead to), changed collections or a changed pair document, and those
whose grades rest on what moved: the weight of a skill, the nearness of two careers; all pairs if a locale changed.
Whether a reason falls away follows from the rows of changed figures alone, and whether anything changes from what each
career shows of itself, so that most pairs need no comparison to be computed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations
from typing import NamedTuple

from careergraph.editorial.preview.affected_pages import (
    Pair,
    collected_careers,
    noted_pairs,
    same_locales,
)
from careergraph.editorial.preview.change_kind import RANK, ChangeKind, Sides, differing
from careergraph.editorial.preview.statement_changes import StatementChange, changed_statements
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.skill_weight import reweighed
from careergraph.engine.similarity.neighbours import derive_quickly
from careergraph.engine.transition.kinship import moved_pairs

MOST = 50_000
"""The most pairs to compute, so that nobody waits for minutes; the impact then says that it is incomplete."""
QUICK = 8
"""So many pairs that need no computing take as long as one that does."""


class ChangedPair(NamedTuple):
    """A comparison that is not the same, by the slugs of its careers."""

    kind: ChangeKind
    a: str
    b: str

    @property
    def pair(self) -> Pair:
        """The slugs of its careers."""
        return self.a, self.b


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonChange:
    """A comparison that is not the same: `sections` are the parts that changed. `statements` are those whose texts did,
    in the first locale in which any part differs, that of the default first. A comparison that comes, goes or moves has
    no statements here. `moves_to` is its new address."""

    kind: ChangeKind
    a: str
    b: str
    sections: tuple[str, ...] = ()
    statements: tuple[StatementChange, ...] = ()
    moves_to: Pair | None = None


@dataclass(frozen=True, kw_only=True)
class Impact:
    """The changes between two catalogs. `affected` pairs might change, of which `examined` were looked at; `complete`
    says whether these are all. `pairs` are those that change, the most important first, then by slug. `moved` are the
    new slugs of renamed careers. Not `measured`: so much changed that it was not found out which careers come near."""

    before: Catalog = field(repr=False)
    after: Catalog = field(repr=False)
    careers: tuple[str, ...]
    affected: int
    examined: int
    pairs: tuple[ChangedPair, ...]
    moved: Mapping[str, str] = field(default_factory=dict)
    measured: bool = True

    @property
    def complete(self) -> bool:
        """Whether all that may change were looked at."""
        return self.measured and self.examined == self.affected

    @cached_property
    def counts(self) -> Mapping[ChangeKind, int]:
        """How many comparisons change, by kind, the most important first."""
        counts = Counter(it.kind for it in self.pairs)
        return {kind: counts[kind] for kind in ChangeKind if counts[kind]}

    def changes(self, count: int, start: int = 0) -> tuple[ComparisonChange, ...]:
        """Return changes in full, from a position."""
        return tuple([_change(self, it) for it in self.pairs[start : start + count]])


def impact(before: Catalog, after: Catalog, most: int = MOST) -> Impact:
    """Compare two catalogs by their comparisons, at most so many that have to be computed."""
    careers = _affected_careers(before, after)
    measured = derive_quickly(before) and derive_quickly(after)
    moved = moved_pairs(before, after) if measured else ()
    pairs = sorted({*_pairs(before, after, careers), *moved})
    sides = Sides(before, after, careers)
    changed: list[ChangedPair] = []
    spent = examined = 0
    for pair in pairs:
        if spent >= most * QUICK:
            break
        kind, computed = sides.kind_of(pair)
        spent += QUICK if computed else 1
        examined += 1
        if kind is not None:
            changed.append(ChangedPair(kind, *pair))
    return Impact(
        before=before,
        after=after,
        careers=tuple(sorted(careers)),
        affected=len(pairs),
        examined=examined,
        pairs=tuple(sorted(changed, key=lambda it: (RANK[it.kind], it.pair))),
        measured=measured,
    )


def impact_of_rename(catalog: Catalog, career: str, new: str) -> Impact:
    """Return the impact of another slug for a career: its comparisons move, and nothing else on them changes."""
    pairs = sorted(_pairs(catalog, catalog, [career]))
    return Impact(
        before=catalog,
        after=catalog,
        careers=(career,),
        affected=len(pairs),
        examined=len(pairs),
        pairs=tuple([ChangedPair(ChangeKind.MOVES, *pair) for pair in pairs]),
        moved={career: new},
    )


def _affected_careers(before: Catalog, after: Catalog) -> set[str]:
    """Return the careers with comparisons that may change, by slug."""
    every = before.careers.keys() | after.careers.keys()
    if not same_locales(before, after):
        return set(every)
    slugs = {slug for slug in every if not _reads_alike(before.careers.get(slug), after.careers.get(slug))}
    return slugs | (set(collected_careers(before, after)) & every) | reweighed(before, after)


UNREAD = ("published_at", "summary", "aliases", "roadmap", "image", "external_ids", "profile", "relations")
"""The fields of a career that no part of a comparison shows. How near two careers are follows from some of them."""


def _reads_alike(one: Career | None, other: Career | None) -> bool:
    """Return whether comparisons read the same of two states of a career."""
    if one is None or other is None:
        return one is other
    if (one.profile is None) is not (other.profile is None):
        return False  # whether work is near is measured in another way
    return one is other or replace(one, **{name: getattr(other, name) for name in UNREAD}) == other


def _pairs(before: Catalog, after: Catalog, careers: Iterable[str]) -> set[Pair]:
    """The pairs that may change, each in the order of the alphabet."""
    affected = set(careers)
    others = (before.careers.keys() | after.careers.keys()) - affected
    pairs = set(combinations(sorted(affected), 2))
    pairs |= {(min(one, other), max(one, other)) for one in affected for other in others}
    return pairs | {*noted_pairs(before, after)}


def _change(of: Impact, changed: ChangedPair) -> ComparisonChange:
    a, b = changed.pair
    if changed.kind is ChangeKind.MOVES:
        one, other = sorted(of.moved.get(slug, slug) for slug in changed.pair)
        return ComparisonChange(kind=changed.kind, a=a, b=b, moves_to=(one, other))
    if changed.kind in (ChangeKind.VANISHES, ChangeKind.APPEARS):
        return ComparisonChange(kind=changed.kind, a=a, b=b)
    old, new = next(differing(of.before, of.after, changed.pair))
    return ComparisonChange(
        kind=changed.kind,
        a=a,
        b=b,
        sections=tuple([name for name in new.keys if old.keys[name] != new.keys[name]]),
        statements=tuple(changed_statements(old, new, of.before, of.after)),
    )
