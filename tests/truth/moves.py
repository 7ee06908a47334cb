"""How the judge re-derives a transition: from the catalog itself, and from the facts of its statements alone.

It follows docs/decisions/0004-transition-rule.md, with loops over all careers and fractions, and calls none of the
engine's rules.
"""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor, log2

from careergraph.engine.content import Career, CareerSkill, Catalog
from careergraph.engine.content.attribute import TransitionRole
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Neighbour
from careergraph.engine.content.value_kinds import Choice, Level, Number, Value
from careergraph.engine.similarity.neighbours import neighbours
from careergraph.engine.text.statement import Fact
from careergraph.engine.transition.transition import Transition
from truth.outcomes import comparable, plain_number

GRADES = ((2, "EASY"), (4, "MODERATE"), (8, "CHALLENGING"), (10**9, "HARD"))
WORK = {"NEAR": 0, "FIELD": 3, "OTHER": 6}
ROLES = ("EDUCATION", "PREPARATION", "TRAINING", "ENTRY_BARRIER", "DIFFICULTY")


def transition_faults(catalog: Catalog, transition: Transition, region: str | None = None) -> list[str]:
    """What is wrong with a transition."""
    return list(_faults(catalog, transition, region))


def _faults(catalog: Catalog, transition: Transition, region: str | None) -> Iterator[str]:
    facts = transition.statements[0].facts
    shared, related, total, brought, whole, work = (fact.count or 0 for fact in facts[:6])
    if len(transition.keep) + len(transition.gain) != total or len(transition.keep) != shared + related:
        yield "keep and gain are not the target's skills"
    weights = {skill.position: weight(catalog, skill) for skill in transition.target.skills}
    if sum(weights.values()) != whole:
        yield f"the skills weigh {whole}, and should {sum(weights.values())}"
    concepts = {skill.concepts[0].slug for skill in transition.origin.skills if skill.concepts}
    concepts_of_target = [skill.concepts[0].slug if skill.concepts else "" for skill in transition.target.skills]
    if len(set(concepts_of_target)) == total and "" not in concepts_of_target:
        same = [skill.concepts[0].slug in concepts for skill in transition.keep]
        halves = sum(weights[it.position] * (1 + it_is) for it, it_is in zip(transition.keep, same, strict=True))
        if sum(same) == shared and halves != brought:
            yield f"covered weighs {brought} halves, and should {halves}"
    if WORK[transition.kinship.value] != work or transition.kinship.value not in kin(
        catalog, transition, shared + related
    ):
        yield f"the work is {transition.kinship}, and should be {kin(catalog, transition, shared + related)}"
    covered = Fraction(brought, 2 * whole) if whole else Fraction(0)
    if transition.covered != float(covered):
        yield f"covered is {transition.covered}, the facts say {float(covered)}"
    values_by_role = {}
    for role in TransitionRole:
        key = catalog.transition_roles.get(role)
        for career in (transition.origin, transition.target):
            values_by_role[role.value, career.slug] = value = None if key is None else career.value_in(key, region)
            proven = [fact.value for fact in facts[6:] if fact.attribute and fact.attribute.key == key]
            needed = role.value in ROLES or career is transition.target
            counts = role.value in ROLES or isinstance(value, Number)
            if needed and counts and value is not None and not any(it is value for it in proven):
                yield f"{key} of {career.slug} is no fact of the grade"
    yield from _points_faults(transition, facts, covered, values_by_role)


