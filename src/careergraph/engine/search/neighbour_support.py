"""Support of neighbours: careers near to the best matches come before others that match as well."""

from collections.abc import Sequence
from typing import NamedTuple

from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.search.item_words import Key

CAREER = 0
"""The kind of careers in a key."""
BEST, NEAREST = 10, 10
"""How many of the best matches support others, and how many of the neighbours of each."""
ITSELF = 0.6
"""How far a title with all words of the query supports itself: so that titles among each other stay in their order."""
HIGHEST = 0.97
"""The most that an item scores by support: less than one whose title is the query."""


NONE = -1


class Match(NamedTuple):
    """A match: its score from 0 to 1 with the sign turned, so that matches are in order; its key, the number of the
    name that matched, or NONE, and 1 where its title has all words. The score is of four digits, and less by how far it
    comes `behind` others that score the same."""

    minus: float
    key: Key
    name: int
    titled: int
    behind: float = 0.0


def ranked(matches: Sequence[Match], near: Neighbourhoods) -> list[Match]:
    """Put matches in order, the best first. A neighbour of one of the best gains its score times how near it is, as a
    share of what it lacks."""
    matches = sorted(matches)
    support = _support(matches, near)
    return sorted([_supported(it, support) if it.titled or it.key in support else it for it in matches])


def behind(kind: int, words: int, names: int) -> float:
    """Return how far an item comes behind others that score the same: by its kind, then by the words of its title, then
    by how few names it has."""
    return kind * 1e-5 + min(words, 9) * 1e-6 + 1e-6 / (1 + names)


def _support(matches: Sequence[Match], near: Neighbourhoods) -> dict[Key, float]:
    support: dict[Key, float] = {}
    for minus, (_, slug), *_ in [it for it in matches if it.key[0] == CAREER][:BEST]:
        for neighbour in near.get(slug, ())[:NEAREST]:
            if neighbour.evident:
                key = CAREER, neighbour.slug
                support[key] = max(-minus * neighbour.score, support.get(key, 0.0))
    return support


def _supported(match: Match, support: dict[Key, float]) -> Match:
    minus, key, name, titled, last = match
    score = last - minus
    if score >= HIGHEST:
        return match
    share = ITSELF * score if titled else support[key]
    return Match(last - round(score + (HIGHEST - score) * share, 4), key, name, titled, last)
