"""What is remembered of the opening of a body says the same as the whole body."""

import json
from typing import Any, cast

import pytest

from careergraph.web.core.codes import Refusal
from careergraph.web.execution.document_cache import Operation
from careergraph.web.execution.operation_reader import MAX_LENGTH, MAX_OPENINGS, Openings
from careergraph.web.request.parameters import from_body

QUERY = 'query Q($a: String) { career(slug: $a) { slug } } # "variables":'
OPERATION = cast("Operation", object())


def _body(**members: Any) -> bytes:
    return json.dumps(members).encode()


SEEN = _body(query=QUERY, operationName="Q", variables={"a": "x"})
OPENING = SEEN[: SEEN.rindex(b'{"a"')]

BEHIND = (
    *(
        b'{"a": "y"}}',
        b"{ }  }",
        b"null}",
        b'{"a": {"b": [1, "}"]}}}',
        b'{"a": "\\u00e4 \xc3\xa4"}}',
        b'{"variables":2}}',
    ),
    *(b"{}} ", b"{}}\n", b"{}", b"{}}}", b"{}, 1}", b"[]}", b'"a"}', b'{"a": "\xff"}}', b"}", b"", b"{}]", b"nul}"),
    *(b'{}, "query": "{ x }"}', b'{}, "extensions": {"a": 1}}', b'{}, "variables": {"b": 1}}', b"[" * 5000 + b"}"),
)
"""What may stand behind the opening."""


@pytest.mark.parametrize("behind", BEHIND, ids=range(len(BEHIND)))
def test_an_opening_and_what_follows_are_read_as_the_whole(behind: bytes) -> None:
    openings = Openings()
    openings.remember(SEEN, OPERATION, from_body(SEEN))
    body = OPENING + behind
    if (opened := openings.find(body)) is not None:
        whole = from_body(body)
        assert (whole.query, whole.operation_name, whole.extensions) == (QUERY, "Q", None)
        assert opened == (OPERATION, whole.variables)


def test_most_requests_are_read_by_their_opening() -> None:
    openings = Openings()
    openings.remember(SEEN, OPERATION, from_body(SEEN))
    for variables in ({"a": "y"}, {}, None, {"a": None, "b": [1]}):
        assert openings.find(_body(query=QUERY, operationName="Q", variables=variables)) == (OPERATION, variables)


@pytest.mark.parametrize(
    "body",
    [
        _body(variables={}, query=QUERY),
        _body(query=QUERY),
        _body(query=QUERY, variables={"b": {"variables": {}}}),
        _body(query=QUERY, extensions={"variables": {}}),
        _body(query=QUERY, extensions={"persistedQuery": {}}, variables={}),
        _body(query=QUERY, documentId="x", variables={}),
        _body(extensions={"persistedQuery": {}}, variables={}),
        _body(query=QUERY + " " * MAX_LENGTH, variables={}),
        b"{} ",
    ],
    ids=range(9),
)
def test_an_opening_that_does_not_name_its_operation_alone_is_not_remembered(body: bytes) -> None:
    openings = Openings()
    openings.remember(body, OPERATION, from_body(body))
    assert openings.find(body) is None


def test_few_openings_are_remembered() -> None:
    openings = Openings()
    bodies = [_body(query=f"{{ a{number} }}", variables={}) for number in range(MAX_OPENINGS + 1)]
    for body in bodies:
        openings.remember(body, OPERATION, from_body(body))
    assert [openings.find(it) is not None for it in (bodies[0], bodies[-1])] == [False, True]


def test_what_is_no_json_is_refused_in_the_words_of_the_whole() -> None:
    openings = Openings()
    openings.remember(SEEN, OPERATION, from_body(SEEN))
    assert openings.find(OPENING + b"[]}") is None
    with pytest.raises(Refusal):
        from_body(OPENING + b"[]}")
