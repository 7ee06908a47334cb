"""The page of a comparison by each way of execution: graphql-core's, ours, and its compiled plan.

    python -m benchmarks.executors [--pairs 60] [--rounds 9]

Milliseconds of CPU for each page: the least of all rounds, in which each way has its turn.
"""

import argparse
import sys
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from random import Random
from time import process_time

sys.path.append(str(Path(__file__).parents[1] / "tests"))

from graphql import ExecutionResult, execute, get_operation_ast, parse
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from api.asking import SEEDED
from api.worst import set_aside
from careergraph.api.changes.page_documents import COMPARISON, text_of
from careergraph.api.compiler import compile_plan
from careergraph.api.execution.standard import StandardExecutor
from careergraph.api.limits.check_limits import check_limits
from careergraph.api.limits.limits import Limits
from careergraph.api.schema import schema

DOCUMENT = parse(text_of(COMPARISON))
Page = Callable[[str, str], object]


def main() -> None:
    """Measures and prints a line for each way."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.executors", description=__doc__)
    parser.add_argument("--pairs", type=int, default=60, help="pairs whose pages are measured")
    parser.add_argument("--rounds", type=int, default=9, help="rounds of which the fastest counts")
    options = parser.parse_args()
    pairs = Random(1).sample(list(combinations(sorted(SEEDED.catalog.careers), 2)), options.pairs)
    ways = {
        "graphql-core": _by(StrawberryGraphQLCoreExecutionContext),
        "standard execution": _by(StandardExecutor),
        "compiled plan": _by_plan(),
    }
    least = dict.fromkeys(ways, float("inf"))
    with set_aside():
        for _ in range(options.rounds):
            for name, page in ways.items():
                least[name] = min(least[name], _milliseconds(page, pairs))
    cost = check_limits(schema._schema, DOCUMENT, get_operation_ast(DOCUMENT, None), Limits()).cost  # type: ignore[arg-type]
    print(f"a page costs {cost:.0f} units, {cost / 50:.1f} ms; mean of {len(pairs)} pages of the seed")
    for name, milliseconds in least.items():
        times = least["graphql-core"] / milliseconds
        print(f"{name:<20}{milliseconds:6.2f} ms, {times:.1f} times as fast as graphql-core")


def _by(executor: type[StrawberryGraphQLCoreExecutionContext]) -> Page:
    def page(a: str, b: str) -> object:
        result = execute(
            schema._schema,
            DOCUMENT,
            context_value=SEEDED,
            variable_values={"a": a, "b": b, "locale": "en"},
            executor_class=executor,
            operation_extensions=None,
        )
        assert isinstance(result, ExecutionResult) and not result.errors
        return result

    return page


def _by_plan() -> Page:
    plan = compile_plan(schema._schema, DOCUMENT, soon=1)
    assert plan is not None
    return lambda a, b: plan.run({"a": a, "b": b, "locale": "en"}, SEEDED)


def _milliseconds(page: Page, pairs: list[tuple[str, str]]) -> float:
    start = process_time()
    for a, b in pairs:
        page(a, b)
    return (process_time() - start) * 1e3 / len(pairs)


if __name__ == "__main__":
    main()
