"""Pages: whatever is asked for, a page is the stretch of the plain list that the arguments say."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from functools import cache
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.asking import SEEDED, answer, code, refusal
from careergraph.engine.similarity.pair_ranking import ranking
from truth.seeded import catalog

PAGE = (
    """{ totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { slug } } } }"""
)
ARGUMENTS = "$first: Int, $after: String, $last: Int, $before: String"
PASSED = "first: $first, after: $after, last: $last, before: $before"


class Field(NamedTuple):
    """A field that gives pages: a query with the four arguments, and the names on the way to the connection."""

    query: str
    path: tuple[str, ...]


def _root(name: str, more: str = "") -> Field:
    return Field(f"query({ARGUMENTS}) {{ {name}({PASSED}{more}) {PAGE}", (name,))


def _below(name: str, slug: str) -> Field:
    inner = f'{{ {name}(slug: "{slug}") {{ careers({PASSED}) {PAGE} }}'
    return Field(f"query({ARGUMENTS}) {inner}", (name, "careers"))


FIELDS = {
    "careers": _root("careers"),
    "careers in German": _root("careers", ', locale: "de"'),
    "careers by salary": _root("careers", ', orderBy: [{by: ATTRIBUTE, attribute: "salary"}]'),
    "careers by salary down": _root("careers", ', orderBy: [{by: ATTRIBUTE, attribute: "salary", direction: DESC}]'),
    "careers by demand down": _root(
        "careers",
        ', orderBy: [{by: ATTRIBUTE, attribute: "demand-score", direction: DESC}, {by: TITLE, direction: DESC}]',
    ),
    "careers by flag": _root("careers", ', orderBy: [{by: ATTRIBUTE, attribute: "requires-coding"}]'),
    "careers by publication": _root("careers", ", orderBy: [{by: PUBLISHED, direction: DESC}]"),
    "careers of a category": _root("careers", ', filter: {category: ["ai-engineering"]}'),
    "skills": _root("skills"),
    "skills found": _root("skills", ', search: "data"'),
    "comparisons": _root("comparisons"),
    "comparisons of a career": _root("comparisons", ', filter: {career: "data-scientist"}'),
    "comparisons of a category": _root("comparisons", ', filter: {category: "ai-engineering"}'),
    "comparisons worth it": _root("comparisons", ", filter: {minScore: 0.4}"),
    "a category's careers": _below("category", "ai-engineering"),
    "a skill's careers": _below("skill", "python"),
}


ORDERS = {name: name.split()[0] for name in FIELDS if " of " in name or name == "comparisons worth it"}
"""Fields that only a filter tells apart share an order, so a cursor of one is good in the other."""


def _connection(field: Field, **arguments: object) -> Any:
    data = answer(field.query, SEEDED, **arguments)
    for name in field.path:
        data = data[name]
    return data


@cache
def _everything(name: str) -> list[tuple[str, str]]:
    """The plain list: cursors and slugs, by walking pages of 100 from the front."""
    nodes: list[tuple[str, str]] = []
    after = None
    while True:
        page = _connection(FIELDS[name], first=100, after=after)
        nodes += [(edge["cursor"], edge["node"]["slug"]) for edge in page["edges"]]
        after = page["pageInfo"]["endCursor"]
        if not page["pageInfo"]["hasNextPage"]:
            assert len(nodes) == page["totalCount"]
            return nodes


@pytest.mark.parametrize("name", FIELDS)
def test_the_whole_list_has_everything_once(name: str) -> None:
    cursors, slugs = zip(*_everything(name), strict=True)
    assert len(set(cursors)) == len(cursors)
    assert len(set(slugs)) == len(slugs)


def test_there_are_as_many_comparisons_as_the_formula_says() -> None:
    figures = answer("{ catalog { careers comparisons } }", SEEDED)["catalog"]
    assert (
        len(_everything("comparisons")) == figures["comparisons"] == figures["careers"] * (figures["careers"] - 1) // 2
    )
    assert len(_everything("comparisons of a career")) == figures["careers"] - 1
    slugs = [slug for _, slug in _everything("comparisons")]
    pairs = [tuple(slug.split("-vs-")) for slug in slugs]
    ranked = list(ranking(catalog()))
    assert pairs == ranked + sorted(set(pairs) - set(ranked))
    assert all(a < b for a, b in pairs)
    assert len(ranked) < len(pairs)
    assert [slug for slug in slugs if "data-scientist" in slug.split("-vs-")] == [
        slug for _, slug in _everything("comparisons of a career")
    ]


@given(data=st.data(), name=st.sampled_from(sorted(FIELDS)))
def test_every_page_is_a_stretch_of_the_plain_list(data: st.DataObject, name: str) -> None:
    """The one property behind all of paging: forward and backward, with either cursor, both, or none."""
    every = _everything(name)
    places = st.one_of(st.none(), st.integers(0, len(every) - 1))
    after, before = data.draw(places), data.draw(places)
    if after is not None and before is not None and after >= before:
        after, before = (before, after) if before < after else (None, before)
    count = data.draw(st.integers(0, 12))
    backward = data.draw(st.booleans())
    arguments: dict[str, object] = {"last" if backward else "first": count}
    arguments |= {} if after is None else {"after": every[after][0]}
    arguments |= {} if before is None else {"before": every[before][0]}

    start = 0 if after is None else after + 1
    stop = len(every) if before is None else before
    start, stop = (max(start, stop - count), stop) if backward else (start, min(stop, start + count))
    page = _connection(FIELDS[name], **arguments)
    assert [(edge["cursor"], edge["node"]["slug"]) for edge in page["edges"]] == every[start:stop]
    assert page["totalCount"] == len(every)
    assert page["pageInfo"] == {
        "hasNextPage": stop < len(every),
        "hasPreviousPage": start > 0,
        "startCursor": every[start][0] if start < stop else None,
        "endCursor": every[stop - 1][0] if start < stop else None,
    }


@pytest.mark.parametrize("name", FIELDS)
def test_a_page_has_twenty_by_default(name: str) -> None:
    assert [edge["cursor"] for edge in _connection(FIELDS[name])["edges"]] == [it for it, _ in _everything(name)[:20]]


@pytest.mark.parametrize("name", FIELDS)
def test_bad_pages_are_refused(name: str) -> None:
    query, every = FIELDS[name].query, _everything(name)

    def refused(**arguments: object) -> str:
        return code(query, SEEDED, **arguments)

    assert refused(first=-1) == refused(last=-1) == refused(first=1, last=1) == "BAD_PAGE"
    assert refused(first=1, after=every[1][0], before=every[0][0]) == "BAD_PAGE"
    assert refused(first=1, after=every[0][0], before=every[0][0]) == "BAD_PAGE"
    assert refused(first=101) == refused(last=2**31 - 1) == "TOO_MANY"


def test_too_many_says_how_many() -> None:
    assert refusal("{ careers(first: 101) { totalCount } }")["extensions"] == {"code": "TOO_MANY", "maximum": 100}
    assert len(answer("{ skills(first: 100) { edges { cursor } } }", SEEDED)["skills"]["edges"]) == 100


def _packed(text: str) -> str:
    return urlsafe_b64encode(text.encode()).rstrip(b"=").decode()


GARBAGE = [
    "",
    "x",
    "=",
    "ü",
    "\ud800",
    "AAAA",
    "a" * 5000,
    _packed("[]"),
    _packed("[[[["),
    _packed('["x",["y"]]'),
    _packed("NaN"),
]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("cursor", GARBAGE, ids=range(len(GARBAGE)))
def test_garbage_is_no_cursor(name: str, cursor: str) -> None:
    assert code(FIELDS[name].query, SEEDED, after=cursor) == "BAD_CURSOR"
    assert code(FIELDS[name].query, SEEDED, before=cursor) == "BAD_CURSOR"


@pytest.mark.parametrize("name", FIELDS)
def test_a_cursor_of_another_list_is_refused(name: str) -> None:
    """A cursor says where in one order something stands; in another it would silently give a wrong page."""
    for other in FIELDS:
        if ORDERS.get(name, name) != ORDERS.get(other, other):
            assert code(FIELDS[name].query, SEEDED, after=_everything(other)[0][0]) == "BAD_CURSOR", other


def test_a_cursor_of_the_right_list_with_a_wrong_key_is_refused() -> None:
    """Whoever takes a cursor apart and puts other things in must not get further than the refusal."""
    whole = _everything("careers by salary")[0][0]
    fingerprint = _decoded(whole)[0]
    for key in ('["x","y"]', '[[1],"y","z"]', '[{"a":1},"y"]', '[["x"],"y"]', "[null]", '[1e999,"y"]', "7"):
        forged = _packed(f'["{fingerprint}",{key}]')
        assert code(FIELDS["careers by salary"].query, SEEDED, after=forged) == "BAD_CURSOR", key


def _decoded(cursor: str) -> Any:
    return json.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))


def test_a_cursor_stays_good_when_its_item_is_gone() -> None:
    """Somebody withdraws a career between two pages: the next page goes on from where it stood."""
    every = _everything("careers by salary")
    fingerprint, key = _decoded(every[3][0])
    between = _packed(json.dumps([fingerprint, [key[0], f"{key[1]}x"]], separators=(",", ":")))
    page = _connection(FIELDS["careers by salary"], first=2, after=between)
    assert [edge["cursor"] for edge in page["edges"]] == [every[4][0], every[5][0]]
