"""What a plan covers, when it is compiled, what it keeps, and what it leaves to standard execution."""

import gc
import json
import weakref
from dataclasses import replace
from typing import Any

import msgspec
import pytest
import strawberry
from graphql import ExecutionResult, GraphQLInterfaceType, GraphQLObjectType, get_named_type, is_leaf_type, parse

from api import small
from api.asking import SEEDED, SMALL
from api.compiler.comparing import CORE, standard
from careergraph.api.base.context import Context
from careergraph.api.compiler import Plan, compile_plan, fragment_shelf
from careergraph.api.compiler import fragment_cache as keeping

PAIR = 'comparison(a: "carpenter", b: "nurse")'
FACTS = "facts { career { title } attribute { label } value { display } part skill { name } count }"


def planned(query: str, soon: int = 1) -> Plan:
    plan = compile_plan(CORE, parse(query), None, soon=soon)
    assert plan is not None
    return plan


def same(query: str, context: Context = SMALL, **variables: object) -> Any:
    """The answer of a plan, which must be that of standard execution."""
    expected = standard(parse(query), variables, context)
    assert not expected.errors
    content = planned(query).run(variables, context)
    assert content == encoded(expected)
    return json.loads(content)["data"]


def encoded(expected: ExecutionResult) -> bytes:
    return msgspec.json.encode({"data": expected.data})


def left(query: str, context: Context = SMALL, **variables: object) -> bool:
    """Whether a query is left to standard execution."""
    plan = compile_plan(CORE, parse(query), None, soon=1)
    return plan is None or plan.run(variables, context) is None


def fields_of(type_: GraphQLObjectType) -> str:
    """All fields of a type that have neither arguments nor fields of their own."""
    return " ".join(name for name, it in type_.fields.items() if not it.args and is_leaf_type(get_named_type(it.type)))


@pytest.mark.parametrize(
    "query",
    [
        f"{{ {PAIR} {{ title summary {{ text {FACTS} }} glance {{ rows {{ outcome obstacle a {{ display }} }} }} }} }}",
        f"{{ {PAIR} {{ skills {{ overlap aOnly {{ text }} shared {{ concept {{ name }} }} }} }} }}",
        f"{{ {PAIR} {{ verdict {{ chooseA {{ reasons {{ text {FACTS} }} }} conclusion {{ text }} }} }} }}",
        f"{{ {PAIR} {{ transition(from: B) {{ grade months covered keep {{ text }} }} }} }}",
        "{ careers(first: 2) { edges { cursor node { title skills { text } } } pageInfo { endCursor } } }",
        "{ attributes { key options { key label } } catalog { version engine } viewer { name } }",
        '{ search(text: "wood") { score node { __typename ... on Skill { name } ... on Career { title } } } }',
        '{ career(slug: "carpenter", locale: "de") { title fallbackFields roadmap { stages { resources { url } } } } }',
        '{ career(slug: "carpenter") { publishedAt values { ... on MoneyRange { low } observedOn source { kind } } } }',
    ],
)
def test_whole_pages_are_covered(query: str) -> None:
    same(query)
    same(query, SMALL)


@pytest.mark.parametrize("first", [0, 1, 3])
@pytest.mark.parametrize(
    "edge",
    [
        "node { title }",
        "x: node { s: slug skills { text } }",
        "cursor node { title }",
        "__typename",
        "cursor @skip(if: true)",
    ],
)
def test_lists_of_kept_items_are_the_same(edge: str, first: int) -> None:
    query = f"{{ careers(first: {first}) {{ edges {{ {edge} }} }} }}"
    plan, expected = planned(query), encoded(standard(parse(query), {}, SMALL))
    assert [plan.run({}, SMALL) for _ in range(3)] == [expected] * 3, "the first run renders what the others keep"
    keeping._room.take(keeping._room.most, keeping._room.shelf())  # all is dropped
    assert plan.run({}, SMALL) == expected


def test_pages_of_one_list_are_slices_of_one_row() -> None:
    """Its row is as long as the list, however many pages are read of it; a list that is made anew has none."""
    query = "query($n: Int, $in: CareerFilter) { careers(last: $n, filter: $in) { edges { node { title } } } }"
    others, plan = set(keeping._room.caches), planned(query)
    for category in (None, {"category": "craft"}):
        for count in (1, 3, 2) * 3:
            variables = {"n": count, "in": category}
            assert plan.run(variables, SMALL) == encoded(standard(parse(query), variables, SMALL))
    (cache,) = set(keeping._room.caches) - others
    rows = [row for edition in cache.editions() for shelf in edition.shelves for row in shelf.rows.values()]
    assert list(map(len, rows)) == [len(small.NEW.careers)]


