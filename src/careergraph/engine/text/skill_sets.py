"""Skill sets: the skills of one career as they are matched with those of others.

Of all pairs of careers few have a skill in common. The sets here tell in a fraction of a microsecond that two have
none, and are worked out once for each career.
"""

from collections.abc import Mapping

from careergraph.engine.content.career import Career
from careergraph.engine.content.catalog import Catalog
from careergraph.engine.content.skill import CareerSkill
from careergraph.engine.text.same_wording import identity

NONE: frozenset[str] = frozenset()
"""The set of those careers that have nothing to put in one."""


class SkillSets:
    """What a career's skills can match by.

    `by_identity` has the skills by what makes them the same, which for most is the slug of their main concept, and
    several only where a career has several of one (`each_once` says that it has not); `known` is the set of that.
    `mains` are the main concepts, `others` the secondary ones, `linked` both; `near` are those that an edge relates to
    a main one.
    """

    __slots__ = ("by_identity", "career", "each_once", "known", "linked", "mains", "near", "others")

    def __init__(self, career: Career, edges: Mapping[str, frozenset[str]]) -> None:
        self.career = career
        self.by_identity: dict[str, CareerSkill | tuple[CareerSkill, ...]] = {}
        self.mains = career.concept_slugs
        self.others = frozenset([concept.slug for skill in career.skills for concept in skill.concepts[1:]]) or NONE
        self.near = frozenset().union(*[edges.get(slug, ()) for slug in self.mains]) or NONE
        for skill in career.skills:
            name = identity(skill)
            before = self.by_identity.get(name)
            self.by_identity[name] = skill if before is None else (*self.called(name), skill)
        self.each_once = len(self.by_identity) == len(career.skills)
        # Most careers have one accepted concept for each skill: they need no set twice.
        identities = frozenset(self.by_identity)
        self.known = self.mains if identities == self.mains else identities
        self.linked = self.mains | self.others if self.others else self.mains

    def called(self, name: str) -> tuple[CareerSkill, ...]:
        """The skills that have this identity."""
        skills = self.by_identity[name]
        return skills if isinstance(skills, tuple) else (skills,)

    def may_relate(self, other: "SkillSets") -> bool:
        """Return whether any two skills could be related."""
        return not (
            self.near.isdisjoint(other.mains)
            and self.others.isdisjoint(other.linked)
            and self.linked.isdisjoint(other.others)
        )


def skill_sets_of(catalog: Catalog, career: Career) -> SkillSets:
    """The skills of one career of a catalog as they are matched: worked out once for all its comparisons."""
    memo = catalog.once(all_skill_sets)
    if (sets := memo.get(career.slug)) is None:
        sets = memo[career.slug] = SkillSets(career, catalog.related_skills)
    return sets


def all_skill_sets(_: Catalog) -> dict[str, SkillSets]:
    """The memo of `skill_sets_of`, by slug."""
    return {}
