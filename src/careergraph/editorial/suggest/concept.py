"""Concept: what a suggestion may lead to, with all its names in one language."""

from collections.abc import Iterator
from dataclasses import dataclass

from careergraph.engine.content.external_id import ExternalId
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.skill import Skill
from careergraph.engine.text.localized_catalog import LocalizedCatalog


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """A skill concept by its names, the preferred one first."""

    slug: str
    names: tuple[str, ...]
    external_ids: tuple[ExternalId, ...] = ()


def concepts_of(localized: LocalizedCatalog) -> Iterator[Concept]:
    """The skill concepts of a catalog as they are called in a locale and in those that it falls back to."""
    for skill in localized.catalog.skills.values():
        names = tuple(dict.fromkeys(_names(skill, localized.locale)))
        yield Concept(slug=skill.slug, names=names, external_ids=skill.external_ids)


def _names(skill: Skill, locale: Locale) -> Iterator[str]:
    yield locale.read(skill.name)
    for spoken in locale.chain():
        yield from skill.aliases.get(spoken.code, ())
        if (name := skill.name.get(spoken.code)) is not None:
            yield name
