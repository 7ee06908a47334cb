"""Lasting objects: the types that show what the catalog itself holds, so that the same object comes again and again."""

from careergraph.api.attribute import Attribute, Option
from careergraph.api.career import Career
from careergraph.api.career_skill import CareerSkill
from careergraph.api.category import Category
from careergraph.api.collection import Collection
from careergraph.api.external import ExternalId
from careergraph.api.image import Image
from careergraph.api.skill import Skill
from careergraph.api.source import Source
from careergraph.api.statement import Fact
from careergraph.api.value import MIRRORS

LASTING: frozenset[type] = frozenset(
    {
        *(Attribute, Career, CareerSkill, Category, Collection, ExternalId, Fact, Image, Option, Skill, Source),
        *MIRRORS.values(),
    }
)
"""What is shown of one of these depends on the engine's object and the view alone, and is kept by its identity.

A fact belongs here because the engine makes those of a career once for all its comparisons.
"""
