"""Incremental update: whatever changes between two catalogs, the result is that of working all of them out."""

from dataclasses import replace
from random import Random

import pytest

from careergraph.engine.content import Career, Catalog, Skill
from careergraph.engine.content.neighbour import Neighbour
from careergraph.engine.similarity import incremental
from careergraph.engine.similarity.incremental import renewed
from careergraph.engine.similarity.nearest import KEPT, neighbour
from careergraph.engine.similarity.neighbours import worked_out
from careergraph.engine.similarity.vectors import Vectors
from engine import labour


def changed(random: Random, catalog: Catalog) -> Catalog:
    """A catalog in which a few careers came, went, or are otherwise; and sometimes a relation between skills."""
    careers = dict(catalog.careers)
    for _ in range(random.randrange(4)):
        number = random.randrange(200)
        match random.randrange(3):
            case 0 if careers:
                careers.pop(random.choice(sorted(careers)))
            case 1 if careers:
                slug = random.choice(sorted(careers))
                careers[slug] = _edited(random, careers[slug])
            case _:
                careers[f"career-{number:03}"] = labour.career(random, number)
    fresh = labour.catalog_of(list(careers.values()), version=catalog.version + 1)
    if random.random() < 0.2:
        extra = Skill(slug="extra", name={"en": "Extra"}, related=(random.choice(labour.SKILLS).slug,))
        fresh = replace(fresh, skills={**fresh.skills, "extra": extra})
    return fresh


def _edited(random: Random, career: Career) -> Career:
    other = labour.career(random, int(career.slug[-3:]))
    field = random.choice(("title", "summary", "aliases", "profile", "values", "skills", "relations"))
    return replace(career, **{field: getattr(other, field)})


@pytest.mark.parametrize(("careers", "seed"), [(size, seed) for size in (2, 12, 35, 60) for seed in range(4)])
def test_one_change_after_another(careers: int, seed: int) -> None:
    random = labour.drawing(seed)
    catalog = labour.market(seed, careers)
    neighbourhoods = worked_out(catalog)
    for _ in range(5):
        after = changed(random, catalog)
        updated = renewed(catalog, neighbourhoods, after)
        assert updated == worked_out(after)
        catalog, neighbourhoods = after, updated


def test_only_a_few_are_measured_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """The point of it: a career more among many must not cost as much as all of them."""
    catalog = labour.market(5, 120)
    neighbourhoods = worked_out(catalog)
    other = labour.career(labour.drawing(6), 7)
    edited = replace(catalog.careers[other.slug], values=other.values)
    after = labour.catalog_of(list({**catalog.careers, other.slug: edited}.values()))
    measured = []

    def counted(one: Vectors, other: Vectors) -> Neighbour:
        measured.append(one)
        return neighbour(one, other)

    monkeypatch.setattr(incremental, "neighbour", counted)
    assert renewed(catalog, neighbourhoods, after) == worked_out(after)
    assert 0 < len(measured) < 120 * 10
    assert all(len(it) <= KEPT for it in neighbourhoods.values())


def test_what_does_not_matter_changes_nothing() -> None:
    catalog = labour.market(5, 10)
    neighbourhoods = worked_out(catalog)
    slug, career = next(iter(catalog.careers.items()))
    edited = replace(career, relations=(), external_ids=())
    assert (
        renewed(catalog, neighbourhoods, replace(catalog, careers={**catalog.careers, slug: edited})) is neighbourhoods
    )
