"""The cache of documents: its memory, and the work of pricing one, are bounded whatever is sent."""

import gc
import tracemalloc
from threading import Event
from typing import NoReturn

import anyio
import httpx
import pytest
import strawberry

from api.asking import SEEDED
from careergraph.api.base.codes import GraphQLCode
from careergraph.api.changes.page_documents import COMPARISON, NAMES, text_of
from careergraph.api.limits.check_limits import LimitExceeded
from careergraph.api.readers_schema import readers_schema
from careergraph.api.schema import schema
from careergraph.web import parts
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.execution.document_cache import DocumentCache, Operation, SchemaNotBuilt
from careergraph.web.execution.executor import ExecutionRequest, Executor
from careergraph.web.response.operation_result import OperationResult
from web.stub import Shelf

PAGE = "\n".join(line for line in text_of(COMPARISON).splitlines() if not line.startswith("#"))
PAIR = {"a": "accountant", "b": "actuary"}


@pytest.mark.alone
def test_a_kept_document_takes_no_more_memory_than_is_said() -> None:
    """`documents_bytes` counts text, and says what a byte of it comes to at most, parsed and with its plan."""
    executor = Executor(schema, Config())

    async def send(*names: int) -> None:
        for name in names:
            operation = executor.documents.find(PAGE.replace("ComparisonPage", f"P{name}"), None)
            assert isinstance(operation, Operation)
            for _ in range(2):
                price = executor.documents.price(operation, PAIR)
                await executor.run(ExecutionRequest(operation, PAIR, SEEDED, "-", *price))
            assert operation.plan is not None and operation.plan.compiled

    anyio.run(send, 0)
    tracemalloc.start()
    anyio.run(send, *range(1, 11))
    gc.collect()  # what compiling left behind is not kept
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 200 * 10 * len(PAGE)


def test_documents_are_let_go_of_where_they_are_long_together() -> None:
    executor = Executor(schema, Config.of(documents_bytes=1000))
    queries = [f"query Q{number} {{ catalog {{ version }} }}" for number in range(100)]
    operations = [executor.documents.find(query, None) for query in queries]
    assert executor.documents.find(queries[-1], None) is operations[-1]
    assert executor.documents.find(queries[0], None) is not operations[0]


def test_a_flood_of_values_is_refused_before_it_is_coerced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coercing each is what takes long; counting them does not."""
    documents = DocumentCache(schema, Config())
    operation = documents.find("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", None)
    assert isinstance(operation, Operation)

    def coerce(variables: object) -> object:
        raise AssertionError("coerced")

    monkeypatch.setattr(operation.coercion, "coerce", coerce)
    with pytest.raises(LimitExceeded) as exceeded:
        documents.price(operation, {"ids": ["x"] * 30_000})
    assert exceeded.value.code is GraphQLCode.TOO_COSTLY


@pytest.mark.parametrize(
    "text",
    [
        "{ __schema { mutationType { name } types { name } } }",
        '{ __type(name: "Mutation") { name } }',
        '{ ...on Query @include(if: true) { t: __type(name: "Editor") { fields { name } } } }',
        "{ editor { me { name } } }",
        'mutation { deleteToken(name: "x") { __typename } }',
        "{ nothing catalog { editor } }",
        "query($k: [DocumentKeyInput!]) { nothing(k: $k) }",
        "fragment F on Editor { __typename } { catalog { version } }",
    ],
)
def test_what_does_not_fit_the_part_of_readers_is_answered_by_the_whole_schema(text: str) -> None:
    documents = DocumentCache(readers_schema, Config(), lambda: schema)
    before = documents.find('{ catalog { version } search(text: "law") { __typename } }', None)
    assert isinstance(before, Operation)
    assert before.schema is readers_schema._schema
    expected = DocumentCache(schema, Config()).find(text, None)
    with pytest.raises(SchemaNotBuilt):
        documents.find(text, None)
    documents.build()
    answer = documents.find(text, None)
    if isinstance(expected, Operation):
        assert isinstance(answer, Operation)
        assert (answer.schema, answer.complexity) == (schema._schema, expected.complexity)
    else:
        assert answer == expected


@pytest.mark.parametrize(
    "text",
    [
        "{ nothing }",
        "{ edito }",
        "{ catalog { nothing } }",
        '{ career(slug: "nurse", nothing: 1) { title } }',
        "query($x: Int!) { career(slug: $x) { title } }",
        "{ career { title } }",
        "{ careers(first: 3) { nodes { title { de } } } }",
        "{ ...F } fragment F on Query { nothing }",
        "fragment F on Career { title } { catalog { version } }",
        '{ a: catalog { version } a: career(slug: "nurse") { title } }',
        "subscription { nothing }",
        "{ careers(first: 100) { nodes { %s } } }" % ("similar(first: 50) { career { title } } " * 400),
    ],
)
def test_what_is_wrong_for_readers_is_refused_without_the_whole_schema(text: str) -> None:
    """In the same words. To build it for them took .7 s, and memory that a server without editors never needs."""
    refused = DocumentCache(readers_schema, Config(), _not_needed).find(text, None)
    assert isinstance(refused, OperationResult)
    assert refused == DocumentCache(schema, Config()).find(text, None)


def test_a_document_of_readers_costs_the_same_by_their_part() -> None:
    documents = DocumentCache(readers_schema, Config(), _not_needed), DocumentCache(schema, Config())
    for name in NAMES:
        part, whole = (it.find(text_of(name), None) for it in documents)
        assert isinstance(part, Operation)
        assert isinstance(whole, Operation)
        assert part.complexity == whole.complexity


def test_nobody_waits_while_the_whole_schema_is_built(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first document that needs it, such as an editor's, waits alone."""
    go_on = Event()

    def build() -> strawberry.Schema:
        assert go_on.wait(60)
        return schema

    monkeypatch.setattr(parts, "public_schema", build)
    transport = httpx.ASGITransport(CareerGraph(Config.of(work=False), open_catalogs=lambda _: Shelf()).asgi())
    introspected = list[str]()

    async def ask() -> None:
        async with httpx.AsyncClient(transport=transport, base_url="http://host") as client:

            async def introspect() -> None:
                answer = await client.post("/graphql", json={"query": "{ __schema { mutationType { name } } }"})
                introspected.append(answer.json()["data"]["__schema"]["mutationType"]["name"])

            async with anyio.create_task_group() as tasks:
                tasks.start_soon(introspect)
                await anyio.wait_all_tasks_blocked()
                answer = await client.post("/graphql", json={"query": "{ catalog { version } }"})
                assert answer.json()["data"]["catalog"]["version"] and not introspected
                go_on.set()

    anyio.run(ask)
    assert introspected == ["Mutation"]


def _not_needed() -> NoReturn:
    raise AssertionError("the whole schema is built")
