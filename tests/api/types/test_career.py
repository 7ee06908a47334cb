"""Careers, and everything that hangs on one."""

from typing import Any

from api.asking import answer, code, refusal

WHOLE = """query($slug: String!, $locale: String) { career(slug: $slug, locale: $locale) {
  slug title summary aliases category { slug name } skills { text position concepts { slug name } }
  roadmap { stages { title summary months skills { slug } resources { title url } } }
  collections { slug title } compareWith { slug } image { url alt credit }
  externalIds { scheme id } locale fallbackFields publishedAt } }"""


def _career(slug: str, locale: str | None = None) -> Any:
    return answer(WHOLE, slug=slug, locale=locale)["career"]


def test_a_career_in_full() -> None:
    career = _career("carpenter")
    assert career == {
        "slug": "carpenter",
        "title": "Carpenter",
        "summary": "Makes things of wood.",
        "aliases": ["Joiner"],
        "category": {"slug": "craft", "name": "Craft"},
        "skills": [
            {"text": "Joining boards", "position": 1, "concepts": [{"slug": "wood", "name": "Woodwork"}]},
            {"text": "Sharpening", "position": 2, "concepts": [{"slug": "tools", "name": "Hand tools"}]},
        ],
        "roadmap": {
            "stages": [
                {
                    "title": "Apprentice",
                    "summary": "Learn.",
                    "months": 12,
                    "skills": [{"slug": "wood"}],
                    "resources": [{"title": "A book", "url": "https://example.org/book"}],
                }
            ]
        },
        "collections": [{"slug": "hands", "title": "By hand"}],
        "compareWith": [],
        "image": {"url": "https://example.org/p.jpg", "alt": "A bench", "credit": "Ann"},
        "externalIds": [{"scheme": "soc", "id": "47-2031"}],
        "locale": "en",
        "fallbackFields": [],
        "publishedAt": "2026-01-01T00:00:00Z",
    }


def test_what_a_career_lacks_is_empty_or_null() -> None:
    career = _career("nurse")
    assert (career["roadmap"], career["image"], career["aliases"], career["externalIds"]) == (None, None, [], [])
    assert career["publishedAt"] == "2026-02-01T12:30:00Z"


def test_a_locale_falls_back_and_says_so() -> None:
    career = _career("carpenter", "de")
    assert career["locale"] == "de"
    assert career["title"] == "Schreiner"
    assert career["summary"] == "Makes things of wood."
    assert career["aliases"] == ["Joiner"]
    assert career["image"]["alt"] == "Eine Bank"
    assert [skill["text"] for skill in career["skills"]] == ["Bretter fügen", "Schärfen"]
    assert career["fallbackFields"] == ["summary", "aliases", "roadmap"]


def test_what_is_not_there_is_no_fallback() -> None:
    assert _career("nurse", "de")["fallbackFields"] == ["title", "summary", "skills"]


def test_unknown_careers_are_refused_with_suggestions() -> None:
    assert refusal(WHOLE, slug="Rofer")["extensions"] == {"code": "UNKNOWN_CAREER", "suggestions": ["roofer"]}
    assert refusal(WHOLE, slug="\ud800")["extensions"] == {"code": "UNKNOWN_CAREER", "suggestions": []}
    assert code(WHOLE, slug="nurse", locale="fr") == "UNKNOWN_LOCALE"
    assert refusal(WHOLE, slug="nurse", locale="fr")["extensions"]["locales"] == ["de", "en"]
