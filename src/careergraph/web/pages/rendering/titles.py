"""Titles: from the text of a box to its career.

The form sends the text of its boxes. A title of several careers is written with the career's slug, so that it names
one.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.changed_items import changed_items
from careergraph.engine.content.locale import Locale
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.text.same_wording import normalised

_LABELLED = re.compile(r"(?P<title>.*) \((?P<slug>[a-z0-9-]+)\)")
_MEMO = "page-titles"

LOT = 20
"""Careers per step."""


class Names(NamedTuple):
    """The names of a career in one language, normalised."""

    title: str
    aliases: tuple[str, ...]


class Titles(NamedTuple):
    """The names of careers by slug, and the slugs of careers by their titles and by their aliases, in one language."""

    names: dict[str, Names]
    titles: dict[str, Sequence[str]]
    aliases: dict[str, Sequence[str]]

    def take(self, slug: str, names: Names | None) -> None:
        """Give a career other names, or none."""
        old = self.names.pop(slug, None)
        _rename(self.titles, slug, () if old is None else (old.title,), () if names is None else (names.title,))
        _rename(self.aliases, slug, () if old is None else old.aliases, () if names is None else names.aliases)
        if names is not None:
            self.names[slug] = names


def label_of(catalog: Catalog, locale: Locale, slug: str) -> str:
    """The text of a box for a career: its title, with its slug if another career has the same title."""
    title = locale.read(catalog.careers[slug].title)
    alone = len(_titles(catalog, locale).titles.get(normalised(title), ())) == 1
    return title if alone and not _LABELLED.fullmatch(title) else f"{title} ({slug})"


def careers_of(catalog: Catalog, locale: Locale, text: str) -> list[str]:
    """The slugs of the careers that a text names exactly; the reader chooses unless it is one."""
    labelled = _LABELLED.fullmatch(text)
    if labelled is not None and labelled["slug"] in catalog.careers:
        title = locale.read(catalog.careers[labelled["slug"]].title)
        if normalised(title) == normalised(labelled["title"]):
            return [labelled["slug"]]
    index, name = _titles(catalog, locale), normalised(text)
    slugs = index.titles.get(name) or index.aliases.get(name) or ()
    return list(slugs) or ([text] if text in catalog.careers else [])


def prepare_titles(catalog: Catalog, before: Catalog | None) -> Iterator[None]:
    """Make the indexes of a catalog, in steps of some milliseconds; `before` is its predecessor."""
    for code, locale in catalog.locales.items():
        yield from _prepare(catalog, locale, None if before is None or code not in before.locales else before)


def _titles(catalog: Catalog, locale: Locale) -> Titles:
    """The index of a language."""
    for _ in _prepare(catalog, locale, None):
        pass
    return cast("Titles", localize(catalog, locale.code).memo[_MEMO])


def _prepare(catalog: Catalog, locale: Locale, before: Catalog | None) -> Iterator[None]:
    """Make the index of a language unless it exists. Unchanged careers keep their names."""
    memo = localize(catalog, locale.code).memo
    if _MEMO in memo:
        return
    index = _index_before(catalog, locale, before)
    changed = catalog.careers if before is None or index is None else changed_items(before, catalog, "careers")
    titles = Titles({}, {}, {}) if index is None else Titles(dict(index.names), dict(index.titles), dict(index.aliases))
    for number, slug in enumerate(changed, 1):
        career = catalog.careers.get(slug)
        titles.take(slug, None if career is None else _names_of(career, locale))
        if not number % LOT:
            yield
    memo[_MEMO] = titles
    yield


def _index_before(catalog: Catalog, locale: Locale, before: Catalog | None) -> Titles | None:
    """The index of the catalog before, if it has one and reads the same languages."""
    index = None if before is None else localize(before, locale.code).memo.get(_MEMO)
    same = before is not None and index is not None and _chain(before.locales[locale.code]) == _chain(locale)
    return cast("Titles", index) if same else None


def _names_of(career: Career, locale: Locale) -> Names:
    aliases = next((career.aliases[code] for code in _chain(locale) if code in career.aliases), ())
    return Names(normalised(locale.read(career.title)), tuple(dict.fromkeys(map(normalised, aliases))))


def _chain(locale: Locale) -> list[str]:
    return [each.code for each in locale.chain()]


def _rename(slugs: dict[str, Sequence[str]], slug: str, old: Sequence[str], new: Sequence[str]) -> None:
    """Take a career from its old names, and put it to its new ones, in order."""
    for name in old:
        slugs[name] = tuple([it for it in slugs[name] if it != slug])
        if not slugs[name]:
            del slugs[name]
    for name in new:
        slugs[name] = tuple(sorted((*slugs.get(name, ()), slug)))
