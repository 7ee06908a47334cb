"""Changes: exactly the pages whose answers changed, a stretch at a time, or everything where everything is touched."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest

from api.asking import SMALL, answer, code
from api.regions import A as ENGINEER
from api.regions import catalog_with, salary
from careergraph.api.base.context import Context, no_version
from careergraph.api.base.page_key import KINDS, START, PageChange, PageKey, PageKind
from careergraph.api.changes import detect
from careergraph.api.changes.page_documents import (
    CAREER,
    CATEGORY,
    CHANGES,
    COLLECTION,
    COMPARISON,
    SKILL,
    text_of,
    trusted,
)
from careergraph.api.schema import schema
from careergraph.engine.comparison.compare import VERSUS
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.version import ENGINE
from careergraph.store.catalogs.past import EPOCH
from truth import few
from truth.few import A, B

ASK = """query($since: Int!, $first: Int, $after: String, $engine: String) {
  changes(since: $since, first: $first, after: $after, engine: $engine) {
    since version engine everything because pages { page slug change } next
  } }"""
Page = tuple[str, str, str]


def context(*catalogs: Catalog) -> Context:
    """A request to the last of several versions."""
    versions = {it.version: it for it in catalogs}

    def at_version(version: int) -> Catalog:
        return versions.get(version) or no_version(version)

    return Context(catalogs[-1], lambda _: catalogs[-1], at_version=at_version)


def read_changes(where: Context, since: int = 1, **more: object) -> dict[str, Any]:
    changes: dict[str, Any] = answer(ASK, where, since=since, **more)["changes"]
    return changes


def walked(where: Context, first: int, since: int = 1) -> list[Page]:
    """All pages, asked for a few at a time."""
    pages: list[Page] = []
    after = None
    while True:
        stretch = read_changes(where, since, first=first, after=after)
        assert not stretch["everything"]
        assert len(stretch["pages"]) <= first
        pages += [(it["page"], it["slug"], it["change"]) for it in stretch["pages"]]
        after = stretch["next"]
        if after is None:
            return pages


def in_full(before: Catalog, later: Catalog) -> list[Page]:
    """What changed, found by answering every page of either catalog in every locale, and nothing cleverer."""
    states = [dict(_pages(it)) for it in (before, later)]
    pages = []
    for place in sorted(states[0].keys() | states[1].keys()):
        was, will = (state.get(place) for state in states)
        if was != will:
            change = "APPEARED" if was is None else "VANISHED" if will is None else "CHANGED"
            pages.append((KINDS[place[0]].value, VERSUS.join(place[1:]), change))
    return pages


def _pages(catalog: Catalog) -> Iterator[tuple[tuple[Any, ...], object]]:
    def read(name: str, **of: str) -> list[bytes]:
        page = trusted(schema._schema, name)
        return [page.answer(catalog, lambda _: catalog, **of, locale=locale) for locale in catalog.locales]

    yield from (((0, slug), read(CAREER, slug=slug)) for slug in catalog.careers)
    yield from (((1, slug), read(SKILL, slug=slug)) for slug in catalog.skills)
    yield from (((2, slug), read(COLLECTION, slug=slug)) for slug in catalog.collections)
    yield from (((3, slug), read(CATEGORY, slug=slug)) for slug in catalog.categories)
    for a, b in combinations(catalog.careers, 2):
        notes = catalog.pairs_notes.get(VERSUS.join((a, b)))
        if not (notes and notes.hidden):
            yield (KINDS.index(PageKind.COMPARISON), a, b), read(COMPARISON, a=a, b=b)


def test_a_figure_of_a_further_region_changes_the_pages_of_its_career() -> None:
    """Those who choose no region read the same; who built pages of a region builds them anew."""
    before, later, without = (
        catalog_with({ENGINEER: [salary(60_000, most)] if most else []}, version)
        for version, most in enumerate((90_000, 95_000, 0), 1)
    )
    career = [("CAREER", ENGINEER, "CHANGED")]
    pairs = [("COMPARISON", VERSUS.join(sorted((ENGINEER, it))), "CHANGED") for it in before.careers if it != ENGINEER]
    expected = sorted(career + pairs)
    assert sorted(walked(context(before, later), first=100)) == expected
    assert sorted(walked(context(later, without), first=100, since=2)) == expected


EVERYTHING = {"an attribute": "ATTRIBUTES", "a phrase": "LOCALES"}


@pytest.mark.parametrize("name", [it for it in few.CHANGES if it not in EVERYTHING])
def test_it_finds_what_answering_every_page_finds(name: str) -> None:
    before, later = few.after(few.CHANGES[name])
    assert walked(context(before, later), first=3) == in_full(before, later)


@pytest.mark.parametrize("name", EVERYTHING)
def test_what_touches_everything_is_told_as_such(name: str) -> None:
    changes = read_changes(context(*few.after(few.CHANGES[name])))
    assert (changes["everything"], changes["because"], changes["pages"]) == (True, [EVERYTHING[name]], [])
    assert changes["version"] == 2


def test_another_engine_touches_everything() -> None:
    where = context(*few.after(few.CHANGES["nothing"]))
    assert read_changes(where, engine=ENGINE)["everything"] is False
    assert read_changes(where, engine="before")["because"] == ["ENGINE"]
    assert read_changes(where)["engine"] == ENGINE


def test_before_the_first_version_there_was_nothing() -> None:
    assert read_changes(SMALL, since=0)["because"] == ["NOTHING_BEFORE"]


def test_a_version_of_before_a_restore_touches_everything() -> None:
    restored = replace(SMALL.catalog, version=EPOCH + 1)
    answered = read_changes(context(SMALL.catalog, restored), since=9)
    assert (answered["everything"], answered["because"], answered["pages"]) == (True, ["RESTORED"], [])


def test_since_the_live_version_nothing_changed() -> None:
    before, later = few.after(few.CHANGES["a title"])
    changes = read_changes(context(before, later), since=2)
    assert (changes["pages"], changes["next"], changes["version"]) == ([], None, 2)


@pytest.mark.parametrize("since", [3, 99, -1, 2**31 - 1, -(2**31)])
def test_a_version_that_there_is_not_is_refused(since: int) -> None:
    where = context(*few.after(few.CHANGES["nothing"]))
    assert code("query($n: Int!) { changes(since: $n) { version } }", where, n=since) == Code.BAD_VERSION
    with pytest.raises(CodedError):
        no_version(since)


def test_only_what_is_touched_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A thousand careers make half a million pages; an edit of one must not cost more than its own."""
    before, later = few.after(few.CHANGES["a figure"])
    looked: list[PageKey] = []
    change = detect.ChangeDetector._change

    def counted(self: detect.ChangeDetector, place: PageKey) -> PageChange | None:
        looked.append(place)
        return change(self, place)

    monkeypatch.setattr(detect.ChangeDetector, "_change", counted)
    walked(context(before, later), first=100)
    pairs = [it for it in looked if it.page is PageKind.COMPARISON]
    assert all(A in (it.a, it.b) for it in pairs)
    assert len(pairs) == len(few.CAREERS) - 1


