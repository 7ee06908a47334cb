"""Entities: documents by the representations of a gateway, all of them looked up in one pass over the catalog."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Annotated, Any, NewType, cast

import strawberry
from strawberry.types.scalar import ScalarDefinition

from careergraph.api.base.arguments import MOST_REPRESENTATIONS, Info
from careergraph.api.base.declare import union
from careergraph.api.base.scalars import literal_parser
from careergraph.api.base.view import View, view_of
from careergraph.api.comparison.comparison import Comparison
from careergraph.api.connections.lookup import fetch, item_of
from careergraph.api.types.content import Career, Category, Collection, Skill
from careergraph.engine.comparison.compare import career_of, compare_by_slug
from careergraph.engine.errors import Code, CodedError

KEYS = ("slug", "id", "slug locale")
"""The keys of each entity, as `@key` writes them."""

Representation = NewType("Representation", object)
"""A type and the fields of one of its keys, as a gateway sends them: any JSON."""

REPRESENTATION: Mapping[object, ScalarDefinition] = {
    Representation: strawberry.scalar(
        name="_Any",
        description="The representation of an entity: its `__typename` and the fields of one of its keys.",
        serialize=lambda value: value,
        parse_value=Representation,
        parse_literal=literal_parser(Representation, "representation"),
    )
}

Document = Career | Skill | Category | Collection | Comparison
Entity = Annotated[Document, union("_Entity", "A document that other subgraphs may refer to and extend.")]


def _comparison(view: View, slug: str) -> Comparison:
    localized = view.localized
    return Comparison(compare_by_slug(localized, slug), view)


FINDERS: Mapping[str, Callable[[View, str], Document]] = {
    "Career": lambda view, slug: Career(career_of(view.catalog, slug), view),
    "Skill": lambda view, slug: Skill(item_of(view.catalog, "skills", slug), view),
    "Category": lambda view, slug: Category(item_of(view.catalog, "categories", slug), view),
    "Collection": lambda view, slug: Collection(item_of(view.catalog, "collections", slug), view),
    "Comparison": _comparison,
}
"""The function that finds each type of entity by its slug."""


def resolve(info: Info, representations: Sequence[object]) -> list[Document | None]:
    """Return the entities of representations, in their order; in the place of one that fails, its error. Raises
    CodedError TOO_MANY."""
    if len(representations) > MOST_REPRESENTATIONS:
        message = f"At most {MOST_REPRESENTATIONS} entities are resolved at once."
        raise CodedError(Code.TOO_MANY, message, maximum=MOST_REPRESENTATIONS)
    view_in = cache(lambda locale: view_of(info, locale))
    # An exception in a list becomes null with an error at its own path; the schema's executor sees to it.
    return cast("list[Document | None]", [_attempt(info, view_in, it) for it in representations])


def _attempt(info: Info, view_in: Callable[[str | None], View], representation: object) -> Document | CodedError:
    try:
        return _entity(info, view_in, representation)
    except CodedError as problem:
        return problem


def _entity(info: Info, view_in: Callable[[str | None], View], representation: Any) -> Document:
    """Return the entity of a representation: by its id, in the variant that the id names, or by its slug. Raises
    CodedError BAD_REPRESENTATION, BAD_ID, UNKNOWN_LOCALE, or an UNKNOWN code where it is not published."""
    match representation:
        case {"__typename": str(name), "id": str(id)} if name in FINDERS:
            node = fetch(info.context, id)
            if type(node).__name__ == name:
                return cast("Document", node)
        case {"__typename": str(name), "slug": str(slug)} if name in FINDERS:
            locale = representation.get("locale")
            if locale is None or isinstance(locale, str):
                return FINDERS[name](view_in(locale), slug)
    raise CodedError(
        Code.BAD_REPRESENTATION,
        "A representation has the __typename of an entity, and its id, its slug, or its slug and locale as texts.",
        entities=list(FINDERS),
    )
