"""Statements: sentences that carry the facts that prove them.

The types here are named tuples rather than dataclasses because a comparison makes dozens of them, and a tuple is made
in a third of the time.
"""

from typing import NamedTuple

from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Outcome, RangeEnd
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.described_enum import DescribedEnum


class Rule(DescribedEnum):
    """The rule of a statement: its meaning, and the order of the facts that prove it. "Values" are a's, then b's."""

    FIGURE = "figure", "One career's own value. Facts: the value."
    ADVANTAGE = "advantage", "One career has the better value, or the better end of a range. Facts: values."
    TIE = "tie", "Both careers have the same value. Facts: values."
    NOT_COMPARABLE = "not-comparable", "The two values cannot be compared (`Obstacle`). Facts: values."
    REASON = "reason", "A reader who prefers the better value should choose this career. Facts: values."
    PREFERENCE = "preference", "The careers differ, neither is better; a reader may prefer this one. Facts: values."
    SHARED_TRAIT = "shared-trait", "The same value suits the same reader in both careers. Facts: values."
    SHARED_CATEGORY = "shared-category", "Both careers are in one category. Facts: a, b."
    SHARED_SKILLS = "shared-skills", "Both careers use these skill concepts. Facts: for each a with it, b with it."
    SKILLS_SHARED = (
        "skills-shared",
        "How many skills are shared. Facts: a and b, each with that count; then for each concept a with it, b with it.",
    )
    SKILLS_RELATED = "skills-related", "The number of further related skills. Facts: a and b, each with that count."
    OTHER_CATEGORY = "other-category", "No other career is in its category. Facts: this career, then each other one."
    OWN_SKILLS = (
        "own-skills",
        "Only this career uses these skill concepts. Facts: for each this career with it, then each other one with it "
        "and the count 0.",
    )
    LEADS_NOWHERE = (
        "leads-nowhere",
        "This career is ahead in no figure. Facts: this career and the other one, each with the count of figures that "
        "both have, or 0 where no two can be compared; then for each of these values.",
    )
    LEADS = "leads", "One career is ahead in these figures, or ends of ranges. Facts: for each values."
    LEVEL = "level", "Both careers have the same of these figures. Facts: for each values."
    DIFFERENT = "different", "The careers differ in these figures, and neither is better. Facts: for each values."
    NOTHING_DECIDES = (
        "nothing-decides",
        "None of the figures that both have is better. Facts: a and b, each with their count; then for each values.",
    )
    ONE_SIDED = "one-sided", "One career only has these figures. Facts: for each a's, b's, one of them without a value."
    APART = "apart", "These figures of both cannot be compared. Facts: for each values."
    OPEN_ENDS = "open-ends", "These ranges have no end that decides: it is open, or missing. Facts: for each values."
    NO_FIGURES = "no-figures", "Neither career has a figure. Facts: a, b, each with the count 0."
    WEIGHED = (
        "weighed",
        "By the weights of a reader this career is ahead, or both have the same points (TIE), or nothing decides (no "
        "outcome). Each figure gives its weight to the better side. Facts: a and b, each with its points as count; "
        "then for each comparable figure with a weight, the heaviest first, values, each with its points as count.",
    )
    SKILLS_AND_MOVES = (
        "skills-and-moves",
        "The number of shared skills, and the grades of both moves. Facts: a and b, each with the count of shared "
        "skills, a and b, each with the count of related ones; `transition-grade` from a to b, then from b to a.",
    )
    TRANSITION_GRADE = (
        "transition-grade",
        "The grade of a move. Facts: `from` with the count of shared skills, `from` with the count of related skills, "
        "`to` with the count of all its skills; `from` with twice the weight of the skills of `to` that are shared and "
        "once that of related ones, `to` with the weight of all its skills, `to` with the points for the work (0 near, "
        "3 in one field, 6 other); then, where known, the months to learn `to`, and the education, the preparation, "
        "the training at work, the entry barrier and the difficulty of `from` and of `to`. `transition.rule` is the "
        "rule.",
    )
    TRANSITION_POINTS = (
        "transition-points",
        "The points of a move, of which its grade follows, by their reasons. Facts: those of `transition-grade`.",
    )
    TRANSITION_COVERED = (
        "transition-covered",
        "The share of the target's skills that the reader has. Facts: the first three of `transition-grade`.",
    )
    TRANSITION_WORK = (
        "transition-work",
        "Whether the work of both is near, in one field, or other work. Facts: `from`; `to` with the points for it.",
    )
    TRANSITION_MONTHS = (
        "transition-months",
        "The months that remain by the shortest times that sources give. Facts: those of `transition-grade`.",
    )
    TRANSITION_UNKNOWN = (
        "transition-unknown",
        "No source says how long the target takes. Facts: `to`, without a value of the preparation.",
    )
    TRANSITION_HIGHER = "transition-higher", "The target asks for more. Facts: the value of `from`, the value of `to`."
    LEADER = (
        "leader",
        "Of several careers, these have the best value, or this end of it. Facts: every career's value, or the end, in "
        "their order.",
    )
    LEADER_AMONG = "leader-among", "Of the comparable ones, these have the best value. Facts: the comparable values."
    BEST = (
        "best",
        "A reader who prefers the best value should choose this career, which alone has it among the comparable ones. "
        "Facts: as of `leader-among`.",
    )
    ALONE_NOWHERE = (
        "alone-nowhere",
        "Of several careers, this one is alone ahead in no figure. Facts: the career with the count of figures that it "
        "is compared by; then for each those of `leader-among`.",
    )
    NONE_HOLD = "none-hold", "Of several careers, no skill concept is used by all. Facts: each career with the count 0."
    ALL_SAME = "all-same", "Several careers have the same value. Facts: every career's value, in their order."
    ALL_HOLD = "all-hold", "Several careers all use these skill concepts. Facts: for each every career with it."
    NO_SKILLS = "no-skills", "No skills are listed for these careers. Facts: each of them with the count 0."

    __hash__ = str.__hash__


make_tuple = tuple.__new__
"""Make a named tuple from the tuple of its fields, in half the time of its class, which runs Python code."""


class Fact(NamedTuple):
    """A career's value of an attribute (or one end of it), its skill, or a count. With an attribute and without a value
    it says that the career has none."""

    career: Career
    attribute: Attribute | None = None
    value: Value | None = None
    part: RangeEnd | None = None
    skill: Skill | None = None
    count: int | None = None  # type: ignore[assignment] # GraphQL's name; nobody counts the fields of a fact


class Statement(NamedTuple):
    """A sentence, the rule it follows, the outcome it states, the facts that prove it, the locale it is worded in.

    `clause` says the same behind "Choose the career if you"; only statements about a reader have one, others have "".
    """

    text: str
    rule: Rule
    outcome: Outcome | None
    facts: tuple[Fact, ...]
    locale: str
    clause: str = ""
