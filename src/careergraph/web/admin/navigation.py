"""The navigation: the screens that an actor finds, by section."""

from dataclasses import dataclass

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, may

TYPES = ("career", "skill", "category", "collection", "pair", "attribute", "source", "image", "locale")
"""The types of documents in the order in which editors look for them."""


@dataclass(frozen=True, slots=True)
class Item:
    """A screen in the navigation: its word, its path, and the right that it needs."""

    word: str
    path: str
    verb: Verb = Verb.VIEW
    type_name: str | None = None

    def is_for(self, actor: Actor) -> bool:
        """Return whether the actor finds it."""
        return may(actor, self.verb, None if self.type_name is None else (self.type_name, ""))


SECTIONS: dict[str, tuple[Item, ...]] = {
    "work": (
        Item("nav.home", ""),
        Item("nav.releases", "releases"),
        Item("nav.imports", "imports", Verb.IMPORT),
        Item("nav.audit", "audit", Verb.VIEW_AUDIT),
    ),
    "content": tuple(Item(f"types.{name}", f"documents/{name}", type_name=name) for name in TYPES),
    "settings": (
        Item("nav.account", "account"),
        Item("nav.tokens", "settings/tokens", Verb.VIEW_TOKENS),
        Item("nav.endpoints", "settings/endpoints", Verb.MANAGE_ENDPOINTS),
        Item("nav.previews", "settings/previews", Verb.CREATE_PREVIEW),
        Item("nav.roles", "settings/roles"),
    ),
}
"""The screens of each section; a new screen is one line here."""


def sections_for(actor: Actor, path: str) -> list[tuple[str, list[tuple[Item, bool]]]]:
    """The sections that an actor finds, each item with whether `path` is in it."""
    visible = [(name, [item for item in items if item.is_for(actor)]) for name, items in SECTIONS.items()]
    return [(name, [(item, _is_within(path, item.path)) for item in items]) for name, items in visible if items]


def _is_within(path: str, item: str) -> bool:
    return path == item or path.startswith(f"{item or 'queues'}/")  # the queues are below what is to do
