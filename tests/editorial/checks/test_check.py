"""Every rule for content refuses what breaks it, at the field that breaks it, and lets the examples through."""

import json
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from careergraph.editorial.checks.check import check
from careergraph.editorial.content.content_folder import FOLDERS
from careergraph.editorial.content.problem import ProblemCode
from careergraph.engine.text.phrases import COUNTED_PHRASES, PLAIN_PHRASES
from careergraph.store.documents.documents import Document, LocaleDocument
from editorial.folder import FORMAT, Fields, codes, examples, problems, write_folder

Content = dict[str, list[Fields]]
Change = Callable[[Content], object]


def documents(content: Content) -> list[Document]:
    """The documents of some content, without files."""
    return [msgspec.convert(fields, FOLDERS[folder]) for folder, listed in content.items() for fields in listed]


def changed(change: Change) -> Content:
    """The examples, after a change."""
    content = examples()
    change(content)
    return content


def test_the_examples_of_the_page_are_right() -> None:
    assert check(documents(examples())) == ()


TRAINING: Fields = {"attribute": "example-training", "source": "example-survey", "value": 30, "unit": "months"}
PAY: Fields = {"attribute": "example-pay", "source": "example-survey", "low": 1, "currency": "USD"}
PAY |= {"period": "YEAR", "basis": "POSTED"}

CAREER: list[tuple[Fields, str, str]] = [
    ({"slug": "Joiner"}, "BAD_IDENT", "slug"),
    ({"slug": "joiner-"}, "BAD_IDENT", "slug"),
    ({"slug": "x" * 101}, "BAD_IDENT", "slug"),
    ({"slug": "joiner-vs-mason"}, "BAD_IDENT", "slug"),
    ({"slug": "vs-joiner"}, "BAD_IDENT", "slug"),
    ({"title": {"de": "Tischler"}}, "MISSING_TEXT", "title"),
    ({"title": {}}, "MISSING_TEXT", "title"),
    ({"title": {"en": " "}}, "MISSING_TEXT", "title.en"),
    ({"title": {"en": "x" * 301}}, "TOO_LONG", "title.en"),
    ({"title": {"en": "Joiner", "fr": "Menuisier"}}, "UNKNOWN_REFERENCE", "title.fr"),
    ({"title": {"en": "Join\u0007er"}}, "BAD_TEXT", "title.en"),
    ({"summary": {"en": "x" * 4_001}}, "TOO_LONG", "summary.en"),
    ({"category": "craft"}, "UNKNOWN_REFERENCE", "category"),
    ({"aliases": {"en": ["x", "x"]}}, "DUPLICATE", "aliases.en[1]"),
    ({"aliases": {"en": [""]}}, "MISSING_TEXT", "aliases.en[0]"),
    ({"aliases": {"en": [str(number) for number in range(1_001)]}}, "TOO_LONG", "aliases.en"),
    ({"externalIds": [{"scheme": "onet", "id": "1"}] * 2}, "DUPLICATE", "externalIds[1]"),
    ({"regionalValues": [TRAINING]}, "BAD_VALUE", "regionalValues[0].region"),
    ({"regionalValues": [TRAINING | {"region": "UK"}] * 2}, "DUPLICATE", "regionalValues[1].region"),
    ({"regionalValues": [PAY | {"region": "US"}]}, "DUPLICATE", "regionalValues[0].region"),
    ({"regionalValues": [TRAINING | {"region": "UK", "unit": "x"}]}, "BAD_VALUE", "regionalValues[0].unit"),
    ({"regionalValues": [TRAINING | {"region": "UK", "source": "x"}]}, "UNKNOWN_REFERENCE", "regionalValues[0].source"),
    ({"image": {"url": "javascript:alert(1)", "alt": {"en": "x"}}}, "BAD_URL", "image.url"),
    ({"image": {"url": "//images.example/x", "alt": {"en": "x"}}}, "BAD_URL", "image.url"),
    ({"image": {"url": "https://[", "alt": {"en": "x"}}}, "BAD_URL", "image.url"),
    ({"image": {"url": "https://images.example/x", "alt": {}}}, "MISSING_TEXT", "image.alt"),
    ({"skills": [{"text": {"en": "x"}, "concepts": [{"skill": "jonery", "proposedBy": "x"}]}]}, "UNKNOWN_REFERENCE",
     "skills[0].concepts[0].skill"),
    ({"skills": [{"text": {}}]}, "MISSING_TEXT", "skills[0].text"),
    ({"roadmap": [{"title": {"en": "x"}, "months": -1}]}, "BAD_NUMBER", "roadmap[0].months"),
    ({"roadmap": [{"title": {"en": "x"}, "skills": ["x"]}]}, "UNKNOWN_REFERENCE", "roadmap[0].skills[0]"),
    ({"roadmap": [{"title": {"en": "x"}, "resources": [{"title": {"en": "x"}, "url": "ftp://x.example"}]}]}, "BAD_URL",
     "roadmap[0].resources[0].url"),
]  # fmt: skip

