"""Checks of a skill concept."""

from collections.abc import Iterator

from careergraph.editorial.checks import form
from careergraph.editorial.checks.external import external_ids
from careergraph.editorial.content.document_index import DocumentIndex
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.store.documents.documents import SkillDocument


def check_skill(skill: SkillDocument, world: DocumentIndex) -> Iterator[Problem]:
    """Problems of a skill concept."""
    yield from form.slug(skill.slug, ("slug",))
    yield from form.text(skill.name, world, ("name",))
    yield from form.texts(skill.aliases, world, ("aliases",))
    yield from form.maybe_text(skill.family, world, ("family",))
    yield from external_ids(skill.external_ids)
    yield from _edges("broader", skill.broader, skill, world)
    yield from _edges("related", skill.related, skill, world)
    if skill.slug in world.circling_skills:
        message = "the skill is broader than itself, by way of other skills"
        yield Problem(code=ProblemCode.CYCLE, message=message, steps=("broader",))


def _edges(field: str, slugs: list[str], skill: SkillDocument, world: DocumentIndex) -> Iterator[Problem]:
    yield from form.references(SkillDocument.TYPE, slugs, world, (field,))
    for index, slug in enumerate(slugs):
        if slug == skill.slug:
            message = f"a skill cannot be {field} to itself"
            yield Problem(code=ProblemCode.CYCLE, message=message, steps=(field, index))
