"""Documents that are kept: how much memory they take, and what it takes to price one, is bounded whatever is sent."""

import tracemalloc
from dataclasses import replace

import anyio
import pytest

from api.asking import SEEDED
from careergraph.api.base.codes import GraphQLCode
from careergraph.api.changes.page_documents import COMPARISON, text_of
from careergraph.api.limits.limits import LimitExceeded
from careergraph.api.schema import schema
from careergraph.web.core.config import Config
from careergraph.web.execution.documents import Documents, Operation
from careergraph.web.execution.execution import ExecutionRequest, Executor

PAGE = "\n".join(line for line in text_of(COMPARISON).splitlines() if not line.startswith("#"))
PAIR = {"a": "accountant", "b": "actuary"}


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
    grown, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert grown < 200 * 10 * len(PAGE)


def test_documents_are_let_go_of_where_they_are_long_together() -> None:
    executor = Executor(schema, replace(Config(), documents_bytes=1000))
    queries = [f"query Q{number} {{ catalog {{ version }} }}" for number in range(100)]
    operations = [executor.documents.find(query, None) for query in queries]
    assert executor.documents.find(queries[-1], None) is operations[-1]
    assert executor.documents.find(queries[0], None) is not operations[0]


def test_a_flood_of_values_is_refused_before_it_is_coerced(monkeypatch: pytest.MonkeyPatch) -> None:
    """Coercing each is what takes long; counting them does not."""
    documents = Documents(schema, Config())
    operation = documents.find("query($ids: [ID!]!) { nodes(ids: $ids) { id } }", None)
    assert isinstance(operation, Operation)

    def coerce(variables: object) -> object:
        raise AssertionError("coerced")

    monkeypatch.setattr(operation.coercion, "coerce", coerce)
    with pytest.raises(LimitExceeded) as exceeded:
        documents.price(operation, {"ids": ["x"] * 30_000})
    assert exceeded.value.code is GraphQLCode.TOO_COSTLY
