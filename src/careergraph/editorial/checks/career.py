"""Checks of a career: its values fit their attributes, and its skills and its roadmap lead somewhere."""

from collections.abc import Iterator, Sequence

from careergraph.editorial.checks import form
from careergraph.editorial.checks.external import external_ids
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import BadValue, Provenance, parse_value
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    ImagePart,
    ProfilePart,
    RelationPart,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
)

_ANY = Provenance(source=Source(slug="any", title="", publisher="", kind=SourceKind.EDITORIAL))
"""A value is checked by parsing it; where it comes from does not matter to that."""


def check_career(career: CareerDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Problems of a career."""
    yield from form.slug(career.slug, ("slug",))
    yield from form.text(career.title, world, ("title",))
    yield from form.text(career.summary, world, ("summary",), longest=form.MAX_PROSE)
    yield from world.unknown(CategoryDocument.TYPE, career.category, ("category",))
    yield from form.texts(career.aliases, world, ("aliases",))
    yield from external_ids(career.external_ids)
    yield from form.distinct((value.attribute for value in career.values), ("values",), field="attribute")
    for index, value in enumerate(career.values):
        yield from _value(value, world, ("values", index))
    yield from _regional_values(career, world)
    for index, skill in enumerate(career.skills):
        yield from _skill(skill, world, ("skills", index))
    for index, stage in enumerate(career.roadmap):
        yield from _stage(stage, world, ("roadmap", index))
    if career.profile is not None:
        yield from _profile(career.profile, world)
    yield from _relations(career.relations, world)
    if career.image is not None:
        yield from _image(career.image, world)


def _regional_values(career: CareerDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Each is of a region of its own, that of the attribute's value included."""
    taken = {(value.attribute, value.region) for value in career.values}
    for index, value in enumerate(career.regional_values):
        at = ("regionalValues", index)
        yield from _value(value, world, at)
        if value.region is None:
            message = "a figure of a further region names its region"
            yield Problem(code=ProblemCode.BAD_VALUE, message=message, steps=(*at, "region"))
        elif (value.attribute, value.region) in taken:
            message = "the career has a figure of this attribute and region already"
            yield Problem(code=ProblemCode.DUPLICATE, message=message, steps=(*at, "region"))
        taken.add((value.attribute, value.region))


def _value(value: ValuePart, world: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    yield from world.unknown(AttributeDocument.TYPE, value.attribute, (*steps, "attribute"))
    yield from world.unknown(SourceDocument.TYPE, value.source, (*steps, "source"))
    yield from form.maybe_text(value.method, world, (*steps, "method"), longest=form.MAX_PROSE)
    yield from form.maybe_line(value.published_for, (*steps, "publishedFor"), longest=form.MAX_SLUG)
    yield from form.maybe_line(value.region, (*steps, "region"), longest=form.MAX_SLUG)
    if value.sample_size is not None:
        yield from form.number(value.sample_size, 1, 1e12, (*steps, "sampleSize"))
    if (attribute := world.attributes.get(value.attribute)) is None:
        return
    try:
        parse_value(attribute, _ANY, value.figure())
    except BadValue as bad:
        yield Problem(code=ProblemCode.BAD_VALUE, message=bad.message, steps=(*steps, bad.field))


def _skill(skill: CareerSkillPart, world: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    yield from form.text(skill.text, world, (*steps, "text"), longest=500)
    yield from form.distinct((concept.skill for concept in skill.concepts), (*steps, "concepts"), field="skill")
    for index, concept in enumerate(skill.concepts):
        at = (*steps, "concepts", index)
        yield from world.unknown(SkillDocument.TYPE, concept.skill, (*at, "skill"))
        yield from form.line(concept.proposed_by, (*at, "proposedBy"))
        yield from form.maybe_line(concept.accepted_by, (*at, "acceptedBy"))
        yield from form.maybe_line(concept.method, (*at, "method"))
        yield from form.maybe_line(concept.model, (*at, "model"))
        if concept.score is not None:
            yield from form.number(concept.score, 0, 1, (*at, "score"))


def _stage(stage: StagePart, world: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    yield from form.text(stage.title, world, (*steps, "title"))
    yield from form.maybe_text(stage.summary, world, (*steps, "summary"), longest=form.MAX_PROSE)
    if stage.months is not None:
        yield from form.number(stage.months, 0, 600, (*steps, "months"))
    yield from form.references(SkillDocument.TYPE, stage.skills, world, (*steps, "skills"))
    for index, resource in enumerate(stage.resources):
        yield from form.text(resource.title, world, (*steps, "resources", index, "title"))
        yield from form.url(resource.url, (*steps, "resources", index, "url"))


def _profile(profile: ProfilePart, world: DocumentIndex) -> Iterator[Problem]:
    yield from world.unknown(SourceDocument.TYPE, profile.source, ("profile", "source"))
    for name, written in (("tasks", profile.tasks), ("activities", profile.activities)):
        for index, text in enumerate(written):
            yield from form.line(text, ("profile", name, index), longest=form.MAX_PROSE)
    for name, importance in profile.knowledge.items():
        yield from form.line(name, ("profile", "knowledge", name))
        yield from form.number(importance, 0, 1_000_000, ("profile", "knowledge", name))


def _relations(relations: Sequence[RelationPart], world: DocumentIndex) -> Iterator[Problem]:
    for index, part in enumerate(relations):
        at = ("relations", index)
        yield from world.unknown(SourceDocument.TYPE, part.source, (*at, "source"))
        yield from form.line(part.scheme, (*at, "scheme"), longest=form.MAX_SLUG)
        for number, id in enumerate(part.ids):
            yield from form.line(id, (*at, "ids", number))
        yield from form.distinct(part.ids, (*at, "ids"))
    yield from form.distinct(((it.source, it.scheme) for it in relations), ("relations",))


def _image(image: ImagePart, world: DocumentIndex) -> Iterator[Problem]:
    yield from form.url(image.url, ("image", "url"))
    yield from form.text(image.alt, world, ("image", "alt"))
    yield from form.maybe_line(image.credit, ("image", "credit"))
