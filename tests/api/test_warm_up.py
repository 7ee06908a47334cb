"""Readiness: a catalog that was made ready, from another one or from nothing, answers as one that never was, and has
nothing left to derive."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from api.asking import answer
from careergraph.api.base.context import Context
from careergraph.api.connections.pairs import pairs_of_category
from careergraph.api.types.career_listing import CAREERS, all_careers, careers_of_category
from careergraph.api.warm_up import LOOKUPS, hand_over, steps
from careergraph.engine.content import Catalog
from careergraph.engine.search import search
from careergraph.engine.search.career_selection import DEFAULT_ORDER
from careergraph.engine.search.domain import domains
from careergraph.engine.search.item_words import Reader
from careergraph.engine.search.search_index import LOT
from careergraph.engine.similarity import pair_ranking
from careergraph.engine.similarity.incremental import renewed
from careergraph.engine.similarity.neighbours import neighbourhoods, worked_out
from careergraph.engine.text.facts import facts_of
from careergraph.engine.text.localized_career import all_localized, all_readings
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.skill_sets import skill_sets_of
from careergraph.engine.transition.path import nearby
from careergraph.store.catalogs.sharing import share_neighbourhoods
from engine import labour
from truth import few

TEXTS = ("data", "accuntant", "prod manag", "analyse", "spreadsheets", "geld", "bean", "x", "counter tables")
ASK = """query($career: String!, $locale: String) {
  search(text: "data", first: 5, locale: $locale) { score }
  career(slug: $career, locale: $locale) { title compareWith(first: 5) { slug } related(first: 5) { score } }
  careers(locale: $locale) { totalCount edges { node { title } } }
  comparisons(locale: $locale) { totalCount edges { node { title } } }
}"""


def ready(catalog: Catalog, before: Catalog | None = None) -> Catalog:
    for _ in steps(catalog, before):
        pass
    return catalog


def derived(catalog: Catalog) -> dict[str, Any]:
    """How much was derived of a catalog, by the name of what it is derived in."""
    editions = [it for it in catalog.localized.values() if isinstance(it, LocalizedCatalog)]
    return {
        **{name: len(it) for name, it in vars(catalog).items() if isinstance(it, dict)},
        **sizes("catalog", catalog.memo),
        **{f"{it.locale.code} memo": len(it.memo) for it in editions},
        **{name: size for it in editions for name, size in sizes(it.locale.code, it.memo).items()},
    }


def sizes(owner: str, memo: dict[object, object]) -> dict[str, int]:
    """How much each function derived."""
    return {f"{owner} {getattr(key, '__qualname__', key)}": len(it) for key, it in memo.items() if isinstance(it, dict)}


def derived_values(catalog: Catalog) -> Iterator[object]:
    """What is found of some texts in each locale: the slug, the score, and the text that matched."""
    for code in catalog.locales:
        for text in TEXTS:
            hits = search.search(localize(catalog, code), text, 100)
            yield code, text, [(type(it.item), it.item.slug, it.score, it.matched) for it in hits]


@pytest.mark.parametrize("change", few.CHANGES)
def test_it_answers_as_one_that_was_never_made_ready(change: str) -> None:
    before, fresh = few.after(few.CHANGES[change])
    after = ready(few.after(few.CHANGES[change])[1], ready(before))
    assert list(derived_values(after)) == list(derived_values(fresh))
    assert list(pair_ranking.ranking(after).items()) == list(pair_ranking.ranking(fresh).items())
    again = ready(few.catalog(few.seeded()), after)  # and back
    assert list(derived_values(again)) == list(derived_values(before))
    assert list(pair_ranking.ranking(again).items()) == list(pair_ranking.ranking(before).items())


@pytest.mark.parametrize("from_before", [False, True])
def test_nothing_is_left_to_derive(from_before: bool) -> None:
    """Whoever asks first, in whichever locale, pays for nothing that the next one does not pay for, but for the careers
    that are shown: in other locales than the default one these are rendered when they are asked for."""
    before, after = few.after(few.CHANGES["a title"])
    ready(after, before if from_before else None)
    before_update = derived(after)
    for code in after.locales:
        answer(ASK, Context(after, lambda _: after), career=few.A, locale=code)
    left = {name: size for name, size in derived(after).items() if before_update.get(name) != size}
    others = set(after.locales) - {after.default_locale}
    rendered = {f"{code} {name.__qualname__}" for code in others for name in (all_localized, all_readings)}
    assert {name for name in left if not name.endswith(" memo")} == rendered
    for name, size in left.items():  # careers that are shown, and phrases of an attribute, which are few
        assert size - before_update.get(name, 0) < 20


def test_careers_of_other_locales_are_rendered_when_they_are_asked_for() -> None:
    """Most catalogs have several locales, of which most readers ask for one: the others would take as much memory."""
    catalog = ready(few.catalog(few.seeded()))
    rendered = {code: len(localize(catalog, code).once(all_localized)) for code in catalog.locales}
    assert rendered == {code: len(catalog.careers) if code == catalog.default_locale else 0 for code in rendered}


def test_what_did_not_change_is_taken_from_before() -> None:
    before = ready(few.catalog(few.seeded()))
    after = few.catalog(few.seeded(), 2)
    shared = {slug: before.careers[slug] for slug in few.CAREERS[1:]}
    object.__setattr__(after, "careers", {**after.careers, **shared})
    ready(after, before)
    assert [slug for slug, career in after.careers.items() if facts_of(after, career) is facts_of(before, career)] == [
        *few.CAREERS[1:]
    ]
    assert all(skill_sets_of(after, it) is skill_sets_of(before, it) for it in shared.values())
    one, other = (search.index_of(localize(it, "en")) for it in (before, after))
    assert one.vocabulary._spellings is other.vocabulary._spellings


def test_a_search_takes_the_steps_that_the_warm_up_has_left() -> None:
    """Right after the start both would index the whole catalog otherwise, each at half the speed."""
    catalog = labour.market(1, 2 * LOT)
    localized, warm_up = localize(catalog), steps(catalog, None)
    next(warm_up)
    shared, index = localized.memo[search.STEPS], search.index_of(localized)
    assert list(shared) == []
    assert [*warm_up] and search.index_of(localized) is index
    assert search.STEPS not in localized.memo


def test_a_search_makes_the_index_where_the_warm_up_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = labour.market(1, 4)
    with monkeypatch.context() as patched:
        patched.setattr(Reader, "names", None)
        with pytest.raises(TypeError):
            ready(catalog)
    assert [*derived_values(catalog)] == [*derived_values(replace(catalog))]


def test_what_follows_from_the_catalog_before_is_what_it_is_from_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever changes: the lookups, the order of pairs and careers, the steps of paths, and what a search returns."""
    follow, followed = pair_ranking._follow, []

    def noted(*both: Catalog) -> bool:
        followed.append(follow(*both))
        return followed[-1]

    monkeypatch.setattr(pair_ranking, "_follow", noted)
    random, market = labour.drawing(1), labour.market(1, 300)
    catalog = ready(replace(market, neighbourhoods=worked_out(market)))
    for _ in range(4):
        after, earlier = labour.changed(random, catalog), neighbourhoods(catalog)
        near = share_neighbourhoods(earlier, renewed(catalog, earlier, after).neighbourhoods)
        after = replace(after, neighbourhoods=near, pairs_notes=catalog.pairs_notes)
        fresh = ready(replace(after))
        assert everything(ready(after, catalog)) == everything(fresh)
        catalog = after
    assert any(followed)


