"""Localized catalog: a catalog as it reads in one locale. What does not depend on a pair is rendered once and kept."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar, cast

from careergraph.engine.content import Career, Catalog, Skill
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import Locale, PositionalTemplate, Template, Text, compiled
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.locale_lookup import nearest_locale

MOST_REGIONAL = 8
"""The most regional localized catalogs kept for one catalog. Any reader may ask for each region in each locale."""

Item = TypeVar("Item")


class LocalizedCatalog:
    """A catalog in one locale, with the figures of one `region` where there is one.

    The memos are keyed by the identity of catalog objects, which live exactly as long as the catalog does; a memo is
    never wrong, because the catalog never changes.
    """

    def __init__(self, catalog: Catalog, locale: Locale, region: str | None = None) -> None:
        self.catalog = catalog
        self.locale = locale
        self.region = region
        self.fallback = LocalizedCatalog(catalog, locale.fallback, region) if locale.fallback else None
        self.memo: dict[object, object] = {}
        self.listings: dict[tuple[object, ...], str] = {}  # the memo of `conclusion`
        self._displays: dict[int, str] = {}
        self._insides: dict[str, str] = {}
        self._nouns: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._generals: dict[str, tuple[Template, LocalizedCatalog]] = {}
        self._counts: dict[int, str] = {}
        self._counted: dict[tuple[str, int], tuple[Template, LocalizedCatalog]] = {}
        self._arranged: dict[tuple[str, tuple[str, ...]], tuple[PositionalTemplate, LocalizedCatalog]] = {}
        self._phrases: dict[tuple[str, str, tuple[str, ...], str], tuple[Template, LocalizedCatalog]] = {}

    @property
    def anywhere(self) -> "LocalizedCatalog":
        """The localized catalog of the same locale without a region."""
        return self if self.region is None else localize(self.catalog, self.locale.code)

    def once(self, derive: "Callable[[LocalizedCatalog], Item]") -> Item:
        """What a function derives of the catalog in this locale, derived when it is first needed."""
        if derive not in self.memo:
            self.memo[derive] = derive(self)
        return cast("Item", self.memo[derive])

    def read(self, text: Text) -> str:
        """Read a text in this locale, or in its fallbacks."""
        wording = text.get(self.locale.code)
        return wording if wording is not None else self.locale.read(text)

    def display(self, value: Value) -> str:
        """A value as it is read here."""
        key = id(value)
        if (display := self._displays.get(key)) is None:
            display = self._displays[key] = value.display(self.locale)
        return display

    def inside(self, text: Text) -> str:
        """A name as it stands inside of a sentence."""
        name = self.read(text)
        if (inside := self._insides.get(name)) is None:
            inside = self._insides[name] = self.locale.inside(name)
        return inside

    def noun(self, attribute: Attribute) -> str:
        """What an attribute is called inside of a sentence."""
        if (noun := self._nouns.get(attribute.key)) is None:
            own = attribute.phrases.get("noun", {}).get(self.locale.code)
            noun = self._nouns[attribute.key] = own or self.inside(attribute.label)
        return noun

    def value(self, career: Career, attribute: str) -> Value | None:
        """A career's value of an attribute, by its key: that of the region where there is one."""
        return career.value_in(attribute, self.region)

    def count(self, count: int) -> str:
        """A count of skills or careers as it is read here."""
        if (numeral := self._counts.get(count)) is None:
            numeral = self._counts[count] = self.locale.number(count)
        return numeral

    def word(self, name: str) -> str:
        """A phrase without slots."""
        if (word := self._words.get(name)) is None:
            word = self._words[name] = self.locale.word(name)
        return word

    def join(self, parts: Iterable[str]) -> str:
        """A list as it is read: `x`, `x and y`, `x, y and z`."""
        *most, last = parts
        return f"{', '.join(most)} {self.word('and')} {last}" if most else last

    def names(self, skills: Iterable[Skill]) -> str:
        """The names of skills as a list."""
        return self.join(self.inside(skill.name) for skill in skills)

    def rest(self, parts: Sequence[str], most: int) -> str:
        """A list of so many of its parts; the others are counted at its end."""
        left = len(parts) - most
        if left <= 0:
            return self.join(parts)
        template, spoken = self.counted("more", left)
        return self.join([*parts[:most], template.fill({"n": spoken.count(left)})])

    def titles(self, careers: Iterable[Career]) -> str:
        """The titles of careers as a list."""
        return self.join(self.read(career.title) for career in careers)

    def own_phrase(self, attribute: Attribute, *names: str) -> "tuple[Template, LocalizedCatalog] | None":
        """The attribute's wording of the first of some phrases, and the localized catalog that has it; None
        where no locale has any."""
        return self._search(attribute.phrases, names, "")

    def phrase(
        self, attribute: Attribute, name: str, variants: tuple[str, ...] = (), general: str = ""
    ) -> "tuple[Template, LocalizedCatalog]":
        """The wording of a row: the attribute's variants, its bare phrase, then the locale's variant `general`; in this
        locale first, then in its fallbacks. Raises KeyError where even the default locale lacks the general phrase."""
        key = (attribute.key, name, variants, general)
        if (phrase := self._phrases.get(key)) is None:
            own = [*[f"{name}.{it}" for it in variants], name]
            last = f"{name}.{general}" if general else name
            if (phrase := self._search(attribute.phrases, own, last)) is None:
                raise KeyError(f"no locale words the phrase {last!r}")
            self._phrases[key] = phrase
        return phrase

    def general(self, name: str) -> "tuple[Template, LocalizedCatalog]":
        """The locale's wording of a phrase that belongs to no attribute. Raises KeyError where no locale has it."""
        if (phrase := self._generals.get(name)) is not None:
            return phrase
        localized: LocalizedCatalog | None = self
        while localized is not None:
            if (template := localized.locale.phrases.get(name)) is not None:
                phrase = self._generals[name] = template, localized
                return phrase
            localized = localized.fallback
        raise KeyError(f"no locale words the phrase {name!r}")

    def arranged(self, name: str, slots: tuple[str, ...]) -> "tuple[PositionalTemplate, LocalizedCatalog]":
        """The same, to be filled with texts in the order of these slots."""
        if (phrase := self._arranged.get((name, slots))) is None:
            template, localized = self.general(name)
            phrase = self._arranged[name, slots] = template.arranged(slots), localized
        return phrase

    def counted(self, name: str, count: int) -> "tuple[Template, LocalizedCatalog]":
        """The wording for a count, in the plural form of the locale that words it. Raises KeyError where no locale has
        it."""
        if (phrase := self._counted.get((name, count))) is not None:
            return phrase
        localized: LocalizedCatalog | None = self
        while localized is not None:
            names = localized.locale.plural.names(name, count)
            if templates := [localized.locale.phrases[each] for each in names if each in localized.locale.phrases]:
                phrase = self._counted[name, count] = templates[0], localized
                return phrase
            localized = localized.fallback
        raise KeyError(f"no locale words the phrase {name!r}")

    def _search(
        self, own: Mapping[str, Text], names: Iterable[str], general: str
    ) -> "tuple[Template, LocalizedCatalog] | None":
        code = self.locale.code
        for name in names:
            if (worded := own.get(name, {}).get(code)) is not None:
                return compiled(worded), self
        if (template := self.locale.phrases.get(general)) is not None:
            return template, self
        return self.fallback._search(own, names, general) if self.fallback else None


