"""Locale lookup: `de-AT` is answered by `de`, and says so; what names no locale of the catalog is refused."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.asking import SEEDED, answer, code
from careergraph.api.base.node_id import decode
from careergraph.engine.text.locale_lookup import LONGEST_TAG, nearest_locale
from careergraph.engine.text.localized_catalog import localize

LOCALES = ("en", "de", "pt-BR", "zh", "zh-Hant")
FIELDS = {
    "career": 'career(slug: "%s", locale: $l) { id locale title }',
    "comparison": 'comparison(a: "%s", b: "%s", locale: $l) { id locale title summary { text } }',
    "multiComparison": 'multiComparison(careers: ["%s", "%s"], locale: $l) { id locale }',
    "categories": "categories(locale: $l) { id locale name }",
    "collections": "collections(locale: $l) { id locale title }",
    "attributes": "attributes(locale: $l) { key label }",
    "careers": "careers(locale: $l, first: 2) { edges { cursor node { id locale title } } pageInfo { endCursor } }",
    "skills": "skills(locale: $l, first: 2) { edges { cursor node { id locale name } } }",
    "comparisons": "comparisons(locale: $l, first: 2) { edges { cursor node { id locale } } }",
    "search": 'search(text: "data", locale: $l) { score node { ... on Node { id locale } } }',
}


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("de", "de"),
        ("de-AT", "de"),
        ("DE-at", "de"),
        ("de-Latn-AT-1996", "de"),
        ("de-x-home", "de"),
        ("de-a-b-c", "de"),
        ("pt-br", "pt-BR"),
        ("pt-BR-x-a-b", "pt-BR"),
        ("pt", None),
        ("pt-PT", None),
        ("zh-Hant-TW", "zh-Hant"),
        ("ZH-HANT-tw-x-private1-private2", "zh-Hant"),
        ("zh-Hans-CN", "zh"),
        ("fr", None),
        ("fr-de", None),
        ("d", None),
        ("deutsch", None),
        ("", None),
        ("-", None),
        ("de-", None),
        ("-de", None),
        ("de--AT", None),
        ("de_AT", None),
        ("de AT", None),
        ("de\n", None),
        ("*", None),
        ("x-de", None),
        ("de-" + "-".join(["abcdefgh"] * 200), None),
        ("dé-AT", None),
        ("de-ＡＴ", None),
    ],
)
def test_the_nearest_locale_is_found(tag: str, expected: str | None) -> None:
    """RFC 4647, 3.4: subtags go from the end, a single letter with what follows it, in any case."""
    assert nearest_locale(LOCALES, tag) == expected


@given(st.text(max_size=300))
def test_any_text_is_looked_up(tag: str) -> None:
    """Whatever the text, the result is a locale that it begins with, or none."""
    nearest = nearest_locale(LOCALES, tag)
    assert nearest is None or (tag.lower() + "-").startswith(nearest.lower() + "-")


def test_the_longest_tag_is_looked_up_and_no_longer_one() -> None:
    tag = "de" + "-abcdefgh" * 10 + "-abcdefg"
    assert len(tag) == LONGEST_TAG and nearest_locale(LOCALES, tag) == "de"
    assert nearest_locale(LOCALES, tag + "h") is None


def read(field: str, locale: str) -> Any:
    """The answer to a root field, on the seed."""
    slugs = list(SEEDED.catalog.careers)[:2]
    text = FIELDS[field]
    filled = text % tuple(slugs[: text.count("%s")])
    return answer(f"query($l: String) {{ {filled} }}", SEEDED, l=locale)[field]


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_answers_by_the_nearest_locale(field: str) -> None:
    """With the very answer, ids and cursors of that locale, so that nothing can be held twice or mixed up."""
    german = read(field, "de")
    assert german == read(field, "de-AT") == read(field, "DE-ch-1996")
    assert german and german != read(field, "en")
    if field != "attributes":
        assert "'locale': 'de'" in repr(german)


def test_a_cursor_goes_on_in_the_nearest_locale() -> None:
    first = read("careers", "de-AT")
    query = "query($l: String, $c: String) { careers(locale: $l, first: 2, after: $c) { edges { node { id } } } }"
    cursor = first["pageInfo"]["endCursor"]
    pages = [answer(query, SEEDED, l=locale, c=cursor)["careers"] for locale in ("de", "de-AT")]
    assert pages[0] == pages[1] and pages[0]["edges"]
    assert code(query, SEEDED, l="en-GB", c=cursor) == "BAD_CURSOR"


def test_many_tags_take_no_memory() -> None:
    """An edition is kept for each locale of the catalog, however many tags name it."""
    for number in range(500):
        assert localize(SEEDED.catalog, f"de-x-{number}") is localize(SEEDED.catalog, "de")
    by_locale = {name for name in SEEDED.catalog.localized if isinstance(name, str)}  # regions are bounded
    assert by_locale <= set(SEEDED.catalog.locales)


def test_an_id_of_a_locale_that_only_leads_to_another_is_none_of_ours() -> None:
    """One document in one locale has one id."""
    original = decode(read("career", "de")["id"])
    query = "query($id: ID!) { node(id: $id) { id ... on Career { locale } } }"
    assert answer(query, SEEDED, id=original.encode())["node"]["locale"] == "de"
    assert code(query, SEEDED, id=original._replace(locale="de-AT").encode()) == "BAD_ID"
