"""The subgraph's schema: the public one, with what composition needs."""

from graphql import ObjectTypeDefinitionNode, parse, print_ast

from api.federation.test_entities import client
from careergraph.api.federation.entities import FINDERS
from careergraph.api.federation.subgraph_sdl import subgraph_sdl
from careergraph.api.schema import sdl
from clients.npm import print_schema


def test_it_is_the_public_schema_with_keys() -> None:
    """Nothing else differs, but for subscriptions, which gateways do not ask for in our way."""
    public = {print_ast(it) for it in parse(sdl()).definitions}
    added = [it for it in parse(subgraph_sdl()).definitions if print_ast(it) not in public]
    head, one_of, *types = added
    assert "federation/v2" in print_ast(head) and print_ast(one_of) == "directive @oneOf on INPUT_OBJECT"
    assert {it.name.value for it in types if isinstance(it, ObjectTypeDefinitionNode)} == {*FINDERS, "PageInfo"}
    left_out = public - {print_ast(it) for it in parse(subgraph_sdl()).definitions} - {print_ast(it) for it in types}
    assert len([it for it in left_out if "type Subscription" in it]) == 1 and len(left_out) == len(types) + 1


def test_a_gateway_and_a_command_are_told_the_same() -> None:
    answer = client().ask("{ _service { __typename sdl } }")
    assert answer["data"] == {"_service": {"__typename": "_Service", "sdl": subgraph_sdl()}}
    assert print_schema("--subgraph") == subgraph_sdl()


def test_it_is_kept_where_the_schema_is() -> None:
    """Without introspection `_service` is refused, and entities are answered."""
    closed = client(introspection=False)
    response = closed.post("/graphql", json={"query": "{ _service { sdl } }"}).json()
    assert [it["extensions"]["code"] for it in response["errors"]] == ["GRAPHQL_VALIDATION_FAILED"]
    query = '{ _entities(representations: {__typename: "Career", slug: "actuary"}) { __typename } }'
    assert closed.ask(query)["data"] == {"_entities": [{"__typename": "Career"}]}


def test_without_the_setting_there_is_no_subgraph() -> None:
    response = client(federation=False).post("/graphql", json={"query": "{ _service { sdl } }"}).json()
    assert [it["extensions"]["code"] for it in response["errors"]] == ["GRAPHQL_VALIDATION_FAILED"]
