"""Translations: what is not written in a locale, and a document published while one of its locales waits.

A text is written in a locale or it is absent and falls back; a fallback is made when it is read, and is never saved.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.content.diff import KNOWN_BY, item_key
from careergraph.editorial.content.document_index import Key, key
from careergraph.editorial.content.localized_fields import texts
from careergraph.editorial.content.outcome import Body
from careergraph.editorial.content.problem import Steps, render
from careergraph.editorial.editing.document_state import plain
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.engine.content.plural import PluralForm, PluralRules
from careergraph.engine.text.phrases import COUNTED_PHRASES, LOCALE_PHRASES, PLAIN_PHRASES
from careergraph.store.catalogs.shipped import without_form
from careergraph.store.documents.documents import Document, LocaleDocument


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A text that a locale lacks: its document, the steps to it, and the text in the default locale."""

    key: Key
    steps: Steps
    text: Any

    @property
    def path(self) -> str:
        """The field, as it would be written in a program."""
        return render(self.steps)


def missing(documents: Iterable[Document], locale: str) -> Iterator[Missing]:
    """Every text of some documents that is not written in a locale, the locale's own phrases included."""
    catalog_documents = list(documents)
    worded = {it.code: it.phrases for it in catalog_documents if isinstance(it, LocaleDocument)}
    default = worded.get(DEFAULT_LOCALE, {})
    for name in _phrases(catalog_documents, locale, default):
        if name not in worded[locale] and without_form(name) not in worded[locale]:
            text = default.get(name) or default.get(f"{without_form(name)}.{PluralForm.OTHER}")
            yield Missing(key=(LocaleDocument.TYPE, locale), steps=("phrases", name), text=text)
    for document in catalog_documents:
        for steps, written in texts(document.TYPE, plain(document)):
            if written.get(DEFAULT_LOCALE) and locale not in written:
                yield Missing(key=key(document), steps=steps, text=written[DEFAULT_LOCALE])


def _phrases(documents: Iterable[Document], locale: str, default: Mapping[str, str]) -> Iterator[str]:
    """The phrases of a locale: those that come in one form, and the others in each of its plural forms. None where it
    has no document."""
    for document in documents:
        if isinstance(document, LocaleDocument) and document.code == locale:
            worded = [name for name in default if name not in LOCALE_PHRASES]
            counted = dict.fromkeys([*COUNTED_PHRASES, *filter(None, map(without_form, worded))])
            yield from PLAIN_PHRASES
            yield from (f"{name}.{form}" for name in counted for form in PluralRules(document.plural).forms)
            yield from (name for name in worded if without_form(name) is None)


def hold_back(type_name: str, body: Body, live: Body | None, locales: Collection[str]) -> dict[str, Any]:
    """A document whose texts in some locales are those that are live, whatever the draft has.

    A text is looked up where it stands in the live document: values by attribute, options by key, and in other lists
    by the text in the default locale, as a translation of something else would be none. Where nothing is live, the
    locale is left out, and falls back.
    """
    fresh: dict[str, Any] = deepcopy(dict(body))
    live_texts = dict(_places(type_name, live or {}))
    for place, written in _places(type_name, fresh):
        before = live_texts.get(place, {})
        for locale in locales:
            written.pop(locale, None)
            if locale in before:
                written[locale] = before[locale]
    return _without_empty(type_name, fresh)


Place = tuple[object, ...]


def _places(type_name: str, body: Mapping[str, Any]) -> Iterator[tuple[Place, dict[str, Any]]]:
    """The localised fields of a document by where they stand, told without positions."""
    for steps, written in texts(type_name, body):
        yield tuple(_place(body, steps, written)), written


def _place(body: Mapping[str, Any], steps: Steps, written: Mapping[str, Any]) -> Iterator[object]:
    node: Any = body
    name = ""
    for step in steps:
        if isinstance(step, str):
            yield step
            name = step
            node = node[step]
        else:
            node = node[step]
            yield item_key(node, KNOWN_BY[name]) if name in KNOWN_BY else ("text", str(written.get(DEFAULT_LOCALE)))


def _without_empty(type_name: str, body: dict[str, Any]) -> dict[str, Any]:
    """A text that is written in no locale at all is absent: a method, a family, aliases of the held back locale."""
    for steps, written in list(texts(type_name, body)):
        if not written:
            node: Any = body
            for step in steps[:-1]:
                node = node[step]
            del node[steps[-1]]
    return body
