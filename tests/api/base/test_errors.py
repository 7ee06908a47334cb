"""Errors: each has a code, none gives anything away, and a fault is masked with an id that the log has too."""

import logging
from dataclasses import dataclass
from typing import Any

import pytest
from graphql import GraphQLError

from api import small
from api.asking import ask, code, refusal
from careergraph.api.base.codes import GraphQLCode
from careergraph.api.base.context import Context
from careergraph.api.base.errors import MASK, executed, explained
from careergraph.engine.errors import Code, CodedError


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", "GRAPHQL_PARSE_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ career(slug: ) { slug } }", "GRAPHQL_PARSE_FAILED"),
        ('{ career(slug: "\\uD800") { slug } }', "GRAPHQL_PARSE_FAILED"),
        ("{ carer }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ catalog }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ career(slug: 7) { slug } }", "GRAPHQL_VALIDATION_FAILED"),
        ("{ careers(first: 99999999999) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
        ('{ careers(first: "1") { totalCount } }', "GRAPHQL_VALIDATION_FAILED"),
        ("{ careers(orderBy: [{by: NAME}]) { totalCount } }", "GRAPHQL_VALIDATION_FAILED"),
    ],
)
def test_a_document_that_is_wrong(query: str, expected: str) -> None:
    result = ask(query)
    assert result.data is None
    assert set(result.codes) == {expected}


@pytest.mark.parametrize(
    ("type_", "value"),
    [("Int", "one"), ("Int", 2**40), ("Int", 1.5), ("Int!", None), ("Int", True), ("Int", [[1]])],
)
def test_a_variable_that_is_wrong(type_: str, value: object) -> None:
    assert code(f"query($n: {type_}) {{ careers(first: $n) {{ totalCount }} }}", n=value) == "BAD_USER_INPUT"


def test_a_variable_that_is_missing() -> None:
    assert code("query($n: Int!) { careers(first: $n) { totalCount } }") == "BAD_USER_INPUT"


@pytest.mark.parametrize(
    "query",
    [
        "{ carer { slug } }",
        "{ careers(frist: 1) { totalCount } }",
        "{ catalog { versoin } }",
        "{ careers(orderBy: [{by: TITL}]) { totalCount } }",
        "{ node(id: 1) { ... on Carer { slug } } }",
        "query($f: CareerFiltr) { careers(filter: $f) { totalCount } }",
        '{ careers(filter: {categry: ["x"]}) { totalCount } }',
    ],
)
def test_nothing_is_suggested(query: str) -> None:
    """Suggestions would spell the schema out to whoever may not ask for it."""
    result = ask(query)
    assert result.errors
    assert all("Did you mean" not in error["message"] and "?" not in error["message"] for error in result.errors)


def test_nothing_is_suggested_for_variables() -> None:
    query = "query($f: CareerFilter, $o: [CareerOrder!]) { careers(filter: $f, orderBy: $o) { totalCount } }"
    for variables in ({"f": {"categry": ["x"]}}, {"o": [{"by": "TITL"}]}):
        result = ask(query, **variables)
        assert result.codes == ["BAD_USER_INPUT"]
        assert "Did you mean" not in result.errors[0]["message"]


def test_a_message_does_not_carry_the_input_back_at_length() -> None:
    error = refusal("query($n: Int) { careers(first: $n) { totalCount } }", n="x" * 10_000)
    assert len(error["message"]) <= 400


def test_an_error_says_where_it_is() -> None:
    error = refusal('{\n  here: career(slug: "nobody") { slug }\n}')
    assert (error["path"], error["locations"]) == (["here"], [{"line": 2, "column": 3}])
    assert list(error) == ["message", "locations", "path", "extensions"]


@dataclass(frozen=True)
class Broken:
    """A catalog that has a bug."""

    secret: str = "of the database"

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(f"the secret {object.__getattribute__(self, 'secret')}")


BROKEN = Context(Broken(), small.as_of)  # type: ignore[arg-type] # that is the bug


def test_a_fault_is_masked_and_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR, "careergraph.api")
    result = ask("{ one: catalog { version } two: catalog { version } other: catalog { careers } }", BROKEN)
    assert result.data == {"one": None, "two": None, "other": None}
    assert result.codes == ["INTERNAL_ERROR"] * 3
    assert [error["message"] for error in result.errors] == [MASK] * 3
    ids = [error["extensions"]["id"] for error in result.errors]
    assert ids[0] == ids[1] != ids[2]
    records = [record for record in caplog.records if record.name == "careergraph.api"]
    assert len(records) == 2
    assert all(record.exc_info and record.levelno == logging.ERROR for record in records)
    assert ids[0] in records[0].getMessage() and ids[2] in records[1].getMessage()
    assert "secret" not in str(result.errors)


def test_a_refusal_is_not_logged_by_us(caplog: pytest.LogCaptureFixture) -> None:
    ask('{ career(slug: "nobody") { slug } }')
    assert [record for record in caplog.records if record.name.startswith("careergraph")] == []


def test_a_bug_in_graphql_types_is_logged_without_the_query(caplog: pytest.LogCaptureFixture) -> None:
    """graphql-core's own errors print the query around them, and queries are not for the log."""
    error = GraphQLError("Cannot return null for non-nullable field Career.slug.", path=["career", "slug"])
    formatted = executed([error], "request-1")[0]
    assert formatted["extensions"]["code"] == "INTERNAL_ERROR"
    assert caplog.records[-1].exc_info is None
    assert "request-1" in caplog.records[-1].getMessage()


def test_every_refusal_of_the_engine_keeps_its_code_and_hints() -> None:
    for member in Code:
        problem = CodedError(member, "No.", hint=[1])
        error = GraphQLError("No.", path=["x"], original_error=problem)
        assert executed([error]) == [
            {"message": "No.", "path": ["x"], "extensions": {"code": member.value, "hint": [1]}}
        ]


def test_a_caller_may_know_the_code() -> None:
    formatted = explained([GraphQLError("Which?")], GraphQLCode.OPERATION_RESOLUTION_FAILURE)
    assert formatted == [{"message": "Which?", "extensions": {"code": "OPERATION_RESOLUTION_FAILURE"}}]
