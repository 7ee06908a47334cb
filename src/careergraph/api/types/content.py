"""The types of content: careers, their skills, categories, collections and neighbours, and the ways into them.

They are one module because they refer to each other: a career has skills, and a skill has careers.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Annotated

import strawberry

from careergraph.api.base.arguments import AttributeKey, Most, checked_count
from careergraph.api.base.declare import Mirror, argument, attr, child, children, localized, object_type, union
from careergraph.api.base.enums import Component, SourceKind, TransitionGrade
from careergraph.api.base.fallback import fallback_fields
from careergraph.api.base.node_id import Node, document_id
from careergraph.api.base.page import Page, Paged, PageInfo, page
from careergraph.api.base.view import View
from careergraph.api.types.attribute import current_key
from careergraph.api.types.career_listing import careers_of_category, select_page
from careergraph.api.types.value import Source, Value
from careergraph.engine import content
from careergraph.engine.content import component, neighbour, source, value_kinds
from careergraph.engine.content.skill_weight import skill_weight
from careergraph.engine.search import search
from careergraph.engine.search.career_filter import CareerFilter
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.similarity.pair_ranking import partners
from careergraph.engine.similarity.published_relations import Relation, published
from careergraph.engine.similarity.vectors import WEIGHTS, Part, parts_of
from careergraph.engine.transition import bridges, derived_roadmap, transition

NEIGHBOURS = 5
"""Careers that `compareWith` and its like return by default."""

BRIDGES_COST = 90
"""The cost of looking for bridges: twelve transitions are graded."""


@object_type(content.ExternalId, "The id of a career or a skill in an external scheme.", cacheable=True)
class ExternalId(Mirror):
    scheme: str = attr("The scheme, such as `soc`, `onet` or `esco`.")
    id: str = attr("The id in that scheme.")


PixelWidth = Annotated[
    int | None,
    argument("How wide it is shown, in pixels: the URL is of the least of `widths` that is not below, or the last."),
]


def image_url(of: content.Image, view: View, width: PixelWidth = None) -> str:
    """Return the URL of an image in a width; of one elsewhere its only one."""
    return of.url or "" if of.file is None else view.media.url(of.file.name(width))


def image_srcset(of: content.Image, view: View) -> str | None:
    """Return the URLs of a file in all of its widths, as HTML writes them."""
    if (file := of.file) is None:
        return None
    return ", ".join([f"{view.media.url(file.name(width))} {width}w" for width in file.widths])


@object_type(content.FocalPoint, "A point of a picture, in parts of its width and height.", cacheable=True)
class FocalPoint(Mirror):
    x: float = attr("From 0 at its left to 1 at its right.")
    y: float = attr("From 0 at its top to 1 at its bottom.")


@object_type(content.Image, "A picture: one that is served here, in several widths, or one elsewhere.", cacheable=True)
class Image(Mirror):
    url: str = attr("The URL of the picture.", image_url, cost=1)
    srcset: str | None = attr(
        "The URLs of all `widths`, as the attribute `srcset` of HTML; null for a picture elsewhere.",
        image_srcset,
        cost=1,
    )
    widths: list[int] = attr(
        "The widths that it is served in, in pixels, the last its own; empty for a picture elsewhere.",
        lambda of: () if of.file is None else of.file.widths,
        size=8,
    )
    width: int | None = attr(
        "Its own width in pixels; null for a picture elsewhere.", lambda of: of.file and of.file.width
    )
    height: int | None = attr(
        "Its own height in pixels; null for a picture elsewhere.", lambda of: of.file and of.file.height
    )
    alt: str = localized("A description of the picture, for readers who do not see it.")
    credit: str | None = attr("The credit to display with it; null where none is needed.")
    focal_point: FocalPoint | None = child("The point that stays in view when it is cropped; null for its middle.")


def skills_by_slug(view: View, slugs: Iterable[str]) -> list[content.Skill]:
    """Return the skills of these slugs that are published."""
    skills = view.catalog.skills
    return [skills[slug] for slug in slugs if slug in skills]


def careers_with_skill(of: content.Skill, view: View, arguments: Paged) -> Page[content.Career]:
    """Return a page of the careers that have a skill. Raises CodedError BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    return select_page(view, ("Skill.careers", of.slug), arguments, CareerFilter(skill=(of.slug,)))


