"""What is wrong with a sentence that lists skills: it names few, those that few careers have, and counts the others."""

import re
from collections import Counter
from collections.abc import Iterator

from careergraph.engine.content import Catalog, Skill
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Statement

MOST_NAMED = 5
MORE = re.compile(
    r"(?:and|und|sowie) (?P<n>\d+|one|eine) (?:more|weitere)"
    r"(?P<all>(?: that|, welche die) (?:most careers ask for|meisten Berufe verlangen))?"
    r"(?:, (?:von denen die meisten Berufe )?(?P<common>\d+) (?:of which most careers ask for|verlangen))?"
)
"""How many skills a sentence does not name, and how many of these it says most careers ask for."""


def list_of_skills_faults(localized: LocalizedCatalog, statement: Statement, count: int) -> Iterator[str]:
    """Skills that are not counted, or that a sentence calls common or names first though they are not."""
    concepts = list({it.skill.slug: it.skill for it in statement.facts if it.skill is not None}.values())
    more = MORE.search(statement.text)
    left = 0 if more is None else 1 if more["n"] in ("one", "eine") else int(more["n"])
    named = [it for it in concepts if _name(localized, it) in statement.text.casefold()]
    if concepts and len(concepts[: count - left]) > MOST_NAMED:
        yield f"names {count - left} skills in a row"
    if concepts and [it for it in concepts[: count - left] if it not in named]:
        yield "does not name the first of its skills"
    shares = [_share(localized.catalog, it) for it in concepts]
    common = len([share for share in shares[count - left :] if share > 1 / 2]) if left else 0
    if more is not None and common != (left if more["all"] else int(more["common"] or 0)):
        yield f"miscounts the skills that most careers ask for, which are {common}"
    if left and min(shares[count - left :]) * 2 < max(shares[: count - left]) and max(shares[: count - left]) > 1 / 8:
        yield "counts skills that are much rarer than what it names"


def _name(localized: LocalizedCatalog, concept: Skill) -> str:
    return localized.read(concept.name).casefold()


def _share(catalog: Catalog, concept: Skill) -> float:
    """The share of all careers that have a concept."""
    if not _counted or _counted[0][0] is not catalog:
        skills = [{it.slug for skill in career.skills for it in skill.concepts} for career in catalog.careers.values()]
        _counted[:] = [(catalog, Counter(slug for slugs in skills for slug in slugs))]
    return _counted[0][1][concept.slug] / len(catalog.careers)


_counted: list[tuple[Catalog, Counter[str]]] = []
"""The catalog that was last judged, and how many of its careers have each concept."""
