"""The reports of verbs on many documents."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, attr, child, children, computed, object_type
from careergraph.api.editing.document import EditorDocument
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.outcome import Conflict, Problem
from careergraph.api.editing.transaction import actor_of, read
from careergraph.editorial.content import outcome, problem
from careergraph.editorial.verbs import bulk
from careergraph.editorial.verbs.documents import replace
from careergraph.store.documents.documents import Key
from careergraph.store.editing.draft_references import referring_drafts
from careergraph.store.editing.drafts import state


class KeyOutcome(NamedTuple):
    """A document, and the reason for which it was refused."""

    key: Key
    refusal: bulk.Refused | None


@object_type(KeyOutcome, "How a bulk verb ended for one document.")
class BulkOutcome(Mirror):
    of: strawberry.Private[KeyOutcome]

    key: DocumentKey = child("Which document it is.")
    accepted: bool = attr("Whether it is, or would be, done.", lambda of: of.refusal is None)
    problems: list[Problem] = children(
        "The problems for which it was refused.", lambda of: _problems(of.refusal), size=1
    )
    conflict: Conflict | None = child(
        "The conflict for which it was refused; null without one.", lambda of: _conflict(of.refusal)
    )

    @computed("The document as it is now.", cost=2)
    def document(self, info: Info) -> EditorDocument | None:
        return EditorDocument(read(info, lambda it: state(it, self.of.key), key=self.of.key))


@object_type(bulk.Report, "How a bulk verb ended: for each document, whether it was done or why not.")
class BulkReport(Mirror):
    of: strawberry.Private[bulk.Report]

    done: bool = attr("Whether anything was done. Where it was not, `accepted` says what would have been.")
    version: int | None = attr("The version of the catalog that it made; null where nothing changed that is live.")
    confirmation: str | None = attr(
        "Of a dry run of `bulkMatching`: send it as `confirm` to do this, and nothing else; null otherwise."
    )
    until: datetime | None = attr("Until when it can be confirmed; null without a `confirmation`.")
    accepted: int = attr("How many documents are, or would be, done.", lambda of: len(of.keys) - len(of.refusals))
    refused: int = attr("How many documents were refused.", lambda of: len(of.refusals))
    documents: list[BulkOutcome] = children(
        "The documents, each with its outcome, those refused first.", lambda of: _outcomes(of.keys, of.refusals)
    )

    @computed(
        "The documents whose open draft, or the revision that a release or a schedule publishes, refers to any of "
        "those that are, or would be, done. Once these are archived, none of those can be published as it is.",
        cost=20,
    )
    def referring_drafts(self, info: Info) -> list[EditorDocument] | None:
        keys = [key for key in self.of.keys if key not in self.of.refusals]
        types = actor_of(info).scope.types
        return [EditorDocument(it) for it in read(info, lambda it: referring_drafts(it, keys, types))]


@object_type(replace.Use, "A document that refers to a replaced one.")
class ReplacedReference(Mirror):
    key: DocumentKey = child("Which document it is.")
    base: int = attr("Its newest revision, before anything was replaced.")
    places: int = attr("In how many places it refers to the replaced document, or its draft does, if these are more.")
    live: bool = attr("Whether what is published of it refers to it.")
    drafted: bool = attr("Whether a draft of it does.")


@object_type(replace.Replaced, "The documents that refer to another document now, or would.")
class Replacement(Mirror):
    done: bool = attr("Whether anything was done.")
    version: int | None = attr("The version of the catalog that it made; null where nothing changed that is live.")
    documents: list[ReplacedReference] = children("The documents, by type and slug.", "uses")


def _outcomes(keys: tuple[Key, ...], refusals: Mapping[Key, bulk.Refused]) -> list[KeyOutcome]:
    return sorted([KeyOutcome(key, refusals.get(key)) for key in keys], key=lambda it: it.refusal is None)


def _problems(refusal: bulk.Refused | None) -> tuple[problem.Problem, ...]:
    return refusal.problems if isinstance(refusal, outcome.Rejected) else ()


def _conflict(refusal: bulk.Refused | None) -> outcome.Conflict | None:
    return refusal if isinstance(refusal, outcome.Conflict) else None
