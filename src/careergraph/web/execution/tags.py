"""Tags: the names of the documents that an answer follows from, so that a cache in front can forget exactly it.

A tag is a kind and a slug, such as `career:editor`. Where an answer follows from more than its arguments name, it has
a tag for all of a kind (`collections`, `skills`, `attributes`) or for everything (`catalog`). Whoever publishes a
document has every answer forgotten that carries the document's own tag, that of all of its kind, or `catalog`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from sys import intern
from typing import Any, NamedTuple

from careergraph.engine.comparison.compare import VERSUS
from careergraph.engine.content import Career, Catalog
from careergraph.engine.text.locale_lookup import nearest_locale
from careergraph.web.execution.documents import Operation
from careergraph.web.execution.root_fields import RootField

ALL = "catalog"
"""The tag of answers that any publish may change."""

_SHELVES = {"skill": "skills", "category": "categories", "collection": "collections"}
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_LOCALIZED = ("labels", "attributes")
"""Fields that follow from a locale, and from nothing else that an argument names."""
_FREE = ("__typename", "__schema", "__type")


class _Traces(NamedTuple):
    """What a career follows from, one by one and all in one, and which attributes it has values of."""

    own: tuple[str, ...]
    all_tags: frozenset[str]
    text: str
    attributes: tuple[str, ...]


class Tags:
    """Works out the tags of answers. What a career follows from is kept as long as its catalog is live."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._catalog: Catalog | None = None
        self._careers: dict[str, _Traces] = {}

    def of(self, operation: Operation, variables: Mapping[str, Any] | None, catalog: Catalog) -> bytes:
        """The tags of an answer, with spaces between them; just `catalog` where they would be too long for a header."""
        self._look_at(catalog)
        tags: list[str] = []
        for call in operation.calls:
            if call.field not in _FREE:
                tags += self._called(call, variables or {}, catalog)
        tags += sorted(operation.measure.wide)
        if operation.measure.past:
            tags.append(ALL)
        if len(operation.calls) > 1:  # what two of them have in common is told once
            tags = list(dict.fromkeys([tag for text in tags for tag in text.split(" ")]))
        text = " ".join(tags)
        return (ALL if len(text) >= self._max_bytes else text).encode("ascii", "replace")

    def of_careers(self, slugs: Sequence[str], catalog: Catalog) -> list[str]:
        """The tags of what follows from all that careers are made of."""
        self._look_at(catalog)
        return [*[tag for slug in slugs for tag in self._career(slug, catalog).own], "attributes"]

    def _look_at(self, catalog: Catalog) -> None:
        if catalog is not self._catalog:
            self._catalog, self._careers = catalog, {}

    def _called(self, call: RootField, variables: Mapping[str, Any], catalog: Catalog) -> list[str]:
        """What the answer to one call follows from: texts of one tag or more."""
        if call.field in _LOCALIZED:
            return _locales(call.value("locale", variables), catalog) or [ALL]
        slugs = _slugs(call, variables)
        if not slugs or any(slug not in self._careers and not _SLUG.fullmatch(slug) for slug in slugs):
            return [ALL]  # whoever asks must not write into a header
        if (shelf := _SHELVES.get(call.field)) is None:
            tags = self._compared(slugs, catalog) + _regions(call.value("region", variables), slugs, catalog)
        else:  # a slug that is not there redirects to another document
            tags = [f"{call.field}:{slugs[0]}", *[ALL] * (slugs[0] not in getattr(catalog, shelf))]
        return tags + _locales(call.value("locale", variables), catalog)

    def _compared(self, slugs: list[str], catalog: Catalog) -> list[str]:
        first, *others = [self._career(slug, catalog) for slug in slugs]
        if not others:
            return [first.text, *first.attributes]
        tags, seen = [first.text], first.all_tags
        for career in others:
            tags += [tag for tag in career.own if tag not in seen]
            seen = seen | career.all_tags if len(others) > 1 else seen
        tags += [f"pair:{a}-vs-{b}" for a, b in combinations(sorted(slugs), 2)]
        tags.append("attributes")  # all of them: their roles in a transition concern careers without a value too
        return tags

    def _career(self, slug: str, catalog: Catalog) -> _Traces:
        if (traces := self._careers.get(slug)) is None:
            career = catalog.careers.get(slug)
            if career is None:
                return _traces((f"career:{slug}", ALL), ())
            own = tuple(dict.fromkeys(map(intern, _parts(career))))
            keys = dict.fromkeys([value.attribute.key for value in (*career.values, *career.regional)])
            attributes = tuple([intern(f"attribute:{key}") for key in keys])
            traces = self._careers[slug] = _traces(own, attributes)
        return traces


def _traces(own: tuple[str, ...], attributes: tuple[str, ...]) -> _Traces:
    return _Traces(own, frozenset(own), " ".join(own), attributes)


def _parts(career: Career) -> Iterator[str]:
    yield f"career:{career.slug}"
    yield f"category:{career.category.slug}"
    for value in (*career.values, *career.regional):
        yield f"source:{value.provenance.source.slug}"
    for concept in (concept for skill in career.skills for concept in skill.concepts):
        yield f"skill:{concept.slug}"
    for concept in (concept for stage in career.roadmap for concept in stage.skills):
        yield f"skill:{concept.slug}"


def _locales(code: object, catalog: Catalog) -> list[str]:
    nearest = nearest_locale(catalog.locales, code if isinstance(code, str) else catalog.default_locale)
    return [] if nearest is None else [f"locale:{it.code}" for it in catalog.locales[nearest].chain()]


def _regions(region: object, slugs: list[str], catalog: Catalog) -> list[str]:
    """Everything, where none of these careers has a figure of the region that is chosen: others have, for now."""
    if region is None:
        return []
    careers = [catalog.careers[slug] for slug in slugs if slug in catalog.careers]
    return [] if any(region in career.observed_in for career in careers) else [ALL]


def _slugs(call: RootField, variables: Mapping[str, Any]) -> list[str]:
    slugs: list[Any] = []
    match call.field:
        case "comparison":
            slugs = [call.value("a", variables), call.value("b", variables)]
        case "comparisonBySlug":
            slug = call.value("slug", variables)
            slugs = slug.split(VERSUS) if isinstance(slug, str) else []
            slugs = slugs if len(slugs) == 2 else []
        case "multiComparison":
            slugs = call.value("careers", variables) or []
        case "career" | "skill" | "category" | "collection":
            slugs = [call.value("slug", variables)]
    return [slug for slug in slugs if isinstance(slug, str)]
