"""Localized catalog: a catalog as it reads in one locale. Texts that do not depend on a pair are rendered once."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar
from weakref import WeakMethod

from careergraph.engine.content import Career, Catalog, Skill
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.content.locale import Locale, PositionalTemplate, Template, Text, compiled
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.locale_lookup import nearest_locale

MOST_REGIONAL = 8
"""The most regional localized catalogs of one catalog in memory. Any reader may name each region in each locale."""

MOST_TEXTS = 10_000
"""The most texts in each memo of a localized catalog: many pairs have the same, and no number of pairs may fill it."""

Item = TypeVar("Item")
Wording: TypeAlias = "tuple[Template, LocalizedCatalog]"
"""A phrase, and the localized catalog that words it: the requested one, or one of its fallbacks."""

Names = Callable[[Locale], Iterable[str]]
"""The names that a phrase may have in a locale, the best first: they depend on its plural forms."""


class LocalizedCatalog:
    """A catalog in one locale, with the figures of one `region` where there is one.

    Its caches live as long as the catalog does, and are never stale, because the catalog never changes.
    """

    def __init__(self, catalog: Catalog, locale: Locale, region: str | None = None) -> None:
        self.catalog, self.locale, self.region = catalog, locale, region
        self.fallback = LocalizedCatalog(catalog, locale.fallback, region) if locale.fallback else None
        self.memo: dict[Any, Any] = {}
        self._native = [it.code for it in locale.chain() if _language(it.code) == _language(locale.code)]
        self._displays: dict[int, str] = {}
        self._nouns: dict[str, str] = {}
        self._skills: dict[str, str] = {}
        self._phrases: dict[tuple[str, str, tuple[str, ...], str], Wording] = {}
        self._foreign, self._inside = _cached(self._mark), cache(locale.inside)
        self.count: Callable[[int], str] = cache(locale.number)
        """Display a count of skills or careers."""
        self.word: Callable[[str], str] = cache(locale.word)
        """Read a phrase without slots."""
        self.general: Callable[[str], Wording] = _cached(self._general)
        """Find the locale's wording of a phrase that belongs to no attribute. Raises KeyError where there is none."""
        self.counted: Callable[[str, int], Wording] = _cached(self._counted)
        """Find the wording for a count, in the plural form of the locale that words it. Raises KeyError."""
        self._around = cache(locale.around)
        self.pay: Callable[..., str] = _cached(self._pay, MOST_TEXTS)
        """Write an amount of a currency, with a period as one that is paid per period, inside of a sentence."""
        self._joint, self._besides = f" {locale.word('and')} ", locale.phrases.get("and-besides")
        self.positional: Callable[[str, tuple[str, ...]], tuple[PositionalTemplate, LocalizedCatalog]]
        self.positional = _cached(self._positional)
        """Find a general phrase, to be filled with texts in the order of some slots. Raises KeyError."""

    @property
    def anywhere(self) -> "LocalizedCatalog":
        """The localized catalog of the same locale without a region."""
        return self if self.region is None else localize(self.catalog, self.locale.code)

    def worded_in(self, code: str) -> "LocalizedCatalog":
        """Return this localized catalog, or the one of its fallbacks that is in a locale. Raises KeyError."""
        if self.locale.code == code:
            return self
        if self.fallback is None:
            raise KeyError(code)
        return self.fallback.worded_in(code)

    def once(self, derive: "Callable[[LocalizedCatalog], Item]") -> Item:
        """Return the result of a function of this localized catalog, computed when it is first needed."""
        try:
            result: Item = self.memo[derive]
        except KeyError:
            result = self.memo.setdefault(derive, derive(self))  # the same for all threads
        return result

    def forget(self) -> None:
        """Drop what was derived of this localized catalog and points back to it. It is derived anew if anybody asks."""
        self.memo.clear()
        self._phrases.clear()
        wordings: Sequence[Any] = self.general, self.counted, self.positional
        for cached in wordings:
            cached.cache_clear()

    def read(self, text: Text) -> str:
        """Read a text in this locale, or in its fallbacks."""
        wording = text.get(self.locale.code)
        return wording if wording is not None else self.locale.read(text)

    def display(self, value: Value) -> str:
        """Display a value of the catalog."""
        key = id(value)
        if (display := self._displays.get(key)) is None:
            display = self._displays[key] = value.display(self.locale)
        return display

    def name(self, text: Text) -> str:
        """Read a title inside of a sentence: marked as foreign where it is not in the locale's language."""
        return self._foreign(self.locale.read(text)) if self.is_foreign(text) else self.read(text)

    def is_foreign(self, text: Text) -> bool:
        """Return whether a text is written, but in other languages only."""
        return bool(text) and not any(code in text for code in self._native)

    def inside(self, text: Text) -> str:
        """Read a name inside of a sentence."""
        return self.name(text) if self.is_foreign(text) else self._inside(self.read(text))

    def noun(self, attribute: Attribute) -> str:
        """Name an attribute inside of a sentence."""
        if (noun := self._nouns.get(attribute.key)) is None:
            own = attribute.phrases.get("noun", {}).get(self.locale.code)
            noun = self._nouns[attribute.key] = own or self.inside(attribute.label)
        return noun

    def value(self, career: Career, attribute: str) -> Value | None:
        """A career's value of an attribute, by its key: that of the region where there is one."""
        return career.value_in(attribute, self.region)

    def join(self, parts: Iterable[str]) -> str:
        """Join texts to a list: `x`, `x and y`, `x, y and z`; `x and y, and z` where one of them is a list itself."""
        *most, last = parts
        if not most:
            return last
        listed, joint, besides = ", ".join(most), self._joint, self._besides
        if besides is not None and (joint in listed or joint in last):
            return besides.fill({"first": listed, "last": last})
        return listed + joint + last

    def names(self, skills: Iterable[Skill]) -> str:
        """List the names of skills."""
        return self.join(map(self.skill, skills))

    def skill(self, skill: Skill) -> str:
        """Read the name of a skill of the catalog inside of a sentence."""
        if (name := self._skills.get(skill.slug)) is None:
            name = self._skills[skill.slug] = self.inside(skill.name)
        return name

    def titles(self, careers: Iterable[Career]) -> str:
        """List the titles of careers inside of a sentence."""
        return self.join(self.name(career.title) for career in careers)

    def own_phrase(self, attribute: Attribute, *names: str) -> "Wording | None":
        """Find the attribute's own wording of the first of some phrases; None where no locale has any."""
        return self._search(attribute.phrases, lambda _: names, lambda _: ())

    def phrase(self, attribute: Attribute, name: str, variants: tuple[str, ...] = (), general: str = "") -> Wording:
        """Find the wording of a row: the attribute's variants, its bare phrase, then the locale's variant `general`; in
        this locale first, then in its fallbacks. Raises KeyError where even the default locale lacks the general
        phrase."""
        key = (attribute.key, name, variants, general)
        if (phrase := self._phrases.get(key)) is None:
            own, last = [*[f"{name}.{it}" for it in variants], name], f"{name}.{general}" if general else name
            phrase = self._phrases[key] = _existing(
                self._search(attribute.phrases, lambda _: own, lambda _: (last,)), last
            )
        return phrase

    def counted_value(self, attribute: Attribute, phrase: str, variant: str, count: int) -> Wording:
        """Find the wording for a value and a count: the attribute's own for this value, then for any, then the general
        one, each in the plural form of the locale that words it; in this locale first, then in its fallbacks. Raises
        KeyError where no locale has it."""
        keys = [option.key for option in attribute.options]  # the name of an option is no plural form

        def general(locale: Locale) -> tuple[str, ...]:
            return locale.plural.names(phrase, count)

        def own(locale: Locale) -> Iterable[str]:
            any_value = [name for name in general(locale) if name.rpartition(".")[2] not in keys]
            return (*(locale.plural.names(f"{phrase}.{variant}", count) if variant else ()), *any_value)

        return _existing(self._search(attribute.phrases, own, general), phrase)

    def _pay(self, value: float, currency: str, period: str = "") -> str:
        return self.locale.digits(value).join(self._around(currency, period))

    def _mark(self, name: str) -> str:
        return self.general("foreign")[0].fill({"name": name})

    def _general(self, name: str) -> Wording:
        return _existing(self._search({}, lambda _: (), lambda _: (name,)), name)

    def _counted(self, name: str, count: int) -> Wording:
        return _existing(self._search({}, lambda _: (), lambda locale: locale.plural.names(name, count)), name)

    def _positional(self, name: str, slots: tuple[str, ...]) -> "tuple[PositionalTemplate, LocalizedCatalog]":
        template, localized = self.general(name)
        return template.positional(slots), localized

    def _search(self, phrases: Mapping[str, Text], own: Names, general: Names) -> "Wording | None":
        """Find a wording in this locale, then in its fallbacks: among an attribute's phrases, then the locale's own."""
        code = self.locale.code
        for name in own(self.locale):
            if (worded := phrases.get(name, {}).get(code)) is not None:
                return compiled(worded), self
        for name in general(self.locale):
            if (template := self.locale.phrases.get(name)) is not None:
                return template, self
        return self.fallback._search(phrases, own, general) if self.fallback else None


