"""Checks of categories, collections, images, pairs, skill concepts and sources."""

from collections.abc import Iterator

from careergraph.editorial.checks import form
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.engine.content.source import SourceKind
from careergraph.store.documents.documents import (
    CareerDocument,
    CategoryDocument,
    CollectionDocument,
    ImageDocument,
    PairDocument,
    SkillDocument,
    SourceDocument,
)


def check_category(category: CategoryDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check a category."""
    yield from form.slug(category.slug, ("slug",))
    yield from form.text(category.name, documents, ("name",))
    yield from form.maybe_text(category.summary, documents, ("summary",), longest=form.MAX_PROSE)


def check_collection(collection: CollectionDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check a collection."""
    yield from form.slug(collection.slug, ("slug",))
    yield from form.text(collection.title, documents, ("title",))
    yield from form.maybe_text(collection.summary, documents, ("summary",), longest=form.MAX_PROSE)
    yield from form.references(CareerDocument.TYPE, collection.careers, documents, ("careers",))


def check_image(image: ImageDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check an image. Whether its file was uploaded is for `media.files` to tell."""
    yield from form.slug(image.slug, ("slug",))
    yield from form.text(image.alt, documents, ("alt",))
    yield from form.maybe_line(image.credit, ("credit",))
    if image.file is None:
        yield Problem(ProblemCode.BAD_IMAGE, "an image needs a `file`: upload one first", ("file",))
    if image.focal_point is not None:
        yield from form.number(image.focal_point.x, 0, 1, ("focalPoint", "x"))
        yield from form.number(image.focal_point.y, 0, 1, ("focalPoint", "y"))


def check_pair(pair: PairDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check a pair."""
    yield from documents.unknown(CareerDocument.TYPE, pair.a, ("a",))
    yield from documents.unknown(CareerDocument.TYPE, pair.b, ("b",))
    if pair.a >= pair.b:
        message = "the careers of a pair must be in alphabetical order of their slugs"
        yield Problem(ProblemCode.BAD_IDENT, message, ("b",))
    yield from form.maybe_text(pair.introduction, documents, ("introduction",), longest=form.MAX_PROSE)
    for index, part in enumerate(pair.questions):
        yield from form.text(part.question, documents, ("questions", index, "question"))
        yield from form.text(part.answer, documents, ("questions", index, "answer"), longest=form.MAX_PROSE)


def check_skill(skill: SkillDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check a skill concept."""
    yield from form.slug(skill.slug, ("slug",))
    yield from form.text(skill.name, documents, ("name",))
    yield from form.texts(skill.aliases, documents, ("aliases",))
    yield from form.maybe_text(skill.family, documents, ("family",))
    yield from form.external_ids(skill.external_ids)
    yield from _edges("broader", skill.broader, skill, documents)
    yield from _edges("related", skill.related, skill, documents)
    if skill.slug in documents.circling_skills:
        yield Problem(ProblemCode.CYCLE, "the skill is broader than itself, by way of other skills", ("broader",))


def _edges(field: str, slugs: list[str], skill: SkillDocument, documents: DocumentIndex) -> Iterator[Problem]:
    yield from form.references(SkillDocument.TYPE, slugs, documents, (field,))
    for index, slug in enumerate(slugs):
        if slug == skill.slug:
            yield Problem(ProblemCode.CYCLE, f"a skill cannot be {field} to itself", (field, index))


def check_source(source: SourceDocument, documents: DocumentIndex) -> Iterator[Problem]:
    """Check a source."""
    yield from form.slug(source.slug, ("slug",))
    yield from form.line(source.title, ("title",))
    yield from form.line(source.publisher, ("publisher",))
    yield from form.word(source.kind, SourceKind, ("kind",))
    yield from form.url(source.url, ("url",))
    yield from form.maybe_line(source.licence, ("licence",))
    yield from form.maybe_line(source.credit, ("credit",), longest=1_000)
    yield from form.maybe_line(source.vintage, ("vintage",))
