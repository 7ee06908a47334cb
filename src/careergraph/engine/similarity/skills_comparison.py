"""Skills Analysis: which skills two careers share, which are related, and which only one of them has.

A skill is in exactly one of the four lists, and every match is one to one.

- *Shared*: the same main concept; for skills without a concept, the same wording (case, punctuation and spaces aside).
- *Related*: a stored edge between the main concepts, or a concept of one that is a secondary concept of the other.
- *Overlap*: 2 * shared / (skills of a + skills of b), the Dice coefficient; related skills do not count.

Where a skill could be matched with several, the pair that stands highest in both lists together wins. The rule does not
know which career is a, so the mirror image of a comparison matches the same skills.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from careergraph.engine.content import Career, CareerSkill, Catalog, Skill
from careergraph.engine.similarity.rarity import rarest_first
from careergraph.engine.text.brevity import remembered
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.skill_sets import SkillSets, skill_sets_of
from careergraph.engine.text.statement import make_tuple


class SharedSkill(NamedTuple):
    """A skill that both careers have; `concept` is None where only the wording is the same."""

    concept: Skill | None
    a: CareerSkill
    b: CareerSkill


class RelatedSkills(NamedTuple):
    """Two skills that are close without being the same; `first` and `second` are what ties them, by slug (one and the
    same concept where they share it)."""

    a: CareerSkill
    b: CareerSkill
    first: Skill
    second: Skill

    def because(self, localized: LocalizedCatalog) -> str:
        """Return why the two are related, in words. The first of two names stands at the beginning of the sentence."""
        return remembered(localized, _reasons, (self.first.slug, self.second.slug), self._because, localized)

    def _because(self, localized: LocalizedCatalog) -> str:
        if self.first is self.second:
            template, spoken = localized.general("because.concept")
            return template.fill({"skill": spoken.inside(self.first.name)})
        template, spoken = localized.general("because.edge")
        return template.fill({"first": spoken.name(self.first.name), "second": spoken.inside(self.second.name)})


class SkillsComparison(NamedTuple):
    """The skills of two careers, in four lists. `concepts` are those of the shared skills that have one, the rarest
    first."""

    a_only: tuple[CareerSkill, ...]
    shared: tuple[SharedSkill, ...]
    related: tuple[RelatedSkills, ...]
    b_only: tuple[CareerSkill, ...]
    concepts: tuple[Skill, ...]

    @property
    def overlap(self) -> float:
        """2 * shared / (skills of a + skills of b), from 0 to 1; 0 where neither has skills."""
        if not self.shared:
            return 0.0
        shared = len(self.shared)
        return 2 * shared / (len(self.a_only) + len(self.b_only) + 2 * (shared + len(self.related)))


def _reasons(_: LocalizedCatalog) -> dict[object, str]:
    return {}


def compare_skills(catalog: Catalog, a: Career, b: Career) -> SkillsComparison:
    """The skills of two careers put side by side."""
    return compare_skill_sets(catalog, skill_sets_of(catalog, a), skill_sets_of(catalog, b))


def compare_skill_sets(catalog: Catalog, mine: SkillSets, theirs: SkillSets) -> SkillsComparison:
    """The same from their skill sets."""
    names, near = mine.known & theirs.known, mine.near & theirs.mains
    shared = _shared(mine, theirs, names) if names else ()
    related: tuple[RelatedSkills, ...] = ()
    if mine.others or theirs.others:
        if mine.may_relate(theirs):
            rest_a, rest_b = _rest(mine, theirs, shared)
            related = _matched(list(_candidates(catalog.related_skills, rest_a, rest_b)))
    elif near:
        if theirs.each_once:
            near -= names  # these are shared
        related = _matched(_linked(catalog.related_skills, near, mine, theirs, shared))
    a_only, b_only = _rest(mine, theirs, shared + related)
    concepts = _concepts(catalog, shared) if shared else ()
    return make_tuple(SkillsComparison, (a_only, shared, related, b_only, concepts))


def _concepts(catalog: Catalog, shared: Iterable[SharedSkill]) -> tuple[Skill, ...]:
    concepts = [it.concept for it in shared if it.concept is not None]
    return tuple(rarest_first(catalog, concepts) if len(concepts) > 1 else concepts)


def _rest(
    mine: SkillSets, theirs: SkillSets, matched: Sequence[SharedSkill | RelatedSkills]
) -> tuple[tuple[CareerSkill, ...], tuple[CareerSkill, ...]]:
    """The skills of both that are not matched."""
    if not matched:
        return mine.career.skills, theirs.career.skills
    of_a: list[CareerSkill | None] = list(mine.career.skills)
    of_b: list[CareerSkill | None] = list(theirs.career.skills)
    for pair in matched:
        of_a[pair.a.position - 1] = of_b[pair.b.position - 1] = None
    return tuple(filter(None, of_a)), tuple(filter(None, of_b))


def _shared(a: SkillSets, b: SkillSets, names: Iterable[str]) -> tuple[SharedSkill, ...]:
    couples: Iterable[tuple[str, Any, Any]]
    if a.each_once and b.each_once:
        couples = zip(names, map(a.by_identity.__getitem__, names), map(b.by_identity.__getitem__, names), strict=True)
    else:
        couples = [(name, *it) for name in names for it in zip(a.called(name), b.called(name), strict=False)]
    ranked = []
    for name, one, other in couples:
        mine, theirs = one.position, other.position
        ranked.append((mine + theirs, abs(mine - theirs), name, one, other))
    ranked.sort()  # no two are alike up to their names: of one name, either list has the second below the first
    return tuple([make_tuple(SharedSkill, (it.concepts[0] if it.concepts else None, it, to)) for *_, it, to in ranked])


def _matched(candidates: list[RelatedSkills]) -> tuple[RelatedSkills, ...]:
    """Return the highest of all candidates, each skill once."""
    if len(candidates) < 2:
        return tuple(candidates)
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    matched = []
    for pair in sorted(candidates, key=_rank):
        if pair.a.position not in taken_a and pair.b.position not in taken_b:
            taken_a.add(pair.a.position)
            taken_b.add(pair.b.position)
            matched.append(pair)
    return tuple(matched)


def _rank(pair: RelatedSkills) -> tuple[int, int, str, str, int]:
    return *_nearness(pair.a, pair.b), pair.first.slug, pair.second.slug, pair.a.position


def _nearness(a: CareerSkill, b: CareerSkill) -> tuple[int, int]:
    # Two matches of one nearness are (i, j) and (j, i), which exclude each other only where they are the same: the
    # greedy choice, and the order, do not depend on which career is a.
    return a.position + b.position, abs(a.position - b.position)


def _linked(
    edges: Mapping[str, frozenset[str]],
    near: Iterable[str],
    mine: SkillSets,
    theirs: SkillSets,
    shared: Sequence[SharedSkill],
) -> list[RelatedSkills]:
    """The candidates where every skill has at most one concept, so that only an edge can relate two of them: one from a
    concept of a's to one that is `near` it."""
    candidates = []
    for there in near:
        others = theirs.called(there)
        for here in edges[there] & mine.mains:
            for one in mine.called(here):
                for other in others:
                    main, its = one.concepts[0], other.concepts[0]
                    concepts = (main, its) if here < there else (its, main)
                    candidates.append(make_tuple(RelatedSkills, (one, other, *concepts)))
    if not shared:
        return candidates
    gone_a, gone_b = set(map(_place_of_a, shared)), set(map(_place_of_b, shared))
    return [it for it in candidates if it.a.position not in gone_a and it.b.position not in gone_b]


