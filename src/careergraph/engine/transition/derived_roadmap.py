"""Derived roadmap: a way into a career that nobody has written one for, by a stated rule from what is known of it.

1. The usual education and the preparation needed, where either is known.
2. The first half of its skills, in the career's own order, the most important first.
3. The other half.

How long all of it takes is what the source of the preparation says of its level (`Option.months_over` and
`months_up_to`): that time is for the whole, training and experience together, so no single stage is given months. Which
careers lead there is said by `bridges`. A career that has a roadmap, or of which neither figures nor skill concepts are
known, gets none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.career import Career, RoadmapStage
from careergraph.engine.content.locale import Text
from careergraph.engine.content.skill import Skill
from careergraph.engine.content.value_kinds import Level, Value
from careergraph.engine.text.localized_catalog import LocalizedCatalog

PREPARING = (TransitionRole.EDUCATION, TransitionRole.PREPARATION)
"""The roles of what comes before the first skill."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DerivedRoadmap:
    """The stages of a way into a career, the figures that its first stage rests on, and how many months all of it takes
    (over so many, and up to so many; None where the source leaves that end open)."""

    career: Career
    stages: tuple[RoadmapStage, ...]
    figures: tuple[Value, ...]
    months_over: int | None = None
    months_up_to: int | None = None


def derived_roadmap(localized: LocalizedCatalog, career: Career) -> DerivedRoadmap | None:
    """The way into a career, in one locale; None where there is no rule for it."""
    if career.roadmap:
        return None
    concepts = list({it.concept.slug: it.concept for it in career.skills if it.concept is not None}.values())
    half = (len(concepts) + 1) // 2
    core, further = concepts[:half], concepts[half:]
    stages = [("core", "", core)] * bool(core) + [("further", "", further)] * bool(further)
    figures = _figures(localized, career)
    if figures:
        stages.insert(0, ("prepare", _worded(localized, figures), []))
    if not stages:
        return None
    over, up_to = _months(figures)
    return DerivedRoadmap(
        career=career,
        stages=tuple([_stage(localized, *it) for it in stages]),
        figures=figures,
        months_over=over,
        months_up_to=up_to,
    )


def _figures(localized: LocalizedCatalog, career: Career) -> tuple[Value, ...]:
    """The usual education and the preparation needed, where they are known."""
    roles = localized.catalog.transition_roles
    values = [localized.value(career, roles[role]) for role in PREPARING if role in roles]
    return tuple([it for it in values if it is not None])


def _worded(localized: LocalizedCatalog, figures: Sequence[Value]) -> str:
    """A sentence for each figure."""
    template, spoken = localized.general("roadmap.figure")
    pairs = [(spoken.read(it.attribute.label), it.spoken(spoken.locale)) for it in figures]
    return " ".join([template.fill({"label": label, "value": value}) for label, value in pairs])


def _months(figures: Sequence[Value]) -> tuple[int | None, int | None]:
    """Return how long the preparation takes by the source of its levels; no ends where it does not say."""
    for value in figures:
        if isinstance(value, Level) and value.attribute.transition_role is TransitionRole.PREPARATION:
            option = value.attribute.options[value.rank]
            return option.months_over, option.months_up_to
    return None, None


def _stage(localized: LocalizedCatalog, name: str, summary: str, skills: Sequence[Skill]) -> RoadmapStage:
    title, code = localized.word(f"roadmap.{name}"), localized.locale.code
    texts: tuple[Text, Text] = ({code: title}, {code: summary})
    return RoadmapStage(title=texts[0], summary=texts[1], skills=tuple(skills))
