"""Spelling: words that are the same in the other number or of one root, and how far a mistyped word is from another."""

from functools import lru_cache

_ENDINGS = (
    *("ations", "ation", "icians", "ician", "istries", "istry", "ionists", "ionist", "ists", "ist", "ians", "ian"),
    *("icals", "ical", "ics", "ic", "ings", "ing", "ments", "ment", "ions", "ion", "ances", "ance", "ants", "ant"),
    *("ers", "er", "ors", "or", "als", "al", "ies", "y", "es", "e", "s"),
)
SHORTEST_ROOT = 4
"""Letters that remain at least where an ending is taken away."""


@lru_cache(maxsize=50_000)
def singular(text: str) -> str:
    """Return a normalised text with the English plurals of its words made singular, by their endings alone."""
    return " ".join([_singular(word) for word in text.split()])


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


@lru_cache(maxsize=50_000)
def root(word: str) -> str:
    """Return what the words of one family share (`photographer`, `photography`): a word without its longest English
    ending. Not always a word itself, and the same for some words that are no family."""
    if word.endswith(("eer", "eers")):
        return word.removesuffix("s")  # an engineer is no engine
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            return word.removesuffix(ending)
    return word


def edits(word: str, other: str, most: int) -> int:
    """The letters to add, leave out, change or swap with the next, so that a word becomes the other; where they are
    more than `most`, any number above it."""
    start, end = _ends_alike(word, other)
    word, other = word[start : len(word) - end], other[start : len(other) - end]
    if abs(len(word) - len(other)) > most:
        return most + 1
    before, row = [0] * (len(other) + 1), list(range(len(other) + 1))
    for i, letter in enumerate(word, 1):
        earlier, before, row = before, row, [i]
        for j, needed in enumerate(other, 1):
            least = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != needed))
            if i > 1 and j > 1 and letter == other[j - 2] and word[i - 2] == needed:
                least = min(least, earlier[j - 2] + 1)
            row.append(least)
        if min(row) > most:  # and no later row has less
            return most + 1
    return row[-1]


def _ends_alike(word: str, other: str) -> tuple[int, int]:
    """How many letters two words have in common at the start, and of the rest at the end."""
    shorter = min(len(word), len(other))
    start = next((place for place in range(shorter) if word[place] != other[place]), shorter)
    rest = shorter - start
    return start, next((place for place in range(rest) if word[-1 - place] != other[-1 - place]), rest)
