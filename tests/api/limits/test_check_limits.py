"""Limits: what an operation has of each, measured in one pass that looks at each fragment once."""

import time

import pytest
from graphql import GraphQLObjectType, OperationDefinitionNode, get_introspection_query, parse
from pytest import approx

from careergraph.api.base.codes import GraphQLCode
from careergraph.api.limits.check_limits import LimitExceeded, check_cost, check_limits
from careergraph.api.limits.coercion import Coercion
from careergraph.api.limits.complexity import Complexity
from careergraph.api.limits.field_costs import (
    INTROSPECTION_COST,
    LEAF_COST,
    OBJECT_COST,
    OPERATION_COST,
    PAST_COST,
    WORD_COST,
)
from careergraph.api.limits.limits import Limits
from careergraph.api.schema import schema

PAIR = 'comparison(a: "x", b: "y")'


def measured(query: str, limits: Limits | None = None, **variables: object) -> Complexity:
    """The measure of a document's first operation, with its variables as graphql-core coerces them."""
    document = parse(query)
    operation = next(it for it in document.definitions if isinstance(it, OperationDefinitionNode))
    values = Coercion(schema._schema, operation).coerce(variables) if variables else None
    assert not isinstance(values, list), values
    return check_limits(schema._schema, document, operation, limits or Limits(), values)


def refused(query: str, **limits: int) -> tuple[str, int, int]:
    """By which limit an operation is refused, what it has and what it may have."""
    with pytest.raises(LimitExceeded) as raised:
        measured(query, Limits(**limits))
    extensions = raised.value.formatted()["extensions"]
    assert isinstance(extensions, dict)
    return extensions["code"], extensions["requested"], extensions["maximum"]


def nested(levels: int) -> str:
    """A query of so many levels."""
    return "{ " + f"{PAIR} {{ a {{ " + "compareWith { " * (levels - 3) + "slug" + " }" * levels


@pytest.mark.parametrize(
    ("query", "limits", "expected"),
    [
        (nested(13), {}, (GraphQLCode.TOO_DEEP, 13, 12)),
        ("{ " + " ".join(f"a{n}: __typename" for n in range(3)) + " }", {"aliases": 2}, ("TOO_MANY_ALIASES", 3, 2)),
        ("{ catalog { version } __typename categories { slug } }", {"root_fields": 2}, ("TOO_MANY_ROOT_FIELDS", 3, 2)),
        ("query @a @b { catalog { version @c } }", {"directives": 2}, ("TOO_MANY_DIRECTIVES", 3, 2)),
        ("{ catalog { version version version } }", {"duplicates": 1}, ("TOO_MANY_DUPLICATES", 2, 1)),
        (
            "{ ...A ...A ...A } fragment A on Query { ...B ...B } fragment B on Query { __typename }",
            {"spreads": 8},
            ("TOO_MANY_FRAGMENTS", 9, 8),
        ),
        (
            "{ ...A ...A } fragment A on Query { a: __typename b: __typename }",
            {"aliases": 3},
            ("TOO_MANY_ALIASES", 4, 3),
        ),
        ("{ ...A ...A } fragment A on Query @a { __typename }", {"directives": 1}, ("TOO_MANY_DIRECTIVES", 2, 1)),
    ],
)
def test_each_limit_refuses_what_goes_beyond_it(
    query: str, limits: dict[str, int], expected: tuple[str, int, int]
) -> None:
    assert refused(query, **limits) == expected
    by_one = {name: limits[name] + 10 for name in limits} or {"depth": 13}
    measured(query, Limits(**by_one))


def test_a_fragment_is_as_deep_as_where_it_is_spread() -> None:
    """What is measured once must count from each place."""
    fragment = "fragment F on Career { compareWith { compareWith { slug } } }"
    shallow = f"{{ {PAIR} {{ a {{ ...F }} }} }} {fragment}"
    assert measured(shallow).depth == 5
    deep = "{ " + f"{PAIR} {{ a {{ ...F compareWith {{ compareWith {{ ...F }} }} }} }} }} {fragment}"
    assert measured(deep).depth == 7
    assert refused(deep, depth=6)[0] == "TOO_DEEP"


def test_a_bomb_of_fragments_is_measured_in_an_instant() -> None:
    """Sixty fragments that double each time have 2^60 fields; limiters that walk them all would never end."""
    parts = "".join(f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }} " for n in range(60))
    start = time.process_time()
    code, requested, _ = refused("{ ...F0 } " + parts + "fragment F60 on Query { a: __typename }")
    assert time.process_time() - start < 0.5
    assert (code, requested) == ("TOO_MANY_ALIASES", 10**9)