@object_type(content.Skill, "A skill concept: one meaning, however careers word it.", cacheable=True)
class Skill(Node):
    id: strawberry.ID = document_id("An opaque id of this variant of the skill.", "Skill", "slug")
    slug: str = attr("The slug of the skill.")
    name: str = localized("The name of the skill.")
    aliases: list[str] = localized("Other names of the same skill.")
    family: str | None = localized("The family of skills that it belongs to; null where it belongs to none.")
    broader: list["Skill"] = children(
        "The skills that this one is a part or a kind of.",
        lambda of, view: skills_by_slug(view, of.broader),
        size=2,
        depends_on="skills",
    )
    related: list["Skill"] = children(
        "The skills that are close to this one without being the same, by slug. The relation is symmetric.",
        lambda of, view: skills_by_slug(view, sorted(view.catalog.related_skills.get(of.slug, ()))),
        size=4,
        depends_on="skills",
    )
    external_ids: list[ExternalId] = children("The ids of the skill in external schemes.", size=3)
    careers: "CareerConnection" = child(
        "The careers that have this skill, by title.", careers_with_skill, cost=40, depends_on="catalog"
    )


@object_type(
    content.CareerSkill, "A skill as one career words it, and the concepts that it stands for.", cacheable=True
)
class CareerSkill(Mirror):
    text: str = localized("The career's own wording.")
    position: int = attr("Its place among the career's skills, from 1.")
    weight: int = attr(
        "What it weighs where a move is graded: 1, and 1 more for each time that all careers can be halved before "
        "fewer are left than have its main concept. 1 without a concept.",
        lambda of, view: skill_weight(view.catalog, of),
        depends_on="catalog",
    )
    concepts: list[Skill] = children(
        "The skill concepts that it stands for, the main one first; empty where none was accepted yet.", size=2
    )


def careers_in_category(of: content.Category, view: View, arguments: Paged) -> Page[content.Career]:
    """Return a page of the careers in a category. Raises CodedError BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    return page(careers_of_category(view.localized.anywhere, of.slug), arguments)


@object_type(content.Category, "A field of work. Every career is in exactly one.", cacheable=True)
class Category(Node):
    id: strawberry.ID = document_id("An opaque id of this variant of the category.", "Category", "slug")
    slug: str = attr("The slug of the category.")
    name: str = localized("The name of the category.")
    summary: str = localized("The kind of work in it; empty where the name is enough.")
    careers: "CareerConnection" = child(
        "The careers in this category, by title.", careers_in_category, cost=40, depends_on="catalog"
    )


def careers_in_collection(of: content.Collection, view: View) -> list[content.Career]:
    """Return the careers of a collection that are published, in the editor's order."""
    careers = view.catalog.careers
    return [careers[slug] for slug in of.careers if slug in careers]


@object_type(content.Collection, "A list of careers that an editor put together.", cacheable=True)
class Collection(Node):
    id: strawberry.ID = document_id("An opaque id of this variant of the collection.", "Collection", "slug")
    slug: str = attr("The slug of the collection.")
    title: str = localized("The title of the collection.")
    summary: str = localized("What its careers have in common; empty where the title is enough.")
    careers: list["Career"] = children(
        "Its careers, in the editor's order.", careers_in_collection, size=10, depends_on="catalog"
    )


@object_type(content.Resource, "A resource to learn from.")
class Resource(Mirror):
    title: str = localized("The title of the resource.")
    url: str = attr("The URL of the resource.")


@object_type(content.RoadmapStage, "One stage on the way into a career.")
class RoadmapStage(Mirror):
    title: str = localized("The title of the stage.")
    summary: str = localized("What is done in it; empty where the title is enough.")
    months: int | None = attr("How many months it takes; null where that is unknown.")
    skills: list[Skill] = children("The skills that are learned in it.", size=3)
    resources: list[Resource] = children("The resources to learn them from.", size=2, part=True)


@object_type(tuple, "The way into a career.")
class Roadmap(Mirror):
    stages: list[RoadmapStage] = children("Its stages, in order.", "of", size=5, part=True)


