"""Published content as immutable values: the catalog, careers and skills, and figures of every kind."""

from careergraph.engine.content.career import Career, Category, Resource, RoadmapStage
from careergraph.engine.content.catalog import Catalog, Collection, PairNotes, PairQuestion
from careergraph.engine.content.image import FocalPoint, Image, ImageFile
from careergraph.engine.content.locale import Texts
from careergraph.engine.content.profile import Profile, PublishedRelations
from careergraph.engine.content.skill import CareerSkill, Skill
from careergraph.engine.content.source import ExternalId

__all__ = [
    "Career",
    "CareerSkill",
    "Catalog",
    "Category",
    "Collection",
    "ExternalId",
    "FocalPoint",
    "Image",
    "ImageFile",
    "PairNotes",
    "PairQuestion",
    "Profile",
    "PublishedRelations",
    "Resource",
    "RoadmapStage",
    "Skill",
    "Texts",
]
