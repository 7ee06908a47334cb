"""Labels: the words that a page is made of beside its sentences: headings, outcomes, buttons, empty states.

A label is a phrase of a locale whose name begins with `label.`. Which there are is content, so that a site can have
some of its own. A label that counts comes in the plural forms of its language: `count.careers.one`,
`count.careers.other`.
"""

import re
from collections.abc import Mapping

from careergraph.engine.content.locale import Template
from careergraph.engine.text.localized_catalog import LocalizedCatalog

PREFIX = "label."
"""How the phrase of a label begins."""

NAME = re.compile(r"label(\.[a-z0-9]+(-[a-z0-9]+)*)+")
"""What the phrase of a label is called."""


def labels(localized: LocalizedCatalog) -> Mapping[str, Template]:
    """Every label in a catalog's locale, or in the first of its fallbacks that words it, by key, in alphabetical
    order."""
    return localized.once(_labels)


def label(localized: LocalizedCatalog, key: str, **slots: str) -> str:
    """One label with its slots filled; its key where no locale words it."""
    template = labels(localized).get(key)
    return key if template is None else template.fill(slots)


def counted_label(localized: LocalizedCatalog, key: str, count: int, **slots: str) -> str:
    """One label with a count as `n`, in the plural form of the locale that words it; its key where none does."""
    worded = counted_template(localized, key, count)
    return key if worded is None else worded[0].fill({"n": worded[1].count(count), **slots})


def counted_template(localized: LocalizedCatalog, key: str, count: int) -> tuple[Template, LocalizedCatalog] | None:
    """A label that counts, in the plural form of the locale that words it; None where none does."""
    try:
        return localized.counted(f"{PREFIX}{key}", count)
    except KeyError:
        return None


def _labels(localized: LocalizedCatalog) -> Mapping[str, Template]:
    chain = reversed(list(localized.locale.chain()))
    phrases = {name: template for locale in chain for name, template in locale.phrases.items()}
    return {name[len(PREFIX) :]: it for name, it in sorted(phrases.items()) if name.startswith(PREFIX)}
