"""Titles: from the text of a box to its career.

The form sends the text of its boxes. A title of several careers is written with the career's slug, so that it names
one.
"""

import re
from array import array
from collections.abc import Iterable, Iterator
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


SHELVES = 512
"""Shelves of the names of an index: each is looked through as a whole."""


class Names(NamedTuple):
    """The names of a career in one language, normalised."""

    title: str
    aliases: frozenset[str]


class Called:
    """Careers by the hashes of some names of theirs. The names themselves would take most of the memory: careers have
    dozens, and two in a million have the same hash."""

    __slots__ = ("_hashes", "_slugs")

    def __init__(self, before: "Called | None" = None) -> None:
        self._hashes: list[array[int]] = [array("q") for _ in range(SHELVES)]
        self._slugs: list[list[str]] = [[] for _ in range(SHELVES)]
        if before is not None:
            self._hashes, self._slugs = [it[:] for it in before._hashes], [it[:] for it in before._slugs]

    def add(self, slug: str, names: Iterable[str]) -> None:
        """Call a career by names."""
        for number in map(hash, names):
            self._hashes[number % SHELVES].append(number)
            self._slugs[number % SHELVES].append(slug)

    def take(self, slug: str, names: Iterable[str]) -> None:
        """Call a career no longer by names that it has."""
        for number in map(hash, names):
            hashes, slugs = self._hashes[number % SHELVES], self._slugs[number % SHELVES]
            place = next(it for it in range(len(slugs)) if hashes[it] == number and slugs[it] == slug)
            del hashes[place], slugs[place]

    def perhaps(self, name: str) -> list[str]:
        """The slugs of the careers that may have a name, in order: all that have it, and hardly ever another."""
        number = hash(name)
        hashes, slugs = self._hashes[number % SHELVES], self._slugs[number % SHELVES]
        return sorted([slug for its, slug in zip(hashes, slugs, strict=True) if its == number])


class Titles(NamedTuple):
    """The careers by their titles and by their aliases, in one language."""

    titles: Called
    aliases: Called

    def add(self, slug: str, names: Names) -> None:
        """Give a career names."""
        self.titles.add(slug, (names.title,))
        self.aliases.add(slug, names.aliases)

    def take(self, slug: str, names: Names) -> None:
        """Take a career's names from it."""
        self.titles.take(slug, (names.title,))
        self.aliases.take(slug, names.aliases)


def label_of(catalog: Catalog, locale: Locale, slug: str) -> str:
    """The text of a box for a career: its title, with its slug if another career has the same title."""
    title = locale.read(catalog.careers[slug].title)
    alone = len(_titled(catalog, locale, normalised(title))) == 1
    return title if alone and not _LABELLED.fullmatch(title) else f"{title} ({slug})"


def careers_of(catalog: Catalog, locale: Locale, text: str) -> list[str]:
    """The slugs of the careers that a text names exactly; the reader chooses unless it is one."""
    labelled = _LABELLED.fullmatch(text)
    if labelled is not None and labelled["slug"] in catalog.careers:
        title = locale.read(catalog.careers[labelled["slug"]].title)
        if normalised(title) == normalised(labelled["title"]):
            return [labelled["slug"]]
    name = normalised(text)
    slugs = _titled(catalog, locale, name) or _also_called(catalog, locale, name)
    return slugs or ([text] if text in catalog.careers else [])


def _titled(catalog: Catalog, locale: Locale, name: str) -> list[str]:
    careers, slugs = catalog.careers, _titles(catalog, locale).titles.perhaps(name)
    return [slug for slug in slugs if normalised(locale.read(careers[slug].title)) == name]


def _also_called(catalog: Catalog, locale: Locale, name: str) -> list[str]:
    careers, slugs = catalog.careers, _titles(catalog, locale).aliases.perhaps(name)
    return [slug for slug in slugs if name in _names_of(careers[slug], locale).aliases]


def prepare_titles(catalog: Catalog, before: Catalog | None) -> Iterator[None]:
    """Make the indexes of a catalog, in steps of some milliseconds; `before` is its predecessor."""
    for code, locale in catalog.locales.items():
        yield from _prepare(catalog, locale, None if before is None or code not in before.locales else before)


def _titles(catalog: Catalog, locale: Locale) -> Titles:
    """The index of a language."""
    while (titles := localize(catalog, locale.code).memo.get(_MEMO)) is None:  # again, if the catalog forgets it
        for _ in _prepare(catalog, locale, None):
            pass
    return cast("Titles", titles)


def _prepare(catalog: Catalog, locale: Locale, before: Catalog | None) -> Iterator[None]:
    """Make the index of a language unless it exists. Unchanged careers keep their names."""
    memo = localize(catalog, locale.code).memo
    if _MEMO in memo:
        return
    index = _index_before(catalog, locale, before)
    if before is None or index is None:
        before, titles, changed = None, Titles(Called(), Called()), frozenset(catalog.careers)
    else:
        titles, changed = Titles(Called(index.titles), Called(index.aliases)), changed_items(before, catalog, "careers")
    for number, slug in enumerate(changed, 1):
        if before is not None and (old := before.careers.get(slug)) is not None:
            titles.take(slug, _names_of(old, before.locales[locale.code]))
        if (new := catalog.careers.get(slug)) is not None:
            titles.add(slug, _names_of(new, locale))
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
    return Names(normalised(locale.read(career.title)), frozenset(map(normalised, aliases)))


def _chain(locale: Locale) -> list[str]:
    return [each.code for each in locale.chain()]
