"""Lasting objects: the types that show what the catalog itself holds, so that the same object comes again and again."""

from careergraph.api.types.attribute import Attribute, Option
from careergraph.api.types.career import Career
from careergraph.api.types.career_skill import CareerSkill
from careergraph.api.types.category import Category
from careergraph.api.types.collection import Collection
from careergraph.api.types.external import ExternalId
from careergraph.api.types.image import Image
from careergraph.api.types.skill import Skill
from careergraph.api.types.source import Source
from careergraph.api.types.statement import Fact
from careergraph.api.types.value import MIRRORS

LASTING: frozenset[type] = frozenset(
    {
        *(Attribute, Career, CareerSkill, Category, Collection, ExternalId, Fact, Image, Option, Skill, Source),
        *MIRRORS.values(),
    }
)
"""What is shown of one of these depends on the engine's object and the view alone, and is kept by its identity.

A fact belongs here because the engine makes those of a career once for all its comparisons.
"""
