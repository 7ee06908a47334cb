"""Find where somebody goes on in a form whose items came, went or moved: its page comes anew from the server."""

from collections.abc import Iterator, Sequence

from careergraph.web.admin.forms.build import SLASH, Node, ident_of
from careergraph.web.admin.forms.definition import Kind


def next_focus(nodes: Sequence[Node], action: str, locale: str) -> str:
    """The id of the first field of an item that was added, or the action of the button beside the item that moved or
    took the place of one that was removed. Empty where the action led nowhere."""
    verb, _, name = action.partition(":")
    way, _, last = name.rpartition(SLASH)
    if verb == "add":
        owner = _find(nodes, SLASH.join(filter(None, (way, last.partition("@")[2] or last))))
        return _first_field(owner.nodes[-1], locale) if owner is not None and owner.nodes else ""
    owner = _find(nodes, way)
    if owner is None or not last.isdigit():
        return ""
    end = len(owner.nodes) - 1
    if end < 0:
        return f"add:{owner.adding}"
    place = int(last) + {"up": -1, "down": 1}.get(verb, 0)
    place = max(0, min(end, place))
    turned = {("up", 0): "down", ("down", end): "up"}.get((verb, place), verb) if end else "remove"
    return f"{turned}:{way}{SLASH}{place}"


def _first_field(node: Node, locale: str) -> str:
    if node.key or node.name.endswith(f"{SLASH}@value"):
        return f"{node.ident}-key"
    if node.field.kind in (Kind.TEXT, Kind.TEXTS):
        return ident_of(node.name, locale)
    return _first_field(node.nodes[0], locale) if node.field.kind is Kind.PART and node.nodes else node.ident


def _find(nodes: Sequence[Node], name: str) -> Node | None:
    return next((node for node in _every(nodes) if node.name == name), None)


def _every(nodes: Sequence[Node]) -> Iterator[Node]:
    for node in nodes:
        yield node
        yield from _every(node.nodes)
