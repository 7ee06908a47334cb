"""Comparing plans with standard execution: the same bytes, or none."""

from collections import Counter
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

from graphql import DocumentNode, ExecutionResult, Executor, GraphQLError, execute, parse, validate
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.asking import RULES, SEEDED, SMALL
from api.compiler.queries import Maker, Pools, Query
from careergraph.api.base.context import Context
from careergraph.api.compiler import compile_plan
from careergraph.api.compiler.fallback import Reason, fallback_counts
from careergraph.api.compiler.fragment_shelf import encode
from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.schema import schema

CORE = schema._schema


def standard(
    document: DocumentNode,
    variables: dict[str, Any],
    context: Context,
    executor: type[Executor[Any]] = StrawberryGraphQLCoreExecutionContext,
) -> ExecutionResult:
    """What standard execution answers: that of the library, unless told otherwise."""
    result = execute(
        CORE,
        document,
        context_value=replace(context, past=set()),  # as the web layer does: one for each operation
        variable_values=variables,
        executor_class=executor,
        operation_extensions=None,
    )
    assert isinstance(result, ExecutionResult)
    return result


@dataclass
class Comparison:
    """Runs cases, and counts what became of them."""

    random: Random
    counts: Counter[str] = field(default_factory=Counter)
    different: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)

    def run(self, cases: int) -> None:
        """Compares so many valid queries."""
        makers = [(context, Pools.of(context.catalog)) for context in (SMALL, SMALL, SMALL, SEEDED)]
        while self.counts["cases"] < cases:
            context, pools = self.random.choice(makers)
            query = Maker(CORE, self.random, pools, self.ids[-20:]).make()
            document = _document(query)
            if document is None:
                self.counts["not valid"] += 1
                continue
            self.counts["cases"] += 1
            self._compare(query, document, context)

    def _compare(self, query: Query, document: DocumentNode, context: Context) -> None:
        plan = compile_plan(CORE, document, "Q", soon=1)
        expected = standard(document, query.variables, context)
        self._compare_executors(query, expected, standard(document, query.variables, context, StandardExecutor))
        if plan is None:
            self.counts["not covered"] += 1
            return
        bugs = fallback_counts()[Reason.BUG]
        kept = [plan.run(query.variables, replace(context, past=set())) for _ in range(2)]
        if expected.errors:
            self.counts["errors"] += 1
            wrong = any(it is not None for it in kept)
        else:
            expected_bytes = encode({"data": expected.data})
            self.counts["the same bytes"] += kept == [expected_bytes, expected_bytes]
            self.counts["bytes"] += len(expected_bytes)
            self.counts["left to standard execution"] += kept == [None, None]
            wrong = any(it not in (expected_bytes, None) for it in kept) or kept.count(None) == 1
            self._learn(expected.data)
        wrong = wrong or fallback_counts()[Reason.BUG] > bugs
        if wrong:
            self.different.append(f"{query.text}\n{query.variables}\n{kept}\n{expected}")

    def _compare_executors(self, query: Query, expected: ExecutionResult, result: ExecutionResult) -> None:
        """Our executor gives what the library's does: data in the same order, and the same errors in the same order."""
        same = encode(expected.data) == encode(result.data) and formatted(expected) == formatted(result)
        self.counts["the same by both executors"] += same
        if not same:
            self.different.append(f"{query.text}\n{query.variables}\n{result}\n{expected}")

    def _learn(self, value: Any) -> None:
        """Keeps the ids of an answer, to ask for them later."""
        if isinstance(value, dict):
            for key, inside in value.items():
                if key == "id" and isinstance(inside, str) and len(inside) > 20:
                    self.ids.append(inside)
                self._learn(inside)
        elif isinstance(value, list):
            for inside in value[:3]:
                self._learn(inside)


def formatted(result: ExecutionResult) -> list[dict[str, Any]]:
    """The errors of a result with their messages, places and paths, and the errors that were raised."""
    return [{**error.formatted, "raised": repr(error.original_error)} for error in result.errors or ()]


def _document(query: Query) -> DocumentNode | None:
    try:
        document = parse(query.text)
    except GraphQLError:
        raise AssertionError(query.text) from None
    return None if validate(CORE, document, RULES, max_errors=1) else document
