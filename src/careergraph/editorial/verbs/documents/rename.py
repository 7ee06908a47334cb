"""Rename: give a document another slug. The old one redirects, and references in other documents follow."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted, with_article
from careergraph.editorial.content.outcome import Body, rejection
from careergraph.editorial.content.problem import ProblemCode
from careergraph.editorial.editing.document_state import is_present, live_body, live_documents, plain, seen_state
from careergraph.editorial.editing.draft_body import parse_body
from careergraph.editorial.editing.newer_drafts import keep_drafted, newer_drafts
from careergraph.editorial.editing.publication import Published, Step, publish_checked, validate
from careergraph.editorial.verbs.documents.publish import open_drafts
from careergraph.store.access.audit import record
from careergraph.store.documents.documents import Document, Key, LocaleDocument, PairDocument
from careergraph.store.documents.redirects import add
from careergraph.store.documents.references import refers, rename_document
from careergraph.store.documents.rows import referring
from careergraph.store.editing.drafts import DocumentState, Revised, bodies, close, drafts, rename_documents, states
from careergraph.store.editing.rehearsal import settle
from careergraph.store.editing.revisions import Cause


def rename(  # noqa: PLR0913 - the document, its new slug, and the fields of the audit log
    session: Session, actor: Actor, key: Key, new: str, note: str = "", *, base: int
) -> Published:
    """Give a document the slug `new` (an attribute: its key), live and in its draft, and in all references, those of
    drafts included. Its history goes with it.

    Raises Denied, Rejected for an invalid slug or one in use, and for locales and pairs, whose names are fixed, and
    Conflict if `base` is not the newest revision, and for an affected draft that is older than the live document.
    """
    permit(actor, Verb.RENAME, key)
    require_name(key)
    current = seen_state(session, key, base)
    before = live_body(session, key) or bodies(session, [key]).get(key)
    permit(actor, Verb.RENAME, key, before, None)
    require_free(session, current, new)
    changes = {key: new}
    why = note or f"renamed from {key[1]}"
    documents = _rename_documents(session, changes)
    affected = _affected_drafts(session, changes)
    idents = {it: document.ident for it, document in (*documents.items(), *affected.items())}
    names = {key: new} | {it: ident for it, ident in idents.items() if ident != it[1]}
    _require_unused(session, [(it[0], ident) for it, ident in names.items()])
    former = states(session, {*affected, *names})
    drafted = sorted(  # each after those that it may refer to
        (it for it in former.values() if it.draft is not None), key=lambda it: (it.key not in names, it.key)
    )
    open_drafts(session, {it.key: it.draft for it in drafted if it.draft is not None})
    revisions = {it.key: _rename_revisions(session, it, changes, names, why) for it in drafted}
    going = [it for it in names if it in documents]
    step = Step(documents=list(documents.values()), removed=going, renamed=names, cause=Cause.RENAMED)
    live = validate(session, step)
    rename_documents(session, names)
    published = publish_checked(session, actor.name, step, live, why)
    for draft in drafted:
        close(session, [(draft.key[0], names.get(draft.key, draft.key[1]))])
        keep_drafted(session, draft, revisions[draft.key], actor.name, Cause.RENAMED)
    if current.live:
        add(session, key, new)
    record(session, actor.name, Verb.RENAME, key, {"new": new, "version": published.version, "note": note}, now=new)
    return published


def require_name(key: Key) -> None:
    """Require a document that has a name of its own. Raises Rejected (FIXED) for locales and pairs."""
    if key[0] in (LocaleDocument.TYPE, PairDocument.TYPE):
        raise rejection(ProblemCode.FIXED, f"{with_article(key[0])} is called what it is", key)


def require_free(session: Session, current: DocumentState, new: str) -> None:
    """Require a document that is not archived, and that no other one has the new slug. Raises Rejected."""
    key = current.key
    if current.archived and not current.live:
        raise rejection(ProblemCode.NOT_LIVE, "it is archived; revert it first", key)
    _require_unused(session, [(key[0], new)])


def _require_unused(session: Session, keys: Iterable[Key]) -> None:
    for key, state in states(session, keys).items():
        if is_present(state):
            raise rejection(ProblemCode.TAKEN, f"there is {with_article(key[0])} {quoted(key[1])} already", key)


def _rename_within(key: Key, body: Body, changes: Mapping[Key, str]) -> Document:
    """Return a document with its new ident and references."""
    return parse_body(key[0], rename_document(key, body, changes))


def _rename_revisions(
    session: Session, draft: DocumentState, changes: Mapping[Key, str], names: Mapping[Key, str], note: str
) -> Mapping[int, Revised]:
    """Return the draft, and the revisions that its release and its schedules publish, with their new names."""
    key = (draft.key[0], names.get(draft.key, draft.key[1]))
    revisions = {}
    for number, former in newer_drafts(session, draft).items():
        body = None if former.body is None else plain(_rename_within(draft.key, former.body, changes))
        revisions[number] = replace(former, key=key, body=body, note=note)
    return revisions


def _rename_documents(session: Session, changes: Mapping[Key, str]) -> Mapping[Key, Document]:
    """Return the live documents that are renamed or refer to a renamed one, by the keys that they have until now, with
    their new names."""
    live = live_documents(session, [*changes, *referring(session, changes)])
    question = "renamed", dict(changes), frozenset(live)
    return settle(session, question, lambda: {key: _rename_within(key, plain(it), changes) for key, it in live.items()})


def _affected_drafts(session: Session, changes: Mapping[Key, str]) -> Mapping[Key, Document]:
    """Return the open drafts that are renamed or refer to a renamed document, by the keys that they have until now,
    with their new names."""
    bodies_by_key = bodies(session, [it.key for it in drafts(session)])
    return {
        key: _rename_within(key, body, changes)
        for key, body in bodies_by_key.items()
        if body and (key in changes or refers(key[0], body, changes))
    }
