"""Statements: sentences that carry what proves them.

The types here are named tuples rather than dataclasses because a comparison makes dozens of them, and a tuple is made
in a third of the time.
"""

from enum import StrEnum
from typing import NamedTuple

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.value_kinds import Value


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
    OTHER_CATEGORY = "other-category"
    """This career is in another category than the others. Facts: this career, then each other one."""
    OWN_SKILLS = "own-skills"
    """Only this career uses these skill concepts. Facts: for each concept this career with it, then each other one with
    it and the count 0."""
    LEADS_NOWHERE = "leads-nowhere"
    """This career is ahead in none of the figures that can be compared. Facts: this career and the other one, each with
    the count of such figures; then for each of them a's value, b's value."""
    LEADS = "leads"
    """One career is ahead in these figures, or ends of ranges. Facts: for each a's value, b's value."""
    LEVEL = "level"
    """Both careers have the same of these. Facts: for each a's value, b's value."""
    DIFFERENT = "different"
    """The careers differ in these, and neither is better. Facts: for each a's value, b's value."""
    NOTHING_DECIDES = "nothing-decides"
    """Of the figures that can be compared none is better. Facts: a and b, each with the count of such figures; then for
    each of them a's value, b's value."""
    ONE_SIDED = "one-sided"
    """Only one career has these figures. Facts: for each a's, then b's: with the value, or without where it has
    none."""
    APART = "apart"
    """These figures of both do not measure the same thing. Facts: for each a's value, b's value."""
    OPEN_ENDS = "open-ends"
    """These ranges have no end that both have. Facts: for each a's value, b's value."""
    NO_FIGURES = "no-figures"
    """Neither career has a figure. Facts: a, b, each with the count 0."""
    WEIGHED = "weighed"
    """By the weights of a reader this career is ahead, or both come to the same (TIE), or nothing decides (no outcome):
    the figures in which one career is better give it their weights. Facts: a and b, each with the count of its points;
    then for each figure with a weight that can be compared, the heaviest first, a's value, b's value, each with the
    count of points that it gives."""
    SKILLS_AND_MOVES = "skills-and-moves"
    """How many skills the two share, and how hard the move is in either direction. Facts: a and b, each with the count
    of shared skills, a and b, each with the count of related ones; then those of `transition-grade` from a to b, then
    from b to a."""
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
    LEADER_AMONG = "leader-among"
    """Of those of several careers that can be compared, these have the best value. Facts: the values of those that can
    be compared, in the order of the careers."""
    BEST = "best"
    """A reader who wants the best value should choose this career, which alone has it among those that can be compared.
    Facts: as of `leader-among`."""
    ALONE_NOWHERE = "alone-nowhere"
    """Of several careers, this one is alone ahead in none of the figures that it is compared by. Facts: the career with
    the count of such figures; then for each of them those of `leader-among`."""
    NONE_HOLD = "none-hold"
    """Of several careers, no skill concept is used by all. Facts: each career with the count 0."""
    ALL_SAME = "all-same"
    """Of several careers, all have the same value. Facts: every career's value, in the order of the careers."""
    ALL_HOLD = "all-hold"
    """Of several careers, all use this skill concept. Facts: every career with the concept."""


make_tuple = tuple.__new__
"""Make a named tuple from the tuple of its fields, in half the time of its class, which runs Python code."""


class Fact(NamedTuple):
    """One thing that is so: a career's value of an attribute (or one end of it), its skill, or a count.

    With an attribute and without a value it says that the career has none.
    """

    career: Career
    attribute: Attribute | None = None
    value: Value | None = None
    part: RangeEnd | None = None
    skill: Skill | None = None
    count: int | None = None  # type: ignore[assignment] # GraphQL's name; nobody counts the fields of a fact


class Statement(NamedTuple):
    """A sentence, the rule it follows, the outcome it states, the facts that prove it, the locale it is worded in.

    `clause` says the same behind "Choose the career if you": only what speaks for a reader has one, others have "".
    """

    text: str
    rule: Rule
    outcome: Outcome | None
    facts: tuple[Fact, ...]
    locale: str
    clause: str = ""


class Advantage(NamedTuple):
    """That one side (Outcome.A or Outcome.B) is ahead: as a finding, and as a reason to choose it."""

    side: Outcome
    finding: Statement
    reason: Statement
