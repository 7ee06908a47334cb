"""What several careers are side by side: rows, skills, and what speaks for each."""

from typing import NamedTuple

from careergraph.engine.content import Career, Skill
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.statement import Statement


class MultiRow(NamedTuple):
    """One attribute of several careers. `values` are in their order. `comparable` says whether every career has a value
    and any two of them can be compared; only then can there be `leaders`: those that nobody beats, where somebody is
    beaten. `same` says whether all values are the same.

    `compared` is the largest group of two careers or more of which any two can be compared, and `ahead` are those of
    the group that nobody of it beats, where somebody is beaten.
    """

    attribute: Attribute
    values: tuple[Value | None, ...]
    leaders: tuple[Career, ...]
    comparable: bool
    same: bool
    compared: tuple[Career, ...]
    ahead: tuple[Career, ...]


class SkillAcross(NamedTuple):
    """A skill concept and the careers that have it, in their order."""

    concept: Skill
    holders: tuple[Career, ...]


class MultiChoice(NamedTuple):
    """What speaks for one of several careers, and the note where it is alone ahead in nothing."""

    career: Career
    reasons: tuple[Statement, ...]
    note: Statement | None
