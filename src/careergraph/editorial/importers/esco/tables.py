"""The tables of ESCO that are of use, by their columns. The URI of a concept says whether it is an occupation or a
skill."""

from careergraph.editorial.importers.tables.shape import Shape

CONCEPTS = Shape(
    name="concepts",
    columns={"uri": ("conceptUri", "concept_uri"), "label": ("preferredLabel", "preferred_label")},
    extra={
        "aliases": ("altLabels", "alt_labels"),
        "summary": ("description",),
        "isco": ("iscoGroup", "isco_code"),
        "code": ("code",),
        "kind": ("skillType",),
        "status": ("status",),
    },
    cost="nothing can be imported",
    required=True,
)
BROADER = Shape(
    name="broader concepts",
    columns={"uri": ("conceptUri",), "broader": ("broaderUri",)},
    cost="skills have no hierarchy",
)
RELATIONS = Shape(
    name="relations of skills",
    columns={"uri": ("originalSkillUri",), "other": ("relatedSkillUri",)},
    extra={"kind": ("relationType",)},
    cost="skills are not related to each other",
)
OCCUPATION_SKILLS = Shape(
    name="skills of occupations",
    columns={"occupation": ("occupationUri",), "skill": ("skillUri",), "kind": ("relationType",)},
    cost="careers have no skills",
)
DATABASE = (CONCEPTS, BROADER, RELATIONS, OCCUPATION_SKILLS)
"""The tables that are imported."""


def is_occupation(uri: str) -> bool:
    """Whether a concept is an occupation."""
    return "/esco/occupation/" in uri


def is_skill(uri: str) -> bool:
    """Whether a concept is a skill, a field of knowledge, or a group of them."""
    return "/esco/skill/" in uri or "/esco/isced-f/" in uri
