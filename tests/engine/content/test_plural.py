"""Plural rules: those of every language of CLDR, judged by Babel, and what they make of sentences and labels."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

import pytest
from babel.core import Locale as Judge
from babel.localedata import locale_identifiers

from careergraph.engine.content.attribute import Option
from careergraph.engine.content.locale import Locale, Template
from careergraph.engine.content.plural import SHORT, BadPlural, PluralRules
from careergraph.engine.text.labels import counted_label
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize
from truth.seeded import catalog

WHOLE = (*range(211), 1000, 1001, 1_000_000, 2_000_000, 1_234_567)
WRITTEN = (
    "0.0",
    "0.5",
    "1.0",
    "1.00",
    "1.1",
    "1.5",
    "1.50",
    "1.99",
    "2.0",
    "2.1",
    "3.12",
    "5.0",
    "10.4",
    "21.0",
    "100.1",
)


def rules_of(code: str) -> PluralRules:
    """The rule that CLDR publishes for a language, as a locale's document would have it. Babel writes it in an older
    syntax of CLDR."""
    rules = "; ".join(f"{form}: {text}" for form, text in Judge.parse(code).plural_form.rules.items())
    return PluralRules(rules.replace(" not in ", " != ").replace(" in ", " = ").replace(" mod ", " % "))


def test_every_language_takes_the_forms_that_cldr_says() -> None:
    codes: dict[tuple[tuple[str, str], ...], str] = {}
    for code in locale_identifiers():
        codes.setdefault(tuple(Judge.parse(code).plural_form.rules.items()), code)
    assert len(codes) > 30, "languages have rules of many kinds"
    for code in codes.values():
        rules, judge = rules_of(code), Judge.parse(code).plural_form
        for count in WHOLE:
            assert rules.form(count) == judge(count), (code, count)
        for text in WRITTEN:
            decimals = len(text.partition(".")[2])
            assert rules.form(float(text), decimals) == judge(Decimal(text)), (code, text)


def test_rules_of_many_languages_have_names() -> None:
    for name, code in (("ONE", "de"), ("NONE", "ja")):
        assert [PluralRules(name).form(n) for n in WHOLE] == [Judge.parse(code).plural_form(n) for n in WHOLE]
    assert [PluralRules("ZERO_ONE").form(n) for n in (0, 1, 1.5, 2)] == ["one", "one", "one", "other"]
    assert set(SHORT) == {"NONE", "ONE", "ZERO_ONE"}


def test_a_number_takes_the_form_in_which_it_is_written() -> None:
    """English says "1 point" and "1.0 points"."""
    assert PluralRules("ONE").form(1) == "one"
    assert PluralRules("ONE").form(1, 1) == "other"
    assert PluralRules("one: i = 1 and v = 0 @integer 1; other: @integer 0, 2~16").form(-1) == "one"
    assert PluralRules("few: n % 10 = 2..4").form(1e300) == "other"


@pytest.mark.parametrize(
    "rule",
    [
        *("TWO", "one", "one:", "three: n = 3", "one: n = 1; one: n = 2", "other: n = 2", "one: n is 1", "one: x = 1"),
        *("one: n = 1..", "one: n = ,", "one: n % 0 = 1", "one: n = 1 and", "one: or n = 1", "one: n = 1.5"),
        *("one: __import__('os')", "one: n = " + "9" * 50, "one: n = 1 2"),
    ],
)
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(BadPlural):
        _ = PluralRules(rule).forms


POLISH = {
    "moves-shared.one": "Łączy je {n} umiejętność",
    "moves-shared.few": "Łączą je {n} umiejętności",
    "moves-shared.many": "Łączy je {n} umiejętności",
    "moves-shared.other": "Łączy je {n} umiejętności",
    "label.count.careers.one": "{n} zawód",
    "label.count.careers.few": "{n} zawody",
    "label.count.careers.many": "{n} zawodów",
    "label.count.careers.other": "{n} zawodu",
}
ARABIC = {
    "label.count.careers.zero": "لا مهن",
    "label.count.careers.one": "مهنة واحدة",
    "label.count.careers.two": "مهنتان",
    "label.count.careers.few": "{n} مهن",
    "label.count.careers.many": "{n} مهنة",
    "label.count.careers.other": "{n} مهنة كلها",
}


def localized(code: str, phrases: Mapping[str, str]) -> LocalizedCatalog:
    """The seeded catalog in a language of its own."""
    worded = {name: Template(text) for name, text in phrases.items()}
    english = catalog().locales["en"]
    return LocalizedCatalog(
        catalog(), Locale(code=code, name=code, fallback=english, plural=rules_of(code), phrases=worded)
    )


def test_polish_and_arabic_count_as_they_do() -> None:
    polish, arabic = localized("pl", POLISH), localized("ar", ARABIC)
    assert [counted_label(polish, "count.careers", n) for n in (0, 1, 2, 4, 5, 12, 22, 25)] == [
        *("0 zawodów", "1 zawód", "2 zawody", "4 zawody", "5 zawodów", "12 zawodów", "22 zawody", "25 zawodów"),
    ]
    assert [polish.counted("moves-shared", n)[0].source[:5] for n in (1, 3, 5)] == ["Łączy", "Łączą", "Łączy"]
    assert [counted_label(arabic, "count.careers", n) for n in (0, 1, 2, 3, 11, 100)] == [
        *("لا مهن", "مهنة واحدة", "مهنتان", "3 مهن", "11 مهنة", "100 مهنة كلها"),
    ]


def test_what_a_language_does_not_word_is_counted_by_the_rule_of_the_language_that_does() -> None:
    """French says "0 carrière" and English "0 careers", also where a French page falls back to English."""
    french = localized(
        "fr", {"label.count.skills.one": "{n} compétence", "label.count.skills.other": "{n} compétences"}
    )
    assert counted_label(french, "count.skills", 0) == "0 compétence"
    assert counted_label(french, "count.careers", 0) == "0 careers"
    one_form = localized("pl", {"label.count.skills": "umiejętności: {n}", "label.count.careers.one": "{n} zawód"})
    assert [counted_label(one_form, "count.skills", n) for n in (1, 3)] == ["umiejętności: 1", "umiejętności: 3"]
    assert counted_label(one_form, "count.careers", 3) == "3 careers", "a form that is missing comes whole from English"


def test_an_attribute_counts_in_the_forms_of_each_language() -> None:
    attribute = catalog().attributes["learning-curve"]
    phrases = {**attribute.phrases}
    for form, text in {
        "one": "{n} miesiąc",
        "few": "{n} miesiące",
        "many": "{n} miesięcy",
        "other": "{n} mies.",
    }.items():
        phrases[f"value.{form}"] = {**phrases.get(f"value.{form}", {}), "pl": text}
    value = next(it.value("learning-curve") for it in catalog().careers.values() if it.value("learning-curve"))
    assert value is not None
    locale = localized("pl", {}).locale
    months = [replace(value, attribute=replace(attribute, phrases=phrases), value=n) for n in (1.0, 3.0, 12.0, 1.5)]  # type: ignore[call-arg]
    assert [it.display(locale) for it in months] == ["1 miesiąc", "3 miesiące", "12 miesięcy", "1.5 mies."]


def test_what_all_share_is_counted_in_the_attribute_s_own_words() -> None:
    """Three careers and five take other forms in Polish; words of English count the English way."""
    attribute = catalog().attributes["remote-friendly"]
    own = {
        "all-same.yes.few": {"pl": "Wszystkie {n} zawody są zdalne."},
        "all-same.yes.many": {"pl": "Wszystkie {n} zawodów jest zdalnych."},
        "all-same.few": {"pl": "{n} zawody: {value}."},
        "all-same.other": {"en": "All of them: {value}."},
    }
    polish = localized("pl", {"all-same.many": "{n} zawodów: {value}"})
    worded = replace(attribute, phrases=own)
    sources = {
        (variant, n): polish.counted_value(worded, "all-same", variant, n)[0].source
        for variant in ("yes", "no")
        for n in (3, 5)
    }
    assert sources == {
        ("yes", 3): "Wszystkie {n} zawody są zdalne.",
        ("yes", 5): "Wszystkie {n} zawodów jest zdalnych.",
        ("no", 3): "{n} zawody: {value}.",
        ("no", 5): "{n} zawodów: {value}",
    }
    english = localize(catalog(), "en")
    assert english.counted_value(worded, "all-same", "no", 5)[0].source == "All of them: {value}."
    named = replace(worded, options=(Option(key="other", label={"en": "Other"}),))
    assert english.counted_value(named, "all-same", "no", 5)[0].source.startswith("{label}: the same")
    assert english.counted_value(named, "all-same", "other", 5)[0].source == "All of them: {value}."
