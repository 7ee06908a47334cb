"""Concepts that can be suggested, and suggestions: the concepts that a phrase may mean, and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from careergraph.engine.content.locale import Locale
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.source import ExternalId
from careergraph.engine.described_enum import DescribedEnum
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


class Rule(DescribedEnum):
    """The rule by which a concept was suggested."""

    SAME_WORDING = (
        "SAME_WORDING",
        "The concept has this very name or alias; case, accents, punctuation and spaces aside.",
    )
    SAME_STEMS = "SAME_STEMS", "The same words in other forms or another order (`waste managing`: `manage waste`)."
    SAME_SENSE = (
        "SAME_SENSE",
        "Each word has its counterpart, at least one of them by sense or spelling (`oversee waste`: `manage waste`).",
    )
    SHARED_WORDS = "SHARED_WORDS", "Some words have a counterpart, others have none."
    MODEL = "MODEL", "A language model finds the two phrases near each other. No word need be the same."


class Method(DescribedEnum):
    """How suggestions were made."""

    WORDS = (
        "WORDS",
        "By words, their forms, senses and letters. The same phrase and concepts give the same scores, everywhere.",
    )
    MODEL = "MODEL", "By words and a language model together."


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A concept that a phrase may mean.

    `score` is the similarity of phrase and concept, from 0 to 1, the very wording. `certainty` is the score less 0.8
    times that of the nearest other concept, from -0.8 to 1: near to this one and to no other. `matched` is the nearest
    name or alias of the concept, `part` the part of the phrase that it is near to, unless that is the whole.
    """

    slug: str
    name: str
    external_ids: tuple[ExternalId, ...]
    score: float
    certainty: float
    rule: Rule
    matched: str
    part: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The suggestions for a phrase, best first. `confident` is false where even the best score is too low. `model` is
    the model that was used, with its version."""

    phrase: str
    confident: bool
    suggestions: tuple[Suggestion, ...]
    method: Method = Method.WORDS
    model: str | None = None