@pytest.mark.parametrize(
    "query",
    [
        "{ ...A } fragment A on Query { ...A }",
        "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }",
        "{ ...Nowhere } ",
        "{ nothing { of { this { is { there } } } } }",
        "{ __typename { below } }",
        "query { ... on Nothing { x } }",
    ],
)
def test_what_is_not_valid_is_measured_all_the_same(query: str) -> None:
    """ComplexityCounter comes first, because validation costs most; what is wrong is for validation to say."""
    assert measured(query).cost >= 0


def test_lists_multiply() -> None:
    """A page of so many careers costs so many times what is asked of one."""
    ten = measured("{ careers(first: 10) { edges { node { slug title } } } }").cost
    hundred = measured("{ careers(first: 100) { edges { node { slug title } } } }").cost
    assert hundred - ten == approx(90 * (OBJECT_COST + 2 * LEAF_COST))
    usual = measured("{ careers { edges { node { slug title } } } }").cost
    assert usual == measured("{ careers(first: 20) { edges { node { slug title } } } }").cost
    assert measured("{ careers(first: 2147483647) { edges { node { slug title } } } }").cost == hundred
    inner = "compareWith(first: 10) { slug }"
    assert measured(f"{{ careers(first: 10) {{ edges {{ node {{ {inner} }} }} }} }}").cost > 100


def test_a_list_whose_size_is_a_variable_counts_with_what_is_given() -> None:
    query = "query($n: Int = 5) { careers(first: $n) { edges { node { slug } } } }"
    assert measured(query).variables == {"n"}
    by_default, by_hundred = measured(query).cost, measured(query, n=100).cost
    assert by_default == measured("{ careers(first: 5) { edges { node { slug } } } }").cost
    assert by_hundred == measured("{ careers(first: 100) { edges { node { slug } } } }").cost
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert measured(ids, ids=["x"] * 90).cost > measured(ids, ids=["x"]).cost


@pytest.mark.parametrize("hundred", [100, 100.0, 1e2])
def test_a_variable_counts_as_it_is_coerced(hundred: float) -> None:
    """GraphQL takes a float without a fraction for an Int: counted as anything else, four nested lists would come to a
    hundred million careers for the price of ten."""
    nest = "compareWith(first: $n) { " * 4 + "slug" + " }" * 4
    query = f'query($n: Int) {{ career(slug: "x") {{ {nest} }} }}'
    literal = query.replace("query($n: Int) ", "").replace("$n", "100")
    assert measured(query, n=hundred).cost == measured(literal).cost > 10**7


def test_one_value_for_a_list_counts_as_one() -> None:
    """GraphQL takes a single value for a list of it."""
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert measured(ids, ids="x").cost == measured(ids, ids=["x"]).cost == measured('{ nodes(ids: "x") { id } }').cost


def test_what_a_variable_has_by_default_counts() -> None:
    """A default of the operation is a value like any other: of a list, of a number in a list, of a text in a filter."""
    hundred = ", ".join(['"x"'] * 100)
    named = "{ id ... on Career { title summary } }"
    by_default = measured(f"query($ids: [ID!]! = [{hundred}]) {{ nodes(ids: $ids) {named} }}").cost
    assert by_default == measured(f"query($ids: [ID!]!) {{ nodes(ids: $ids) {named} }}", ids=["x"] * 100).cost
    assert by_default == measured(f"{{ nodes(ids: [{hundred}]) {named} }}").cost
    single = measured(f'query($id: ID! = "x") {{ nodes(ids: [$id, "y"]) {named} }}').cost
    assert single == measured(f'{{ nodes(ids: ["x", "y"]) {named} }}').cost
    words = measured('query($t: String = "two words") { careers(filter: {text: $t}) { totalCount } }')
    assert words.variables == {"t"}
    assert words.cost == measured('{ careers(filter: {text: "two words"}) { totalCount } }').cost
    both = measured("{ careers(first: 2, last: 90) { edges { cursor } } }").cost
    assert both == measured("{ careers(last: 90) { edges { cursor } } }").cost


