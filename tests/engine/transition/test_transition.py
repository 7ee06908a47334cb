"""The rule of a transition, reason by reason, and the months that remain, counted exactly."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.attribute import Attribute, Better, Option, TransitionRole, ValueKind
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.skill_weight import reweighed, skill_weight
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import Provenance, parse_value
from careergraph.engine.text.facts import CareerFacts
from careergraph.engine.text.statement import Rule
from careergraph.engine.text.transition_inputs import Ladders, TransitionInputs, transition_inputs_of
from careergraph.engine.transition.kinship import kinship
from careergraph.engine.transition.rule import GRADES, TransitionGrade, grade_place
from careergraph.engine.transition.transition import Transition
from engine import labour
from truth.content import CATEGORIES, WHEN
from truth.seeded import catalog as seeded

MONTHS = Attribute(key="months", label={"en": "Months"}, kind=ValueKind.NUMBER, better=Better.LOWER, position=1)
SOURCE = Source(slug="s", title="S", publisher="P", kind=SourceKind.MEASURED)


def inputs(months: float | None) -> TransitionInputs:
    fields = [] if months is None else [{"value": months}]
    career = Career(
        slug="it",
        title={"en": "It"},
        summary={"en": ""},
        category=CATEGORIES[0],
        published_at=WHEN,
        values=tuple(parse_value(MONTHS, Provenance(source=SOURCE), it) for it in fields),
    )
    roles = {TransitionRole.LEARNING_MONTHS: "months"}
    return TransitionInputs(career, CareerFacts(career).values, roles, (), Ladders())


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (0, TransitionGrade.EASY),
        (2, TransitionGrade.EASY),
        (3, TransitionGrade.MODERATE),
        (4, TransitionGrade.MODERATE),
        (5, TransitionGrade.CHALLENGING),
        (8, TransitionGrade.CHALLENGING),
        (9, TransitionGrade.HARD),
        (40, TransitionGrade.HARD),
    ],
)
def test_grades_at_their_boundaries(points: int, expected: TransitionGrade) -> None:
    assert GRADES[grade_place(points)] is expected


@given(st.one_of(st.integers(0, 500), st.floats(0, 1e25)), st.integers(0, 40), st.integers(1, 40))
def test_months_that_remain_are_exact(months: float, left: int, whole: int) -> None:
    assert inputs(months).months(left, whole) == ceil(Fraction(str(months)) * Fraction(left, whole))


def test_months_are_those_of_the_decimal_number_that_was_written() -> None:
    assert inputs(1.1).months(10, 1) == 11, "1.1 as a float is a little more than 1.1"
    assert inputs(None).months(1, 1) is None


def test_a_skill_weighs_one_more_for_each_halving() -> None:
    """Of 79 careers: 79, 39, 19, 9, 4, 2, 1."""
    catalog = seeded()
    assert len(catalog.careers) == 79
    weights = {
        len(catalog.careers_with[skill.concepts[0].slug]): skill_weight(catalog, skill)
        for career in catalog.careers.values()
        for skill in career.skills
        if skill.concepts
    }
    assert weights[1] == 7 and weights[2] == 6 and weights[3] == 5 and weights[4] == weights[3], weights
    wording = replace(catalog.careers["plumber"].skills[0], concepts=())
    assert skill_weight(catalog, wording) == 1


def test_what_others_learn_changes_only_who_has_the_skill() -> None:
    """A career that takes up a skill makes it less rare: whoever has it weighs otherwise then, and nobody else."""
    before = seeded()
    slug, holders = next((name, who) for name, who in before.careers_with.items() if len(who) == 1)
    other = before.careers["plumber"]
    concept = before.skills[slug]
    learned = replace(other.skills[0], position=len(other.skills) + 1, concepts=(concept,))
    after = replace(before, careers={**before.careers, "plumber": replace(other, skills=(*other.skills, learned))})
    assert reweighed(before, after) == {"plumber", holders[0].slug}
    assert reweighed(before, replace(before)) == frozenset()
    mine = [transition_inputs_of(it, it.careers[holders[0].slug]).whole for it in (before, after)]
    assert mine[0] == mine[1] + 1


def test_a_higher_barrier_is_two_points_and_a_higher_difficulty_one() -> None:
    points = {}
    for role in (None, TransitionRole.DIFFICULTY, TransitionRole.ENTRY_BARRIER):
        catalog = _market(role)
        move = compare(catalog, "low", "high").transition(Side.A)
        points[role] = move.points
        assert compare(catalog, "high", "low").transition(Side.A).points == points[None]
    assert points[TransitionRole.DIFFICULTY] == points[None] + 1
    assert points[TransitionRole.ENTRY_BARRIER] == points[None] + 2


def _market(role: TransitionRole | None) -> Catalog:
    entry = replace(labour.ENTRY, transition_role=role)
    plain = replace(labour.career(labour.drawing(1), 1), values=(), regional=(), skills=(), profile=None)
    careers = [
        replace(plain, slug=level, values=(parse_value(entry, Provenance(source=SOURCE), {"level": level}),))
        for level in ("low", "high")
    ]
    return replace(labour.catalog_of(careers), attributes={"entry": entry})


def test_kinship_is_the_same_from_either_side() -> None:
    catalog = labour.market(3, 20)
    careers = list(catalog.careers.values())
    kinds = set()
    for one in careers:
        for other in careers:
            if one is not other:
                skills = compare(catalog, one.slug, other.slug).skills
                kin = kinship(catalog, one, other, skills)
                assert kin is kinship(catalog, other, one, compare(catalog, other.slug, one.slug).skills)
                kinds.add(kin.value)
    assert kinds == {"NEAR", "FIELD", "OTHER"}


def test_a_developer_is_nearer_to_routing_models_than_a_plumber_to_accounting() -> None:
    catalog = seeded()
    near = compare(catalog, "software-developer", "ai-model-routing-engineer").transition(Side.A)
    far = compare(catalog, "plumber", "accountant").transition(Side.A)
    assert near.points < far.points


def _moved(roles: Mapping[TransitionRole, tuple[int | None, int | None]], skills: int = 3) -> Transition:
    """The move between two careers of like work and the same skills, by the months that their levels of roles take."""
    first, concepts = seeded().careers["plumber"].skills[0], list(seeded().skills.values())[:skills]
    shared = tuple([replace(first, position=place, concepts=(it,)) for place, it in enumerate(concepts, 1)])
    attributes = {role: _ladder(role, ends) for role, ends in roles.items()}
    plain = replace(labour.career(labour.drawing(1), 1), values=(), regional=(), profile=None, skills=shared)
    careers = []
    for end, slug in enumerate(("low", "high")):
        levels = [(role, ends[end]) for role, ends in roles.items() if ends[end] is not None]
        figures = [({"level": f"m{months}"}, attributes[role]) for role, months in levels]
        values = [parse_value(attribute, Provenance(source=SOURCE), figure) for figure, attribute in figures]
        careers.append(replace(plain, slug=slug, values=tuple(values)))
    catalog = replace(labour.catalog_of(careers), attributes={it.key: it for it in attributes.values()})
    return compare(catalog, "low", "high").transition(Side.A)


def _ladder(role: TransitionRole, months: Iterable[int | None]) -> Attribute:
    """An attribute with a level for each number of months."""
    steps = sorted({it for it in months if it is not None})
    return Attribute(
        key=role.value.lower(),
        label={"en": role.value},
        kind=ValueKind.LEVEL,
        better=Better.NEITHER,
        position=1,
        options=tuple([Option(key=f"m{it}", label={"en": f"{it} months"}, months_over=it) for it in steps]),
        transition_role=role,
    )


ZONE, SCHOOL, TRAINED = TransitionRole.PREPARATION, TransitionRole.EDUCATION, TransitionRole.TRAINING


def test_training_at_work_takes_its_months_and_raises_no_level() -> None:
    """A traffic technician becomes an air traffic controller after years of training, with the same diploma."""
    alike = {ZONE: (24, 24)}
    assert _moved(alike).points == 0
    move = _moved({**alike, TRAINED: (6, 24)})
    assert (move.points, move.months) == (3, 18)
    assert next(it.text for it in move.statements if it.rule is Rule.TRANSITION_MONTHS).startswith(
        "By the shortest times that sources give, 18 months of training at work remain"
    )
    assert not any(it.rule is Rule.TRANSITION_HIGHER for it in move.statements)
    assert _moved({**alike, TRAINED: (24, 6)}).points == 0
    assert _moved({**alike, TRAINED: (None, 24)}).points == 0, "of work that is near, the difference counts"


def test_what_nobody_knows_of_the_origin_is_never_easy() -> None:
    """Where preparation takes time, and nobody knows whether the reader has any. Preparation includes education, so one
    that is known of both speaks for it."""
    assert _moved({ZONE: (24, 24)}).grade is TransitionGrade.EASY
    assert _moved({ZONE: (None, 24)}).grade is TransitionGrade.MODERATE
    assert _moved({ZONE: (None, 0)}).grade is TransitionGrade.EASY
    assert _moved({ZONE: (24, 24), SCHOOL: (None, 24)}).grade is TransitionGrade.EASY


@pytest.mark.parametrize(("skills", "points"), [(0, 3), (1, 3), (2, 3), (3, 0)])
def test_a_list_of_one_or_two_skills_tells_nothing(skills: int, points: int) -> None:
    """Who knows Microsoft Office has all that is listed of legislators."""
    assert _moved({ZONE: (24, 24)}, skills).points == points + 3 * (skills == 0)


@pytest.mark.parametrize("order", ["bcb", "cbc"])
def test_one_published_figure_is_not_two_that_read_alike(order: str) -> None:
    """What moves between levels demand is kept for all that are alike; of one and the same figure nothing follows."""
    zone = _ladder(ZONE, (24,))
    plain = replace(labour.career(labour.drawing(1), 1), values=(), regional=(), profile=None)
    values = {
        slug: parse_value(zone, Provenance(source=SOURCE, published_for=code), {"level": "m24"})
        for slug, code in {"a": "1", "b": "2", "c": "1"}.items()
    }
    careers = [replace(plain, slug=slug, values=(value,)) for slug, value in values.items()]
    catalog = replace(labour.catalog_of(careers), attributes={zone.key: zone})
    months = {other: compare(catalog, "a", other).transition(Side.A).months for other in order}
    assert months == {"b": 0, "c": None}
