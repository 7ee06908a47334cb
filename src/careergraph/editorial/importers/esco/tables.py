"""The imported tables of ESCO, by their columns in all releases, and in the tables that Tabiya makes of it.

ESCO names concepts by URIs everywhere. Tabiya's relations name them by ids of the data set instead, and its concepts
have both.
"""

from careergraph.editorial.importers.tables.shape import Shape

CONCEPTS = Shape(
    name="concepts",
    columns={
        "uri": ("conceptUri", "concept_uri", "originUri"),
        "label": ("preferredLabel", "preferred_label"),
    },
    extra={
        "aliases": ("altLabels", "alt_labels"),
        "summary": ("description",),
        "isco": ("iscoGroup", "isco_code", "occupationGroupCode", "iscoGroupCode"),
        "code": ("code",),
        "kind": ("skillType",),
        "status": ("status",),
        "id": ("id",),
        "uuids": ("uuidHistory",),
        "group": ("groupType",),
    },
    cost="nothing can be imported",
    required=True,
)
BROADER = Shape(
    name="broader concepts",
    columns={"uri": ("conceptUri", "childId"), "broader": ("broaderUri", "parentId")},
    extra={"of": ("childObjectType",)},
    cost="skills have no hierarchy",
)
RELATIONS = Shape(
    name="relations of skills",
    columns={"uri": ("originalSkillUri", "requiringId"), "other": ("relatedSkillUri", "requiredId")},
    extra={"kind": ("relationType",)},
    cost="skills are not related to each other",
)
OCCUPATION_SKILLS = Shape(
    name="skills of occupations",
    columns={
        "occupation": ("occupationUri", "occupationId"),
        "skill": ("skillUri", "skillId"),
        "kind": ("relationType",),
    },
    cost="careers have no skills",
)
MODEL = Shape(
    name="the model's language and version",
    columns={"locale": ("locale",), "version": ("version",), "notes": ("releaseNotes",)},
    extra={"languages": ("languages",), "name": ("name",)},
    cost="nothing, in tables of the European Commission",
)
"""What Tabiya says of its tables, whose names say no language."""
ESCO_TABLES = (CONCEPTS, BROADER, RELATIONS, OCCUPATION_SKILLS, MODEL)
"""The tables that are imported."""
