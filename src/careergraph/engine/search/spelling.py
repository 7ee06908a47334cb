"""Spelling: words that are the same in the other number or of one root, and how far a mistyped word is from another."""

from functools import lru_cache

_ENDINGS = (
    *("ations", "ation", "icians", "ician", "istries", "istry", "ionists", "ionist", "ists", "ist", "ians", "ian"),
    *("icals", "ical", "ics", "ic", "ings", "ing", "ments", "ment", "ions", "ion", "ances", "ance", "ants", "ant"),
    *("ers", "er", "ors", "or", "als", "al", "ies", "y", "es", "e", "s"),
)
_IRREGULAR = {
    "teeth": "tooth",
    "feet": "foot",
    "geese": "goose",
    "mice": "mouse",
    "children": "child",
    "people": "person",
    "wives": "wife",
    "knives": "knife",
    "shelves": "shelf",
    "leaves": "leaf",
    "lives": "life",
    "calves": "calf",
    "thieves": "thief",
    "wolves": "wolf",
    "halves": "half",
}
SHORTEST_ROOT = 4
"""Letters that remain at least where an ending is taken away."""


@lru_cache(maxsize=1_000)
def singular(text: str) -> str:
    """Return a normalised text with the English plurals of its words made singular, by their endings or a list."""
    return " ".join([_singular(word) for word in text.split()])


def _singular(word: str) -> str:
    if one := _IRREGULAR.get(word):
        return one
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-3] + "man" if word.endswith("men") else word.removesuffix("s")


def numbers(word: str) -> list[str]:
    """Return a word and what it begins with in its other number, by its ending alone: `secretary`, `secretarie`."""
    one = _singular(word)
    other = one[:-1] + "ie" if one.endswith("y") else one[:-3] + "men" if one.endswith("man") else one
    return list(dict.fromkeys([word, one, other]))


def root(word: str) -> str:
    """Return what the words of one family share (`photographer`, `photography`): a word without its longest English
    ending. Not always a word itself, and the same for some words that are no family."""
    if word.endswith(("eer", "eers")):
        return word.removesuffix("s")  # an engineer is no engine
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_ROOT:
            return word.removesuffix(ending)
    return word


class Spelling:
    """A word that others may be misspellings of."""

    def __init__(self, word: str) -> None:
        self.word = word
        self._places: dict[str, int] = {}
        for place, letter in enumerate(word):
            self._places[letter] = self._places.get(letter, 0) | 1 << place

    def edits(self, other: str) -> int:
        """The letters to add, leave out, change or swap with the next, so that the word becomes the other."""
        if not self.word:
            return len(other)
        # Hyyrö's bit vectors (2003): `more` and `less` are where the count of edits goes up and down along the word
        last, more, less, same, before, count = 1 << len(self.word) - 1, -1, 0, 0, 0, len(self.word)
        for letter in other:
            here = self._places.get(letter, 0)
            swapped = ((~same & here) << 1) & before
            same = (((here & more) + more) ^ more) | here | less | swapped
            up, down = less | ~(same | more), same & more
            count += bool(up & last) - bool(down & last)
            up, down = up << 1 | 1, down << 1
            more, less, before = down | ~(same | up), up & same, here
        return count