def localize(catalog: Catalog, locale: str | None = None, region: str | None = None) -> LocalizedCatalog:
    """Localize a catalog in a locale (default: its default locale), or in the nearest that it has; with the figures of
    a region where one is named.

    Raises CodedError UNKNOWN_LOCALE or UNKNOWN_REGION.
    """
    localized = _in_locale(catalog, catalog.default_locale if locale is None else locale)
    return localized if region is None else _regional(localized, region)


def _regional(localized: LocalizedCatalog, region: str) -> LocalizedCatalog:
    catalog = localized.catalog
    if region not in catalog.regions:
        raise CodedError(Code.UNKNOWN_REGION, "No figure was observed in this region.", regions=list(catalog.regions))
    memo, key = catalog.localized, (localized.locale.code, region)
    regional: LocalizedCatalog | None = memo.get(key)
    if regional is None:
        others = [it for it in list(memo) if isinstance(it, tuple)]
        for oldest in others[: len(others) - MOST_REGIONAL + 1]:
            memo.pop(oldest, None)
        regional = memo.setdefault(key, LocalizedCatalog(catalog, localized.locale, region))
    return regional


def _in_locale(catalog: Catalog, tag: str) -> LocalizedCatalog:
    localized: LocalizedCatalog | None = catalog.localized.get(tag)
    if localized is None:
        if (code := nearest_locale(catalog.locales, tag)) is None:
            message = "The catalog is not written in this locale."
            raise CodedError(Code.UNKNOWN_LOCALE, message, locales=list(catalog.locales))
        if (localized := catalog.localized.get(code)) is None:
            localized = catalog.localized.setdefault(code, LocalizedCatalog(catalog, catalog.locales[code]))
    return localized