def test_what_cannot_be_coerced_counts_as_nothing_there() -> None:
    """Execution refuses the field, in words. The one field of an input may be a variable that is null."""
    query = 'query($f: Boolean) { careers(filter: {attributes: [{attribute: "x", test: {flag: $f}}]}) { totalCount } }'
    assert measured(query, f=None).cost == measured("{ careers { totalCount } }").cost


def test_each_word_that_is_searched_for_costs() -> None:
    """Each is looked up among all words of the catalog. Beyond eight none is looked at."""
    none = measured("{ careers { totalCount } }").cost
    query = "query($f: CareerFilter) { careers(filter: $f) { totalCount } }"
    for count, words in ((1, 1), (8, 8), (30, 8)):
        text = " ".join(["word"] * count)
        assert measured(query, f={"text": text}).cost == none + words * WORD_COST
    assert measured('{ search(text: "a b") { score } }').cost == measured('{ search(text: "a") { score } }').cost + 50


def test_of_the_types_of_a_union_the_costliest_counts() -> None:
    """An item is of one type; the others cost nothing."""
    both = '{ search(text: "x") { node { ... on Career { compareWith { slug } } ... on Skill { slug } } } }'
    one = '{ search(text: "x") { node { ... on Career { compareWith { slug } } } } }'
    assert measured(both).cost == measured(one).cost


def test_introspection_costs_what_it_walks_through() -> None:
    """What tools send is answered once; several of them, or a bomb, are not."""
    names = measured("{ __schema { types { name } } }").cost
    types = len(schema._schema.type_map)
    assert names == approx(OPERATION_COST + OBJECT_COST + INTROSPECTION_COST * (1 + types))
    tools = get_introspection_query().removeprefix("query IntrospectionQuery")
    whole = measured(tools).cost
    assert 2000 < whole < Limits().cost
    body, fragments = tools.split("fragment FullType", 1)
    inner = body[body.index("{") + 1 : body.rindex("}")]
    twice = "{ a: " + inner + " b: " + inner + "} fragment FullType" + fragments
    assert measured(twice, Limits(duplicates=99)).cost > 2 * whole - 20
    of_type = "ofType { " * 8 + "name" + " }" * 8
    measured(f"{{ __schema {{ types {{ fields {{ type {{ {of_type} }} }} }} }} }}")
    deep = "{ __schema { types { " + "fields { type { " * 10 + "name" + " } }" * 10 + " } } }"
    assert refused(deep)[0] == "TOO_DEEP"
    wide = '{ __type(name: "Query") { ' + "fields { type { " * 4 + "name" + " } }" * 4 + " } }"
    assert measured(wide).cost > 10**5


def test_the_past_costs_as_much_as_a_heavy_field() -> None:
    """A catalog of the past may have to be read first. What is asked as of now pays nothing, however it is written."""
    now = measured('{ career(slug: "x") { slug } }').cost
    query = 'query($at: DateTime) { career(slug: "x", asOf: $at) { slug } }'
    assert measured('{ career(slug: "x", asOf: "2026-01-01T00:00:00Z") { slug } }').cost == approx(now + PAST_COST)
    assert measured(query, at="2026-01-01T00:00:00Z").cost == approx(now + PAST_COST)
    assert measured(query, at=None).cost == measured(query, other=1).cost == now
    assert measured('{ career(slug: "x", asOf: null) { slug } }').cost == now
    assert measured(query.replace("DateTime", 'DateTime = "2026-01-01T00:00:00Z"'), other=1).cost == approx(
        now + PAST_COST
    )


def test_what_costs_too_much_is_refused_with_what_it_costs() -> None:
    check_cost(5, Limits(cost=5))
    with pytest.raises(LimitExceeded, match="costs 6; at most 5"):
        check_cost(6, Limits(cost=5))
    with pytest.raises(LimitExceeded, match="more than"):
        check_cost(10**30, Limits(cost=5))


def test_every_list_of_the_schema_costs_more_with_more_below_it() -> None:
    """A field that forgot to declare its size would let a query ask for much and pay for little."""
    for type_ in schema._schema.type_map.values():
        if not isinstance(type_, GraphQLObjectType) or type_.name.startswith("__"):
            continue
        for name, field in type_.fields.items():
            if str(field.type).startswith("["):
                plain = f"fragment F on {type_.name} {{ {name} {{ __typename }} }} {{ ...F }}"
                more = f"fragment F on {type_.name} {{ {name} {{ __typename a: __typename }} }} {{ ...F }}"
                assert measured(more).cost >= measured(plain).cost + LEAF_COST - 1e-9, f"{type_.name}.{name}"