@pytest.mark.parametrize(
    ("query", "is_cached"),
    [
        ('{ career(slug: "nurse") { title } }', False),
        (f"{{ {PAIR} {{ b {{ title }} }} }}", True),
        ("{ careers { edges { node { title } } } }", True),
        ("{ attributes { label } }", True),
    ],
)
def test_what_is_asked_for_alone_is_not_cached(query: str, *, is_cached: bool) -> None:
    """Each page of a career is one, and most are asked for but once."""
    others, plan = set(keeping._room.caches), planned(query)
    assert plan.run({}, SMALL) == encoded(standard(parse(query), {}, SMALL))
    (cache,) = set(keeping._room.caches) - others
    shelves = [shelf for edition in cache.editions() for shelf in edition.shelves]
    assert any(len(shelf) > len(fragment_shelf.PROBES) for shelf in shelves) is is_cached


def test_every_type_is_covered() -> None:
    """A new type or field must be one that plans can read: else all queries for it run at a tenth of the speed."""
    roots = {
        "Career": 'career(slug: "carpenter")',
        "Category": 'category(slug: "craft")',
        "Skill": 'skill(slug: "wood")',
        "Comparison": PAIR,
        "CatalogInfo": "catalog",
        "Collection": 'collection(slug: "hands")',
    }
    for name, root in roots.items():
        type_ = CORE.type_map[name]
        assert isinstance(type_, GraphQLObjectType)
        same(f"{{ {root} {{ __typename {fields_of(type_)} }} }}")
    value = CORE.type_map["Value"]
    assert isinstance(value, GraphQLInterfaceType)
    kinds = " ".join(f"... on {it.name} {{ {fields_of(it)} }}" for it in CORE.get_possible_types(value)).replace(
        " value ", " number: value "
    )
    assert len(same(f'{{ career(slug: "carpenter") {{ values {{ {kinds} }} }} }}')["career"]["values"]) == 5


def test_variables_decide_what_is_selected_and_in_which_order() -> None:
    query = """query ($p: Boolean!, $slug: String = "nurse") {
      career(slug: $slug) { title @skip(if: $p) slug ...F @include(if: $p) title } }
      fragment F on Career { summary category { name } }"""
    plan = planned(query)
    for p in (True, False, True):
        for variables in ({"p": p}, {"p": p, "slug": "roofer"}):
            expected = standard(parse(query), variables, SMALL)
            assert plan.run(variables, SMALL) == encoded(expected)


@pytest.mark.parametrize(
    "query",
    [
        "{ __schema { queryType { name } } }",
        "subscription { x }",
        '{ career(slug: "nobody") { title } catalog { version } }',
        '{ comparison(a: "nurse", b: "nurse") { title } }',
        '{ nodes(ids: ["x"]) { id } }',
        "{ careers(first: 101) { totalCount } }",
        "query ($n: Int!) { careers(first: $n) { totalCount } }",
    ],
)
def test_errors_and_what_is_not_covered_are_left(query: str) -> None:
    assert left(query)


def test_a_hosts_own_resolver_is_left() -> None:
    @strawberry.type
    class Query:
        @strawberry.field
        def hello(self) -> str:
            return "there"

    plan = compile_plan(strawberry.Schema(query=Query)._schema, parse("{ hello }"), None, soon=1)
    assert plan is None or plan.run({}, SMALL) is None


def test_a_plan_is_compiled_when_it_comes_again() -> None:
    plan = planned("{ catalog { version } }", soon=2)
    assert plan.run({}, SMALL) is None and not plan.compiled
    assert plan.run({}, SMALL) == b'{"data":{"catalog":{"version":2}}}' and plan.compiled


def test_no_fragment_is_stale() -> None:
    """One plan over two versions, and over two locales, of one catalog."""
    query = 'query ($l: String) { career(slug: "carpenter", locale: $l) { title collections { careers { slug } } } }'
    plan = planned(query)
    for _ in range(2):
        for catalog in (small.OLD, small.NEW):
            for locale in ("en", "de", None):
                context = Context(catalog, small.as_of)
                expected = standard(parse(query), {"l": locale}, context)
                assert plan.run({"l": locale}, context) == encoded(expected)


def test_ids_of_a_dated_view_are_kept_apart() -> None:
    """The same career of the same edition has two ids: one now, and one as of a date."""
    query = """query ($d: DateTime) { career(slug: "carpenter", asOf: $d) { id collections { id } } }"""
    plan, dated = planned(query), {"d": small.SECOND.isoformat()}
    answers = {plan.run(variables, replace(SMALL, past=set())) for variables in ({}, dated, {}, dated)}
    assert len(answers) == 2 and None not in answers


