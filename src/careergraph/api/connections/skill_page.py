"""SkillConnection: a page of skills, by name or, where something is searched for, best match first."""

import sys
from dataclasses import replace
from functools import partial

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, object_type
from careergraph.api.base.page import Key, Listing, Page, PageArguments, PageInfo, page
from careergraph.api.base.view import View
from careergraph.api.connections.name_order import name_key, skills_by_name
from careergraph.api.types.content import Skill
from careergraph.engine import content
from careergraph.engine.search.search import search


@object_type(content.Skill, "A skill on a page.")
class SkillEdge(Mirror):
    parent: strawberry.Private[Page[content.Skill]]

    node: Skill = child("The skill.", "of")
    cursor: str = attr("The cursor of the skill, for `after` and `before`.", lambda of, parent: parent.cursor(of))


@object_type(Page, "A page of skills.")
class SkillConnection(Mirror):
    edges: list[SkillEdge] = children("The skills of the page.", "items")
    page_info: PageInfo = child("The position of the page in the list.", "of")
    total_count: int = attr("How many skills the whole list has.", "total")


def skills(
    view: View, arguments: PageArguments, text: str | None, external_id: content.ExternalId | None = None
) -> Page[content.Skill]:
    """Return a page of skills: all of them, or those that match a text and have an external id. Raises CodedError
    BAD_PAGE, TOO_MANY or BAD_CURSOR."""
    listing = _named(view) if text is None else _matching(view, text)
    if external_id is not None:
        listing = _called(view, listing, external_id)
    return page(listing, arguments)


def _called(view: View, listing: Listing[content.Skill], external_id: content.ExternalId) -> Listing[content.Skill]:
    called = {it.slug for it in view.catalog.skills_called.get(external_id, ())}
    items = [skill for skill in listing.items if skill.slug in called]
    return replace(listing, name=(*listing.name, external_id.scheme, external_id.id), items=items)


def _named(view: View) -> Listing[content.Skill]:
    return Listing(
        name=("Query.skills", view.localized.locale.code),
        items=view.localized.once(skills_by_name),
        key=partial(name_key, view.localized),
        shape=tuple[str, str],
        rank=lambda key: key,
    )


def _matching(view: View, text: str) -> Listing[content.Skill]:
    hits = [(hit.score, hit.item) for hit in search(view.localized, text, sys.maxsize)]
    scores = {item.slug: (-score, item) for score, item in hits if isinstance(item, content.Skill)}

    def key(skill: content.Skill) -> Key:
        return scores[skill.slug][0], skill.slug

    return Listing(
        name=("Query.skills", view.localized.locale.code, text),
        items=sorted([skill for _, skill in scores.values()], key=key),
        key=key,
        shape=tuple[int | float, str],
        rank=lambda key: key,
    )
