"""Words: a text as the words that it is compared by, without their endings and without those that say nothing."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]{2,}")
_SAYS_NOTHING = frozenset(
    [
        *("an", "and", "are", "as", "at", "be", "by", "for", "from", "in", "including", "into", "is", "it", "its"),
        *("may", "not", "of", "on", "or", "other", "such", "than", "that", "the", "their", "these", "this", "through"),
        *("to", "use", "used", "using", "which", "with", "within", "you", "your"),
    ]
)
_ENDINGS = (("ies", "y"), ("ing", ""), ("ers", ""), ("ed", ""), ("es", ""), ("er", ""), ("s", ""))
SHORTEST = 4
"""Letters that remain at least where an ending is taken away."""


def words(text: str) -> list[str]:
    """The words of a text in their order, in small letters, but for those that say nothing of the work."""
    return [word for word in _WORD.findall(text.casefold()) if word not in _SAYS_NOTHING]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A word without its English ending: enough that `audits`, `audited` and `auditing` are one."""
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending) + instead
    return word
