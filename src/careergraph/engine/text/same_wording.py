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
    plain = unicodedata.normalize("NFKD", text.casefold())
    return " ".join(_WORD.findall("".join([char for char in plain if not unicodedata.combining(char)])))


_WORD = re.compile(r"[\w+#]+")