def everything(catalog: Catalog) -> dict[str, object]:
    """What a catalog derives of itself, in its order where it has one."""
    localized = localize(catalog)
    pairs = {it: pairs_of_category(catalog, it) for it in (None, *catalog.categories)}
    return {
        **{name: getattr(catalog, name) for name in LOOKUPS},
        "ranking": list(pair_ranking.ranking(catalog).items()),
        "partners": [[*pair_ranking.partners(catalog, (it,), 100)] for it in catalog.careers.values()],
        "nearby": dict(nearby(catalog)),
        "steps": dict(catalog.once(nearby)),
        "pairs": {name: [*listing.ranked, *listing.rest] for name, listing in pairs.items()},
        "careers": [it.slug for it in all_careers(localized, CAREERS, DEFAULT_ORDER).items],
        "fields": {it: [*careers_of_category(localized, it).items] for it in catalog.categories},
        "domains": {key: domains(catalog, key) for key in catalog.attributes},
        "search": [[(it.item.slug, it.score) for it in search.search(localized, text, 50)] for text in WORDS],
    }


WORDS = ("career 1", "summry", "carer 12", "ttle", "plan data", "analyse")


def test_what_was_indexed_so_far_is_handed_over() -> None:
    """A search in a catalog that comes while the first is warmed up ends what that has begun, and follows it."""
    first, second = few.after(few.CHANGES["the name of a skill"])
    warming = steps(first, None)
    next(warming)
    begun = localize(first).memo[search.STEPS]
    hand_over(second, first)
    assert search.NAME not in localize(first).memo
    search.index_of(localize(second))
    assert localize(first).memo[search.STEPS] is begun and search.NAME in localize(first).memo
    for _ in warming:
        pass
    for _ in steps(second, first):
        pass
    assert list(derived_values(second)) == list(derived_values(few.after(few.CHANGES["the name of a skill"])[1]))
    for code in first.locales:
        assert search.NAME in localize(second, code).memo
        assert search.STEPS not in localize(second, code).memo
