"""Wordings: when two texts, and two skills, say the same."""

import re
import unicodedata

from careergraph.engine.content.skill import CareerSkill


def identity(skill: CareerSkill) -> str:
    """Return what makes two skills the same: the main concept's slug, or without one the normalised wording."""
    concepts = skill.concepts
    return concepts[0].slug if concepts else f" {normalised(next(iter(skill.text.values()), ''))}"


def normalised(text: str) -> str:
    """A wording without case, accents, punctuation, surplus spaces and what has no width inside of a word, such as soft
    hyphens."""
    plain = text.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", without_joiners(plain))
        # once more: capitals that are bold or in a sign such as that of a trade mark have no small ones of their own
        plain = "".join([char for char in marked if not unicodedata.combining(char)]).casefold()
    return " ".join(_WORD.findall(plain))


def without_joiners(text: str) -> str:
    """A text without what has no width inside of a word, such as soft hyphens."""
    return _NO_WIDTH.sub("", text)


_WORD = re.compile(r"[\w+#]+")
_NO_WIDTH = re.compile("[\u00ad\u200c-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Soft hyphens, joiners, marks of direction and variants. A space without width (U+200B) is where words may part."""