def _candidates(
    edges: Mapping[str, frozenset[str]], a: tuple[CareerSkill, ...], b: tuple[CareerSkill, ...]
) -> Iterator[RelatedSkills]:
    theirs = frozenset([concept.slug for other in b for concept in other.concepts])
    for one in a:
        near = edges.get(one.concepts[0].slug, ()) if one.concepts else ()
        if theirs.isdisjoint(near) and theirs.isdisjoint([concept.slug for concept in one.concepts]):
            continue  # nothing leads from here to there, so the skills need not be put side by side
        for other in b:
            if other.concepts and (tie := _tie(edges, one, other)):
                first, second = sorted(tie, key=lambda skill: skill.slug)
                yield RelatedSkills(one, other, first, second)


def _tie(edges: Mapping[str, frozenset[str]], one: CareerSkill, other: CareerSkill) -> tuple[Skill, Skill] | None:
    main, its = one.concepts[0], other.concepts[0]
    if its.slug in edges.get(main.slug, ()):
        return main, its
    if len(one.concepts) == len(other.concepts) == 1:
        return None
    theirs = {concept.slug for concept in other.concepts}
    both = [it for it in one.concepts if it.slug in theirs and not it.slug == main.slug == its.slug]
    common = min(both, key=lambda skill: skill.slug, default=None)
    return (common, common) if common else None


_place_of_a, _place_of_b = attrgetter("a.position"), attrgetter("b.position")
