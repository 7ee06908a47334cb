"""Rarity is a grade: how much of a catalog is left once half of it is taken away again and again."""

from dataclasses import replace

from careergraph.engine.content import Catalog
from careergraph.engine.content.skill import CareerSkill
from careergraph.engine.similarity.rarity import RAREST, rarest_first, rarities
from truth.seeded import catalog as seeded


def held_by(*counts: int) -> Catalog:
    """The first 32 seeded careers, of which so many have the first skill, the second ..."""
    seed = seeded()
    careers, concepts = list(seed.careers.values())[:32], list(seed.skills.values())[: len(counts)]
    skills = [
        tuple(
            [CareerSkill(position=1, text={}, concepts=(it,)) for it, n in zip(concepts, counts, strict=True) if at < n]
        )
        for at in range(len(careers))
    ]
    return replace(seed, careers={it.slug: replace(it, skills=own) for it, own in zip(careers, skills, strict=True)})


def test_each_halving_of_the_careers_is_a_grade() -> None:
    counts = (32, 17, 16, 9, 8, 5, 4, 3, 2, 1)
    catalog = held_by(*counts)
    assert list(rarities(catalog).values()) == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert max(rarities(catalog).values()) == RAREST, "of a sixteenth and less all are the same"


def test_what_most_careers_have_comes_last_and_equals_stay_in_their_order() -> None:
    catalog = held_by(32, 1, 8, 2)
    first, second, third, fourth = list(catalog.skills.values())[:4]
    assert rarest_first(catalog, [first, second, third, fourth]) == [second, fourth, third, first]
    assert rarest_first(catalog, [first, fourth, second, third]) == [fourth, second, third, first]
