"""Replace: documents refer to another document of the same type, live and in drafts, as one version."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.document_index import quoted, with_article
from careergraph.editorial.content.outcome import Body, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.approval import types_in_need
from careergraph.editorial.editing.document_state import (
    is_present,
    live_bodies,
    newest,
    not_live,
    plain,
    require_seen,
    unknown_document,
)
from careergraph.editorial.editing.draft_body import parse_body
from careergraph.editorial.editing.newer_drafts import keep_drafted, newer_drafts
from careergraph.editorial.editing.publication import Step, make_live
from careergraph.editorial.verbs.documents.publish import open_drafts
from careergraph.store.access.audit import record_all
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CollectionDocument,
    Document,
    Key,
    LocaleDocument,
    PairDocument,
    SkillDocument,
)
from careergraph.store.documents.references import PATHS, named_references, rename_references
from careergraph.store.documents.rows import referring
from careergraph.store.editing.draft_references import bodies_of, older_revisions
from careergraph.store.editing.drafts import DocumentState, Revised, close, drafts, states
from careergraph.store.editing.rehearsal import settle
from careergraph.store.editing.revisions import Cause

MOST = 1_000
"""The most documents in which a reference is replaced at once."""

_FIXED: Mapping[str, str] = {
    LocaleDocument.TYPE: "texts are written in a locale: translate them",
    AttributeDocument.TYPE: "a figure of one attribute is no figure of another: edit the careers",
}


REPLACEABLE = frozenset(target for paths in PATHS.values() for target in paths.values()) - _FIXED.keys()
"""The types of which a document can be replaced by another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """A document that refers to the replaced one: its newest revision, in how many places of it or of what is live, and
    whether these are `live` or in a draft."""

    key: Key
    base: int
    places: int
    live: bool
    drafted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """The documents in which a reference was replaced, or (`done` is False) would be, and the version of the catalog,
    None where nothing live changed."""

    done: bool
    uses: tuple[Use, ...]
    version: int | None = None


def replace_reference(  # noqa: PLR0913, PLR0917 - what by what, where, and the fields of the audit log
    session: Session, actor: Actor, old: Key, new: str, bases: Mapping[Key, int] | None, note: str = ""
) -> Replaced:
    """Let all documents that refer to a document refer to another one of its type: live ones as one version, and drafts
    with the revisions that releases and schedules publish. What is twice in a list then is there once.

    `bases` are these documents as the actor saw them; None only tells which they are. Raises Denied without the right
    to any of them; Rejected for locales, attributes and pairs of a replaced career, which cannot follow, where another
    document refers to it now, for live documents that need approvals, and for what would be invalid; Conflict for a
    document that is another one now, or a draft that is older than the live document.
    """
    permit(actor, Verb.REPLACE_REFERENCE, old)
    _require_replaceable(session, old, new)
    live = live_bodies(session, referring(session, [old]))
    places = _drafted_places(session, old)
    current = states(session, sorted({*live, *places}))
    drafted = {key: state for key, state in current.items() if state.draft is not None}
    _require_possible(session, old, new, live, current)
    question = "replaced", old, new, frozenset(live)
    fresh = settle(session, question, lambda: _replaced_in(live, old, new))
    why = note or f"{old[1]} replaced by {new}"
    revisions = {key: newer_drafts(session, state) for key, state in drafted.items()}
    moved = {
        key: {number: _moved(key, draft, old, new, why) for number, draft in some.items()}
        for key, some in revisions.items()
    }
    for key in current:
        permit(actor, Verb.REPLACE_REFERENCE, key, live.get(key), plain(fresh[key]) if key in fresh else None)
        for number, draft in revisions.get(key, {}).items():
            permit(actor, Verb.REPLACE_REFERENCE, key, draft.body, moved[key][number].body)
    uses = tuple([_use(state, old, live.get(key), places.get(key)) for key, state in current.items()])
    if bases is None:
        return Replaced(done=False, uses=uses)
    _require_seen(session, old, current, bases)
    _require_no_approvals(session, live)
    open_drafts(session, {key: state.draft or 0 for key, state in drafted.items()})
    published = make_live(session, actor.name, Step(documents=list(fresh.values()), cause=Cause.REPLACED), why)
    close(session, drafted)
    for key, state in drafted.items():  # they come after what is live now, so that they are the newer ones
        keep_drafted(session, state, moved[key], actor.name, Cause.REPLACED)
    detail = {"from": old[1], "to": new, "of": old[0], "version": published.version, "note": note}
    record_all(session, actor.name, Verb.REPLACE_REFERENCE, dict.fromkeys(current, detail))
    return Replaced(done=True, uses=uses, version=published.version)


def replaced_live(session: Session, old: Key, new: str) -> Mapping[Key, Document]:
    """Return the live documents that refer to a document as a replacement would leave them. Raises Rejected."""
    _require_replaceable(session, old, new)
    if live := live_bodies(session, referring(session, [old])):
        _require_possible(session, old, new, live, states(session, live))
    return _replaced_in(live, old, new)


def _require_replaceable(session: Session, old: Key, new: str) -> None:
    if old[0] not in REPLACEABLE:
        reason = _FIXED.get(old[0]) or f"no document refers to {with_article(old[0])}"
        raise rejection(ProblemCode.FIXED, f"{with_article(old[0])} cannot be replaced: {reason}", old)
    if old[1] == new:
        raise rejection(ProblemCode.BAD_CHOICE, "it is to be replaced by itself", old)
    other = (old[0], new)
    if not is_present(states(session, [other])[other]):
        raise unknown_document(session, other)


