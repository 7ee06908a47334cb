"""Every fallback to standard execution is counted by its reason, and logged once for each operation."""

import logging

import pytest
import strawberry
from graphql import parse

from api.asking import SMALL
from api.compiler.comparing import CORE, standard
from careergraph.api.compiler import Plan, compile_plan
from careergraph.api.compiler.fallback import Reason, fallback_counts
from careergraph.api.compiler.fragment_shelf import encode
from careergraph.api.compiler.leaf import Leaves
from careergraph.api.editors_query import Query
from careergraph.api.schema import build_schema


def plan_of(query: str, soon: int = 1) -> Plan:
    plan = compile_plan(CORE, parse(query), None, soon=soon)
    assert plan is not None
    return plan


REASONS = {
    "{ __schema { queryType { name } } }": Reason.INTROSPECTION,
    'query ($p: Boolean = true) { career(slug: "nurse") { title @include(if: $p) } }': None,
    'query Named @skip(if: false) { career(slug: "nurse") { title } }': Reason.DIRECTIVE,
    '{ career(slug: "nobody") { title } }': Reason.REFUSED,
    "{ careers(first: 99999999999) { totalCount } }": Reason.ARGUMENT,
    '{ nodes(ids: ["x"]) { id } }': Reason.VALUE,
    f'{{ career(slug: "nurse") {{ {" ".join(f"x{n}: title" for n in range(2001))} }} }}': Reason.SIZE,
}


@pytest.mark.parametrize(("query", "reason"), REASONS.items())
def test_each_reason_is_counted(query: str, reason: Reason | None) -> None:
    before, plan = fallback_counts(), plan_of(query)
    for _ in range(3):
        assert (plan.run({}, SMALL) is None) == (reason is not None)
    after = fallback_counts()
    assert {it: after[it] - before[it] for it in Reason if after[it] != before[it]} == ({reason: 3} if reason else {})


def test_a_new_operation_is_counted_and_no_news(caplog: pytest.LogCaptureFixture) -> None:
    before, plan = fallback_counts(), plan_of("{ catalog { version } }", soon=3)
    with caplog.at_level(logging.INFO, "careergraph.api"):
        assert [plan.run({}, SMALL) is None for _ in range(3)] == [True, True, False]
    assert fallback_counts()[Reason.NEW] - before[Reason.NEW] == 2
    assert not caplog.records


def test_a_reason_is_logged_once_for_each_operation(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "careergraph.api"):
        for name in ("First", "Second"):
            plan = plan_of(f'query {name} {{ career(slug: "nobody") {{ title }} }}')
            assert [plan.run({}, SMALL) for _ in range(3)] == [None, None, None]
    messages = [record.getMessage() for record in caplog.records]
    assert [message.split(",")[0] for message in messages] == [
        "no plan for First: reason=refused",
        "no plan for Second: reason=refused",
    ]


@pytest.mark.parametrize("step", ["compile", "run"])
def test_a_bug_is_an_error_with_an_id(
    step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A bug of the compiler, or of the code that it writes, must not look like an operation that is merely slow."""
    query = '{ career(slug: "nurse") { title } }'
    no_leaves: dict[str, str] = {}
    broken = {"compile": lambda *_, **__: no_leaves["nothing"], "run": lambda *_, **__: "{}['nothing']"}[step]
    monkeypatch.setattr(Leaves, "write", broken)
    before, plan = fallback_counts(), plan_of(query)
    assert [plan.run({}, SMALL) for _ in range(3)] == [None, None, None]
    assert fallback_counts()[Reason.BUG] - before[Reason.BUG] == 3
    (record,) = [it for it in caplog.records if it.levelno == logging.ERROR]
    assert "fault id=" in record.getMessage() and "KeyError" in record.getMessage()
    assert record.exc_info is not None and record.exc_info[0] is KeyError
    assert query not in caplog.text


def test_a_hosts_fields_are_left_and_ours_beside_them_are_not() -> None:
    """A host extends the query with plain Strawberry fields; a plan covers the operations that select none of them."""

    @strawberry.type
    class Extended(Query):
        @strawberry.field
        def hello(self) -> str:
            return "there"

    schema = strawberry.Schema(Extended, config=build_schema().config)
    before = fallback_counts()
    for query, covered in (("{ catalog { version } }", True), ("{ hello }", False)):
        plan = compile_plan(schema._schema, parse(query), None, soon=1)
        assert plan is not None and (plan.run({}, SMALL) is not None) == covered
    assert fallback_counts()[Reason.HOST] - before[Reason.HOST] == 1


def test_a_plan_keeps_nothing_of_a_request_that_it_left() -> None:
    """An exception that is kept holds the frames that it went through, and with them a whole catalog."""
    query = "{ __schema { queryType { name } } }"
    plan = plan_of(query)
    plan.run({}, SMALL)
    assert not [value for value in vars(plan).values() if isinstance(value, BaseException)]
    assert encode({"data": standard(parse(query), {}, SMALL).data})
