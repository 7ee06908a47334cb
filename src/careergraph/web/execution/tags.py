"""Tags: the names of the documents that a response depends on, so that a publish purges it from caches, and no other.

A tag is a kind and a slug, such as `career:editor`. A response that depends on more than its arguments name has a tag
for all of a kind (`collections`, `skills`, `attributes`) or for everything (`catalog`). The publish of a document
purges the responses with its own tag, with that of all of its kind, and with `catalog`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, filterfalse, starmap
from operator import attrgetter
from sys import intern
from typing import Any, NamedTuple

from careergraph.engine.comparison.compare import VERSUS
from careergraph.engine.content import Career, Catalog
from careergraph.engine.text.locale_lookup import nearest_locale
from careergraph.web.execution.document_cache import Operation
from careergraph.web.execution.root_fields import RootField

ALL = "catalog"
"""The tag of responses that any publish may change."""

MOST_COMMON = 20_000
"""The most pairs of the common tags of two careers of which the difference is cached."""

_ATTRIBUTES = "attributes"
"""The tag of what depends on all attributes: a comparison does, as their roles in a transition concern careers without
a value too."""

_COLLECTIONS = {"skill": "skills", "category": "categories", "collection": "collections"}
_FIELD = attrgetter("field")
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_LOCALIZED = ("labels", "attributes")
"""Fields that depend on a locale, and on no other argument."""
_NAMED = ("career", *_COLLECTIONS)
_PAIRED = ("comparison", "comparisonBySlug", "multiComparison")
_DEPENDING = frozenset((*_LOCALIZED, *_NAMED, *_PAIRED))
"""Fields whose tags depend on their arguments. Those of others, such as lists, are the same for each request."""

_FREE = ("__typename", "__schema", "__type")


class _CareerTags(NamedTuple):
    """The tags of a career, with a text of them: those of itself and its skills (`own`), and those that many others
    have too, of its category, its image and its sources (`common`); and those of the attributes that it has values
    of."""

    own: tuple[str, ...]
    common: tuple[str, ...]
    attributes: tuple[str, ...]
    own_set: frozenset[str]
    own_text: str
    text: str


class Tags:
    """Derives the tags of responses. Those of a career are cached as long as its catalog is live."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._catalog: Catalog | None = None
        self._published: Mapping[str, Career] = {}
        self._careers: dict[str, _CareerTags] = {}
        self._locales: dict[str, list[str]] = {}
        self._end = ""
        self._more: dict[tuple[tuple[str, ...], tuple[str, ...]], str] = {}

    def of(self, operation: Operation, variables: Mapping[str, Any] | None, catalog: Catalog) -> bytes:
        """The tags of a response, with spaces between them; just `catalog` if they are too long for a header."""
        if operation.tags is not None:
            return operation.tags
        if catalog is not self._catalog:
            self._use_catalog(catalog)
        if operation.read_pair is not None and (text := self._of_pair(operation, variables or {})):
            return self._encoded(text)
        tags = [tag for it in operation.root_fields for tag in self._field_tags(it, variables or {}, catalog)]
        tags += operation.depends_on
        if operation.complexity.historical:
            tags.append(ALL)
        if len(operation.root_fields) > 1:  # common tags once
            tags = list(dict.fromkeys([tag for text in tags for tag in text.split(" ")]))
        encoded = self._encoded(" ".join(dict.fromkeys(tags)))
        if _DEPENDING.isdisjoint(map(_FIELD, operation.root_fields)):
            operation.tags = encoded
        return encoded

    def _encoded(self, text: str) -> bytes:
        return (ALL if len(text) >= self._max_bytes else text).encode("ascii", "replace")

    def of_careers(self, slugs: Sequence[str], catalog: Catalog) -> list[str]:
        """The tags of a response that depends on the whole of some careers."""
        self._use_catalog(catalog)
        careers = map(self._career, slugs)
        return [*[tag for it in careers for tag in (*it.own, *it.common)], _ATTRIBUTES]

    def _use_catalog(self, catalog: Catalog) -> None:
        if catalog is not self._catalog:
            self._catalog, self._published, self._careers, self._locales = catalog, catalog.careers, {}, {}
            self._end, self._more = " ".join(["", _ATTRIBUTES, *self._locale_tags(None, catalog)]), {}

    def _of_pair(self, operation: Operation, variables: Mapping[str, Any]) -> str:
        """The tags of a comparison of one pair in the default locale; none unless those of both careers are cached."""
        try:
            slug, other_slug = operation.read_pair(variables)  # type: ignore[misc]  # it is not None
            first, second = self._careers[slug], self._careers[other_slug]
        except (KeyError, TypeError):  # a variable that is missing, or no text; a career that is not cached
            return ""
        others, pair = self._others(first, second), _pair_tag(slug, other_slug)
        text = f"{first.text}{others} {pair}{self._end}{operation.depending_tags}"
        return f"{text} {ALL}" if operation.complexity.historical else text

    def _others(self, first: _CareerTags, second: _CareerTags) -> str:
        """The tags of a second career that the first one does not have, each with a space before it."""
        own = second.own_text
        if not first.own_set.isdisjoint(second.own_set):
            own = " ".join(filterfalse(first.own_set.__contains__, second.own))
        key = first.common, second.common
        if (more := self._more.get(key)) is None:
            more = "".join([f" {tag}" for tag in second.common if tag not in first.common])
            if len(self._more) < MOST_COMMON:
                self._more[key] = more
        return f" {own}{more}"

    def _field_tags(self, root_field: RootField, variables: Mapping[str, Any], catalog: Catalog) -> list[str]:
        """The tags of one root field: texts of one tag or more."""
        field, value = root_field.field, root_field.value
        if field not in _DEPENDING:
            return [] if field in _FREE else [ALL]
        locales = self._locale_tags(value("locale", variables), catalog)
        if field in _LOCALIZED:
            return locales or [ALL]
        slugs = _slugs(root_field, variables)
        if not slugs or not (self._careers.keys() >= set(slugs) or all(map(_SLUG.fullmatch, slugs))):
            return [ALL]  # a client must not write into a header
        region = value("region", variables)
        if (collection := _COLLECTIONS.get(field)) is None:
            tags = self._career_tags(slugs)
            if region is not None:
                tags += _regions(region, slugs, catalog)
        else:  # a slug that is not there redirects to another document, and a region may vanish with any career
            elsewhere = slugs[0] not in getattr(catalog, collection) or region is not None
            tags = [f"{field}:{slugs[0]}", *[ALL] * elsewhere]
        return tags + locales

    def _locale_tags(self, code: object, catalog: Catalog) -> list[str]:
        name = code if isinstance(code, str) else catalog.default_locale
        if (tags := self._locales.get(name)) is None:
            tags = _locales(name, catalog)
            if name in catalog.locales:  # not whatever a client may write
                self._locales[name] = tags
        return tags

    def _career_tags(self, slugs: Sequence[str]) -> list[str]:
        first, *others = map(self._career, slugs)
        if not others:
            return [first.text, *first.attributes]
        tags = dict.fromkeys([tag for it in (first, *others) for tag in (*it.own, *it.common)])
        return [*tags, *starmap(_pair_tag, combinations(slugs, 2)), _ATTRIBUTES]

    def _career(self, slug: str) -> _CareerTags:
        if (career_tags := self._careers.get(slug)) is None:
            career = self._published.get(slug)
            if career is None:
                return _make_tags((f"career:{slug}", ALL), (), ())
            keys = [value.attribute.key for value in (*career.values, *career.regional)]
            parts = _own(career), _common(career), [f"attribute:{key}" for key in keys]
            own, common, attributes = [tuple(dict.fromkeys(map(intern, it))) for it in parts]
            career_tags = self._careers[slug] = _make_tags(own, common, attributes)
        return career_tags


