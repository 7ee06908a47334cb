"""Checks of a career: its values fit their attributes, its skills and its roadmap refer to existing documents."""

from collections.abc import Iterator, Sequence
from math import isfinite

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import BadValue, Provenance, parse_value
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    ImageDocument,
    ProfilePart,
    RelationPart,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
)
from careergraph.store.documents.pictures import ImagePart

_ANY = Provenance(source=Source(slug="any", title="", publisher="", kind=SourceKind.EDITORIAL))
"""A placeholder: a value is checked by parsing it, for which its provenance does not matter."""


def check_career(career: CareerDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Problems of a career."""
    yield from form.slug(career.slug, ("slug",))
    yield from form.text(career.title, documents, ("title",))
    yield from form.text(career.summary, documents, ("summary",), longest=form.MAX_PROSE)
    yield from documents.unknown(CategoryDocument.TYPE, career.category, ("category",))
    yield from form.texts(career.aliases, documents, ("aliases",))
    yield from form.external_ids(career.external_ids)
    yield from form.distinct((value.attribute for value in career.values), ("values",), field="attribute")
    for index, value in enumerate(career.values):
        yield from _value(value, documents, ("values", index))
    yield from _regional_values(career, documents)
    for index, skill in enumerate(career.skills):
        yield from _skill(skill, documents, ("skills", index))
    for index, stage in enumerate(career.roadmap):
        yield from _stage(stage, documents, ("roadmap", index))
    if career.profile is not None:
        yield from _profile(career.profile, documents)
    yield from _relations(career.relations, documents)
    if career.image is not None:
        yield from _image(career.image, documents)


def _regional_values(career: CareerDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check that each is of a distinct region, also from that of the attribute's value."""
    taken = {(value.attribute, value.region) for value in career.values}
    for index, value in enumerate(career.regional_values):
        at = ("regionalValues", index)
        yield from _value(value, documents, at)
        if value.region is None:
            yield Problem(ProblemCode.BAD_VALUE, "a figure of a further region names its region", (*at, "region"))
        elif (value.attribute, value.region) in taken:
            message = "the career has a figure of this attribute and region already"
            yield Problem(ProblemCode.DUPLICATE, message, (*at, "region"))
        taken.add((value.attribute, value.region))


def _value(value: ValuePart, documents: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    """Check a value. Nothing is called for a field that is not there: an import has hundreds of thousands of values."""
    yield from documents.unknown(AttributeDocument.TYPE, value.attribute, (*steps, "attribute"))
    yield from documents.unknown(SourceDocument.TYPE, value.source, (*steps, "source"))
    if value.method:
        yield from form.text(value.method, documents, (*steps, "method"), longest=form.MAX_PROSE)
    if value.published_for is not None:
        yield from form.line(value.published_for, (*steps, "publishedFor"), longest=form.MAX_SLUG)
    if value.region is not None:
        yield from form.line(value.region, (*steps, "region"), longest=form.MAX_SLUG)
    if value.published_for_title is not None:
        yield from form.line(value.published_for_title, (*steps, "publishedForTitle"))
        if value.published_for is None:
            message = "a row has its code as publishedFor, beside its title"
            yield Problem(ProblemCode.BAD_VALUE, message, (*steps, "publishedForTitle"))
    if value.observed_on is not None:
        yield from form.day(value.observed_on, (*steps, "observedOn"))
    for name, number in (("low", value.low), ("high", value.high), ("value", value.value)):
        if number is not None and abs(number) > form.MOST and isfinite(number):
            yield from form.number(number, 0 if name != "value" else -form.MOST, form.MOST, (*steps, name))
    if value.sample_size is not None:
        yield from form.number(value.sample_size, 1, 1e12, (*steps, "sampleSize"))
    if (attribute := documents.attributes.get(value.attribute)) is None:
        return
    try:
        parse_value(attribute, _ANY, value.figure())
    except BadValue as bad:
        yield Problem(ProblemCode.BAD_VALUE, bad.message, (*steps, bad.field))


def _skill(skill: CareerSkillPart, documents: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    yield from form.text(skill.text, documents, (*steps, "text"), longest=500)
    yield from form.distinct((concept.skill for concept in skill.concepts), (*steps, "concepts"), field="skill")
    for index, concept in enumerate(skill.concepts):
        at = (*steps, "concepts", index)
        yield from documents.unknown(SkillDocument.TYPE, concept.skill, (*at, "skill"))
        yield from form.line(concept.proposed_by, (*at, "proposedBy"))
        yield from form.maybe_line(concept.accepted_by, (*at, "acceptedBy"))
        yield from form.maybe_line(concept.method, (*at, "method"))
        yield from form.maybe_line(concept.model, (*at, "model"))
        if concept.score is not None:
            yield from form.number(concept.score, 0, 1, (*at, "score"))


def _stage(stage: StagePart, documents: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    yield from form.text(stage.title, documents, (*steps, "title"))
    yield from form.maybe_text(stage.summary, documents, (*steps, "summary"), longest=form.MAX_PROSE)
    if stage.months is not None:
        yield from form.number(stage.months, 0, 600, (*steps, "months"))
    yield from form.references(SkillDocument.TYPE, stage.skills, documents, (*steps, "skills"))
    for index, resource in enumerate(stage.resources):
        yield from form.text(resource.title, documents, (*steps, "resources", index, "title"))
        yield from form.url(resource.url, (*steps, "resources", index, "url"))


def _profile(profile: ProfilePart, documents: DocumentIndex) -> Iterator[Problem]:
    yield from documents.unknown(SourceDocument.TYPE, profile.source, ("profile", "source"))
    for name, written in (("tasks", profile.tasks), ("activities", profile.activities)):
        for index, text in enumerate(written):
            yield from form.line(text, ("profile", name, index), longest=form.MAX_PROSE)
    for name, importance in profile.knowledge.items():
        yield from form.line(name, ("profile", "knowledge", name))
        yield from form.number(importance, 0, 1_000_000, ("profile", "knowledge", name))


def _relations(relations: Sequence[RelationPart], documents: DocumentIndex) -> Iterator[Problem]:
    for index, part in enumerate(relations):
        at = ("relations", index)
        yield from documents.unknown(SourceDocument.TYPE, part.source, (*at, "source"))
        yield from form.line(part.scheme, (*at, "scheme"), longest=form.MAX_SLUG)
        for number, id in enumerate(part.ids):
            yield from form.line(id, (*at, "ids", number))
        yield from form.distinct(part.ids, (*at, "ids"))
    yield from form.distinct(((it.source, it.scheme) for it in relations), ("relations",))


def _image(image: ImagePart, documents: DocumentIndex) -> Iterator[Problem]:
    if (image.slug is None) == (image.url is None):
        message = "a picture is an image document, by `slug`, or one elsewhere, by `url`: one of the two"
        yield Problem(ProblemCode.BAD_IMAGE, message, ("image",))
    elif image.slug is not None:
        yield from documents.unknown(ImageDocument.TYPE, image.slug, ("image", "slug"))
        if image.alt or image.credit is not None:
            message = "an image document has its own `alt` and `credit`"
            yield Problem(ProblemCode.BAD_IMAGE, message, ("image", "alt" if image.alt else "credit"))
    else:
        yield from form.url(image.url, ("image", "url"))
        yield from form.text(image.alt, documents, ("image", "alt"))
        yield from form.maybe_line(image.credit, ("image", "credit"))
