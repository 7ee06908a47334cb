"""Nobody's client breaks unannounced: what schema.graphql takes away since the last release stands in the changelog."""

import re
from pathlib import Path

import pytest
from graphql import build_schema

from api.breaking import breaking_changes, named_changes, unnamed

ROOT = Path(__file__).parents[2]
RELEASED = (ROOT / "tests" / "api" / "released.graphql").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

BEFORE = """
directive @d(a: Int) repeatable on FIELD | QUERY
directive @e on FIELD
interface I { x: Int }
type T implements I { x: Int y(a: Int, b: Int): Int z: String }
union U = T | V
type V { x: Int }
enum E { A B }
input N { a: Int b: Int }
input O { a: Int b: Int }
scalar S
type Gone { x: Int }
type Query { t(n: N, e: E, o: O): T u: U v: V s: S i: I e: E }
"""
AFTER = """
directive @d(b: Int!) on FIELD
interface I { x: Int w: Int }
type T { x: String y(a: String, c: Int!): Int }
union U = V
type V { x: Int more: Int }
enum E { A }
input N { a: String c: Int! }
input O @oneOf { a: Int b: Int }
type S { x: Int }
type Query { t(n: N, e: E, o: O): T u: U v: V s: S i: I e: E }
"""
BROKEN = {
    *("@d", "@d(a:)", "@d(b:)", "@e", "Gone", "S", "U", "T", "T.x", "T.y(a:)", "T.y(b:)", "T.y(c:)", "T.z"),
    *("E.B", "N.a", "N.b", "N.c", "O"),
}


def test_a_breaking_change_is_in_the_changelog() -> None:
    """Under `### Breaking` of what is not released yet, by its coordinate: `Career.title`, `Query.career(slug:)`."""
    current = build_schema((ROOT / "schema.graphql").read_text(encoding="utf-8"))
    problems = unnamed(breaking_changes(build_schema(RELEASED), current), named_changes(CHANGELOG))
    assert not problems, "CHANGELOG.md names none of these under Breaking: " + "; ".join(problems)


def test_the_baseline_is_that_of_the_last_version() -> None:
    """Whoever gives what is unreleased a number has to run `make baseline`."""
    (version,) = re.findall(r"^# The schema of (\S+):", RELEASED)
    assert version == re.findall(r"^## \[(\d[^]]*)\]", CHANGELOG, re.MULTILINE)[0]


def test_every_kind_of_change_is_found_by_its_coordinate() -> None:
    changes = breaking_changes(build_schema(BEFORE), build_schema(AFTER))
    assert {coordinate for coordinate, _ in changes} == BROKEN
    assert breaking_changes(build_schema(BEFORE), build_schema(BEFORE)) == []
    assert unnamed(changes, BROKEN) == []
    assert len(unnamed(changes, set())) == len(changes)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("\n## [Unreleased]\n\n### Breaking\n\n- `T.z` is gone: use `T.y(a:)`.\n\n## [1]\n", {"T.z", "T.y(a:)"}),
        ("\n## [Unreleased]\n\n### Breaking\n\n- `T.z`\n\n### Added\n\n- `T.x`\n", {"T.z"}),
        ("\n## [Unreleased]\n\n### Changed\n\n- `T.z`\n\n## [1]\n\n### Breaking\n\n- `T.x`\n", set()),
        ("\n## [1]\n\n### Breaking\n\n- `T.x`\n", set()),
    ],
)
def test_only_what_is_named_as_breaking_now_counts(text: str, names: set[str]) -> None:
    assert named_changes(text) == names


def test_a_field_stands_for_its_arguments_but_a_type_for_no_field() -> None:
    changes = [("T.y(a:)", "gone"), ("T.z", "gone")]
    assert unnamed(changes, {"T.y", "T"}) == ["`T.z`: gone"]
    assert unnamed(changes, {"T.y(b:)", "T.z"}) == ["`T.y(a:)`: gone"]