@object_type(transition.Transition, "A career that leads to another one: the transition is easy or moderate.")
class Bridge(Mirror):
    career: "Career" = child("The career that one starts from.", "origin")
    grade: TransitionGrade = attr("How hard the transition is, by the rule of `Transition.grade`.")
    covered: float = attr(
        "The share of the weight of the skills that the career already brings, as `Transition.covered`."
    )


@object_type(
    derived_roadmap.DerivedRoadmap,
    "A way into a career that has no written roadmap, derived by a stated rule: the usual education and the "
    "preparation needed, then its skills in the career's own order, in two halves; beside them the careers that lead "
    "there. The source's time is for all of it, so no single stage has months.",
)
class DerivedRoadmap(Mirror):
    kind: SourceKind = attr("How far it is from a written roadmap: always DERIVED.", lambda: source.SourceKind.DERIVED)
    stages: list[RoadmapStage] = children("Its stages, in order.", size=3)
    figures: list[Value] = children(
        "The figures that its first stage and its months rest on, with their sources.", size=2
    )
    months_over: int | None = attr(
        "All of it takes more than this many months, by the source of the preparation needed; null where it states no "
        "minimum."
    )
    months_up_to: int | None = attr(
        "All of it takes at most this many months, by the source of the preparation needed; null where it states no "
        "maximum."
    )
    bridges: list[Bridge] = children(
        "The careers that lead there: of the twelve nearest those from which the transition is EASY or MODERATE, and "
        "which need no more preparation. The easiest first, at most three.",
        lambda of, view: bridges.bridges(view.localized, of.career),
        cost=BRIDGES_COST,
        size=bridges.MOST,
        depends_on="catalog",
    )


def shared_skill(of: neighbour.Shared, view: View) -> content.Skill | None:
    """Return the skill that is shared; None where the shared item is no skill."""
    return view.catalog.skills.get(of.text) if of.component is component.Component.SKILLS else None


def shared_text(of: neighbour.Shared, view: View) -> str:
    """Return the name of a shared item."""
    skill = shared_skill(of, view)
    return of.text if skill is None else view.read(skill.name)


@object_type(neighbour.Shared, "Something that two careers have in common.")
class SharedItem(Mirror):
    component: Component = attr("The component that it belongs to.")
    text: str = attr(
        "The activity, the field of knowledge, the title or the word, in the catalog's default locale; the name of the "
        "skill.",
        shared_text,
    )
    skill: Skill | None = child("The skill; null where it is none.", shared_skill)


@object_type(Part, "How alike two careers are in one component.")
class Likeness(Mirror):
    component: Component = attr("The component.")
    similarity: float = attr("How alike the two are in it, from 0 to 1.")
    weight: float = attr(
        "The weight of the component. The score is the mean of the components by their weights.",
        lambda of: WEIGHTS[of.component],
    )


@object_type(neighbour.Neighbour, "A career near another one, by the catalog's data on both.")
class RelatedCareer(Mirror):
    career: "Career" = child("The other career.", lambda of, view: view.catalog.careers[of.slug])
    score: float = attr(
        "How near the two are, from 0 to 1: the mean of `components` by their weights. It measures how alike the "
        "descriptions of the work are, not how many people move from one to the other."
    )
    components: list[Likeness] = children(
        "The parts of the score: the components that both careers have.", lambda of: parts_of(of.likeness), size=6
    )
    shared: list[SharedItem] = children("The most telling things in common, at most three.", size=3)


@object_type(Relation, "A source's statement that a career is related to another one. Nothing here was computed by us.")
class PublishedRelation(Mirror):
    career: "Career" = child("The other career.")
    rank: int = attr(
        "Its place in the source's list, from 1; places of careers that are not published here are missing."
    )
    source: Source = child("The source.")


def value_of(of: content.Career, view: View, attribute: AttributeKey) -> value_kinds.Value | None:
    """Return a career's value of an attribute. Raises CodedError UNKNOWN_ATTRIBUTE."""
    return view.localized.value(of, current_key(view, attribute))


def other_careers(of: content.Career, view: View, first: Most = NEIGHBOURS) -> Sequence[content.Career]:
    """Return the careers most worth comparing with one. Raises CodedError BAD_PAGE or TOO_MANY."""
    return partners(view.catalog, (of,), checked_count(first, NEIGHBOURS))


