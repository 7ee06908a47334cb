"""The order of releases: an older edition of a source is not imported over a newer one unawares."""

import re
from collections.abc import Iterator

from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.source_data import SourceData, whole
from careergraph.store.documents.documents import SourceDocument

_RELEASE = re.compile(r"\d+(?:[._-]\d+)*")


class OlderRelease(Exception):
    """A source is older than the edition that is there already."""


def require_newest(snapshot: DatabaseSnapshot, source: SourceData) -> None:
    """Require the editions of a source to be no older than those that are live or drafted. Raises OlderRelease."""
    for document in source.documents:
        if document.type != SourceDocument.TYPE:
            continue
        vintage = whole(document.sections).get("vintage") or ""
        newest = max(_vintages(snapshot, document.slug), key=release_numbers, default="")
        if vintage and release_numbers(vintage) < release_numbers(newest):
            raise OlderRelease(f"{document.slug} {vintage} is older than {newest}, which is there already")


def _vintages(snapshot: DatabaseSnapshot, slug: str) -> Iterator[str]:
    """Yield the vintages of the editions of a source, whose slugs end in their release where there are several."""
    edition = re.compile(rf"{re.escape(slug)}(-\d.*)?")
    for document in snapshot.live.values():
        if isinstance(document, SourceDocument) and edition.fullmatch(document.slug) and document.vintage:
            yield document.vintage
    for (kind, name), body in snapshot.drafts.items():
        if kind == SourceDocument.TYPE and body is not None and edition.fullmatch(name) and body.get("vintage"):
            yield body["vintage"]


def release_numbers(vintage: str) -> tuple[int, ...]:
    """Return the numbers of the first release or date in a text, for comparison: 1.2 is 1.2.0."""
    match = _RELEASE.search(vintage)
    numbers = [int(it) for it in re.findall(r"\d+", match[0])] if match else []
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
