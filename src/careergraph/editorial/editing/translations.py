"""Translations: the texts that a locale lacks.

A text is written in a locale or it is absent and falls back; a fallback is made when it is read, and is never saved.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.content.problem import Steps, render
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.plural import PluralForm, PluralRules
from careergraph.engine.text.phrases import COUNTED_PHRASES, LOCALE_PHRASES, PLAIN_PHRASES
from careergraph.store.catalogs.shipped import without_form
from careergraph.store.documents.documents import Key, LocaleDocument
from careergraph.store.documents.references import texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A text that a locale lacks: its document, the steps to it, and the text in the default locale."""

    key: Key
    steps: Steps
    text: Any

    @property
    def path(self) -> str:
        """The field as a path."""
        return render(self.steps)


def missing_texts(key: Key, body: Mapping[str, Any], locale: str) -> Iterator[Missing]:
    """Yield the texts of a document that a locale lacks."""
    for steps, written in texts(key[0], body):
        if written.get(DEFAULT_LOCALE) and locale not in written:
            yield Missing(key=key, steps=steps, text=written[DEFAULT_LOCALE])


def missing_phrases(own: LocaleDocument, default: LocaleDocument) -> Iterator[Missing]:
    """Yield the phrases that a locale lacks, counted ones in each of its plural forms."""
    for name in _phrases(own, default.phrases):
        if name not in own.phrases and without_form(name) not in own.phrases:
            text = default.phrases.get(name) or default.phrases.get(f"{without_form(name)}.{PluralForm.OTHER}")
            yield Missing(key=(LocaleDocument.TYPE, own.code), steps=("phrases", name), text=text)


def _phrases(own: LocaleDocument, default: Mapping[str, str]) -> Iterator[str]:
    """Yield the names of a locale's phrases, counted ones in each of its plural forms."""
    worded = [name for name in default if name not in LOCALE_PHRASES]
    counted = dict.fromkeys([*COUNTED_PHRASES, *filter(None, map(without_form, worded))])
    forms = PluralRules(own.plural).forms
    yield from PLAIN_PHRASES
    yield from (f"{name}.{form}" for name in counted for form in forms)
    yield from (name for name in worded if without_form(name) is None)