VALUE: list[tuple[int, Fields, str, str]] = [
    (0, {"high": 1e300}, "BAD_NUMBER", "high"),
    (0, {"observedOn": "2999-01-01"}, "BAD_VALUE", "observedOn"),
    (0, {"observedOn": "1066-10-14"}, "BAD_VALUE", "observedOn"),
    (0, {"openEnd": "LOW"}, "BAD_VALUE", "openEnd"),
    (0, {"publishedForTitle": " "}, "MISSING_TEXT", "publishedForTitle"),
    (1, {"value": -1e13}, "BAD_NUMBER", "value"),
    (0, {"attribute": "example-pya"}, "UNKNOWN_REFERENCE", "attribute"),
    (0, {"source": "nowhere"}, "UNKNOWN_REFERENCE", "source"),
    (0, {"low": 90_000}, "BAD_VALUE", "low"),
    (0, {"low": -1}, "BAD_VALUE", "low"),
    (0, {"low": float("inf")}, "BAD_VALUE", "low"),
    (0, {"currency": "$"}, "BAD_VALUE", "currency"),
    (0, {"period": "CENTURY"}, "BAD_VALUE", "period"),
    (0, {"basis": "RUMOUR"}, "BAD_VALUE", "basis"),
    (0, {"level": "calm"}, "BAD_VALUE", "level"),
    (0, {"method": {"de": "geraten"}}, "MISSING_TEXT", "method"),
    (1, {"unit": "years"}, "BAD_VALUE", "unit"),
    (1, {"interval": [42, 30]}, "BAD_VALUE", "interval"),
    (2, {"level": "hasty"}, "BAD_VALUE", "level"),
    (4, {"choice": "beach"}, "BAD_VALUE", "choice"),
]