def _make_tags(own: tuple[str, ...], common: tuple[str, ...], attributes: tuple[str, ...]) -> _CareerTags:
    own_set = frozenset(set(own))  # a copy has a table of half the size
    return _CareerTags(own, common, attributes, own_set, " ".join(own), " ".join((*own, *common)))


def _pair_tag(slug: str, other: str) -> str:
    return f"pair:{slug}-vs-{other}" if slug < other else f"pair:{other}-vs-{slug}"


def _common(career: Career) -> Iterator[str]:
    yield f"category:{career.category.slug}"
    if career.image is not None and career.image.slug is not None:
        yield f"image:{career.image.slug}"
    for value in (*career.values, *career.regional):
        yield f"source:{value.provenance.source.slug}"


def _own(career: Career) -> Iterator[str]:
    yield f"career:{career.slug}"
    for concept in (concept for skill in career.skills for concept in skill.concepts):
        yield f"skill:{concept.slug}"
    for concept in (concept for stage in career.roadmap for concept in stage.skills):
        yield f"skill:{concept.slug}"


def _locales(code: str, catalog: Catalog) -> list[str]:
    nearest = nearest_locale(catalog.locales, code)
    return [] if nearest is None else [f"locale:{it.code}" for it in catalog.locales[nearest].chain()]


def _regions(region: object, slugs: list[str], catalog: Catalog) -> list[str]:
    """Everything, where none of these careers has a figure of the region that is chosen: others have, for now."""
    careers = [catalog.careers[slug] for slug in slugs if slug in catalog.careers]
    return [] if any(region in career.observed_in for career in careers) else [ALL]


def _slugs(root_field: RootField, variables: Mapping[str, Any]) -> list[str]:
    slugs: list[Any] = []
    match root_field.field:
        case "comparison":
            slugs = [root_field.value("a", variables), root_field.value("b", variables)]
        case "comparisonBySlug":
            slug = root_field.value("slug", variables)
            slugs = slug.split(VERSUS) if isinstance(slug, str) else []
            slugs = slugs if len(slugs) == 2 else []
        case "multiComparison":
            slugs = root_field.value("careers", variables) or []
        case field if field in _NAMED:
            slugs = [root_field.value("slug", variables)]
    return [slug for slug in slugs if isinstance(slug, str)]
