"""The worst queries for each root field: drawn at random, long, deep and wide, over what is largest in a catalog."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from time import process_time
from typing import Any, TypeVar

import msgspec
from graphql import ExecutionResult, execute, get_named_type, is_leaf_type, parse

from api.compiler.queries import Maker, Pools
from careergraph.api.base.codes import GraphQLCode
from careergraph.api.base.context import Context
from careergraph.api.limits.check_limits import LimitExceeded
from careergraph.api.limits.execution_budget import Budget
from careergraph.api.schema import schema
from careergraph.engine.content import Catalog
from careergraph.web.core.config import Config
from careergraph.web.execution.document_cache import DocumentCache, Operation, new_document_cost
from careergraph.web.execution.executor import UNLIMITED

Result = TypeVar("Result")

CORE = schema._schema
PRIVATE = ("editor", "viewer")
"""Root fields that answer nothing to a reader."""


PARTS = ("read", "standard", "compiled", "planned")


@dataclass(frozen=True)
class Work:
    """What one query costs, and what it takes in milliseconds of CPU: to be read (parsed, measured, validated), to be
    executed by the standard, to have its plan compiled and run, and to be run by its plan. `size` is of its answer."""

    query: str
    cost: int
    read: float
    standard: float
    compiled: float
    planned: float
    size: int

    @property
    def milliseconds(self) -> float:
        """The longer of its two ways of execution."""
        return max(self.standard, self.planned)

    @property
    def rate(self) -> float:
        """Milliseconds of execution for each 100 units of cost."""
        return self.milliseconds / self.cost * 100

    def least(self, other: "Work") -> "Work":
        """The shorter of two measurements of the same query, for each of its parts."""
        shorter = {name: min(getattr(self, name), getattr(other, name)) for name in PARTS}
        return replace(self, **shorter)

    def within(self, floor: float, rate: float) -> bool:
        """Whether execution takes at most `rate` milliseconds for each 100 units beyond a floor, and the first two
        requests together no more than that and the charge for a new document."""
        most = floor + rate * self.cost / 100
        first = self.read + self.standard + self.compiled
        return self.milliseconds <= most and first <= 2 * most + rate * new_document_cost(self.query) / 100


def worst_pools(catalog: Catalog) -> Pools:
    """Arguments that make work: the careers with the most skills and names, whole pages, texts of many words."""
    pools = Pools.of(catalog)
    careers = sorted(catalog.careers.values(), key=lambda it: (-len(it.skills) - len(it.aliases), it.slug))[:12]
    slugs = [it.slug for it in careers]
    skills = dict.fromkeys(skill.slug for career in careers for link in career.skills for skill in link.concepts)
    collections = sorted(catalog.collections.values(), key=lambda it: -len(it.careers))
    words = " ".join(catalog.careers[slug].title["en"] for slug in slugs[:3])
    pools.by_name.update(
        {
            **dict.fromkeys(("a", "b", "career.slug", "careers", "from", "to", "career"), slugs),
            **dict.fromkeys(("skill.slug", "skill"), list(skills)[:12]),
            "collection.slug": [it.slug for it in collections[:3]],
            "collection": [it.slug for it in collections[:3]],
            "category.slug": list(catalog.categories),
            "first": [100, 100, 50, 20, 5],
            "last": [None],
            "since": [0, catalog.version],
            "maxSteps": [4],
            "locale": [None, *catalog.locales],
            "text": [words, "engineer", "software data analysis nurse"],
            "search": [words, "data"],
            **{name: [None] for name in ("asOf", "after", "before", "engine")},
        }
    )
    return pools


class WorstMaker(Maker):
    """Makes queries of one root field, without what would leave fields out."""

    def make_for(self, root: str) -> str:
        """A query that asks for one root field, once or several times."""
        self._variables, self._values, self._fragments = {}, {}, []
        self._left = self.random.choice((10, 60, 150, 300))
        times = self.random.choice((1, 1, 1, 2, 6, 20))
        fields = [f"r{number}: {self._root(root)}" for number in range(times)]
        return "{ " + " ".join(fields) + " }"

    def _root(self, name: str) -> str:
        self._of = name
        definition = CORE.get_field(self.schema.query_type, name)  # type: ignore[arg-type]
        assert definition is not None
        arguments = self._arguments(definition.args)
        inner: Any = get_named_type(definition.type)
        below = "" if is_leaf_type(inner) else " " + self._selection(inner, self.random.randint(1, 7))
        return f"{name}{arguments}{below}"

    def _directives(self) -> str:
        return ""

    def _variable(self, type_: Any, literal: str) -> str:
        return literal

    def _spread(self, type_: Any, depth: int) -> str:
        return "... " + self._selection(type_, depth)


def works(context: Context, roots: list[str], random: Random, cases: int) -> Iterator[tuple[str, Work]]:
    """So many valid queries that the default limits let through, in turn for each root field, and what each takes."""
    pools, ids = worst_pools(context.catalog), _ids(context)
    count = -len(roots)  # the first of each is not counted: it fills what is filled once in a process
    while count < cases:
        root = roots[count % len(roots)]
        query = WorstMaker(CORE, random, pools, ids).make_for(root)
        work = measured(query, context)
        if work is not None:
            count += 1
            if count > 0:
                yield root, work


@contextmanager
def set_aside() -> Iterator[None]:
    """Keeps the garbage collector from whatever is loaded, as a server does. What other tests have left is much."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def measured(query: str, context: Context) -> Work | None:
    """What a query takes; None where it is not valid or refused."""
    documents = DocumentCache(schema, Config.of(max_duplicates=1000, max_aliases=1000))
    read, operation = _timed(lambda: documents.find(query, None))
    if not isinstance(operation, Operation):
        assert GraphQLCode.GRAPHQL_PARSE_FAILED not in operation.codes, query
        return None
    try:
        values, cost, _ = documents.price(operation, None)
    except LimitExceeded:
        return None
    assert values is not None
    plan = operation.plan
    standard, content = _timed(lambda: msgspec.json.encode(_standard(operation, context).data))
    if plan is None:
        return Work(query, cost, read, standard, 0.0, 0.0, len(content))
    run = partial(plan.run_coerced, values, context, None, Budget(UNLIMITED))
    run()
    compiled, _ = _timed(run)
    planned, _ = _timed(run)
    return Work(query, cost, read, standard, compiled, planned, len(content))


def _timed(work: Callable[[], Result]) -> tuple[float, Result]:
    start = process_time()
    result = work()
    return (process_time() - start) * 1e3, result


def _standard(operation: Operation, context: Context) -> ExecutionResult:
    result = execute(
        CORE,
        operation.document,
        context_value=context,
        executor_class=schema.execution_context_class,
        operation_extensions=None,
    )
    assert isinstance(result, ExecutionResult)
    return result


def _ids(context: Context) -> list[str]:
    query = "{ careers(first: 10) { edges { node { id } } } skills(first: 5) { edges { node { id } } } }"
    result = execute(
        CORE,
        parse(query),
        context_value=context,
        executor_class=schema.execution_context_class,
        operation_extensions=None,
    )
    assert isinstance(result, ExecutionResult) and result.data is not None
    return [edge["node"]["id"] for name in ("careers", "skills") for edge in result.data[name]["edges"]]
