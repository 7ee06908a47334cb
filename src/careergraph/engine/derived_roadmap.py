"""Derived roadmap: a way into a career that nobody has written one for, by a stated rule from what is known of it.

1. The usual education and the preparation needed, where either is known.
2. The first half of its skills, in the career's own order, the most important first.
3. The other half.

Months are given for no stage, as no source gives them. A career that has a roadmap, or of which neither figures nor
skill concepts are known, gets none.
"""

from collections.abc import Sequence

from careergraph.engine.attribute import TransitionRole
from careergraph.engine.career import Career, RoadmapStage
from careergraph.engine.edition import Edition
from careergraph.engine.locale import Text
from careergraph.engine.skill import Skill

PREPARING = (TransitionRole.EDUCATION, TransitionRole.PREPARATION)
"""The roles of what comes before the first skill."""


def derived_roadmap(edition: Edition, career: Career) -> tuple[RoadmapStage, ...]:
    """The stages of the way into a career, in the words of an edition; none where there is no rule for it."""
    if career.roadmap:
        return ()
    concepts = list({it.concept.slug: it.concept for it in career.skills if it.concept is not None}.values())
    half = (len(concepts) + 1) // 2
    core, further = concepts[:half], concepts[half:]
    stages = [("core", "", core)] * bool(core) + [("further", "", further)] * bool(further)
    if figures := _known(edition, career):
        stages.insert(0, ("prepare", figures, []))
    return tuple([_stage(edition, *it) for it in stages])


def _known(edition: Edition, career: Career) -> str:
    """The usual education and the preparation needed, a sentence each."""
    roles = edition.catalog.transition_roles
    values = [edition.value(career, roles[role]) for role in PREPARING if role in roles]
    template, spoken = edition.general("roadmap.figure")
    pairs = [(spoken.read(it.attribute.label), it.spoken(spoken.locale)) for it in values if it is not None]
    return " ".join([template.fill({"label": label, "value": value}) for label, value in pairs])


def _stage(edition: Edition, name: str, summary: str, skills: Sequence[Skill]) -> RoadmapStage:
    title, code = edition.word(f"roadmap.{name}"), edition.locale.code
    texts: tuple[Text, Text] = ({code: title}, {code: summary})
    return RoadmapStage(title=texts[0], summary=texts[1], skills=tuple(skills))
