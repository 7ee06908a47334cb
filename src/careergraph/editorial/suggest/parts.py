"""The parts of a long phrase or a list: `SQL, Python and data modelling for reports` names three skills."""

import re
from collections.abc import Iterator

MANY = 4
"""The number of words from which a phrase has a head; a shorter one is a list at most."""
MOST = 12
"""The most parts of a phrase that are judged."""


def parts_of(phrase: str) -> tuple[str, ...]:
    """Return the head of a phrase and the items of its lists, in order.

    The head is the part before the first bracket, dash, colon or preposition of purpose (`for`, `across`, `using`). The
    items of `asynchronous and concurrent programming` are `asynchronous programming` and `concurrent programming`.
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
