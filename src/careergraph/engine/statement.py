"""Statements: sentences that carry what proves them.

The types here are named tuples rather than dataclasses because a comparison makes dozens of them, and a tuple is made
in a third of the time.
"""

from enum import StrEnum
from typing import NamedTuple

from careergraph.engine.attribute import Attribute
from careergraph.engine.career import Career
from careergraph.engine.outcome import Outcome, RangeEnd
from careergraph.engine.skill import Skill
from careergraph.engine.values import Value


class Rule(StrEnum):
    """What a statement says, and in which order its facts prove it. The docstrings are the reference for checkers."""

    FIGURE = "figure"
    """One career's own value. Facts: the value."""
    ADVANTAGE = "advantage"
    """One career has the better value, or the better end of a range. Facts: a's value, b's value."""
    TIE = "tie"
    """Both careers have the same value. Facts: a's value, b's value."""
    NOT_COMPARABLE = "not-comparable"
    """The two values do not measure the same thing. Facts: a's value, b's value."""
    REASON = "reason"
    """A reader who wants the better value should choose this career. Facts: a's value, b's value."""
    PREFERENCE = "preference"
    """The careers differ, neither is better, and a reader may prefer this one. Facts: a's value, b's value."""
    SHARED_TRAIT = "shared-trait"
    """What the value says of a reader stands for both careers. Facts: a's value, b's value."""
    SHARED_CATEGORY = "shared-category"
    """Both careers are in one category. Facts: a, b."""
    SHARED_SKILLS = "shared-skills"
    """Both careers use these skill concepts. Facts: for each concept a with it, then b with it."""
    SKILLS_SHARED = "skills-shared"
    """How many skills are shared. Facts: a and b, each with that count; then for each concept a with it, b with it."""
    SKILLS_RELATED = "skills-related"
    """How many further skills are related. Facts: a and b, each with that count."""
    TRANSITION_GRADE = "transition-grade"
    """How hard the move is. Facts: `from` with the count of shared skills, `from` with the count of related skills,
    `to` with the count of all its skills; then, where known, the months to learn `to`, and the entry barriers and the
    difficulties of `from` and `to`. `transition.grade` says how they make the grade."""
    TRANSITION_COVERED = "transition-covered"
    """How much of the target's skills the reader has. Facts: the first three of `transition-grade`."""
    TRANSITION_MONTHS = "transition-months"
    """How many months of learning remain. Facts: the first three of `transition-grade`, the months to learn `to`."""
    TRANSITION_HIGHER = "transition-higher"
    """The target asks for more. Facts: the value of `from`, the value of `to`. No outcome: more is not better."""
    LEADER = "leader"
    """Of several careers, these have the best value. Facts: every career's value, in the order of the careers."""
    ALL_SAME = "all-same"
    """Of several careers, all have the same value. Facts: every career's value, in the order of the careers."""
    ALL_HOLD = "all-hold"
    """Of several careers, all use this skill concept. Facts: every career with the concept."""


made = tuple.__new__
"""Makes a named tuple from the tuple of its fields, in half the time of its class, which goes by way of Python code."""


class Fact(NamedTuple):
    """One thing that is so: a career's value of an attribute (or one end of it), its skill, or a count."""

    career: Career
    attribute: Attribute | None = None
    value: Value | None = None
    part: RangeEnd | None = None
    skill: Skill | None = None
    count: int | None = None  # type: ignore[assignment] # GraphQL's name; nobody counts the fields of a fact


class Statement(NamedTuple):
    """A sentence, the rule it follows, the outcome it states, the facts that prove it, the locale it is worded in."""

    text: str
    rule: Rule
    outcome: Outcome | None
    facts: tuple[Fact, ...]
    locale: str


class Advantage(NamedTuple):
    """That one side (Outcome.A or Outcome.B) is ahead: as a finding, and as a reason to choose it."""

    side: Outcome
    finding: Statement
    reason: Statement
