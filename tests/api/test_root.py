"""The other root fields: categories, skills, collections, search, the catalog's figures, who asks."""

import pytest
from starlette.authentication import BaseUser, SimpleUser

from api import small
from api.asking import SEEDED, SMALL, answer, code, refusal
from careergraph.api.base.context import Context
from careergraph.api.schema import schema
from careergraph.engine.text.same_wording import normalised


def test_a_category() -> None:
    query = '{ category(slug: "craft") { slug name summary careers { totalCount edges { node { slug } } } } }'
    assert answer(query)["category"] == {
        "slug": "craft",
        "name": "Craft",
        "summary": "",
        "careers": {"totalCount": 2, "edges": [{"node": {"slug": "carpenter"}}, {"node": {"slug": "roofer"}}]},
    }
    assert answer("{ categories { slug } }")["categories"] == [{"slug": "care"}, {"slug": "craft"}]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_fields_and_collections_are_in_the_order_that_a_reader_sees(locale: str) -> None:
    query = "query($l: String!) { categories(locale: $l) { slug name } collections(locale: $l) { slug name: title } }"
    data = answer(query, SEEDED, l=locale)
    for items in data.values():
        assert len(items) > 1
        assert items == sorted(items, key=lambda item: (normalised(item["name"]), item["slug"]))
    slugs = [item["slug"] for item in data["categories"]]
    assert (slugs != sorted(slugs)) is (locale == "de")  # whose names begin otherwise


def test_a_skill() -> None:
    query = """query($slug: String!, $locale: String) { skill(slug: $slug, locale: $locale) {
      slug name aliases family broader { slug } related { slug } externalIds { scheme id }
      careers { totalCount edges { node { slug title } } } } }"""
    assert answer(query, slug="wood")["skill"] == {
        "slug": "wood",
        "name": "Woodwork",
        "aliases": ["joinery"],
        "family": "Making",
        "broader": [],
        "related": [{"slug": "tools"}],
        "externalIds": [{"scheme": "esco", "id": "w1"}],
        "careers": {"totalCount": 1, "edges": [{"node": {"slug": "carpenter", "title": "Carpenter"}}]},
    }
    tools = answer(query, slug="tools", locale="de")["skill"]
    assert (tools["family"], tools["broader"], tools["related"]) == (None, [{"slug": "wood"}], [{"slug": "wood"}])
    assert tools["careers"]["edges"][0]["node"]["title"] == "Roofer"
    assert tools["careers"]["edges"][1]["node"]["title"] == "Schreiner"


def test_a_collection_keeps_the_editors_order() -> None:
    query = '{ collection(slug: "hands") { slug title summary careers { slug } } collections { slug } }'
    assert answer(query) == {
        "collection": {
            "slug": "hands",
            "title": "By hand",
            "summary": "",
            "careers": [{"slug": "roofer"}, {"slug": "carpenter"}],
        },
        "collections": [{"slug": "hands"}],
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('{ category(slug: "crafts") { slug } }', {"code": "UNKNOWN_CATEGORY", "suggestions": ["craft"]}),
        ('{ skill(slug: "tool") { slug } }', {"code": "UNKNOWN_SKILL", "suggestions": ["tools"]}),
        ('{ collection(slug: "hand") { slug } }', {"code": "UNKNOWN_COLLECTION", "suggestions": ["hands"]}),
        ('{ collection(slug: "zzzz") { slug } }', {"code": "UNKNOWN_COLLECTION", "suggestions": []}),
    ],
)
def test_unknown_slugs_are_refused_with_suggestions(query: str, expected: dict[str, object]) -> None:
    assert refusal(query)["extensions"] == expected


@pytest.mark.parametrize(
    "field",
    [
        'category(slug: "craft", locale: "xx") { slug }',
        'skill(slug: "wood", locale: "xx") { slug }',
        'collection(slug: "hands", locale: "xx") { slug }',
        'multiComparison(careers: ["nurse", "roofer"], locale: "xx") { slug }',
        'careers(locale: "xx") { totalCount }',
        'skills(locale: "xx") { totalCount }',
        'comparisons(locale: "xx") { totalCount }',
        'categories(locale: "xx") { slug }',
        'collections(locale: "xx") { slug }',
        'attributes(locale: "xx") { key }',
        'search(text: "x", locale: "xx") { score }',
    ],
)
def test_every_root_field_refuses_an_unknown_locale(field: str) -> None:
    assert code("{ %s }" % field) == "UNKNOWN_LOCALE"  # noqa: UP031 - braces all over


def test_search_finds_all_kinds_in_spite_of_a_typo() -> None:
    query = """query($text: String!, $first: Int) { search(text: $text, first: $first) { score matched
      node { __typename ... on Career { slug } ... on Skill { slug }
        ... on Category { slug } ... on Collection { slug } } } }"""
    hits = answer(query, SEEDED, text="mashine lerning", first=100)["search"]
    assert {"Career", "Skill"} <= {hit["node"]["__typename"] for hit in hits}
    assert [hit["score"] for hit in hits] == sorted([hit["score"] for hit in hits], reverse=True)
    assert len(answer(query, SEEDED, text="mashine lerning", first=2)["search"]) == 2
    assert answer(query, SEEDED, text="  ?!", first=5)["search"] == []
    assert {hit["node"]["slug"] for hit in answer(query, text="hand", first=5)["search"]} >= {"hands", "tools"}
    assert code(query, text="x", first=101) == "TOO_MANY"
    assert code(query, text="x", first=-1) == "BAD_PAGE"
    assert [it["node"]["slug"] for it in answer(query, text="craft", first=None)["search"]] == ["craft"]


def test_strawberrys_own_executor_answers_alike() -> None:
    """A host may put the schema into its own Strawberry view."""
    query = "{ careers(first: 2, orderBy: [{by: TITLE, direction: DESC}]) { edges { node { slug } } } }"
    result = schema.execute_sync(query, context_value=SMALL)
    assert (result.data, result.errors) == (answer(query), None)
    assert answer(query)["careers"]["edges"] == [{"node": {"slug": "roofer"}}, {"node": {"slug": "nurse"}}]


def test_the_catalogs_figures() -> None:
    query = "{ catalog { version publishedAt careers skills comparisons locales defaultLocale engine } }"
    figures = answer(query)["catalog"]
    assert figures.pop("engine")
    assert figures == {
        "version": 2,
        "publishedAt": "2026-02-01T12:30:00Z",
        "careers": 3,
        "skills": 2,
        "comparisons": 3,
        "locales": ["de", "en"],
        "defaultLocale": "en",
    }


class Bare(BaseUser):
    """A user whose host left everything of it open."""

    def __str__(self) -> str:
        return "bare"


@pytest.mark.parametrize(
    ("user", "expected"),
    [(None, None), ("ann", {"name": "ann"}), (SimpleUser("bob"), {"name": "bob"}), (Bare(), {"name": "bare"})],
)
def test_the_hosts_user_is_visible(user: object, expected: object) -> None:
    assert answer("{ viewer { name } }", Context(small.NEW, small.as_of, user))["viewer"] == expected