def related_careers(of: content.Career, view: View, first: Most = NEIGHBOURS) -> Sequence[neighbour.Neighbour]:
    """Return the neighbours of a career. Raises CodedError BAD_PAGE or TOO_MANY."""
    return neighbours(view.catalog, of)[: checked_count(first, NEIGHBOURS)]


def published_relations(of: content.Career, view: View, first: Most = NEIGHBOURS) -> Sequence[Relation]:
    """Return the careers that sources publish as related. Raises CodedError BAD_PAGE or TOO_MANY."""
    return published(view.catalog, of)[: checked_count(first, NEIGHBOURS)]


@object_type(content.Career, "A career: its values, its skills and the way into it.", cacheable=True)
class Career(Node):
    id: strawberry.ID = document_id("An opaque id of this variant of the career.", "Career", "slug")
    slug: str = attr("The slug of the career.")
    title: str = localized("The title of the career.")
    summary: str = localized("A summary of the work.")
    aliases: list[str] = localized("Other titles of the career.", cost=3)
    category: Category = child("The field of work that it belongs to.")
    values: list[Value] = children(
        "Its values, in the order of their attributes. Unknown ones are left out.",
        lambda of, view: of.values_in(view.localized.region),
    )
    value: Value | None = child("Its value of one attribute; null where it is unknown.", value_of, cost=2)
    regions: list[str] = attr(
        "The regions that can be chosen by `region`: those of attributes that it has several figures of, by name. "
        "Empty where it has one figure of each.",
        size=2,
    )
    skills: list[CareerSkill] = children("Its skills, the most important first.", cost=1, size=16, part=True)
    roadmap: Roadmap | None = child(
        "The way into the career; null where none is written yet.",
        lambda of: of.roadmap or None,
        part=True,
        cost=1,
        share=0.6,
    )
    derived_roadmap: DerivedRoadmap | None = child(
        "A way into the career by a stated rule, where no roadmap is written; null where one is, or where too little "
        "is known.",
        lambda of, view: derived_roadmap.derived_roadmap(view.localized, of),
        cost=3,
    )
    collections: list[Collection] = children(
        "The collections that hold it, by slug.",
        lambda of, view: view.catalog.collections_of.get(of.slug, ()),
        size=3,
        depends_on="collections",
    )
    compare_with: list["Career"] = children(
        "Other careers worth comparing with this one, by the score of `comparisons`, best first.",
        other_careers,
        cost=5,
        depends_on="catalog",
    )
    related: list[RelatedCareer] = children(
        "The careers nearest to it, each with the parts of its score: at most 25 are known.",
        related_careers,
        cost=5,
        depends_on="catalog",
    )
    related_published: list[PublishedRelation] = children(
        "The careers that sources publish as related to it, nearest first; empty where none does.",
        published_relations,
        cost=5,
        depends_on="catalog",
    )
    image: Image | None = child("Its picture; null where it has none.", part=True)
    external_ids: list[ExternalId] = children("The ids of the career in external schemes.", size=3)
    fallback_fields: list[str] = attr(
        "The fields of the career that are not, or not in every part, written in this locale and are read in its "
        "fallback, by their names.",
        lambda of, view: fallback_fields(Career, of, view),
        cost=1,
    )
    published_at: datetime = attr("When it was last published.")


@object_type(content.Career, "A career on a page.")
class CareerEdge(Mirror):
    parent: strawberry.Private[Page[content.Career]]

    node: Career = child("The career.", "of")
    cursor: str = attr("The cursor of the career, for `after` and `before`.", lambda of, parent: parent.cursor(of))


@object_type(Page, "A page of careers.")
class CareerConnection(Mirror):
    edges: list[CareerEdge] = children("The careers of the page.", "items")
    page_info: PageInfo = child("The position of the page in the list.", "of")
    total_count: int = attr("How many careers the whole list has.", "total")


SearchNode = Annotated[Career | Skill | Category | Collection, union("SearchNode", "An item that a search returns.")]


@object_type(search.SearchHit, "An item that matches a search, and how well.")
class SearchHit(Mirror):
    score: float = attr("How well it matches, from 0 to 1.")
    matched: str = attr("The text that matches best: a title, an alias, a skill or a summary.")
    node: SearchNode = child("The item that was found.", "item")
