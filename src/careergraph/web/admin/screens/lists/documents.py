"""Documents: the list of one type, with views, filters, a sort key and pages."""

from collections.abc import Mapping
from typing import Any, NamedTuple, Self

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.store.documents.documents import BY_TYPE
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.visit import Data, Visit, missing

VIEWS: Mapping[str, Mapping[str, Any]] = {
    "all": {"archived": False},
    "drafts": {"hasDraft": True},
    "review": {"inReview": True},
    "offline": {"live": False, "archived": False},
    "archived": {"archived": True},
}
"""The filter of each view."""

ORDERS: Mapping[str, tuple[str, str]] = {
    "title": ("TITLE", "ASC"),
    "changed": ("CHANGED", "DESC"),
    "by": ("CHANGED_BY", "ASC"),
}
"""The sort key of each order, and the direction that it begins with."""

BULK: Mapping[str, tuple[str, Verb]] = {
    "publish": ("PUBLISH", Verb.PUBLISH),
    "add": ("ADD_TO_RELEASE", Verb.ADD_TO_RELEASE),
    "discard": ("DISCARD", Verb.DISCARD_DRAFT),
    "unpublish": ("UNPUBLISH", Verb.UNPUBLISH),
    "archive": ("ARCHIVE", Verb.ARCHIVE),
}
"""Every verb of the list: its action, and the right to it."""

KEPT = ("view", "text", "by", "lacks", "order", "turned")
"""What the address of a list says of it."""
_OTHER = {"ASC": "DESC", "DESC": "ASC"}


async def documents(visit: Visit) -> Response:
    """Show a page of the documents of a type."""
    type_name = type_of(visit)
    chosen = {name: visit.query.get(name, "").strip() for name in KEPT}
    view = view_of(chosen)
    order = chosen["order"] if chosen["order"] in ORDERS else "changed"
    orders_by, direction = ORDERS[order]
    filters = _filters(chosen)
    of_type = {"types": [type_name.upper()]}
    data = await visit.ask(
        "documents",
        **{name: of_type | dict(conditions) for name, conditions in VIEWS.items()},
        filter=matching(type_name, chosen),
        screen=screen_of(type_name),
        orderBy=orders_by,
        direction=_OTHER[direction] if chosen["turned"] else direction,
        **page_of(visit),
    )
    return visit.render(
        "lists/documents.html",
        type_name=type_name,
        documents=data["editor"]["documents"],
        state_of=state_of,
        counts={name: data["editor"][name]["totalCount"] for name in VIEWS},
        view=view,
        order=order,
        kept=chosen,
        filtered=bool(filters),
        locales=[code for code in visit.catalog.locales if code != visit.catalog.default_locale],
        may_write=visit.may(Verb.SAVE_DRAFT, type_name),
        bulk=[name for name, (_, verb) in BULK.items() if visit.may(verb, type_name)],
        releases=data["editor"]["releases"]["nodes"],
        saved=[Saved.of(each) for each in data["editor"]["savedFilters"]["nodes"]],
        here_now={name: value for name, value in chosen.items() if value},
        may_keep=visit.may(Verb.SAVE_FILTER),
    )


class Saved(NamedTuple):
    """A filter that somebody saved: its name, and what the address of the list says with it."""

    name: str
    kept: dict[str, str]

    @classmethod
    def of(cls, node: Data) -> Self:
        """The filter of an answer. It may have been saved by another program, so only what a list says is taken."""
        stored = node["filter"] if isinstance(node["filter"], dict) else {}
        kept = {name: value for name, value in stored.items() if name in KEPT and isinstance(value, str) and value}
        return cls(node["name"], kept)


def screen_of(type_name: str) -> str:
    """The name of a list among the screens that filters are saved for."""
    return f"admin-{type_name}"


def view_of(chosen: Mapping[str, str]) -> str:
    """The view that an address names."""
    return chosen["view"] if chosen.get("view") in VIEWS else "all"


def matching(type_name: str, chosen: Mapping[str, str]) -> Data:
    """The filter of the documents in a list."""
    return {"types": [type_name.upper()], **VIEWS[view_of(chosen)], **_filters(chosen)}


def type_of(visit: Visit) -> str:
    """The type of documents in the address. Raises Refusal (NOT_FOUND) for one that the actor may not see."""
    type_name = visit.names["type"]
    if type_name not in BY_TYPE:
        raise missing()
    visit.require(Verb.VIEW, type_name)
    return type_name


def state_of(document: Data) -> str:
    """The state of a document, by its name in the words."""
    if document["archived"]:
        return "archived"
    if document["inReview"]:
        return "review"
    if document["hasDraft"]:
        return "changed" if document["isLive"] else "draft"
    return "live" if document["isLive"] else "none"


def _filters(chosen: Mapping[str, str]) -> dict[str, str]:
    named = {"text": chosen.get("text", "")[:200], "changedBy": chosen.get("by", "")[:200]}
    named["lacks"] = chosen.get("lacks", "")[:35]
    return {name: value for name, value in named.items() if value}
