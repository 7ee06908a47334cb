"""SkillConnection: a page of skills, by name or, where something is searched for, best match first."""

import sys
from dataclasses import replace

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.page import Key, Listing, Page, PageArguments, PageInfo, page
from careergraph.api.base.view import View
from careergraph.api.types.skill import Skill
from careergraph.engine import content
from careergraph.engine.search.search import search
from careergraph.engine.similarity.skill_matching import normalised


@object_type
class SkillEdge:
    """A skill on a page."""

    of: strawberry.Private[content.Skill]
    page: strawberry.Private[Page[content.Skill]]
    view: strawberry.Private[View]

    @field
    def node(self) -> Skill:
        """The skill."""
        return Skill(self.of, self.view)

    @field
    def cursor(self) -> str:
        """Where it stands, for `after` and `before`."""
        return self.page.listing.cursor(self.of)


@object_type
class SkillConnection:
    """A page of skills."""

    of: strawberry.Private[Page[content.Skill]]
    view: strawberry.Private[View]

    @field
    def edges(self) -> list[SkillEdge]:
        """The skills of the page."""
        return [SkillEdge(item, self.of, self.view) for item in self.of.items]

    @field
    def page_info(self) -> PageInfo:
        """Where the page stands in the list."""
        return PageInfo(self.of)

    @field
    def total_count(self) -> int:
        """How many skills the whole list has."""
        return self.of.total


def skills(
    view: View, arguments: PageArguments, text: str | None, external_id: content.ExternalId | None = None
) -> SkillConnection:
    """A page of skills: all of them, or those that match a text and have an external id. Raises CodedError BAD_PAGE,
    TOO_MANY or BAD_CURSOR."""
    listing = _named(view) if text is None else _matching(view, text)
    if external_id is not None:
        listing = _called(view, listing, external_id)
    return SkillConnection(page(listing, arguments), view)


def _called(view: View, listing: Listing[content.Skill], external_id: content.ExternalId) -> Listing[content.Skill]:
    called = {it.slug for it in view.catalog.skills_called.get(external_id, ())}
    items = [skill for skill in listing.items if skill.slug in called]
    return replace(listing, name=(*listing.name, external_id.scheme, external_id.id), items=items)


def _named(view: View) -> Listing[content.Skill]:
    def key(skill: content.Skill) -> Key:
        return normalised(view.read(skill.name)), skill.slug

    return Listing(
        name=("Query.skills", view.localized.locale.code),
        items=sorted(view.catalog.skills.values(), key=key),
        key=key,
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
