"""What is published, as immutable values: the catalog, careers and skills, and figures of every kind."""

from careergraph.engine.content.career import Career, Category, Image, Resource, RoadmapStage
from careergraph.engine.content.catalog import Catalog, Collection, PairNotes, PairQuestion
from careergraph.engine.content.external_id import ExternalId
from careergraph.engine.content.locale import Texts
from careergraph.engine.content.profile import Profile, PublishedRelations
from careergraph.engine.content.skill import CareerSkill, Skill

__all__ = [
    "Career",
    "CareerSkill",
    "Catalog",
    "Category",
    "Collection",
    "ExternalId",
    "Image",
    "PairNotes",
    "PairQuestion",
    "Profile",
    "PublishedRelations",
    "Resource",
    "RoadmapStage",
    "Skill",
    "Texts",
]
