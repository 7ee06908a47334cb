"""Retiring: what a source had before and has no longer goes, unless editors changed it, or others refer to it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.document_index import key as key_of
from careergraph.editorial.content.references import references
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.names import current_key
from careergraph.editorial.importers.proposed_document import Section
from careergraph.editorial.importers.source_data import SourceData
from careergraph.store.documents.documents import CareerDocument

MOST = 0.1
"""The share of a source's careers that may go at once: more is a table that is cut off rather than a new release."""

Whole = Callable[[Key, Mapping[str, Section]], dict[str, Any]]


class TooMany(Exception):
    """More is to go than can be right."""


@dataclass(slots=True)
class Retired:
    """The careers that go, by ident; those that editors changed or have a draft of, and those that others need, which
    stay."""

    gone: dict[str, Key] = field(default_factory=dict)
    edited: list[tuple[Key, str]] = field(default_factory=list)
    busy: list[Key] = field(default_factory=list)
    needed: tuple[Key, ...] = ()


def retire(ground: DatabaseSnapshot, source: SourceData, whole: Whole) -> Retired:
    """Finds the careers that the source lacks by now. They are unpublished, and stay readable as of earlier dates;
    those that editors changed, or that others refer to, stay live. Raises TooMany."""
    result = Retired()
    if source.listed is None:
        return result
    careers = [it for it in ground.remembered.values() if it.key[0] == CareerDocument.TYPE and it.body is not None]
    for career in careers:
        key = current_key(ground, career.key)
        if career.ident in source.listed or key not in ground.live:
            continue
        if ground.state(key).draft is not None:
            result.busy.append(key)
        elif ground.body(key) != whole(key, career.body or {}):
            result.edited.append((key, ""))
        else:
            result.gone[career.ident] = key
    if len(result.gone) > max(1, MOST * len(careers)):
        message = f"the source lacks {len(result.gone)} of the {len(careers)} careers that it had: is a table cut off?"
        raise TooMany(message)
    result.needed = tuple(sorted(_referenced(ground, result.gone.values())))
    result.gone = {ident: key for ident, key in result.gone.items() if key not in result.needed}
    return result


def _referenced(ground: DatabaseSnapshot, going: Iterable[Key]) -> set[Key]:
    """Those of the documents that a remaining document refers to."""
    leaving = set(going)
    return {
        target
        for document in (ground.live.values() if leaving else ())
        if key_of(document) not in leaving
        for _, target in references(document.TYPE, plain(document))
        if target in leaving
    }
