"""Suggestions: the concepts that a phrase may mean, and why."""

from dataclasses import dataclass
from enum import StrEnum

from careergraph.engine.content.external_id import ExternalId


class Rule(StrEnum):
    """What made a concept a suggestion. The docstring under a rule is its documentation."""

    SAME_WORDING = "SAME_WORDING"
    """The concept has this very name or alias; case, accents, punctuation and spaces aside."""
    SAME_STEMS = "SAME_STEMS"
    """The same words in other forms or another order (`waste managing`: `manage waste`)."""
    SAME_SENSE = "SAME_SENSE"
    """Each word has its counterpart, at least one of them by sense or spelling (`oversee waste`: `manage waste`)."""
    SHARED_WORDS = "SHARED_WORDS"
    """Some words have a counterpart, others have none."""
    MODEL = "MODEL"
    """A language model finds the two phrases near each other. No word need be the same."""


class Method(StrEnum):
    """How suggestions were made."""

    WORDS = "WORDS"
    """By words, their forms, senses and letters. The same phrase and concepts give the same scores, everywhere."""
    MODEL = "MODEL"
    """By words and a language model together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A concept that a phrase may mean.

    `score` is how near the phrase is to the concept, from 0 to 1, which is the very wording. `certainty` is the score
    less 0.8 times that of the nearest other concept: near to this one and to no other, from -0.8 to 1. `matched` is the
    name or alias of the concept that is nearest, `part` the part of the phrase that it is near to, where that is not
    the whole phrase.
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
    """What a phrase may mean, best first. `confident` is false where even the best is too far away to be believed: the
    suggestions are then no more than the nearest there are. `model` is the model that took part, with its version."""

    phrase: str
    confident: bool
    suggestions: tuple[Suggestion, ...]
    method: Method = Method.WORDS
    model: str | None = None
