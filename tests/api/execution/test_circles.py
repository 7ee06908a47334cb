"""An execution leaves nothing to collect. What only the garbage collector frees keeps the catalog of its version in
memory, and all requests wait while it looks through what is live."""

import asyncio
import gc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from graphql import (
    ExecutionResult,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
    parse,
)
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.asking import SEEDED
from careergraph.api.base.errors import executed
from careergraph.api.execution.executor import budgeted, execute_document
from careergraph.api.limits.execution_budget import Allowance
from careergraph.api.schema import schema


@pytest.fixture
def collector() -> Iterator[None]:
    """A collector that runs when it is called."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("collector")
@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("{ careers(first: 3) { edges { node { slug skills { text } } } } }", []),
        ('{ comparison(a: "actuary", b: "plumber") { title verdict { conclusion { text } } } }', []),
        ('{ career(slug: "nope") { title } other: career(slug: "nope") { slug } }', ["UNKNOWN_CAREER"] * 2),
        ('{ comparison(a: "actuary", b: "actuary") { title } }', ["SAME_CAREER"]),
        ('{ careers(after: "x", first: 1) { totalCount } }', ["BAD_CURSOR"]),
    ],
)
def test_an_execution_leaves_nothing_to_collect(query: str, codes: list[str]) -> None:
    document, executor = parse(query), budgeted(schema.execution_context_class, Allowance())

    def run() -> list[str]:
        result = execute_document(schema._schema, document, executor, replace(SEEDED, past=set()), {})
        assert isinstance(result, ExecutionResult)
        return [error["extensions"]["code"] for error in executed(result.errors or ())]

    assert run() == codes  # what is kept for the next run is there
    gc.collect()
    assert run() == codes
    assert gc.collect() == 0


def test_what_waits_is_helped_all_the_same() -> None:
    """A host's schema may find types asynchronously: graphql-core gathers what they wait for by its helpers."""

    async def is_nurse(source: object, _: Any) -> bool:
        await asyncio.sleep(0)
        return source == "nurse"

    async def is_baker(source: object, _: Any) -> bool:
        await asyncio.sleep(0)
        return source == "baker"

    fields = {"name": GraphQLField(GraphQLString, resolve=lambda source, _: source)}
    career = GraphQLInterfaceType("Career", fields)
    types = [
        GraphQLObjectType("Nurse", fields, [career], is_type_of=is_nurse),
        GraphQLObjectType("Baker", fields, [career], is_type_of=is_baker),
    ]
    query = GraphQLObjectType("Query", {"career": GraphQLField(career, resolve=lambda *_: "baker")})
    host = GraphQLSchema(query, types=types)

    async def run() -> ExecutionResult:
        document = parse("{ career { __typename name } }")
        running = execute_document(
            host, document, budgeted(StrawberryGraphQLCoreExecutionContext, Allowance()), None, {}
        )
        assert not isinstance(running, ExecutionResult)
        return await running

    assert asyncio.run(run()) == ({"career": {"__typename": "Baker", "name": "baker"}}, None)
