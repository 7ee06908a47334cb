"""Words: a text as the words that it is compared by, without their endings and without those that say nothing."""

import re
from collections import Counter
from functools import lru_cache

from careergraph.engine.text.same_wording import without_joiners

_RUN = re.compile(r"[^\W\d_]+")
_LETTERS = "".join([letter if letter.isalpha() else " " for letter in map(chr, range(128))])
_WORDS = """
about above across after against all along also am among an and another any anything are around as at away back be
because been before behind being below between both but by can carries carry carrying could did do does doing done
down during each either else ensure ensures etc even every everything find finding finds for from get gets getting
give gives giving go goes going had has have having he help helping helps her here his how if in including into is
it its itself just keep keeps least less let lets like made make makes making many may me more most much must my
near need needed needs neither no nor not nothing now of off often on once one ones only onto or other others our
out over own people per person put puts rather say says see sees she should since so some someone something still
such take takes taking than that the their them then there these they thing things this those through thus to
together too two under until up upon us use used uses using very was way ways we well were what when where whether
which while who whole whom whose why will with within without would yet you your yours
"""
_SAYS_NOTHING = frozenset(_WORDS.split())
_ENDINGS = (("ies", "y"), ("ing", ""), ("ers", ""), ("ed", ""), ("es", ""), ("er", ""), ("s", ""))
SHORTEST = 4
"""Letters that remain at least where an ending is taken away."""


def words(text: str) -> list[str]:
    """The words of a text in their order, in small letters, but for those that say nothing of the work."""
    return [word for word in _runs(text) if not _says_nothing(word)]


def count_words(text: str) -> Counter[str]:
    """Return how often each of the `words` of a text comes, in the order of their first ones."""
    counts = Counter(_runs(text))
    for word in [it for it in counts if _says_nothing(it)]:
        del counts[word]
    return counts


def _runs(text: str) -> list[str]:
    """The runs of letters of a text, in small letters. Most texts are ASCII, where the pattern is not needed: turning
    all else into spaces takes a third of its time."""
    folded = text.casefold()
    return folded.translate(_LETTERS).split() if folded.isascii() else _RUN.findall(without_joiners(folded))


def _says_nothing(word: str) -> bool:
    return word in _SAYS_NOTHING or len(word) == 1


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its English ending: enough that `audits`, `audited` and `auditing` are one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending) + instead
    return word
