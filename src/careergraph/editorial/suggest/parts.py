"""Parts: what a long, list-like phrase is made of. `SQL, Python and data modelling for reports` names three skills."""

import re
from collections.abc import Iterator

MANY = 4
"""A phrase of so many words has a head; a shorter one may be a list, no more."""
MOST = 12
"""Parts of a phrase that are judged at most."""


def parts_of(phrase: str) -> tuple[str, ...]:
    """The head of a phrase and the items of its lists, in order; none where it has none.

    The head is what stands before the first bracket, dash, colon or preposition of purpose (`for`, `across`, `using`).
    Of `asynchronous and concurrent programming`, the items are `asynchronous programming` and `concurrent programming`.
    """
    parts = (" ".join(part.split()) for part in (_split(phrase) if len(phrase.split()) >= MANY else _items(phrase)))
    return tuple(dict.fromkeys([part for part in parts if part and part != " ".join(phrase.split())]))[:MOST]


def _split(phrase: str) -> Iterator[str]:
    for clause in _CLAUSES.split(phrase):
        pieces = _PURPOSE.split(clause, maxsplit=1)
        if len(pieces) > 1:
            yield pieces[0]
        for piece in pieces:
            yield from _items(piece)


def _items(piece: str) -> Iterator[str]:
    yield piece
    items = [item.strip() for item in _LIST.split(piece) if item.strip()]
    if len(items) < 2:
        return
    last = items[-1].split()
    for item in items[:-1]:
        if len(item.split()) == 1 and len(last) > 1:
            yield " ".join([item, *last[1:]])
        yield item
    yield items[-1]


_CLAUSES = re.compile(r"[()\[\]:;]|\s[-–—]\s")
_PURPOSE = re.compile(
    r"\s(?:for|across|using|with|through|via|such as|including|based on|in order to)\s", re.IGNORECASE
)
_LIST = re.compile(r",\s*(?:and\s|or\s)?|\s(?:and|or|&|\+)\s|/", re.IGNORECASE)
