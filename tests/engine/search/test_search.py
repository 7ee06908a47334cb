"""Search: the name that was typed comes first, also in the other number or with a letter wrong."""

import pytest

from careergraph.engine.content import Career
from careergraph.engine.search.search import search
from careergraph.engine.search.spelling import edits, singular
from careergraph.engine.text.localized_catalog import localize
from truth.seeded import catalog


def careers(text: str, locale: str = "en") -> list[str]:
    hits = search(localize(catalog(), locale), text, 100)
    return [hit.item.slug for hit in hits if isinstance(hit.item, Career)]


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_title_of_each_career_finds_it_first(locale: str) -> None:
    localized = localize(catalog(), locale)
    for career in catalog().careers.values():
        assert careers(localized.read(career.title), locale)[0] == career.slug


def test_the_plural_of_each_title_finds_it_first() -> None:
    for career in catalog().careers.values():
        title = career.title["en"]
        plural = title[:-1] + "ies" if title.endswith("y") else title.removesuffix("s") + "s"
        assert careers(plural)[0] == career.slug, plural


def test_a_title_with_a_letter_wrong_finds_it_first() -> None:
    """Letters left out, doubled and swapped, in the last word of each title of two words or fewer."""
    for career in catalog().careers.values():
        title = career.title["en"]
        if len(title.split()) < 3 and len(title.split()[-1]) > 6:
            for wrong in (
                title[:-3] + title[-2:],
                title[:-3] + title[-4] + title[-3:],
                title[:-3] + title[-2] + title[-3] + title[-1],
            ):
                assert careers(wrong)[0] == career.slug, wrong


def test_the_shorter_of_two_names_that_hold_the_query_comes_first() -> None:
    slugs = careers("engineer")
    titles = [catalog().careers[slug].title["en"] for slug in slugs]
    holding = [len(it.split()) for it in titles if "Engineer" in it.split()]
    assert holding == sorted(holding) and len(set(holding)) > 1


@pytest.mark.parametrize(("word", "one"), [
    ("electricians", "electrician"), ("nurses", "nurse"), ("secretaries", "secretary"), ("bosses", "boss"),
    ("boss", "boss"), ("coaches", "coach"), ("analysis", "analysis"), ("firemen", "fireman"), ("boxes", "box"),
])  # fmt: skip
def test_plurals_are_folded_by_their_endings(word: str, one: str) -> None:
    assert singular(word) == one


@pytest.mark.parametrize(("word", "other", "count"), [
    ("", "abc", 3), ("abc", "abc", 0), ("enginere", "engineer", 1), ("electrican", "electrician", 1),
    ("kitten", "sitting", 3),
])  # fmt: skip
def test_edits_are_counted_as_people_mistype(word: str, other: str, count: int) -> None:
    assert edits(word, other) == edits(other, word) == count
