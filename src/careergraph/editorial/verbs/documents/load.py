"""Load a content folder: publish all of its documents or none, and undo nothing that others did unless told to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.checks.check import check_reading
from careergraph.editorial.content.content_folder import Entry, exported_version, read
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.editing.publication import Published, Step, publish_checked
from careergraph.editorial.media.library import problems_of_files
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.access.audit import record_all
from careergraph.store.catalogs.past import documents_at, newest
from careergraph.store.documents.documents import Document, Key, key_of
from careergraph.store.documents.redirects import Redirects, redirects
from careergraph.store.documents.references import rename_document
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import DocumentState, archive, bodies, close, states
from careergraph.store.editing.publish import Publisher, publishers
from careergraph.store.editing.revisions import Cause

LOADED = "load"
"""The verb of the audit log for a document that was loaded from a file."""
LOADER = "careergraph load"
"""The name of who loads, where no other is given."""


class Undoing(DescribedEnum):
    """The changes that loading a file may undo, by the option that allows it."""

    ARCHIVED = "restore-archived", "Make archived documents live again."
    UNPUBLISHED = "restore-unpublished", "Make documents live again that were unpublished."
    CHANGED = "overwrite-changed", "Put the files in place of documents that others changed since the export."


class Undone(NamedTuple):
    """A document for which loading would undo something, with the problem that says so."""

    key: Key
    undoing: Undoing
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadPlan:
    """What loading a folder would do to the catalog of a `version`, where its `documents` are those of the files.

    `step` has the documents that would be published. `renamed` are the present idents of files under a former one.
    `left` are documents that stay as they are, by the option to keep them. `drafted` have open drafts, which would
    start from what is live no longer; drafts of the same content as the files are `closing`.
    """

    version: int | None
    documents: int
    step: Step
    before: Mapping[Key, Document]
    states: Mapping[Key, DocumentState]
    new: Sequence[Key] = ()
    changed: Sequence[Key] = ()
    renamed: Mapping[Key, str] = field(default_factory=dict)
    undone: Sequence[Undone] = ()
    left: Sequence[Key] = ()
    drafted: Sequence[Key] = ()
    closing: Sequence[Key] = ()
    refused: Sequence[Problem] = ()


def plan_load(session: Session, folder: Path, allowed: Collection[Undoing] = (), *, keep: bool = False) -> LoadPlan:
    """Plan to publish the content files of a folder; a file under a former slug is of the renamed document. What would
    undo something is refused unless `allowed`, or left out to `keep` it. Raises Rejected with the problems of files."""
    live = {key_of(document): document for document in read_all(session)}
    reading = read([folder])
    moved = redirects(session)
    entries = [_follow(entry, moved) for entry in reading.entries] if moved else list(reading.entries)
    renamed = {key: moved[key] for key in map(key_of, reading.documents) if key in moved}
    if doubled := list(_doubled(reading.entries, moved)):
        raise Rejected(doubled)
    if problems := check_reading(replace(reading, entries=tuple(entries)), live.values()):
        raise Rejected(problems)
    differing = [entry for entry in entries if live.get(key_of(entry.document)) != entry.document]
    if wrong := [entry.place(it) for entry in differing for it in problems_of_files(session, [entry.document])]:
        raise Rejected(wrong)
    current = states(session, [key_of(entry.document) for entry in differing])
    undone = tuple(_undone(session, folder, differing, current, live, moved))
    left = {it.key for it in undone if keep and it.undoing not in allowed}
    documents = [it.document for it in differing if key_of(it.document) not in left]
    keys = [key_of(document) for document in documents]
    drafts = bodies(session, [key for key in keys if current[key].draft is not None])
    same = [key for document in documents if drafts.get(key := key_of(document)) == plain(document)]
    return LoadPlan(
        version=_version(session),
        documents=len(entries),
        step=Step(documents=documents, cause=Cause.LOADED),
        before={key: live[key] for key in keys if key in live},
        states={key: current[key] for key in keys},
        new=[key for key in keys if key not in live],
        changed=[key for key in keys if key in live],
        renamed=renamed,
        undone=undone,
        left=sorted(left),
        drafted=[key for key in drafts if key not in same],
        closing=same,
        refused=[it.problem for it in undone if it.undoing not in allowed and not keep],
    )


def _version(session: Session) -> int | None:
    info = newest(session)
    return None if info is None else info.version


def _follow(entry: Entry, moved: Redirects) -> Entry:
    """Return an entry with its document and its references under their present names."""
    body = plain(entry.document)
    fresh = rename_document(key_of(entry.document), body, moved)
    return entry if fresh is body else replace(entry, document=msgspec.convert(fresh, type(entry.document)))


def _doubled(entries: Iterable[Entry], moved: Redirects) -> Iterator[Problem]:
    """Yield a problem for each file under a former slug beside a file under the present one."""
    places = {key_of(entry.document): entry for entry in entries}
    for key, entry in places.items():
        if key in moved and (key[0], moved[key]) in places:
            other = places[key[0], moved[key]].file.name
            message = f"it is called {quoted(moved[key])} now, which is in {other} too: remove this one"
            yield entry.place(Problem(ProblemCode.DUPLICATE, message, (), *key))


def _undone(  # noqa: PLR0913, PLR0917 - the files, and the database that they meet
    session: Session,
    folder: Path,
    differing: Sequence[Entry],
    current: Mapping[Key, DocumentState],
    live: Mapping[Key, Document],
    moved: Redirects,
) -> Iterator[Undone]:
    last = publishers(session, current)
    others = _changed_by_others(session, folder, {key: last[key] for key in current if key in live}, live, moved)
    for entry in differing:
        key = key_of(entry.document)
        if key in live:
            undoing = Undoing.CHANGED if key in others else None
        elif current[key].archived:
            undoing = Undoing.ARCHIVED
        else:
            undoing = Undoing.UNPUBLISHED if key in last else None
        if undoing is not None:
            yield Undone(key, undoing, entry.place(_problem(key, undoing, last.get(key))))


def _problem(key: Key, undoing: Undoing, publisher: Publisher | None) -> Problem:
    by = "" if publisher is None else f" by {publisher.author} on {publisher.instant:%Y-%m-%d}"
    message = f"it was {undoing.name.lower()}{by}; --{undoing} loads it all the same, --keep leaves it"
    return Problem(ProblemCode.UNDOES, message, (), *key)


def _changed_by_others(
    session: Session,
    folder: Path,
    last: Mapping[Key, Publisher],
    live: Mapping[Key, Document],
    moved: Redirects,
) -> set[Key]:
    """Return the live documents that somebody changed: since the export, as the folder is one of this database; else
    since they were loaded or seeded."""
    changed = {key for key, publisher in last.items() if publisher.cause is not Cause.LOADED}
    since = exported_version(session, folder)
    if since is None:
        return changed
    changed = {key for key in changed if last[key].version > since}
    former = {(key[0], new): key for key, new in moved.items()}
    keys = {*changed, *[former[key] for key in changed if key in former]}
    try:
        exported = [rename_document(key_of(it), plain(it), moved) for it in documents_at(session, since, keys)]
    except msgspec.ValidationError:  # documents had another shape then
        return changed
    return {key for key in changed if plain(live[key]) not in exported}


def load(session: Session, actor: Actor, plan: LoadPlan, note: str = "") -> Published:
    """Publish what was planned, as one version. Its open drafts stay, but for those of the same content. Raises Denied,
    and Rejected for what it may not undo, and if anything was published since it was planned."""
    permit(actor, Verb.PUBLISH)
    for document in plan.step.documents:
        key = key_of(document)
        permit(actor, Verb.PUBLISH, key, plain(plan.before[key]) if key in plan.before else None, plain(document))
    if plan.refused:
        raise Rejected(plan.refused)
    if _version(session) != plan.version or states(session, plan.states) != plan.states:
        raise rejection(ProblemCode.CHANGED, "somebody published, saved or archived meanwhile: load again")
    published = publish_checked(session, actor.name, plan.step, plan.before, note)
    undone = {it.key: it.undoing for it in plan.undone}
    keys = [key_of(document) for document in plan.step.documents]
    details = {key: {"version": published.version, "note": note, "undone": undone.get(key)} for key in keys}
    record_all(session, actor.name, LOADED, details)
    for key, state in plan.states.items():
        if state.archived:
            archive(session, key, archived=False)
    close(session, plan.closing)
    return published
