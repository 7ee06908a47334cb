"""How sentences are worded: clauses, small letters, percentiles, long lists, categories of one name."""

from dataclasses import replace

import pytest

from careergraph.engine.brevity import SENTENCE, fitted, length
from careergraph.engine.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.edition import edition_of
from careergraph.engine.gap import difference, gap
from truth.seeded import catalog

PAIR = ("ai-model-routing-engineer", "ai-multi-agent-systems-engineer")
PERCENTILES = ("graphic-designer", "it-support-specialist")
CLAUSES = {
    "en": [
        "want the higher salary floor: $135,000 vs $120,000 a year",
        "want the shorter learning curve: 8 vs 10 months",
    ],
    "de": [
        "die höhere Untergrenze beim Gehalt willst: 135.000 $ statt 120.000 $ pro Jahr",
        "die kürzere Lernzeit willst: 8 statt 10 Monate",
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


@pytest.mark.parametrize(
    ("name", "inside"),
    [
        ("Prompt engineering", "prompt engineering"),
        ("Debugging", "debugging"),
        ("Very high", "very high"),
        ("Python", "Python"),
        ("API orchestration", "API orchestration"),
        ("Reading Comprehension", "Reading Comprehension"),
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
        "Maschinelles Lernen",
    ]


def test_a_gap_is_counted_in_decimals() -> None:
    assert difference(9.2, 9.0) == 0.2
    a, b = (catalog().careers[slug] for slug in PAIR)
    edition = edition_of(catalog(), "en")
    assert gap(edition, a.value("demand-score"), b.value("demand-score"), None) == "0.2 points"
    assert gap(edition, a.value("learning-curve"), b.value("learning-curve"), None) == "2 months"
    assert gap(edition, a.value("difficulty"), b.value("difficulty"), None) == ""


def test_a_long_list_is_cut_and_the_rest_is_counted() -> None:
    edition = edition_of(catalog(), "en")
    parts = [f"part number {number}" for number in range(40)]
    text = fitted(lambda most: f"{edition.rest(parts, most)}.", len(parts), ())
    assert len(text) <= SENTENCE
    assert text.endswith(" more.")
    assert edition.rest(["a", "b"], 2) == "a and b"
    assert edition.rest(["a", "b", "c"], 2) == "a, b and one more"
    assert length("x" * 50, ["x" * 50]) == 40


def test_categories_of_one_name_tell_nobody_apart() -> None:
    def renamed(name: str) -> Catalog:
        careers = dict(catalog().careers)
        plumber = careers["plumber"]
        careers["plumber"] = replace(plumber, category=replace(plumber.category, slug="twin", name={"en": name}))
        return replace(catalog(), careers=careers)

    for name, expected in (("Healthcare", False), ("Water", True)):
        verdict = compare(renamed(name), "plumber", "pharmacist").verdict
        found = [it for side in (verdict.choose_a, verdict.choose_b) for it in side.reasons]
        assert any(it.rule == "other-category" for it in found) == expected
