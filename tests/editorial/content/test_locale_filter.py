"""What of a draft goes live where some locales wait: texts by their place, and what is the same in all languages."""

from typing import Any

import pytest

from careergraph.editorial.content.locale_filter import LocaleFilter

Body = dict[str, Any]
GERMAN, NOT_ENGLISH, NOT_GERMAN = LocaleFilter.of(["de"]), LocaleFilter.of(None, ["en"]), LocaleFilter.of(None, ["de"])


def text(en: str | None = None, de: str | None = None) -> dict[str, str]:
    return {locale: written for locale, written in (("en", en), ("de", de)) if written is not None}


def career(**fields: Any) -> Body:
    return {"slug": "a", "title": text("Old", "Alt"), "summary": text("S"), "category": "x", **fields}


@pytest.mark.parametrize(
    ("locales", "title", "category"),
    [
        (LocaleFilter(), text("New", "Neu"), "y"),
        (GERMAN, text("Old", "Neu"), "x"),
        (NOT_ENGLISH, text("Old", "Neu"), "y"),
        (NOT_GERMAN, text("New", "Alt"), "y"),
        (LocaleFilter.of(["en"]), text("New", "Alt"), "x"),
        (LocaleFilter.of(["de", "en"]), text("New", "Neu"), "x"),
        (LocaleFilter.of(["de", "en"], ["en"]), text("Old", "Neu"), "x"),
    ],
)
def test_texts_go_live_by_locale_and_references_with_all_but_some(
    locales: LocaleFilter, title: Body, category: str
) -> None:
    draft = career(title=text("New", "Neu"), category="y")
    assert locales.part("career", draft, career()) == career(title=title, category=category)


def test_a_figure_belongs_to_no_locale() -> None:
    def value(low: int, method: Body) -> Body:
        return career(values=[{"attribute": "salary", "source": "s", "low": low, "method": method}])

    live, draft = value(1, text("How", "Wie")), value(2, text("How so", "Wie so"))
    assert GERMAN.part("career", draft, live) == value(1, text("How", "Wie so"))
    assert NOT_ENGLISH.part("career", draft, live) == value(2, text("How", "Wie so"))
    assert NOT_GERMAN.part("career", draft, live) == value(2, text("How so", "Wie"))


def test_a_text_waits_for_its_default_locale_and_so_do_members_of_lists() -> None:
    """A value is known by its attribute, also where its order is another one; a skill by its English text."""
    live = career(skills=[{"text": text("Sums", "Summen")}, {"text": text("Law", "Recht")}])
    fresh = [{"text": text("Law", "Gesetz")}, {"text": text("Poems", "Gedichte")}, {"text": text("Sums", "Rechnen")}]
    draft = career(image={"url": "https://a", "alt": text("A", "B")}, skills=fresh, aliases={"de": ["X"], "en": ["Y"]})
    german = [{"text": text("Sums", "Rechnen")}, {"text": text("Law", "Gesetz")}]
    assert GERMAN.part("career", draft, live) == career(skills=german, aliases={"de": ["X"]})
    english = [{"text": text("Law", "Recht")}, {"text": text("Poems")}, {"text": text("Sums", "Summen")}]
    assert NOT_GERMAN.part("career", draft, live)["skills"] == english
    merged = NOT_ENGLISH.part("career", draft, live)
    assert (merged["skills"], merged["aliases"]) == (german, {"de": ["X"]})
    draft = {"slug": "a", "name": text("N"), "summary": text("New", "Neu")}
    for locales in (GERMAN, NOT_ENGLISH):
        assert locales.part("category", draft, {"slug": "a", "name": text("N")}) == {"slug": "a", "name": text("N")}


def test_a_reworded_item_is_the_one_at_its_place() -> None:
    live = career(roadmap=[{"title": text("One", "Eins"), "months": 1}, {"title": text("Two", "Zwei")}])
    draft = career(roadmap=[{"title": text("One", "Eins!"), "months": 2}, {"title": text("Second", "Zweitens")}])
    roadmap = GERMAN.part("career", draft, live)["roadmap"]
    assert roadmap == [{"title": text("One", "Eins!"), "months": 1}, {"title": text("Two", "Zweitens")}]
    assert NOT_ENGLISH.part("career", draft, live)["roadmap"][0]["months"] == 2
    assert NOT_GERMAN.part("career", draft, live)["roadmap"][1] == {"title": text("Second")}


def test_texts_that_a_draft_takes_away_go_in_their_locale() -> None:
    draft = career(title=text("New"))
    assert GERMAN.part("career", draft, career())["title"] == text("Old")
    assert NOT_GERMAN.part("career", draft, career())["title"] == text("New", "Alt")


def test_phrases_of_an_attribute_and_whole_locales_have_one() -> None:
    live = {"key": "k", "label": text("L"), "phrases": {"high": text("High", "Hoch")}}
    draft = {"key": "k", "label": text("L"), "phrases": {"high": text("Higher", "Höher"), "low": text("Low", "Tief")}}
    assert GERMAN.part("attribute", draft, live)["phrases"] == {"high": text("High", "Höher")}
    assert NOT_GERMAN.part("attribute", draft, live)["phrases"] == {"high": text("Higher", "Hoch"), "low": text("Low")}
    german, fresh = {"code": "de", "name": "Deutsch"}, {"code": "de", "name": "Hochdeutsch"}
    assert GERMAN.part("locale", fresh, german) == fresh
    assert NOT_GERMAN.part("locale", fresh, german) == german


@pytest.mark.parametrize(
    ("one", "other", "covers", "overlaps"),
    [
        (LocaleFilter(), GERMAN, True, True),
        (GERMAN, LocaleFilter(), False, True),
        (GERMAN, LocaleFilter.of(["en"]), False, False),
        (GERMAN, NOT_GERMAN, False, False),
        (NOT_GERMAN, GERMAN, False, False),
        (NOT_ENGLISH, GERMAN, True, True),
        (NOT_ENGLISH, NOT_GERMAN, False, True),
        (NOT_GERMAN, LocaleFilter(), False, True),
        (LocaleFilter.of(["de", "en"]), GERMAN, True, True),
    ],
)
def test_what_two_filters_have_in_common(one: LocaleFilter, other: LocaleFilter, covers: bool, overlaps: bool) -> None:
    assert (one.covers(other), one.overlaps(other)) == (covers, overlaps)
    assert other.overlaps(one) == overlaps
    assert LocaleFilter.read(one.to_json()) == one
