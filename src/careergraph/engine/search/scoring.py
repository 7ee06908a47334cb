"""Scoring: what a match is worth, by where the words of the query stand in the names of an item."""

from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from careergraph.engine.search.item_words import Names
from careergraph.engine.text.same_wording import normalised

SAME_TITLE, OTHER_NUMBER, SAME_ALIAS, BEST_ALIAS = 1.0, 0.99, 0.8, 0.96
"""What a name is worth that is the query: a title, a title in the other number, an alias at least and at most."""
MATCH, TOGETHER = 0.65, 0.3
"""How much of the score is the match, and how much that one name has all words."""
BREVITY = 0.3
"""Of such a name: how much it counts that the name is short."""
SHARE = 0.2
"""How much it counts that a large share of the item's names are such; a title has all of it."""
NUMBER = 0.4
"""How much it counts that many of its names are such."""
FEW = 10
"""So many names more or fewer are little difference, however few there are."""
LOOKED_AT = 8
"""Names of an item that are looked at."""


class Spelling(NamedTuple):
    """A spelling of a query: its text, the hashes of the text and of its singular, and the factor by which a name
    counts that is the same. The factor of a corrected spelling is less than 1."""

    text: str
    exact: int
    singular: int
    factor: float


class Query(NamedTuple):
    """A query: how many words it has, and its spellings, its own first. One item can have several names with all of its
    words; `called` is the most that any has."""

    words: int
    spellings: Sequence[Spelling]
    called: int = 0


def names_with_all(needed: Sequence[Mapping[int, int]], number: int) -> int:
    """The names of an item that have all words that are needed, as bits."""
    names = -1
    for places in needed:
        names &= places.get(number, 0)
        if not names:
            return 0
    return names


def score_of(names: Names, together: int, share: float, query: Query) -> tuple[float, int]:
    """The score of an item, and the number of the name that matched best: `together` are those that have all words."""
    number = 0 if together & 1 else _shortest(names, together)
    brevity, count = min(1.0, query.words / names.sizes[number]), together.bit_count()
    closeness = BREVITY * brevity + NUMBER * log(FEW + count) / log(FEW + query.called)
    closeness += SHARE * sqrt(count / len(names.texts)) if number else 1 - BREVITY - NUMBER
    score = MATCH * share + TOGETHER * closeness
    for text, exact, one, factor in query.spellings:
        if called := names.called(one):
            place = min(called, key=lambda it: (it > 0, normalised(names.texts[it]) != text, it))
            same = SAME_ALIAS + (BEST_ALIAS - SAME_ALIAS) * score
            if place == 0:
                same = SAME_TITLE if exact == names.title else OTHER_NUMBER
            if factor * same > score:
                score, number = factor * same, place
    return score, number


def _shortest(names: Names, together: int) -> int:
    """The number of the shortest of some names. Only the first few are looked at."""
    numbers: list[int] = []
    while together and len(numbers) < LOOKED_AT:
        numbers.append((together & -together).bit_length() - 1)
        together &= together - 1
    return min(numbers, key=lambda it: names.sizes[it])
