"""Wordings: when two texts, and two skills, say the same."""

import re
import unicodedata

from careergraph.engine.content.skill import CareerSkill


def identity(skill: CareerSkill) -> str:
    """What makes two skills the same: the main concept's slug, or without one the normalised wording."""
    concepts = skill.concepts
    return concepts[0].slug if concepts else f" {normalised(next(iter(skill.text.values()), ''))}"


def normalised(text: str) -> str:
    """A wording without case, accents, punctuation and surplus spaces."""
    plain = text.casefold()
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain)
        plain = "".join([char for char in marked if not unicodedata.combining(char)])
    return " ".join(_WORD.findall(plain))


_WORD = re.compile(r"[\w+#]+")