MONTHS: list[Fields] = [
    {"key": "calm", "label": {"en": "Calm"}, "monthsOver": 12, "monthsUpTo": 12},
    {"key": "hectic", "label": {"en": "Hectic"}},
]
DEFINITION: list[tuple[str, int, Fields, str, str]] = [
    ("attributes", 0, {"kind": "MONEY"}, "BAD_CHOICE", "kind"),
    ("attributes", 0, {"better": "MORE"}, "BAD_CHOICE", "better"),
    ("attributes", 0, {"unit": "USD"}, "BAD_ATTRIBUTE", "unit"),
    ("attributes", 0, {"position": 10**400}, "BAD_NUMBER", "position"),
    ("attributes", 0, {"options": [{"key": "a", "label": {"en": "A"}}]}, "BAD_ATTRIBUTE", "options"),
    ("attributes", 2, {"options": MONTHS}, "BAD_VALUE", "options[0].monthsUpTo"),
    ("attributes", 2, {"options": [{**MONTHS[0], "monthsOver": -1}, MONTHS[1]]}, "BAD_NUMBER", "options[0].monthsOver"),
    ("attributes", 0, {"transitionRole": "LEARNING_MONTHS"}, "DUPLICATE", "transitionRole"),
    ("attributes", 0, {"transitionRole": "DIFFICULTY"}, "BAD_ATTRIBUTE", "transitionRole"),
    ("attributes", 0, {"transitionRole": "LUCK"}, "BAD_CHOICE", "transitionRole"),
    ("attributes", 0, {"phrases": {"trait.middle": {"en": "x"}}}, "UNKNOWN_PHRASE", 'phrases["trait.middle"]'),
    ("attributes", 0, {"phrases": {"all-same.low": {"en": "x"}}}, "UNKNOWN_PHRASE", 'phrases["all-same.low"]'),
    ("attributes", 0, {"phrases": {"all-same.few": {"en": "{x}"}}}, "UNKNOWN_SLOT", 'phrases["all-same.few"].en'),
    ("attributes", 0, {"phrases": {"tie": {"en": "{career}"}}}, "UNKNOWN_SLOT", "phrases.tie.en"),
    ("attributes", 0, {"phrases": {"tie": {"en": "{Value}"}}}, "UNKNOWN_SLOT", "phrases.tie.en"),
    ("attributes", 0, {"phrases": {"tie": {"de": "x"}}}, "MISSING_TEXT", "phrases.tie"),
    ("attributes", 1, {"scale": 0}, "BAD_NUMBER", "scale"),
    ("attributes", 1, {"decimals": 7}, "BAD_NUMBER", "decimals"),
    ("attributes", 3, {"scale": 10}, "BAD_ATTRIBUTE", "scale"),
    ("attributes", 4, {"better": "HIGHER"}, "BAD_ATTRIBUTE", "better"),
    ("locales", 0, {"fallback": None}, "BAD_LOCALE", "fallback"),
    ("locales", 0, {"fallback": "de"}, "CYCLE", "fallback"),
    ("locales", 0, {"fallback": "fr"}, "UNKNOWN_REFERENCE", "fallback"),
    ("locales", 0, {"plural": "TWO"}, "BAD_LOCALE", "plural"),
    ("locales", 0, {"plural": "one: n = 1..x"}, "BAD_LOCALE", "plural"),
    ("locales", 0, {"plural": "one: " + "n = 1 or " * 500 + "n = 1"}, "TOO_LONG", "plural"),
    ("locales", 0, {"group": ","}, "BAD_LOCALE", "group"),
    ("locales", 0, {"money": {"USD": "$"}}, "BAD_LOCALE", "money.USD"),
    ("locales", 0, {"money": {"dollar": "{n}"}}, "BAD_LOCALE", "money.dollar"),
    ("locales", 0, {"periods": {"CENTURY": "/c"}}, "BAD_CHOICE", "periods.CENTURY"),
    ("locales", 0, {"periods": {"YEAR": "/" + "x" * 40}}, "BAD_LOCALE", "periods.YEAR"),
    ("locales", 0, {"phrases": {"oui": "oui"}}, "UNKNOWN_PHRASE", "phrases.oui"),
    ("locales", 0, {"phrases": {"tie": "{rival}"}}, "UNKNOWN_SLOT", "phrases.tie"),
    ("sources", 0, {"kind": "GUESSED"}, "BAD_CHOICE", "kind"),
    ("sources", 0, {"url": "survey.example"}, "BAD_URL", "url"),
    ("sources", 0, {"publisher": ""}, "MISSING_TEXT", "publisher"),
    ("categories", 0, {"summary": {"de": "x"}}, "MISSING_TEXT", "summary"),
    ("skills", 0, {"broader": ["wood"]}, "UNKNOWN_REFERENCE", "broader[0]"),
    ("skills", 0, {"broader": ["joinery"]}, "CYCLE", "broader[0]"),
    ("skills", 0, {"related": ["joinery"]}, "CYCLE", "related[0]"),
    ("skills", 1, {"broader": ["joinery"]}, "CYCLE", "broader"),
    ("collections", 0, {"careers": ["joiner", "joiner"]}, "DUPLICATE", "careers[1]"),
    ("collections", 0, {"careers": ["joyner"]}, "UNKNOWN_REFERENCE", "careers[0]"),
]


@pytest.mark.parametrize(("fields", "code", "path"), CAREER)
def test_a_career_is_refused(fields: Fields, code: str, path: str) -> None:
    content = examples()
    content["careers"][0] |= fields
    content["collections"] = []
    assert (code, path) in codes(list(check(documents(content))))


@pytest.mark.parametrize(("index", "fields", "code", "field"), VALUE)
def test_a_value_is_refused(index: int, fields: Fields, code: str, field: str) -> None:
    content = changed(lambda it: it["careers"][0]["values"][index].update(fields))
    assert codes(list(check(documents(content)))) == [(code, f"values[{index}].{field}")]


@pytest.mark.parametrize(("folder", "index", "fields", "code", "path"), DEFINITION)
def test_a_definition_is_refused(folder: str, index: int, fields: Fields, code: str, path: str) -> None:
    content = changed(lambda it: it[folder][index].update(fields))
    wrong = check(documents(content))
    assert (code, path) in [(problem.code, problem.path) for problem in wrong if problem.type != "career"]


