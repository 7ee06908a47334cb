"""SearchHit: something that was found."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeAlias

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.view import View
from careergraph.api.types.career import Career
from careergraph.api.types.category import Category
from careergraph.api.types.collection import Collection
from careergraph.api.types.skill import Skill
from careergraph.engine import content
from careergraph.engine.search import search

SearchNode: TypeAlias = Annotated[
    Career | Skill | Category | Collection,
    strawberry.union("SearchNode", description="What can be found by searching."),
]

MIRRORS: Mapping[type[object], Callable[[Any, View], Career | Skill | Category | Collection]] = {
    content.Career: Career,
    content.Skill: Skill,
    content.Category: Category,
    content.Collection: Collection,
}
"""The type of each kind of item that can be found."""


@object_type
class SearchHit:
    """Something that was found, and how well it matches."""

    of: strawberry.Private[search.SearchHit]
    view: strawberry.Private[View]

    @field
    def score(self) -> float:
        """How well it matches, from 0 to 1."""
        return self.of.score

    @field
    def matched(self) -> str:
        """The text that matches best: a title, an alias, a skill or a summary."""
        return self.of.matched

    @field
    def node(self) -> SearchNode:
        """What was found."""
        return MIRRORS[type(self.of.item)](self.of.item, self.view)
