"""SkillsComparison: which skills two careers share, which are related, and which only one of them has."""

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.node_id import document_id
from careergraph.api.types.content import CareerSkill, Skill
from careergraph.engine.comparison import compare
from careergraph.engine.similarity import skills_comparison as engine


@object_type(engine.SharedSkill, "A skill that both careers have. The match is one to one.")
class SharedSkill(Mirror):
    concept: Skill | None = child("The main concept of both; null where only the wording is the same.")
    a: CareerSkill = child("The skill as a words it.")
    b: CareerSkill = child("The skill as b words it.")


@object_type(engine.RelatedSkills, "Two skills that are close without being the same. The match is one to one.")
class RelatedSkills(Mirror):
    a: CareerSkill = child("The skill of a.")
    b: CareerSkill = child("The skill of b.")
    because: str = attr("Why the two are related.", lambda of, view: of.because(view.localized))


@object_type(
    engine.SkillsComparison,
    "How many skills are in each list of a comparison, and how many each career has.",
)
class SkillCounts(Mirror):
    a: int = attr(
        "How many skills a has: `aOnly`, `shared` and `related` together.",
        lambda of: len(of.a_only) + len(of.shared) + len(of.related),
    )
    b: int = attr(
        "How many skills b has: `bOnly`, `shared` and `related` together.",
        lambda of: len(of.b_only) + len(of.shared) + len(of.related),
    )
    a_only: int = attr("How many only a has.", lambda of: len(of.a_only))
    shared: int = attr("How many both have.", lambda of: len(of.shared))
    related: int = attr("How many of each are related to one of the other.", lambda of: len(of.related))
    b_only: int = attr("How many only b has.", lambda of: len(of.b_only))


@object_type(compare.Comparison, "Skills Analysis: the skills of both careers, each in exactly one of four lists.")
class SkillsComparison(Mirror):
    id: strawberry.ID = document_id(
        "An opaque id of these lists, for client caches; `node` does not take it.",
        "SkillsComparison",
        "a.slug",
        "b.slug",
    )
    a_only: list[CareerSkill] = children("The skills that only a has.", "skills.a_only", size=6)
    shared: list[SharedSkill] = children(
        "The skills that both have: the same main concept, or the same wording where neither has a concept.",
        "skills.shared",
        size=3,
    )
    related: list[RelatedSkills] = children(
        "The skills that are close: a reviewed link between their main concepts, or a secondary concept in common.",
        "skills.related",
        size=4,
    )
    b_only: list[CareerSkill] = children("The skills that only b has.", "skills.b_only", size=6)
    overlap: float = attr(
        "How much of their skills the two share, from 0 to 1, counted as 2 * shared / (skills of a + skills "
        "of b), the Dice coefficient. Related skills do not count; it is 0 where neither career lists skills.",
        "skills.overlap",
    )
    counts: SkillCounts = child("How many skills are in each of the lists, and how many each career has.", "skills")