def test_two_values_for_one_attribute_are_refused() -> None:
    content = changed(lambda it: it["careers"][0]["values"].append(it["careers"][0]["values"][2]))
    assert codes(list(check(documents(content)))) == [("DUPLICATE", "values[5].attribute")]


@pytest.mark.parametrize("label", [{"en": "Calm"}, {"en": " calm"}, {"en": "Fast", "de": "RUHIG"}])
def test_two_levels_that_read_alike_are_refused(label: dict[str, str]) -> None:
    content = changed(lambda it: it["attributes"][2]["options"][1].update(label=label))
    locale = "de" if "de" in label else "en"
    assert codes(list(check(documents(content)))) == [("DUPLICATE", f"options[1].label.{locale}")]


def test_a_label_may_be_a_sites_own_and_keeps_the_slots_of_one_that_is_not() -> None:
    """What is filled by careergraph's pages must not ask for more than they fill."""
    locale = {"code": "en", "name": "English", "phrases": {"label.mine.hello": "Hello {name}"}}
    assert check([msgspec.json.decode(json.dumps(locale), type=LocaleDocument)]) == ()
    locale["phrases"] = {"label.choose.if": "Choose {name}", "label.Bad name": "x"}
    wrong = check([msgspec.json.decode(json.dumps(locale), type=LocaleDocument)])
    assert codes(list(wrong)) == [
        ("UNKNOWN_SLOT", 'phrases["label.choose.if"]'),
        ("UNKNOWN_PHRASE", 'phrases["label.Bad name"]'),
    ]


def test_a_longer_circle_is_found_and_what_leads_to_it_is_not_blamed() -> None:
    edges = {"a": "b", "b": "c", "c": "a", "into": "a", "apart": "joinery"}
    skills = [{"slug": slug, "name": {"en": slug}, "broader": [to]} for slug, to in edges.items()]
    content = changed(lambda it: it["skills"].extend(skills))
    wrong = check(documents(content))
    assert {(problem.code, problem.ident) for problem in wrong} == {(ProblemCode.CYCLE, slug) for slug in "abc"}


def test_the_same_document_twice_is_refused(tmp_path: Path) -> None:
    write_folder(tmp_path, examples())
    joiner = tmp_path / "careers" / "joiner.json"
    (tmp_path / "careers" / "zzz.json").write_text(joiner.read_text())
    (problem,) = problems(tmp_path)
    assert (problem.code, problem.file) == ("DUPLICATE", str(tmp_path / "careers" / "zzz.json"))


def test_references_to_live_documents_count() -> None:
    content = examples()
    collections = {"collections": content.pop("collections")}
    assert codes(list(check(documents(collections)))) == [("UNKNOWN_REFERENCE", "careers[0]")]
    assert check(documents(collections), live=documents(content)) == ()


def test_what_would_break_a_live_document_is_refused() -> None:
    content = examples()
    pace = {"attributes": [content["attributes"][2] | {"options": [
        {"key": "fast", "label": {"en": "Fast"}}, {"key": "mad", "label": {"en": "Mad"}},
    ]}]}  # fmt: skip
    (problem,) = check(documents(pace), live=documents(content))
    assert (problem.code, problem.type, problem.ident) == ("BAD_VALUE", "career", "joiner")
    assert str(problem).startswith("career 'joiner': values[2].level: ")


def test_what_was_wrong_before_does_not_keep_anything_out() -> None:
    content = changed(lambda it: it["careers"][0].update(category="gone"))
    fresh = {"categories": [{"slug": "new", "name": {"en": "New"}}]}
    assert check(documents(fresh), live=documents(content)) == ()


def test_the_page_lists_every_code_phrase_and_field() -> None:
    page = FORMAT.read_text()
    for code in ProblemCode:
        assert f"| `{code}` | {code.description} |" in page
    plain, counted = page.split("Those that count:")
    for text, phrases in ((plain, PLAIN_PHRASES), (counted, COUNTED_PHRASES)):
        for name, slots in phrases.items():
            listed = " ".join(f"`{{{slot}}}`" for slot in slots) or "-"
            assert f"| `{name}` | {listed} |" in text
    documents_shown = examples()
    for folder, document in FOLDERS.items():
        shown_fields = {name for fields in documents_shown[folder] for name in fields}
        declared = {field.encode_name for field in msgspec.structs.fields(document)}
        assert declared - shown_fields <= {"scale", "decimals", "related"}, "the examples show nearly every field"
