"""Bulk verbs on the documents that match a filter: a dry run, whose confirmation then does it to just these
documents."""

import json
import zlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.content.outcome import rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import newest
from careergraph.editorial.verbs.bulk import MOST, Refused, Report, Task, bulk, unseen
from careergraph.store.documents.documents import Key
from careergraph.store.editing.listing import list_documents

LASTS = timedelta(minutes=15)
"""How long a dry run can be confirmed."""
_MOST_BYTES = 512 * MOST
"""The most bytes of the documents in a confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matching:
    """The conditions of `list_documents` on which documents; None leaves one out."""

    types: tuple[str, ...] | None = None
    text: str | None = None
    live: bool | None = None
    has_draft: bool | None = None
    in_review: bool | None = None
    assignee: str | None = None
    archived: bool | None = None
    removed: bool = False
    release: str | None = None
    changed_by: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    lacks: str | None = None


def bulk_matching(
    session: Session, actor: Actor, matching: Matching, task: Task, confirmation: str | None = None
) -> Report:
    """Find out what a bulk verb would do to the documents within the actor's scope that match. With the `confirmation`
    of such a dry run, by the same actor and for the same task, do it.

    Where other documents match by now, or one is at another revision, nothing is done, and the report has a refusal for
    each of these. Raises what `bulk` does, and Rejected for a confirmation of something else or one that has expired.
    It is no secret and gives no right: every right is asked for again.
    """
    present = _matching_bases(session, actor, matching)
    if confirmation is None:
        report = bulk(session, actor, present, task, dry_run=True, within_scope=True)
        until = datetime.now(UTC).replace(microsecond=0) + LASTS
        return replace(report, confirmation=_confirmation(actor, matching, task, present, until), until=until)
    seen = _read(actor, matching, task, confirmation)
    if different := _differences(session, seen, present):
        return Report(done=False, keys=tuple(sorted({*seen, *present})), refusals=different)
    return bulk(session, actor, present, task, within_scope=True)


def _matching_bases(session: Session, actor: Actor, matching: Matching) -> dict[Key, int]:
    """Return the newest revisions of the documents that match, of one more than a bulk verb takes at most."""
    documents = list_documents(within=actor.scope.types, **asdict(matching))
    return {state.key: newest(state) or 0 for state, _ in documents.page(session, MOST + 1)}


def _differences(session: Session, seen: Mapping[Key, int], present: Mapping[Key, int]) -> dict[Key, Refused]:
    refusals = unseen(session, seen)
    for keys, message in (
        (present.keys() - seen.keys(), "it matches the filter now, and did not in the dry run"),
        (seen.keys() - present.keys() - refusals.keys(), "it does not match the filter any longer"),
    ):
        refusals |= {key: rejection(ProblemCode.CHANGED, message, key) for key in keys}
    return refusals


def _confirmation(actor: Actor, matching: Matching, task: Task, bases: Mapping[Key, int], until: datetime) -> str:
    documents = zlib.compress(json.dumps([[*key, base] for key, base in bases.items()]).encode())
    written = urlsafe_b64encode(documents).decode()
    instant = str(int(until.timestamp()))
    return f"{instant}.{_digest(actor, matching, task, instant, written)}.{written}"


def _digest(actor: Actor, matching: Matching, task: Task, instant: str, documents: str) -> str:
    what = [actor.name, asdict(matching), asdict(task), instant, documents]
    return sha256(json.dumps(what, default=str).encode()).hexdigest()


def _read(actor: Actor, matching: Matching, task: Task, confirmation: str) -> dict[Key, int]:
    """Return the documents of a confirmation with their revisions. Raises Rejected."""
    steps = ("confirm",)
    instant, _, rest = confirmation.partition(".")
    digest, _, documents = rest.partition(".")
    if digest != _digest(actor, matching, task, instant, documents):
        message = "it confirms another dry run: of somebody else, of another filter or of another task"
        raise rejection(ProblemCode.CHANGED, message, steps=steps)
    try:
        until, packed = int(instant), urlsafe_b64decode(documents)
        plain = zlib.decompressobj().decompress(packed, _MOST_BYTES)
        rows = msgspec.json.decode(plain, type=list[tuple[str, str, int]])
    except (ValueError, zlib.error, msgspec.MsgspecError):
        raise rejection(ProblemCode.CHANGED, "it is no confirmation", steps=steps) from None
    if until < datetime.now(UTC).timestamp():
        raise rejection(ProblemCode.CLOSED, "the dry run is too old: make another one", steps=steps)
    return {(type_name, ident): base for type_name, ident, base in rows}