def retire(catalog: Catalog) -> None:
    """Drop the localized catalogs of a catalog that another one has replaced, and what was derived of them. They point
    to it, and their derived data to them, so none would be freed before the garbage collector comes by, which looks
    through all that is live for it. Whoever still reads the catalog derives it anew."""
    for localized in _all_localized(catalog):
        localized.forget()
    catalog.localized.clear()


def take_apart(catalog: Catalog) -> None:
    """Empty the localized catalogs of a catalog without readers, for the same reason."""
    for localized in _all_localized(catalog):
        localized.__dict__.clear()
    catalog.localized.clear()


def _all_localized(catalog: Catalog) -> Iterator[LocalizedCatalog]:
    """Yield the localized catalogs of a catalog, each ahead of its fallbacks."""
    for localized in list(catalog.localized.values()):
        one: LocalizedCatalog | None = localized
        while one is not None:
            fallback = one.__dict__.get("fallback")
            yield one
            one = fallback


def _cached(method: Callable[..., Item], most: int | None = None) -> Any:
    """Cache the results of a method, at most so many, with the object that it belongs to. The cache does not point to
    the object: together they would be a circle."""
    of = WeakMethod(method)

    @lru_cache(most)
    def cached(*arguments: Any) -> Item:
        bound = of()
        assert bound is not None  # noqa: S101 - the object has the cache
        return bound(*arguments)

    return cached


def _existing(wording: "Wording | None", name: str) -> Wording:
    if wording is None:
        raise KeyError(f"no locale words the phrase {name!r}")
    return wording


def _language(code: str) -> str:
    """The language of a locale's code: `de` of `de-AT`."""
    return code.partition("-")[0]
