"""Tags: the names of the documents that an answer follows from, so that a cache in front can forget exactly it.

A tag is a kind and a slug, such as `career:editor`. Where an answer follows from more than its arguments name, it has
a tag for all of a kind (`collections`, `skills`, `attributes`) or for everything (`catalog`). Whoever publishes a
document has every answer forgotten that carries the document's own tag, that of all of its kind, or `catalog`.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations
from typing import Any

from careergraph.engine.content import Career, Catalog
from careergraph.web.calls import Call
from careergraph.web.documents import Operation

ALL = "catalog"
"""The tag of answers that any publish may change."""

_BY_SLUG = {"skill": "skill", "category": "category", "collection": "collection"}
_FREE = ("__typename", "__schema", "__type")


class Tags:
    """Works out the tags of answers. What a career follows from is kept as long as its catalog is live."""

    def __init__(self, max_bytes: int) -> None:
        self._max_bytes = max_bytes
        self._catalog: Catalog | None = None
        self._careers: dict[str, tuple[str, ...]] = {}

    def of(self, operation: Operation, variables: Mapping[str, Any] | None, catalog: Catalog) -> tuple[str, ...]:
        """The tags of an answer; just `catalog` where they would be too long for a header."""
        if catalog is not self._catalog:
            self._catalog, self._careers = catalog, {}
        found = dict.fromkeys(tag for call in operation.calls for tag in self._called(call, variables or {}, catalog))
        found.update(dict.fromkeys(sorted(operation.measure.wide)))
        if operation.measure.past:
            found[ALL] = None
        if sum(map(len, found)) + len(found) > self._max_bytes:
            return (ALL,)
        return tuple(found)

    def _called(self, call: Call, variables: Mapping[str, Any], catalog: Catalog) -> Iterator[str]:
        if call.field in _FREE:
            return
        slugs = _slugs(call, variables)
        if not slugs:
            yield ALL
            return
        if call.field in _BY_SLUG:
            yield f"{_BY_SLUG[call.field]}:{slugs[0]}"
        else:
            yield from self._compared(slugs, catalog)
        yield from _locales(call.value("locale", variables), catalog)

    def _compared(self, slugs: list[str], catalog: Catalog) -> Iterator[str]:
        for slug in slugs:
            yield from self._career(slug, catalog)
        if len(slugs) > 1:
            for a, b in combinations(sorted(slugs), 2):
                yield f"pair:{a}-vs-{b}"
            yield "attributes"  # their roles in a transition concern careers without a value of them too

    def _career(self, slug: str, catalog: Catalog) -> tuple[str, ...]:
        if slug not in self._careers:
            career = catalog.careers.get(slug)
            self._careers[slug] = (f"career:{slug}", ALL) if career is None else tuple(dict.fromkeys(_parts(career)))
        return self._careers[slug]


def header_of(tags: Iterable[str]) -> tuple[bytes, bytes]:
    """The values of `Surrogate-Key` and of `Cache-Tag`."""
    names = [tag.encode("ascii", "replace") for tag in tags]
    return b" ".join(names), b",".join(names)


def _parts(career: Career) -> Iterator[str]:
    yield f"career:{career.slug}"
    yield f"category:{career.category.slug}"
    for value in career.values:
        yield f"attribute:{value.attribute.key}"
        yield f"source:{value.provenance.source.slug}"
    for it in (it for skill in career.skills for it in skill.concepts):
        yield f"skill:{it.slug}"
    for it in (it for stage in career.roadmap for it in stage.skills):
        yield f"skill:{it.slug}"


def _locales(code: object, catalog: Catalog) -> Iterator[str]:
    locale = catalog.locales.get(code if isinstance(code, str) else catalog.default_locale)
    if locale is not None:
        yield from (f"locale:{it.code}" for it in locale.chain())


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
