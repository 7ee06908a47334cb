"""Neighbours: the nearest by the stated measure, found without measuring every two in full; what they share is so."""

import subprocess
import sys
from math import isclose
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from careergraph.engine.content import Career, Catalog, Category
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Shared
from careergraph.engine.similarity import neighbours as module
from careergraph.engine.similarity.nearest import KEPT, neighbour, ranked
from careergraph.engine.similarity.neighbours import neighbours, worked_out
from careergraph.engine.similarity.published_relations import published
from careergraph.engine.similarity.value_similarity import closeness
from careergraph.engine.similarity.vectors import WEIGHTS, VectorSpace, figures, likeness, parts_of, score
from careergraph.engine.similarity.words import stem, words
from careergraph.engine.text.same_wording import normalised
from engine import labour
from truth.seeded import catalog as seeded


@pytest.mark.parametrize(("seed", "careers"), [(1, 90), (2, 60), (3, 8), (4, 2), (5, 1), (6, 0)])
def test_the_nearest_are_those_that_measuring_every_two_gives(seed: int, careers: int) -> None:
    catalog = labour.market(seed, careers)
    vectors = VectorSpace.of(catalog).vectors
    neighbourhoods = worked_out(catalog)
    assert neighbourhoods.keys() == catalog.careers.keys()
    for slug, one in vectors.items():
        expected = ranked([neighbour(one, other) for other in vectors.values() if other is not one])
        assert [it._replace(shared=()) for it in neighbourhoods[slug]] == expected
        assert len(expected) <= KEPT


@given(st.integers(0, 10_000), st.integers(2, 12))
def test_the_score_is_the_mean_of_its_parts_and_the_same_from_either_side(seed: int, careers: int) -> None:
    neighbourhoods = worked_out(labour.market(seed, careers))
    for slug, near in neighbourhoods.items():
        for near_one in near:
            assert len(near_one.likeness) == len(WEIGHTS)
            parts = [(WEIGHTS[part.component], part.similarity) for part in parts_of(near_one.likeness)]
            mean = sum(weight * part for weight, part in parts) / sum(weight for weight, _ in parts)
            assert isclose(near_one.score, mean, abs_tol=0.00006)
            assert all(0 <= part <= 1 for _, part in parts)
            assert 0 < near_one.score <= 1
            back = next(other for other in neighbourhoods[near_one.slug] if other.slug == slug)
            assert back[1:] == near_one[1:]


@given(st.integers(0, 10_000))
def test_what_is_shared_is_so_of_both(seed: int) -> None:
    catalog = labour.market(seed, 12)
    for slug, near in worked_out(catalog).items():
        for near_one in near:
            assert len(near_one.shared) <= 3
            alone = [stem(it.text) for it in near_one.shared if it.component in WORDS and " " not in it.text]
            assert len(set(alone)) == len(alone), "a word counts once"
            for item in near_one.shared:
                assert all(_has(catalog.careers[one], item) for one in (slug, near_one.slug)), item


def _has(career: Career, item: Shared) -> bool:
    names = [*career.title.values(), *career.aliases.get("en", ())]
    match item.component:
        case Component.ACTIVITIES:
            return career.profile is not None and item.text in career.profile.activities
        case Component.KNOWLEDGE:
            return career.profile is not None and item.text in career.profile.knowledge
        case Component.SKILLS:
            return any(item.text == concept.slug for it in career.skills for concept in it.concepts)
        case Component.TITLES if " " in item.text:
            return normalised(item.text) in [normalised(it) for it in names]
        case Component.TITLES:
            return stem(item.text) in [stem(word) for it in names for word in words(it)]
        case _:
            descriptions = [career.summary["en"], *(career.profile.tasks if career.profile else ())]
            return stem(item.text) in [stem(word) for it in descriptions for word in words(it)]


WORDS = (Component.TASKS, Component.TITLES)


def test_what_many_have_says_nothing_of_two_categories() -> None:
    """A maker of pallets is no manicurist because both are technicians who use nails."""
    here, there = labour.CATEGORIES
    careers = [
        *[_career(f"{'technician' if it < 25 else 'maker'}-{it}", here, "Mends it") for it in range(60)],
        _career("board-nail-technician", here, "Drives nails"),
        _career("box-nail-technician", here, "Drives nails"),
        _career("hand-nail-technician", there, "Paints nails"),
        _career("prose-maker", there, "Drives nails"),
    ]
    near = worked_out(labour.catalog_of(careers))["board-nail-technician"]
    shared = {it.slug: sorted([stem(item.text) for item in it.shared]) for it in near}
    assert shared["box-nail-technician"] == [stem("drives"), "nail", "technician"]
    assert shared["hand-nail-technician"] == ["nail"]
    assert shared["prose-maker"] == []


def _career(slug: str, category: Category, summary: str) -> Career:
    title = {"en": slug.replace("-", " ").capitalize()}
    return Career(slug=slug, title=title, summary={"en": summary}, category=category, published_at=labour.WHEN)