def test_an_answer_looks_at_so_many_pages_and_goes_on() -> None:
    """Where many pages are touched and none changed, an answer comes in time all the same."""
    before, later = few.after(few.CHANGES["a figure"])
    stretches = detect.ChangeDetector(schema=schema._schema, before=before, after=later, as_of=lambda _: later)
    whole = stretches.find(100)
    assert whole.next is None
    pages: list[object] = []
    place = START
    for _ in range(200):
        stretch = stretches.find(100, place, most=2)
        pages += stretch.pages
        if stretch.next is None:
            break
        assert stretch.next > place
        place = stretch.next
    assert tuple(pages) == whole.pages


def test_a_cursor_keeps_to_its_version() -> None:
    """A publish between two stretches neither hides a change nor shows one twice: the rest is for the next time."""
    before, later = few.after(few.CHANGES["a title"])
    newest = few.catalog(few.seeded(), 3)
    first = read_changes(context(before, later), first=1)
    rest = read_changes(context(before, later, newest), first=100, after=first["next"])
    assert rest["version"] == 2
    whole = read_changes(context(before, later), first=100)
    assert first["pages"] + rest["pages"] == whole["pages"]


@pytest.mark.parametrize("after", ["", "x", "bm9uc2Vuc2U", "W10", "é", "W" * 3000])
def test_cursors_of_others_are_refused(after: str) -> None:
    where = context(*few.after(few.CHANGES["a title"]))
    assert code(ASK, where, since=1, after=after) == Code.BAD_CURSOR
    begun = read_changes(where, first=1)["next"]
    assert code(ASK, where, since=2, after=begun) == Code.BAD_CURSOR


def test_drafts_in_a_preview_change_what_they_will_change() -> None:
    """In a preview the drafts lie over the version that is live: what they change since it is what they will change."""
    before, later = few.after(few.CHANGES["a pair"])
    preview = few.catalog(few.bodies_of(few.CHANGES["a pair"]), before.version)
    where = Context(preview, lambda _: before, at_version=lambda _: before)
    assert walked(where, first=10) == in_full(before, later) == [("COMPARISON", f"{A}-vs-{B}", "CHANGED")]


def test_the_document_that_ships_asks_what_a_site_needs() -> None:
    changes = answer(text_of(CHANGES), context(*few.after(few.CHANGES["a pair"])), since=1)["changes"]
    assert changes["pages"] == [{"page": "COMPARISON", "slug": f"{A}-vs-{B}", "change": "CHANGED", "newSlug": None}]


def _rename(bodies: few.Bodies) -> None:
    """Call the career A otherwise, wherever it is named."""
    bodies["career", "zookeeper"] = bodies.pop(("career", A)) | {"slug": "zookeeper"}
    for key, body in bodies.items():
        if key[0] == "collection":
            body["careers"] = ["zookeeper" if slug == A else slug for slug in body["careers"]]


def test_a_page_that_was_renamed_tells_its_new_slug() -> None:
    """The career, and each of its comparisons, in the order of their slugs. What was taken down has none."""
    bodies = few.bodies_of(_rename)
    for redirects in ({("career", A): "zookeeper"}, {}):
        later = few.catalog(bodies, 2, redirects)
        pages = answer(text_of(CHANGES), context(few.catalog(few.seeded()), later), since=1)["changes"]["pages"]
        slugs = {it["slug"]: it["newSlug"] for it in pages if it["change"] == "VANISHED"}
        others = [slug for slug in few.CAREERS if slug != A]
        assert slugs.keys() == {A, *[f"{A}-vs-{slug}" for slug in others]}
        if redirects:
            assert slugs == {A: "zookeeper", **{f"{A}-vs-{slug}": f"{slug}-vs-zookeeper" for slug in others}}
        else:
            assert set(slugs.values()) == {None}
        assert all(it["newSlug"] is None for it in pages if it["change"] != "VANISHED")
