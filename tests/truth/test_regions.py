"""Figures of a region: chosen where there is one, never mixed, over random catalogs with several figures."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from careergraph.engine.comparison.compare import compare
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.value_kinds import Value
from depth import depth
from truth.checker import faults
from truth.content import catalogs
from truth.plain import mirrored, plain, unordered
from truth.seeded import catalog as seeded

LOCALES = tuple(seeded().locales.values())
REGIONS = ("Here", "There")
PAIR = ("career-0", "career-1")


def moved(value: Value, region: str) -> Value:
    """The same figure, observed in a region."""
    return replace(value, provenance=replace(value.provenance, region=region))


def with_regional(catalog: Catalog) -> Catalog:
    """A catalog whose first two careers have further figures: those of the third there, those of the fourth here."""
    there, here = catalog.careers["career-2"], catalog.careers["career-3"]
    careers = dict(catalog.careers)
    for slug in PAIR:
        career = careers[slug]
        taken = {value.attribute.key for value in career.values if value.provenance.region == "Here"}
        regional = [moved(value, "There") for value in there.values]
        regional += [moved(value, "Here") for value in here.values if value.attribute.key not in taken]
        careers[slug] = replace(career, regional=tuple(regional))
    return replace(catalog, careers=careers)


def simple(career: Career, region: str | None) -> Career:
    """A career that has but the figures of a region, chosen without the engine."""
    values: dict[str, Value] = {}
    for value in (*career.values, *career.regional):
        if (region is None and value in career.values) or (region is not None and value.provenance.region == region):
            values[value.attribute.key] = value
        elif region is not None and value.provenance.region is None:
            values.setdefault(value.attribute.key, value)
    ordered = sorted(values.values(), key=lambda value: value.attribute.position)
    return replace(career, values=tuple(ordered), regional=())


def simplified(catalog: Catalog, region: str | None) -> Catalog:
    """A catalog of which each career has one figure for each attribute: that of the region."""
    return replace(catalog, careers={slug: simple(it, region) for slug, it in catalog.careers.items()})


@given(catalogs(LOCALES, careers=4), st.sampled_from(("en", "de")), st.sampled_from((None, *REGIONS)))
@settings(max_examples=depth(20, 60))
def test_a_region_reads_as_if_there_were_its_figures_alone(drawn: Catalog, locale: str, region: str | None) -> None:
    """So every statement about a region is as true as those of a catalog without regions, which other properties judge;
    and without a region further figures change nothing."""
    several = with_regional(drawn)
    alone = simplified(several, region)
    region = region if region in several.regions else None
    if region is None:
        alone = simplified(several, None)
    here = compare(several, *PAIR, locale, region=region)
    assert plain(here) == plain(compare(alone, *PAIR, locale))
    assert here.description == compare(alone, *PAIR, locale).description
    for slug in PAIR:
        career, values = several.careers[slug], alone.careers[slug].values
        assert career.values_in(region) == values
        singly = [career.value_in(key, region) for key in several.attributes]
        assert [value for value in singly if value is not None] == list(values)
    there = compare(several, PAIR[1], PAIR[0], locale, region=region)
    assert unordered(plain(there)) == unordered(mirrored(plain(here)))
    assert not faults(compare(alone, *PAIR, locale))
    slugs = list(alone.careers)
    many, few = compare_many(several, slugs, locale, region), compare_many(alone, slugs, locale)
    assert [(row.values, row.comparable, row.same) for row in many.rows] == [
        (row.values, row.comparable, row.same) for row in few.rows
    ]
    assert [it.text for it in many.statements] == [it.text for it in few.statements]


@given(catalogs(LOCALES, careers=4), st.sampled_from(REGIONS))
@settings(max_examples=depth(20, 60))
def test_no_fact_has_another_region_than_the_chosen_one(drawn: Catalog, region: str) -> None:
    several = with_regional(drawn)
    if region not in several.regions:
        return
    comparison = compare(several, *PAIR, region=region)
    verdict = comparison.verdict
    statements = (*comparison.summary, *comparison.lead.statements, *verdict.conclusion, *verdict.either)
    statements += (*verdict.choose_a.reasons, *verdict.choose_b.reasons)
    statements += tuple([it for row in comparison.glance.rows for it in comparison.statements_of(row)])
    values = [fact.value for statement in statements for fact in statement.facts if fact.value is not None]
    values += [value for row in comparison.glance.rows for value in (row.a, row.b) if value is not None]
    many = compare_many(several, list(several.careers), region=region)
    values += [fact.value for it in many.statements for fact in it.facts if fact.value is not None]
    assert {value.provenance.region for value in values} <= {region, None}