def test_fragments_go_with_their_catalog() -> None:
    plan = planned('{ career(slug: "nurse") { title category { name } } }')
    catalog = small._catalog(3, small.SECOND, (small.CARPENTER, small.NURSE))
    assert plan.run({}, Context(catalog, small.as_of)) is not None
    gone = weakref.ref(catalog)
    del catalog
    gc.collect()
    assert gone() is None


def test_fragments_have_only_so_much_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "ROOM", 2000)
    monkeypatch.setattr(keeping, "FOR_A_CAREER", 0)
    query = "{ careers(first: 20) { edges { node { title summary skills { text } } } } }"
    plan = planned(query)
    expected = encoded(standard(parse(query), {}, SEEDED))
    assert [plan.run({}, SEEDED) for _ in range(3)] == [expected] * 3
    assert keeping.taken() <= 2000 + len(expected)


def taken_by(edition: keeping.Edition) -> int:
    return sum(shelf.taken for shelf in edition.shelves)


def test_room_is_made_by_what_is_not_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    """A plan that runs again and again keeps its fragments, whatever else is asked for now and then."""
    monkeypatch.setattr(keeping, "FOR_A_CAREER", 0)
    for cache in list(keeping._room.caches):
        cache.empty()
    others = set(keeping._room.caches)
    often, *seldom = [
        planned(f"{{ careers(first: {count}) {{ edges {{ node {{ title summary skills {{ text }} }} }} }} }}")
        for count in (20, 19, 18, 17, 16)
    ]
    often.run({}, SEEDED)
    monkeypatch.setattr(keeping, "ROOM", keeping.taken() * 2 + 100)
    (cache,) = [it for it in set(keeping._room.caches) - others if any(map(taken_by, it.editions()))]
    (edition,) = cache.editions()
    taken = taken_by(edition)
    for plan in seldom:
        assert plan.run({}, SEEDED) is not None
        assert often.run({}, SEEDED) is not None
        assert taken_by(edition) >= taken
        assert keeping.taken() <= keeping._room.most
    assert keeping.taken() == sum(taken_by(each) for it in keeping._room.caches for each in it.editions())


def test_a_plan_that_is_gone_takes_no_room() -> None:
    before, plan = keeping.taken(), planned("{ careers(first: 15) { edges { node { title summary } } } }")
    plan.run({}, SEEDED)
    assert keeping.taken() > before
    del plan
    gc.collect()
    assert keeping.taken() == before


@pytest.mark.parametrize(("texts", "kept"), [(["x" * 50] * 5, 1), ([f"{it:050}" for it in range(5)], 5)])
def test_longer_fragments_that_are_the_same_are_one_while_enough_are(
    monkeypatch: pytest.MonkeyPatch, texts: list[str], kept: int
) -> None:
    monkeypatch.setattr(fragment_shelf, "PATIENCE", 3)
    shelf = keeping._room.shelf()
    sources = [object() for _ in texts]
    raws = [shelf.put(source, text) for source, text in zip(sources, texts, strict=True)]
    assert [shelf[id(source)] for source in sources] == raws
    assert len({id(raw) for raw in raws}) == kept
    assert len(shelf.shared) == min(kept, 3)


def test_an_operation_may_be_too_large() -> None:
    assert left(f'{{ career(slug: "nurse") {{ {" ".join(f"x{n}: title" for n in range(2001))} }} }}')


def test_fragments_in_fragments_are_compiled_once() -> None:
    """Else a short operation could be a long plan: here 5 ** 6 fields at its end."""
    spread = " ".join(f"x{n}: compareWith(first: {n}) {{ ...F%s }}" for n in range(5))
    bomb = " ".join(f"fragment F{n} on Career {{ {spread.replace('%s', str(n + 1))} }}" for n in range(6))
    same(f'{{ career(slug: "nurse") {{ ...F0 }} }} {bomb} fragment F6 on Career {{ slug }}')


def test_catalogs_are_the_only_thing_that_answers_depend_on() -> None:
    """Two catalogs that share a category do not share what is kept of it."""
    assert small.NEW.categories["care"] is small.OLD.categories["care"]
    query = '{ category(slug: "care") { careers { totalCount } } }'
    plan = planned(query)
    contents = [plan.run({}, Context(it, small.as_of)) for it in (small.OLD, small.NEW, small.OLD)]
    assert contents[0] == contents[2] != contents[1]