def _points_faults(
    transition: Transition,
    facts: tuple[Fact, ...],
    covered: Fraction,
    values_by_role: dict[tuple[str, str], Value | None],
) -> Iterator[str]:
    total, brought, _, work = (fact.count or 0 for fact in facts[2:6])
    of = {
        role: (values_by_role[role, transition.origin.slug], values_by_role[role, transition.target.slug])
        for role in ROLES
    }
    learning = values_by_role["LEARNING_MONTHS", transition.target.slug]
    ends = _bounds(of["PREPARATION"][1])
    near = transition.kinship.value == "NEAR"
    untold = total < 3 or (near and not brought)
    skills = 3 if untold else ceil(4 * (1 - covered))
    if skills and ends and ends[1] is not None and ends[1] <= 12:
        skills -= 1
    spans = []
    if isinstance(learning, Number):
        spans.append(ceil(Fraction(str(learning.value)) * (1 - covered)))
    for role in ("EDUCATION", "PREPARATION", "TRAINING"):
        mine, theirs = of[role]
        least = [None if it is None else _least(it) for it in (mine, theirs)]
        if role != "EDUCATION" and transition.kinship.value == "OTHER" and least[1] is not None:
            span = least[1]
        elif mine and theirs and least[0] is not None and least[1] is not None and comparable(mine, theirs):
            span = max(0, least[1] - least[0])
        else:
            continue
        if role != "TRAINING" or span:
            spans.append(span)
    months = max(spans, default=None)
    raised = [role for role in ROLES if role != "TRAINING" and _above(*of[role])]
    time = bool({"EDUCATION", "PREPARATION"} & set(raised)) + (months or 0) // 6
    hurdles = 2 * ("ENTRY_BARRIER" in raised) + ("DIFFICULTY" in raised)
    points = skills + work + time + hurdles
    prepared = None if of["PREPARATION"][1] is None else _least(of["PREPARATION"][1])
    unsure = bool(prepared) and of["PREPARATION"][0] is None
    if not isinstance(learning, Number) and (prepared is None or prepared >= 48 or unsure):
        points = max(points, 3)
    grade = next(name for most, name in GRADES if points <= most)
    if transition.points != points or transition.grade != grade:
        yield f"{transition.points} points and {transition.grade}, its facts say {points} and {grade}"
    if transition.months != months:
        yield f"months are {transition.months}, the facts say {months}"


def _bounds(value: Value | None) -> tuple[int | None, int | None] | None:
    if isinstance(value, Level):
        option = value.attribute.options[value.rank]
    elif isinstance(value, Choice):
        option = value.attribute.options[value.index]
    else:
        return None
    return option.months_over, option.months_up_to


def _least(value: Value) -> int | None:
    """What the option takes at least; a level of which nothing is said at least what the one below does."""
    options = value.attribute.options
    places = (
        [value.index] if isinstance(value, Choice) else range(value.rank, -1, -1) if isinstance(value, Level) else ()
    )
    for place in places:
        if options[place].edition != options[int(value.order()[0])].edition:
            continue
        if options[place].months_over is not None or options[place].months_up_to is not None:
            return options[place].months_over or 0
    return None


def _above(mine: Value | None, theirs: Value | None) -> bool:
    if mine is None or theirs is None:
        return False
    if isinstance(theirs, Choice):
        here, there = _least(mine), _least(theirs)
        return here is not None and there is not None and there > here
    return comparable(mine, theirs) and plain_number(theirs) > plain_number(mine)


def knows_alike(neighbour: Neighbour) -> bool:
    """Whether the two know what is alike, or of one it is not known what."""
    knowledge = dict(zip(Component, neighbour.likeness, strict=True))[Component.KNOWLEDGE]
    return knowledge is None or knowledge >= 0.55


def kin(catalog: Catalog, transition: Transition, matched: int) -> tuple[str, ...]:
    """What the kinship of the work may be."""
    a, b = transition.origin, transition.target
    if a.profile is None or b.profile is None:
        near = matched > 0
    else:
        lists = [*((it, b) for it in neighbours(catalog, a)), *((it, a) for it in neighbours(catalog, b))]
        near = any(it.slug == career.slug and it.score >= 0.2 and knows_alike(it) for it, career in lists)
    return ("NEAR",) if near else ("FIELD",) if a.category.slug == b.category.slug else ("OTHER",)


def weight(catalog: Catalog, skill: CareerSkill) -> int:
    """What a skill weighs, by counting the careers that have it."""
    if not skill.concepts:
        return 1
    careers = _holders(_Catalog(catalog))[skill.concepts[0].slug]
    return 1 + floor(log2(len(catalog.careers) // careers)) if careers else 1 + floor(log2(len(catalog.careers)))


class _Catalog:
    """A catalog as the key of a cache, by identity."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __hash__(self) -> int:
        return id(self.catalog)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Catalog) and self.catalog is other.catalog


@lru_cache(maxsize=4)
def _holders(key: _Catalog) -> Counter[str]:
    concepts_of_each = (_concepts(career) for career in key.catalog.careers.values())
    return Counter(slug for concepts in concepts_of_each for slug in concepts)


def _concepts(career: Career) -> set[str]:
    return {concept.slug for skill in career.skills for concept in skill.concepts}
