"""How sentences are worded: clauses, small letters, percentiles, long lists, categories of one name."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import pytest
from msgspec.structs import replace as replace_fields

from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.locale import Template
from careergraph.engine.content.value_kinds import Basis, MoneyRange
from careergraph.engine.text.brevity import SENTENCE, fill_list, length
from careergraph.engine.text.differences import difference, gap
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from careergraph.engine.text.same_wording import normalised
from careergraph.engine.text.statement import Rule, Statement
from careergraph.store.catalogs.build import build_catalog
from truth.seeded import PUBLISHED, catalog, documents, untranslated

PAIR = ("ai-model-routing-engineer", "ai-multi-agent-systems-engineer")
PERCENTILES = ("graphic-designer", "it-support-specialist")
CLAUSES = {
    "en": [
        "want the higher salary floor: $135,000 vs $120,000 a year",
        "want the shorter learning curve: 8 vs 10 months",
    ],
    "de": [
        "die höhere Untergrenze beim Gehalt willst: 135.000 $ gegenüber 120.000 $ pro Jahr",
        "die kürzere Lernzeit willst: 8 gegenüber 10 Monaten",
    ],
}


@pytest.mark.parametrize("locale", ["en", "de"])
def test_a_clause_completes_the_heading(locale: str) -> None:
    verdict = compare(catalog(), *PAIR, locale).verdict
    assert [it.clause for it in verdict.choose_a.reasons] == CLAUSES[locale]
    assert all(it.clause for it in (*verdict.choose_b.reasons, *verdict.either))
    assert not any(it.clause for it in verdict.conclusion)


@pytest.mark.parametrize(("locale", "word"), [("en", "percentile"), ("de", "Perzentil")])
def test_an_end_of_percentiles_is_no_floor(locale: str, word: str) -> None:
    verdict = compare(catalog(), *PERCENTILES, locale).verdict
    pay = [it.text for side in (verdict.choose_a, verdict.choose_b) for it in side.reasons if it.facts[0].part]
    assert len(pay) == 2
    assert all(word in text for text in pay)
    assert not any(other in text for text in pay for other in ("floor", "ceiling", "grenze"))


WORDS = {
    "floor": re.compile(r"floor|ceiling|untergrenze|obergrenze|mindestgehalt|höchstgehalt", re.IGNORECASE),
    "percentile": re.compile(r"percentile|perzentil", re.IGNORECASE),
}


def spoken(comparison: Comparison) -> Iterator[Statement]:
    verdict = comparison.verdict
    yield from (*comparison.lead.statements, *comparison.summary, *verdict.either, *verdict.conclusion)
    for side in (verdict.choose_a, verdict.choose_b):
        yield from side.reasons


def ends(statement: Statement) -> set[str]:
    """What the ends of ranges are that a statement is about: `stated`, `percentile`, `estimate`."""
    values = [it.value for it in statement.facts if it.part is not None and isinstance(it.value, MoneyRange)]
    kinds = set()
    for value in values:
        derived = value.basis is Basis.EDITORIAL and value.provenance.published_for is not None
        kinds.add("percentile" if value.basis is Basis.PERCENTILES else "estimate" if derived else "stated")
    return kinds


@pytest.mark.parametrize("locale", ["en", "de"])
def test_only_a_stated_range_has_a_floor_and_a_percentile_is_called_one(locale: str) -> None:
    """Over every third pair of seeded careers, wherever a sentence is about one end of a range."""
    seen: Counter[str] = Counter()
    for a, b in list(combinations(sorted(catalog().careers), 2))[::3]:
        for statement in spoken(compare(catalog(), a, b, locale)):
            if statement.rule is Rule.NOT_COMPARABLE:
                continue  # it says of both figures what they are
            text, kinds = f"{statement.text} {statement.clause or ''}", ends(statement)
            seen.update(kinds)
            if WORDS["floor"].search(text):
                assert "stated" in kinds, text
            assert bool(WORDS["percentile"].search(text)) == ("percentile" in kinds), text
    assert set(seen) >= {"percentile", "estimate"}


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Prompt engineering", "prompt engineering"),
        ("Debugging", "debugging"),
        ("Very high", "very high"),
        ("Python", "Python"),
        ("API orchestration", "API orchestration"),
        ("Reading Comprehension", "reading comprehension"),
        ("Machine Learning", "Machine Learning"),
        ("Microsoft Excel", "Microsoft Excel"),
        ("Wireshark", "Wireshark"),
    ],
)
def test_names_take_a_small_letter_only_where_a_word_is_listed(name: str, inside: str) -> None:
    assert catalog().locales["en"].inside(name) == inside


def test_german_nouns_keep_their_capital() -> None:
    german = catalog().locales["de"]
    assert [german.inside(it) for it in ("Programmieren", "Mittel", "Sehr hoch", "Maschinelles Lernen")] == [
        "Programmieren",
        "mittel",
        "sehr hoch",
        "maschinelles Lernen",
    ]


def test_a_gap_is_counted_in_decimals() -> None:
    assert difference(9.2, 9.0) == 0.2
    a, b = (catalog().careers[slug] for slug in PAIR)
    localized = localize(catalog(), "en")
    assert gap(localized, a.value("demand-score"), b.value("demand-score"), None) == "0.2 points"
    assert gap(localized, a.value("learning-curve"), b.value("learning-curve"), None) == "2 months"
    assert gap(localized, a.value("difficulty"), b.value("difficulty"), None) == ""


def test_a_long_list_is_cut_and_the_rest_is_counted() -> None:
    localized = localize(catalog(), "en")
    parts = [f"part number {number}" for number in range(40)]
    text = fill_list((Template("{list}."), localized), "list", parts)
    assert len(text) <= SENTENCE
    assert text.endswith(" more.")
    assert fill_list((Template("{list}"), localized), "list", ["a", "b"], most=2) == "a and b"
    assert fill_list((Template("{list}"), localized), "list", ["a", "b", "c"], most=2) == "a, b and one more"
    assert length("x" * 50, ["x" * 50]) == 40


def test_categories_of_one_name_tell_nobody_apart() -> None:
    def renamed(name: str) -> Catalog:
        careers = dict(catalog().careers)
        plumber = careers["plumber"]
        careers["plumber"] = replace(plumber, category=replace(plumber.category, slug="twin", name={"en": name}))
        return replace(catalog(), careers=careers)

    for name, expected in (("Healthcare", False), ("Water", True)):
        verdict = compare(renamed(name), "plumber", "pharmacist").verdict
        reasons = [it for side in (verdict.choose_a, verdict.choose_b) for it in side.reasons]
        assert any(it.rule == "other-category" for it in reasons) == expected


def test_names_of_several_words_are_small_inside_of_a_sentence_where_the_language_says_so() -> None:
    english, german = (catalog().locales[code] for code in ("en", "de"))
    assert [english.inside(name) for name in ("Active Learning", "Visual Studio", "Time Management")] == [
        *("active learning", "Visual Studio", "time management"),
    ]
    assert german.inside("Maschinelles Lernen") == "maschinelles Lernen"
    assert german.inside("Lösen komplexer Probleme") == "Lösen komplexer Probleme"
    assert german.inside("Ohne Schulabschluss") == "ohne Schulabschluss"


def test_a_name_that_is_not_translated_is_marked_inside_of_sentences() -> None:
    """An English title is a name in a German sentence, and an English sentence marks none."""
    german = compare(untranslated(), *PAIR, "de")
    assert german.title == "AI Model Routing Engineer vs. AI Multi-Agent Systems Engineer"
    assert german.description.startswith(german.title)
    texts = [it.text for it in spoken(german)]
    assert any("„AI Model Routing Engineer“" in text for text in texts)
    assert any("„prompt engineering“" in text.casefold() for text in texts)
    names = re.compile("(?<!„)(AI Model Routing Engineer|AI Multi-Agent Systems Engineer)(?!“)")
    assert not any(names.search(text) for text in texts)
    assert not any("„" in it.text for it in spoken(compare(untranslated(), *PAIR, "en")))
    assert not any("„AI" in it.text for it in spoken(compare(catalog(), *PAIR, "de")))


def test_a_locale_of_a_region_marks_no_name_of_its_language() -> None:
    """Austrians read German titles as their own."""
    locales = catalog().locales
    austrian = LocalizedCatalog(catalog(), replace(locales["de"], code="de-AT", fallback=locales["de"]))
    assert not austrian.is_foreign({"en": "Nurse", "de": "Pflegekraft"})
    assert austrian.name({"en": "Nurse"}) == "„Nurse“"
    french = LocalizedCatalog(catalog(), replace(locales["de"], code="fr", fallback=locales["en"], phrases={}))
    assert french.name({"en": "Nurse", "de": "Pflegekraft"}) == "Nurse"


NOTHING_KNOWN: dict[str, Any] = {"values": [], "skills": [], "roadmap": []}


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("bare", [False, True])
@pytest.mark.parametrize("title", ["Setters, Operators, and Tenders of Machines, " * 3 + "Metal", "X" * 290, "Cook"])
def test_a_description_says_more_than_long_titles(title: str, bare: bool, locale: str) -> None:
    """Titles that leave no room are cut behind a word; where no figure and no skill is known, the categories tell."""
    changed = []
    for document in documents():
        if document.TYPE == "career" and document.ident in PAIR:
            named = f"{title} {PAIR.index(document.ident)}"
            changed.append(replace_fields(document, title={"en": named}, **(NOTHING_KNOWN if bare else {})))
    others = [it for it in documents() if it.TYPE not in ("career", "collection", "pair")]
    comparison = compare(build_catalog([*others, *changed], 1, PUBLISHED), *PAIR, locale)
    head, colon, rest = comparison.description.partition(": ")
    assert colon and len(comparison.description) <= 155
    assert head == comparison.title or all(len(it) <= 40 and it.endswith("…") for it in re.split(r" vs\.? ", head))
    category = catalog().careers[PAIR[0]].category.name[locale]
    assert rest == category if bare else "$" in rest


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Daten\u00adanalyse", "datenanalyse"),
        ("data \u200escience\u200f", "data science"),
        ("data\u200bscience", "data science"),
        ("\U0001d412\U0001d410\U0001d40b", "sql"),
        ("ENG\u0130NEER", "engineer"),
    ],
)
def test_a_wording_is_the_same_whatever_cannot_be_seen_of_it(text: str, plain: str) -> None:
    assert normalised(text) == plain


def test_a_normalised_wording_stays_as_it_is() -> None:
    """Names are looked up by their wording: one that another round changes would not be found by itself."""
    texts = [normalised(f"a{chr(code)}b") for code in (*range(0xD800), *range(0xE000, 0x20000))]
    assert [it for it in texts if normalised(it) != it] == []
