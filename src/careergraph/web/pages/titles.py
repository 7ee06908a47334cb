"""Titles: which career is meant by what stands in a box.

What a box says is what the form sends. So that it always means one career, a title that several have is written with
the career's slug behind it.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple, cast

from careergraph.engine.content import Catalog
from careergraph.engine.edition import edition_of
from careergraph.engine.locale import Locale
from careergraph.engine.wording import normalised

_LABELLED = re.compile(r"(?P<title>.*) \((?P<slug>[a-z0-9-]+)\)")
_MEMO = "page-titles"


class Titles(NamedTuple):
    """The careers of a catalog by their normalised titles and aliases, in one language."""

    titles: Mapping[str, list[str]]
    aliases: Mapping[str, list[str]]


def label_of(catalog: Catalog, locale: Locale, slug: str) -> str:
    """What a box says of a career: its title, with its slug where another career has the same title."""
    title = locale.read(catalog.careers[slug].title)
    alone = len(_titles(catalog, locale).titles.get(normalised(title), ())) == 1
    return title if alone and not _LABELLED.fullmatch(title) else f"{title} ({slug})"


def careers_of(catalog: Catalog, locale: Locale, text: str) -> list[str]:
    """The slugs of the careers that a text names exactly: one where it is clear which is meant, none or several where
    somebody has to choose."""
    labelled = _LABELLED.fullmatch(text)
    if labelled is not None and labelled["slug"] in catalog.careers:
        title = locale.read(catalog.careers[labelled["slug"]].title)
        if normalised(title) == normalised(labelled["title"]):
            return [labelled["slug"]]
    index, name = _titles(catalog, locale), normalised(text)
    return index.titles.get(name) or index.aliases.get(name) or ([text] if text in catalog.careers else [])


def _titles(catalog: Catalog, locale: Locale) -> Titles:
    """The index of a language, made once for each catalog."""
    memo = edition_of(catalog, locale.code).memo
    if (index := memo.get(_MEMO)) is None:
        index = memo[_MEMO] = _index(catalog, locale)
    return cast("Titles", index)


def _index(catalog: Catalog, locale: Locale) -> Titles:
    titles: dict[str, list[str]] = {}
    aliases: dict[str, list[str]] = {}
    for slug, career in catalog.careers.items():
        titles.setdefault(normalised(locale.read(career.title)), []).append(slug)
        names = next((career.aliases[each.code] for each in locale.chain() if each.code in career.aliases), ())
        for name in dict.fromkeys(map(normalised, names)):
            aliases.setdefault(name, []).append(slug)
    return Titles(titles, aliases)
