"""The words of rich texts, which each vendor keeps as a tree of nodes of its own."""

from collections.abc import Iterator
from typing import Any

DEEPEST = 40
"""The most levels of a tree that are read."""


def text_of(value: Any) -> str | None:
    """The words of a rich text on one line; None for a value that is none.

    Lexical (Payload) has a `root`, Contentful a `document`, and the blocks of Strapi and Slate are a list of nodes with
    `children`.
    """
    if isinstance(value, dict):
        root = value.get("root")
        if isinstance(root, dict) and "children" in root:
            return _joined(root)
        return _joined(value) if value.get("nodeType") == "document" else None
    if isinstance(value, list) and value and all(isinstance(it, dict) and _is_block(it) for it in value):
        return " ".join(filter(None, map(_joined, value)))
    return None


def _is_block(node: dict[str, Any]) -> bool:
    return isinstance(node.get("children"), list) and "type" in node


def _joined(node: dict[str, Any]) -> str:
    return " ".join("".join(_words(node, DEEPEST)).split())


def _words(node: Any, levels: int) -> Iterator[str]:
    if not isinstance(node, dict) or not levels:
        return
    leaf = node.get("text") if "text" in node else node.get("value") if node.get("nodeType") == "text" else None
    if isinstance(leaf, str):
        yield leaf
        return
    inside = node.get("children") or node.get("content") or ()
    for child in inside if isinstance(inside, list) else ():
        yield from _words(child, levels - 1)
    yield " "  # a block ends a word
