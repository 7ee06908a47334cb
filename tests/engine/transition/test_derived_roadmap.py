"""A roadmap that is derived: how long it takes by its source, who leads there, and none where one is written."""

from dataclasses import replace

import pytest

from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.value_kinds import Level
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.transition.bridges import MOST, NEAREST, bridges
from careergraph.engine.transition.derived_roadmap import derived_roadmap
from truth.seeded import catalog

UNWRITTEN = [slug for slug, career in catalog().careers.items() if not career.roadmap]
MONTHS = {"zone-1": (None, 3), "zone-2": (None, 12), "zone-3": (12, 24), "zone-4": (24, 48), "zone-5": (48, None)}
"""By the ranges of specific vocational preparation that O*NET gives its job zones."""


def preparation(career: Career) -> Level | None:
    value = career.value("job-zone")
    assert value is None or isinstance(value, Level)
    return value


@pytest.mark.parametrize("slug", UNWRITTEN)
def test_it_takes_what_the_source_of_its_preparation_says(slug: str) -> None:
    career = catalog().careers[slug]
    roadmap = derived_roadmap(localize(catalog(), "en"), career)
    zone = preparation(career)
    assert roadmap is not None and zone is not None
    assert (roadmap.months_over, roadmap.months_up_to) == MONTHS[zone.variant()]
    assert not any(stage.months for stage in roadmap.stages), "the time is for all of it"
    assert [it.attribute.transition_role for it in roadmap.figures] == [
        role for role in (TransitionRole.EDUCATION, TransitionRole.PREPARATION) if career.value(KEYS[role])
    ]


KEYS = {TransitionRole.EDUCATION: "education", TransitionRole.PREPARATION: "job-zone"}


def test_no_time_is_made_up() -> None:
    """Neither where the preparation is unknown, nor where the source of its levels gives no time."""
    career = catalog().careers["biostatistician"]
    zone = preparation(career)
    assert zone is not None
    silent = tuple([replace(it, months_over=None, months_up_to=None) for it in zone.attribute.options])
    untimed = replace(zone, attribute=replace(zone.attribute, options=silent))
    for values in ([], [untimed]):
        others = [it for it in career.values if it is not zone]
        roadmap = derived_roadmap(localize(catalog(), "en"), replace(career, values=(*others, *values)))
        assert roadmap is not None
        assert (roadmap.months_over, roadmap.months_up_to) == (None, None)


def test_careers_of_other_skills_have_other_stages() -> None:
    localized = localize(catalog(), "en")
    learned = {}
    for slug in UNWRITTEN:
        roadmap = derived_roadmap(localized, catalog().careers[slug])
        assert roadmap is not None
        learned[slug] = tuple([tuple([skill.slug for skill in stage.skills]) for stage in roadmap.stages])
    skills = {slug: catalog().careers[slug].concept_slugs for slug in UNWRITTEN}
    assert len({frozenset(it) for it in skills.values()}) == len(set(learned.values())) == len(UNWRITTEN)


def test_none_is_derived_where_one_is_written_or_nothing_is_known() -> None:
    localized = localize(catalog(), "en")
    written = [career for career in catalog().careers.values() if career.roadmap]
    assert len(written) == 36
    assert not any(derived_roadmap(localized, career) for career in written)
    assert derived_roadmap(localized, replace(written[0], roadmap=(), skills=(), values=())) is None


def leads(content: Catalog, origin: str, target: str) -> int | None:
    """The place of the grade of a move that makes a bridge, from the comparison of the two; None of any other."""
    here, there = (preparation(content.careers[it]) for it in (origin, target))
    if here is not None and there is not None and here.rank > there.rank:
        return None
    grade = compare(content, origin, target).transition(Side.A).grade
    return {"EASY": 0, "MODERATE": 1}.get(grade)


@pytest.mark.parametrize("slug", UNWRITTEN)
def test_bridges_are_near_easy_and_need_no_more(slug: str) -> None:
    """All of the twelve nearest that the rule lets through, the easiest first, then the nearest; three at most."""
    content = catalog()
    near = [it.slug for it in neighbours(content, content.careers[slug])][:NEAREST]
    places = {it: place for it in near if (place := leads(content, it, slug)) is not None}
    expected = sorted(places, key=lambda it: (places[it], near.index(it)))[:MOST]
    moves = bridges(localize(content, "en"), content.careers[slug])
    assert [it.origin.slug for it in moves] == expected
    assert all(it.target.slug == slug for it in moves)


def test_some_careers_have_bridges_and_some_have_none() -> None:
    counts = {slug: len(bridges(localize(catalog(), "de"), catalog().careers[slug])) for slug in UNWRITTEN}
    assert set(counts.values()) == {0, 1, 2, 3}
    assert counts["biostatistician"] == 3
