"""Tags: the names of the documents that an answer follows from, so that a cache in front can forget exactly it.

A tag is a kind and a slug, such as `career:editor`. Where an answer follows from more than its arguments name, it has
a tag for all of a kind (`collections`, `skills`, `attributes`) or for everything (`catalog`). Whoever publishes a
document has every answer forgotten that carries the document's own tag, that of all of its kind, or `catalog`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from sys import intern
from typing import Any

from careergraph.engine.content import Career, Catalog
from careergraph.web.calls import Call
from careergraph.web.documents import Operation

ALL = "catalog"
"""The tag of answers that any publish may change."""

_SHELVES = {"skill": "skills", "category": "categories", "collection": "collections"}
_SLUG = re.compile(r"[a-z0-9-]{1,200}")
_FREE = ("__typename", "__schema", "__type")


class Tags:
    """Works out the tags of answers. What a career follows from is kept as long as its catalog is live."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._catalog: Catalog | None = None
        self._careers: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}

    def of(self, operation: Operation, variables: Mapping[str, Any] | None, catalog: Catalog) -> tuple[str, ...]:
        """The tags of an answer; just `catalog` where they would be too long for a header."""
        if catalog is not self._catalog:
            self._catalog, self._careers = catalog, {}
        found: list[str] = []
        for call in operation.calls:
            if call.field not in _FREE:
                found += self._called(call, variables or {}, catalog)
        found += sorted(operation.measure.wide)
        if operation.measure.past:
            found.append(ALL)
        tags = tuple(dict.fromkeys(found))
        return (ALL,) if len(" ".join(tags)) >= self._max_bytes else tags

    def _called(self, call: Call, variables: Mapping[str, Any], catalog: Catalog) -> list[str]:
        slugs = _slugs(call, variables)
        if not slugs or not all(map(_SLUG.fullmatch, slugs)):
            return [ALL]  # whoever asks must not write into a header
        if (shelf := _SHELVES.get(call.field)) is None:
            found = self._compared(slugs, catalog)
        else:  # a slug that is not there redirects to another document
            found = [f"{call.field}:{slugs[0]}", *[ALL] * (slugs[0] not in getattr(catalog, shelf))]
        return found + _locales(call.value("locale", variables), catalog)

    def _compared(self, slugs: list[str], catalog: Catalog) -> list[str]:
        careers = [self._career(slug, catalog) for slug in slugs]
        found = [tag for own, _ in careers for tag in own]
        if len(slugs) == 1:
            return [*found, *careers[0][1]]
        found += [f"pair:{a}-vs-{b}" for a, b in combinations(sorted(slugs), 2)]
        found.append("attributes")  # all of them: their roles in a transition concern careers without a value too
        return found

    def _career(self, slug: str, catalog: Catalog) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a career follows from, and which attributes it has values of."""
        if (found := self._careers.get(slug)) is None:
            career = catalog.careers.get(slug)
            if career is None:
                return (f"career:{slug}", ALL), ()
            attributes = [intern(f"attribute:{value.attribute.key}") for value in career.values]
            found = self._careers[slug] = tuple(dict.fromkeys(map(intern, _parts(career)))), tuple(attributes)
        return found


def header_of(tags: Iterable[str]) -> tuple[bytes, bytes]:
    """The values of `Surrogate-Key` and of `Cache-Tag`."""
    names = " ".join(tags).encode("ascii", "replace")
    return names, names.replace(b" ", b",")


def _parts(career: Career) -> Iterator[str]:
    yield f"career:{career.slug}"
    yield f"category:{career.category.slug}"
    for value in career.values:
        yield f"source:{value.provenance.source.slug}"
    for it in (it for skill in career.skills for it in skill.concepts):
        yield f"skill:{it.slug}"
    for it in (it for stage in career.roadmap for it in stage.skills):
        yield f"skill:{it.slug}"


def _locales(code: object, catalog: Catalog) -> list[str]:
    locale = catalog.locales.get(code if isinstance(code, str) else catalog.default_locale)
    return [] if locale is None else [f"locale:{it.code}" for it in locale.chain()]


def _slugs(call: Call, variables: Mapping[str, Any]) -> list[str]:
    found: list[Any] = []
    match call.field:
        case "comparison":
            found = [call.value("a", variables), call.value("b", variables)]
        case "multiComparison":
            found = call.value("careers", variables) or []
        case "career" | "skill" | "category" | "collection":
            found = [call.value("slug", variables)]
    return [slug for slug in found if isinstance(slug, str)]
