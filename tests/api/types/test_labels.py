"""Labels: the words of a page, in the API as content, editable like all other phrases."""

from dataclasses import replace

import pytest

from api.asking import SEEDED, answer, ask
from careergraph.api.base.context import Context
from careergraph.editorial.editing.translations import missing_phrases
from careergraph.engine.content.locale import Locale, Template
from careergraph.engine.content.outcome import Obstacle, Outcome
from careergraph.engine.content.source import SourceKind
from careergraph.engine.content.value_kinds import Basis, Period
from careergraph.engine.text.labels import counted_label, label
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.transition.rule import TransitionGrade
from careergraph.store.catalogs.build import build_locales
from careergraph.store.documents.documents import LocaleDocument
from truth.seeded import catalog

GROUPS = {
    "outcome": Outcome,
    "outcome-short": Outcome,
    "obstacle": Obstacle,
    "grade": TransitionGrade,
    "source-kind": SourceKind,
    "basis": Basis,
    "period": Period,
}
QUERY = """query($locale: String, $group: String) {
  labels(locale: $locale) { locale plural entries(group: $group) { key text } text(key: "choose.if") } }"""


@pytest.mark.parametrize("locale", ["en", "de"])
@pytest.mark.parametrize("group", GROUPS)
def test_every_member_of_an_enum_has_a_word(locale: str, group: str) -> None:
    labels = answer(QUERY, SEEDED, locale=locale, group=group)["labels"]
    keys = {it["key"] for it in labels["entries"]}
    assert {f"{group}.{it.lower().replace('_', '-')}" for it in GROUPS[group]} <= keys
    assert all(it["text"] for it in labels["entries"])
    assert (labels["locale"], labels["plural"]) == (locale, "one: i = 1 and v = 0")
    assert labels["text"] == {"en": "Choose {career} if you", "de": "Wähle den Beruf {career}, wenn du"}[locale]


def test_labels_come_sorted_and_unknown_ones_are_null() -> None:
    labels = answer('{ labels { entries { key } text(key: "no.such") } }', SEEDED)["labels"]
    keys = [it["key"] for it in labels["entries"]]
    assert keys == sorted(keys)
    assert len(keys) > 200
    assert labels["text"] is None
    assert ask('{ labels(locale: "xx") { locale } }', SEEDED).codes == ["UNKNOWN_LOCALE"]


def test_an_editor_words_a_label_and_a_language_falls_back() -> None:
    english = catalog().locales["en"]
    own = {**english.phrases, "label.my-site.hello": Template("Hello {name}")}
    locales = {"en": replace(english, phrases=own), "xy": Locale(code="xy", name="Xy", fallback=english)}
    context = Context(replace(catalog(), locales=locales), lambda _: catalog())
    assert answer('{ labels { text(key: "my-site.hello") } }', context)["labels"] == {"text": "Hello {name}"}
    fallen = answer('{ labels(locale: "xy") { text(key: "section.glance") } }', context)["labels"]
    assert fallen == {"text": "At a glance"}


def test_labels_are_filled_and_counted() -> None:
    german = localize(catalog(), "de")
    assert label(german, "choose.if", career="Dachdecker/in") == "Wähle den Beruf Dachdecker/in, wenn du"
    assert counted_label(german, "count.careers", 1) == "1 Beruf"
    assert counted_label(german, "count.careers", 1234) == "1.234 Berufe"
    assert label(german, "no.such") == counted_label(german, "no.such", 1) == "no.such"
    counted = 'one: text(key: "count.careers", count: 1) many: text(key: "count.careers", count: 1234)'
    texts = answer(f'{{ labels(locale: "de") {{ {counted} none: text(key: "no.such", count: 1) }} }}', SEEDED)["labels"]
    assert texts == {"one": "1 Beruf", "many": "1.234 Berufe", "none": None}


def test_a_locale_of_an_earlier_release_has_the_words_that_came_later() -> None:
    """A catalog of the past, and an export of back then, are read by today's code."""
    english = LocaleDocument(code="en", name="English", phrases={"versus": "against"})
    built = {it.code: it for it in build_locales([english, LocaleDocument(code="fr", name="Français", fallback="en")])}
    assert built["en"].word("versus") == "against"
    assert built["fr"].word("label.section.glance") == "At a glance"


def test_a_phrase_worded_in_one_form_stands_for_all_counts() -> None:
    """Otherwise the forms that came with a later release would stand before an editor's words."""
    english = LocaleDocument(code="en", name="English", phrases={"more": "plus {n}"})
    (built,) = build_locales([english])
    assert [built.phrases[name].source for name in built.plural.names("more", 1) if name in built.phrases] == [
        "plus {n}"
    ]


def test_a_language_lacks_the_plural_forms_that_it_has() -> None:
    english = LocaleDocument(
        code="en", name="English", phrases={"more.other": "{n} more", "label.count.x.other": "{n} x"}
    )
    polish = LocaleDocument(code="pl", name="Polski", fallback="en", plural="few: n = 2..4; many: n = 5..9", phrases={})
    lacking = {it.steps[1]: it.text for it in missing_phrases(polish, english)}
    forms = {str(name).rpartition(".")[2] for name in lacking if str(name).startswith("more.")}
    assert forms == {"few", "many", "other"}
    assert (lacking["more.few"], lacking["label.count.x.many"]) == ("{n} more", "{n} x")
    polish.phrases["more"] = "jeszcze {n}"
    assert not [it for it in missing_phrases(polish, english) if str(it.steps[1]).startswith("more.")]