def test_what_only_one_side_has_counts_for_nothing() -> None:
    """A component that either lacks is left out: it must not make the two look apart."""
    plain, other = (labour.career(labour.drawing(seed), 0) for seed in (1, 2))
    both = labour.catalog_of([plain, _renamed(other, "other")])
    for near_one in worked_out(both)["other"]:
        assert near_one.likeness[list(Component).index(Component.KNOWLEDGE)] is None


def test_the_same_work_is_as_near_as_can_be() -> None:
    career = labour.career(labour.drawing(7), 1)
    others = [labour.career(labour.drawing(8 + it), 10 + it) for it in range(6)]
    catalog = labour.catalog_of([career, _renamed(career, "twin"), *others])
    first = neighbours(catalog, career)[0]
    assert first.slug == "twin"
    assert first.score > max(it.score for it in neighbours(catalog, career)[1:])


def test_they_are_worked_out_once() -> None:
    catalog = labour.market(1, 5)
    assert module.neighbourhoods(catalog) is module.neighbourhoods(catalog)


def test_the_same_under_any_hash_seed() -> None:
    command = [
        sys.executable,
        "-c",
        "from engine.similarity.test_neighbours import all_neighbours; print(all_neighbours())",
    ]
    outputs = {
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            cwd=Path(__file__).parents[2],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("1", "2")
    }
    assert outputs == {f"{all_neighbours()}\n".encode()}


def all_neighbours() -> str:
    """All neighbours of a market."""
    return repr(worked_out(labour.market(9, 40)))


@given(st.integers(0, 10_000))
def test_figures_are_close_in_both_directions(seed: int) -> None:
    random = labour.drawing(seed)
    a, b = (labour.career(random, number) for number in range(2))
    similarity = closeness(a.values_by_attribute, b.values_by_attribute)
    assert similarity == closeness(b.values_by_attribute, a.values_by_attribute)
    assert similarity is None or 0 <= similarity <= 1
    if own := closeness(a.values_by_attribute, a.values_by_attribute):
        assert own == 1


def test_an_ending_makes_no_other_word() -> None:
    assert {stem(it) for it in ("audit", "audits", "audited", "auditing", "auditor")} == {"audit", "auditor"}
    assert stem("bed") == "bed"
    assert words("The Use of 3 X-rays, with Cañones; it is") == ["rays", "cañones"]


def test_likeness_without_anything_in_common_is_nothing() -> None:
    assert score((None,) * len(WEIGHTS)) == 0
    one, other = VectorSpace.of(labour.catalog_of([_bare("one"), _bare("other")])).vectors.values()
    assert likeness(one, other, figures(one, other)) == (None,) * len(WEIGHTS)


def test_published_relations_are_those_of_the_source_in_its_order() -> None:
    catalog = labour.market(1, 5)
    relations = published(catalog, catalog.careers["career-001"])
    assert [(it.career.slug, it.rank, it.source.slug) for it in relations] == [
        ("career-003", 1, "survey"),
        ("career-002", 3, "survey"),
    ]
    assert published(catalog, catalog.careers["career-004"]) == ()


def _renamed(career: Career, slug: str) -> Career:
    fields = {name: getattr(career, name) for name in career.__dataclass_fields__}
    return Career(**fields | {"slug": slug})


def _bare(slug: str) -> Career:
    return Career(slug=slug, title={"en": "-"}, summary={}, category=labour.CATEGORIES[0], published_at=labour.WHEN)


def test_a_catalog_that_knows_its_neighbours_is_not_searched() -> None:
    stored = worked_out(labour.market(1, 6))
    catalog = Catalog.of(version=1, published_at=labour.WHEN, neighbourhoods=stored)
    assert module.neighbourhoods(catalog) is stored


def test_a_concept_that_a_skill_names_beside_its_main_one_makes_neighbours() -> None:
    """Lawyers and compliance officers are bound by one ethics, whichever concept their wordings name first."""
    catalog = seeded()
    near = {it.slug: it for it in neighbours(catalog, catalog.careers["lawyer"])}
    shared = {it.text for it in near["compliance-officer"].shared}
    assert {"legal-research", "professional-ethics"} <= shared
    assert {it.slug for it in neighbours(catalog, catalog.careers["translator"])} == {"nlp-engineer"}
    assert neighbours(catalog, catalog.careers["musician"]) == (), "nobody's work is like it here"
    for slug, career in catalog.careers.items():
        for other in neighbours(catalog, career):
            skills = [it.text for it in other.shared if it.component is Component.SKILLS]
            both = (career, catalog.careers[other.slug])
            assert all(it in one.every_concept_slug for one in both for it in skills), slug
            assert all(any(it in one.concept_slugs for one in both) for it in skills), slug


def test_what_has_no_width_parts_no_word() -> None:
    """A soft hyphen says where a line may break; a space without width says where a word ends."""
    assert words("Soft\u00adware engin\u200deering, ca\u00adfé") == ["software", "engineering", "café"]
    assert words("café\u200bmusic") == ["café", "music"]
