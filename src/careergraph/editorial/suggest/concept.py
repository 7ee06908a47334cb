"""Concept: what a suggestion may lead to, with all its names in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from careergraph.engine.edition import Edition
from careergraph.engine.external import ExternalId
from careergraph.engine.locale import Locale
from careergraph.engine.skill import Skill


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A skill concept by its names, the preferred one first."""

    slug: str
    names: tuple[str, ...]
    external_ids: tuple[ExternalId, ...] = ()


def concepts_of(edition: Edition) -> Iterator[Concept]:
    """The skill concepts of a catalog as they are called in a locale and in those that it falls back to."""
    for skill in edition.catalog.skills.values():
        names = tuple(dict.fromkeys(_names(skill, edition.locale)))
        yield Concept(slug=skill.slug, names=names, external_ids=skill.external_ids)


def _names(skill: Skill, locale: Locale) -> Iterator[str]:
    yield locale.read(skill.name)
    for spoken in locale.chain():
        yield from skill.aliases.get(spoken.code, ())
        if (name := skill.name.get(spoken.code)) is not None:
            yield name
