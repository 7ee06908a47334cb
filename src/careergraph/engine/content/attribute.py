"""Attributes: the criteria that careers are compared by. They are content; only the kinds of their values are code."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from careergraph.engine.content.locale import DEFAULT_LOCALE, Text
from careergraph.engine.described_enum import DescribedEnum


class ValueKind(DescribedEnum):
    """The kinds of values, a closed set."""

    MONEY_RANGE = "MONEY_RANGE", "An amount of money per period, with a low end, a high end or both."
    NUMBER = "NUMBER", "A number with a unit, perhaps on a scale."
    LEVEL = "LEVEL", "One of the attribute's ordered levels."
    FLAG = "FLAG", "Yes or no."
    CHOICE = "CHOICE", "One of the attribute's unordered options."


class Better(DescribedEnum):
    """Which direction of an attribute is better for the person who has the career."""

    HIGHER = "HIGHER", "More of it is better."
    LOWER = "LOWER", "Less of it is better."
    NEITHER = "NEITHER", "It is a matter of taste."

    __hash__ = str.__hash__  # an enum's own is Python code, and every end of a range looks its outcomes up


class TransitionRole(StrEnum):
    """The role of an attribute in grading a transition, or in deriving a roadmap."""

    LEARNING_MONTHS = "LEARNING_MONTHS"
    """A number: the months it takes to learn the career."""
    ENTRY_BARRIER = "ENTRY_BARRIER"
    """A level or number: how hard it is to get in."""
    DIFFICULTY = "DIFFICULTY"
    """A level or number: how hard the work is."""
    EDUCATION = "EDUCATION"
    """A level or choice: the education that people in the career usually have. It comes first in a derived roadmap."""
    PREPARATION = "PREPARATION"
    """A level or choice: how much preparation the career needs. It comes next in a derived roadmap."""
    TRAINING = "TRAINING"
    """A level or choice: how long people are trained at work once they are in the career."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One level of a LEVEL attribute or one option of a CHOICE attribute.

    `months_over` and `months_up_to` say how long what it stands for takes, where the source of the attribute does: more
    than the one, and up to the other; None where that end is open. `edition` names the edition of the scale that
    it belongs to, where the source changed its levels; it is empty where there is one edition alone.
    """

    key: str
    label: Text
    months_over: int | None = None
    months_up_to: int | None = None
    edition: Text = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """Something careers are compared by.

    `options` are the ordered levels (lowest first) of a LEVEL, or the options of a CHOICE. `phrases` maps a phrase name
    to its wording by locale; the names are listed in `phrases.py`. `in_summary` puts the attribute's row into the
    summary of a comparison. `decimals` is the least number of decimal places a NUMBER is shown with.
    """

    key: str
    label: Text
    kind: ValueKind
    better: Better
    position: int
    unit: str | None = None
    scale: float | None = None
    decimals: int = 0
    options: tuple[Option, ...] = ()
    phrases: Mapping[str, Text] = field(default_factory=dict)
    in_summary: bool = False
    transition_role: TransitionRole | None = None

    def edition(self, rank: int) -> str:
        """The name of the edition that an option belongs to, in the default locale; empty where it has none."""
        return self.options[rank].edition.get(DEFAULT_LOCALE, "")

    def rank(self, key: str) -> int | None:
        """The position of a level or option among the attribute's own, from 0; None where it has no such one."""
        for rank, option in enumerate(self.options):
            if option.key == key:
                return rank
        return None