def localize(catalog: Catalog, locale: str | None = None, region: str | None = None) -> LocalizedCatalog:
    """Localize a catalog in a locale (default: its default locale), or in the nearest that it has; with the figures of
    a region where one is named.

    Raises CodedError UNKNOWN_LOCALE or UNKNOWN_REGION.
    """
    localized = _in_locale(catalog, locale)
    return localized if region is None else _regional(localized, region)


def _regional(localized: LocalizedCatalog, region: str) -> LocalizedCatalog:
    catalog = localized.catalog
    if region not in catalog.regions:
        raise CodedError(Code.UNKNOWN_REGION, "No figure was observed in this region.", regions=list(catalog.regions))
    memo, key = catalog.localized, (localized.locale.code, region)
    if (regional := memo.get(key)) is None:
        others = [it for it in list(memo) if isinstance(it, tuple)]
        for oldest in others[: len(others) - MOST_REGIONAL + 1]:
            memo.pop(oldest, None)
        regional = memo[key] = LocalizedCatalog(catalog, localized.locale, region)
    assert isinstance(regional, LocalizedCatalog)  # noqa: S101 - narrows a memo that content.py cannot type without a circle
    return regional


def _in_locale(catalog: Catalog, locale: str | None) -> LocalizedCatalog:
    tag = catalog.default_locale if locale is None else locale
    if (localized := catalog.localized.get(tag)) is None:
        code = nearest_locale(catalog.locales, tag)
        if code is None:
            raise CodedError(
                Code.UNKNOWN_LOCALE,
                "The catalog is not written in this locale.",
                locales=list(catalog.locales),
            )
        if (localized := catalog.localized.get(code)) is None:
            localized = catalog.localized[code] = LocalizedCatalog(catalog, catalog.locales[code])
    assert isinstance(localized, LocalizedCatalog)  # noqa: S101 - narrows a memo that content.py cannot type without a circle
    return localized


def take_apart(catalog: Catalog) -> None:
    """Empty the localized catalogs of a catalog that nobody reads any longer. They point to it, so neither would be
    freed before the garbage collector comes by."""
    for localized in catalog.localized.values():
        emptied: object = localized
        while isinstance(emptied, LocalizedCatalog):
            fallback = emptied.__dict__.get("fallback")
            emptied.__dict__.clear()
            emptied = fallback
    catalog.localized.clear()
