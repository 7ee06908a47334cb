"""Words of the interface in the language of a page. They are content: the labels of a locale."""

from collections.abc import Mapping

from careergraph.engine.content.locale import DEFAULT_LOCALE, Template
from careergraph.engine.text.labels import PREFIX, counted_template, labels
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.store.catalogs.shipped import shipped_phrases


class Words:
    """The labels of one language or its fallbacks, or the shipped ones if a host's catalog lacks them."""

    def __init__(self, localized: LocalizedCatalog) -> None:
        self._edition = localized

    def __call__(self, name: str, /, **slots: object) -> str:
        """A label with its slots filled; its name if no language has it."""
        template = self._template(name)
        if template is None:
            return self._edition.word(name)
        return self._filled(template, slots)

    def has(self, name: str) -> bool:
        """Return whether the label exists."""
        return self._template(name) is not None

    def count(self, name: str, n: int, /, **slots: object) -> str:
        """A label about a count, in its plural form. Of one thing out of many, these are the count, and `n` a slot."""
        worded = counted_template(self._edition, name, n)
        if worded is None:
            names = self._edition.locale.plural.names(name, n)
            return self(next(filter(self.has, names), name), **{"n": n, **slots})
        return self._filled(worded[0], {"n": n, **slots})

    def _template(self, name: str) -> Template | None:
        template = labels(self._edition).get(name)
        if template is not None:
            return template
        codes = (*[each.code for each in self._edition.locale.chain()], DEFAULT_LOCALE)
        return next(filter(None, (shipped_phrases(code).get(PREFIX + name) for code in codes)), None)

    def _filled(self, template: Template, slots: Mapping[str, object]) -> str:
        return template.fill({slot: self._text(value) for slot, value in slots.items()})

    def _text(self, value: object) -> str:
        return self._edition.locale.number(value) if isinstance(value, int | float) else str(value)
