"""The catalog as it was: `asOf` reads everything below it from the version that was current then."""

import pytest

from api import small
from api.asking import answer, code, refusal
from careergraph.api.base.context import Context

COUNT = 'query($at: DateTime) { career(slug: "carpenter", asOf: $at) { category { careers { totalCount } } } }'
NURSE = 'query($at: DateTime) { career(slug: "nurse", asOf: $at) { slug } }'
PAIR = 'query($at: DateTime) { comparison(a: "roofer", b: "carpenter", asOf: $at) { catalogVersion } }'
MANY = 'query($at: DateTime) { multiComparison(careers: ["roofer", "nurse"], asOf: $at) { slug } }'


@pytest.mark.parametrize(
    ("at", "version"),
    [
        ("2026-01-01T00:00:00Z", 1),
        ("2026-02-01T12:29:59.999999Z", 1),
        ("2026-02-01T12:30:00Z", 2),
        ("2026-02-01T14:29:00+02:00", 1),
        ("2026-02-01T14:30:00+02:00", 2),
        ("2026-02-01t12:30z", 2),
        (None, 2),
    ],
)
def test_the_version_that_was_current_answers(at: str | None, version: int) -> None:
    assert answer(PAIR, at=at)["comparison"]["catalogVersion"] == version


def test_what_was_not_published_yet_is_unknown() -> None:
    assert code(NURSE, at="2026-01-15T00:00:00Z") == code(MANY, at="2026-01-15T00:00:00Z") == "UNKNOWN_CAREER"
    assert answer(NURSE, at="2026-02-15T00:00:00Z")["career"] == {"slug": "nurse"}


@pytest.mark.parametrize(
    "at",
    [
        "2026-01-15T00:00:00",
        "2025-12-31T23:59:59Z",
        "2999-01-01T00:00:00Z",
        "0001-01-01T00:00:00+23:59",
        "9999-12-31T23:59:59-23:59",
    ],
)
def test_a_bad_instant_is_refused(at: str) -> None:
    for query in (COUNT, NURSE, PAIR, MANY):
        assert code(query, at=at) == "BAD_DATE"


def test_a_store_that_answers_with_a_later_version_is_not_believed() -> None:
    """The promise is the version that was current: a store without a past must not pass off the present as one."""
    assert code(PAIR, Context(small.NEW, lambda _: small.NEW), at="2026-01-15T00:00:00Z") == "BAD_DATE"


@pytest.mark.parametrize(
    "at",
    [
        *("", "yesterday", "2026-01-15", "2026-01-15T25:00:00Z", "2026-02-30T00:00:00Z", "20260115T000000Z"),
        *("2026-W03-1T00:00Z", "2026-01-15 00:00:00Z", "2026-01-15T00:00:00+24:00", "٢٠٢٦-01-15T00:00:00Z"),
        *(7, True, {"a": 1}, ["x"]),
    ],
)
def test_what_is_no_instant_is_refused(at: object) -> None:
    assert code(PAIR, at=at) == "BAD_USER_INPUT"


def test_what_is_written_as_no_instant_is_refused() -> None:
    query = '{ career(slug: "nurse", asOf: %s) { slug } }'
    for at in ('"2026-01-15"', '"x"', "7", "[]", "NOW"):
        error = refusal(query % at)
        assert (error["extensions"], error["locations"]) == ({"code": "BAD_USER_INPUT"}, [{"line": 1, "column": 31}])
    assert answer(query % '"2026-02-15T00:00:00Z"')["career"] == {"slug": "nurse"}
