"""Titles: from the text of a box to its career.

The form sends the text of its boxes. A title of several careers is written with the career's slug, so that it names
one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, cast

from careergraph.engine.content import Career, Catalog
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

    names: Mapping[str, Names]
    titles: Mapping[str, Sequence[str]]
    aliases: Mapping[str, Sequence[str]]


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
    names: dict[str, Names] = {}
    read = _read_before(catalog, locale, before)
    for number, (slug, career) in enumerate(catalog.careers.items()):
        names[slug] = read.get(slug) or _names_of(career, locale)
        if number % LOT == LOT - 1:
            yield
    titles = _by_name((each.title, slug) for slug, each in names.items())
    memo[_MEMO] = Titles(names, titles, _by_name((name, slug) for slug, each in names.items() for name in each.aliases))
    yield


def _read_before(catalog: Catalog, locale: Locale, before: Catalog | None) -> Mapping[str, Names]:
    """The names of unchanged careers in the catalog before, if that has an index."""
    index = None if before is None else localize(before, locale.code).memo.get(_MEMO)
    if before is None or index is None or _chain(before.locales[locale.code]) != _chain(locale):
        return {}
    names = cast("Titles", index).names
    return {slug: names[slug] for slug, career in catalog.careers.items() if before.careers.get(slug) is career}


def _names_of(career: Career, locale: Locale) -> Names:
    aliases = next((career.aliases[code] for code in _chain(locale) if code in career.aliases), ())
    return Names(normalised(locale.read(career.title)), tuple(dict.fromkeys(map(normalised, aliases))))


def _chain(locale: Locale) -> list[str]:
    return [each.code for each in locale.chain()]


def _by_name(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """The slugs of each name, in order."""
    slugs: dict[str, tuple[str, ...]] = {}
    for name, slug in pairs:
        slugs[name] = (*slugs.get(name, ()), slug)
    return slugs