def _drafted_places(session: Session, old: Key) -> dict[Key, int]:
    """Return in how many places open drafts refer to a document, or revisions that releases and schedules publish."""
    every = drafts(session)
    ids = {state.key: state.id for state in every}
    numbers = [(state.key, state.draft) for state in every if state.draft] + older_revisions(session)
    question = "places", old, frozenset((ids[key], key, number) for key, number in numbers)
    return settle(session, question, lambda: _places_at(session, old, numbers))


def _places_at(session: Session, old: Key, numbers: Sequence[tuple[Key, int]]) -> dict[Key, int]:
    """Return in how many places revisions refer to a document: the most of those of each document."""
    places: dict[Key, int] = {}
    for key, body in bodies_of(session, numbers):
        if count := _places(key, body, old):
            places[key] = max(count, places.get(key, 0))
    return places


def _places(key: Key, body: Body | None, old: Key) -> int:
    return 0 if body is None else sum(target == old for _, target in named_references(key[0], body))


def _use(state: DocumentState, old: Key, live: Body | None, drafted: int | None) -> Use:
    places = max(drafted or 0, _places(state.key, live, old))
    return Use(
        key=state.key, base=newest(state) or 0, places=places, live=live is not None, drafted=drafted is not None
    )


def _require_possible(
    session: Session, old: Key, new: str, live: Mapping[Key, Body], current: Mapping[Key, DocumentState]
) -> None:
    if not current:
        raise rejection(ProblemCode.UNKNOWN, f"no document refers to the {old[0]} {quoted(old[1])}", old)
    if len(current) > MOST:
        message = f"{len(current):,} documents refer to it, and at most {MOST:,} can be changed at once"
        raise rejection(ProblemCode.TOO_MANY, message, old)
    if live and not states(session, [(old[0], new)])[old[0], new].live:
        raise not_live((old[0], new))
    message = "a pair is of the careers that it is called by: unpublish it, and discard its draft"
    if pairs := [key for key in current if key[0] == PairDocument.TYPE]:
        raise Rejected(Problem(ProblemCode.FIXED, message, type=key[0], ident=key[1]) for key in pairs)


def _require_seen(session: Session, old: Key, current: Mapping[Key, DocumentState], bases: Mapping[Key, int]) -> None:
    """Require the documents that refer to one to be those that the actor saw. Raises Rejected and Conflict."""
    for key, state in current.items():
        if key in bases:
            require_seen(session, state, bases[key])
    now, no_longer = sorted(current.keys() - bases.keys()), sorted(bases.keys() - current.keys())
    others = [(key, "refers to it, and is not among the documents") for key in now]
    others += [(key, "is among the documents, and does not refer to it") for key in no_longer]
    if others:
        raise Rejected(Problem(ProblemCode.CHANGED, message, type=key[0], ident=key[1]) for key, message in others)


def _require_no_approvals(session: Session, live: Mapping[Key, Body]) -> None:
    """Require live documents to be of types that need no approvals. Raises Rejected."""
    types = types_in_need(session, {key[0] for key in live})
    message = "it needs approvals, which a replacement has none of: edit it, and have the draft approved"
    if refused := [key for key in live if key[0] in types]:
        raise Rejected(Problem(ProblemCode.NOT_APPROVED, message, type=key[0], ident=key[1]) for key in refused)


def _moved(key: Key, draft: Revised, old: Key, new: str, note: str) -> Revised:
    """Return a draft that refers to another document instead, under the present name of its own."""
    body = None if draft.body is None else plain(_replaced(key, draft.body, old, new))
    return replace(draft, key=key, body=body, note=note)


def _replaced_in(bodies: Mapping[Key, Body], old: Key, new: str) -> dict[Key, Document]:
    return {key: _replaced(key, body, old, new) for key, body in bodies.items()}


def _replaced(key: Key, body: Body, old: Key, new: str) -> Document:
    """Return a document that refers to another one instead, which no list holds twice, nor the document itself."""
    fresh: dict[str, Any] = msgspec.to_builtins(rename_references(key[0], body, {old: new}))
    if key[0] == SkillDocument.TYPE:
        for name in ("broader", "related"):
            fresh[name] = [it for it in dict.fromkeys(fresh.get(name) or ()) if it != key[1]]
    elif key[0] == CollectionDocument.TYPE:
        fresh["careers"] = list(dict.fromkeys(fresh.get("careers") or ()))
    elif key[0] == CareerDocument.TYPE:
        for wording in fresh.get("skills") or ():
            wording["concepts"] = _distinct_links(wording.get("concepts") or ())
        for stage in fresh.get("roadmap") or ():
            stage["skills"] = list(dict.fromkeys(stage.get("skills") or ()))
        fresh["relations"] = _distinct_relations(fresh.get("relations") or ())
    return parse_body(key[0], fresh)


def _distinct_links(links: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep one link to each skill, at the place of the first: the one that somebody accepted, or the first."""
    kept: dict[str, dict[str, Any]] = {}
    for link in links:
        first = kept.setdefault(link["skill"], link)
        if first.get("acceptedBy") is None and link.get("acceptedBy") is not None:
            kept[link["skill"]] = link
    return list(kept.values())


def _distinct_relations(relations: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep one list of related careers for each source and scheme, with the ids of all."""
    kept: dict[tuple[str, str], dict[str, Any]] = {}
    for relation in relations:
        first = kept.setdefault((relation["source"], relation["scheme"]), relation)
        first["ids"] = list(dict.fromkeys([*first.get("ids", ()), *relation.get("ids", ())]))
    return list(kept.values())
