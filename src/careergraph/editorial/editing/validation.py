"""Validation: all problems that live documents would have once some documents come and others go."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from sqlalchemy.orm import Session

from careergraph.editorial.checks.check import check
from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.document_state import plain
from careergraph.editorial.editing.draft_body import restore_document
from careergraph.editorial.media.library import problems_of_files
from careergraph.store.catalogs.past import live_documents
from careergraph.store.documents.documents import (
    BY_TYPE,
    AttributeDocument,
    Document,
    Key,
    LocaleDocument,
    SkillDocument,
    key_of,
)
from careergraph.store.documents.references import named_references, references
from careergraph.store.documents.rows import broader_skills, live_idents, live_keys, read, referring
from careergraph.store.editing.drafts import bodies, drafts
from careergraph.store.editing.rehearsal import settle

SHARED = (LocaleDocument.TYPE, AttributeDocument.TYPE)
"""The types that all others rest on: every text is in a locale, and every figure is of an attribute."""
MOST_IN_USE = 100
"""The most documents that are named because they refer to one that is to go."""


class Surroundings(NamedTuple):
    """The live documents that a step can touch, or that it is checked with, and the keys of all live ones."""

    documents: Mapping[Key, Document]
    present: Collection[Key]


def surroundings(session: Session, documents: Iterable[Document], removed: Collection[Key]) -> Surroundings:
    """Return the surroundings of documents that come and others that go, reading no more than these."""
    fresh = {key_of(document): document for document in documents}
    present = _keys(session, BY_TYPE)
    if any(type_name in SHARED for type_name, _ in (*fresh, *removed)):
        return Surroundings({key_of(document): document for document in live_documents(session)}, present)
    users = sorted(referring(session, removed) - fresh.keys() - set(removed))[:MOST_IN_USE]
    keys = {*fresh, *removed, *users, *[key for key in present if key[0] in SHARED]}
    near = {key_of(document): document for document in read(session, keys)}
    return Surroundings(near | {key_of(it): it for it in _affected_skills(session, {}, fresh)}, present)


def problems_of(
    live: Iterable[Document],
    documents: Sequence[Document],
    removed: Collection[Key] = (),
    present: Collection[Key] = (),
) -> tuple[Problem, ...]:
    """Return all problems of `live` documents with `documents` laid over them and without `removed`. They may refer to
    others that are `present`."""
    staying = [document for document in live if key_of(document) not in removed]
    problems = check(documents, staying, set(present).difference(removed))
    return tuple(dict.fromkeys((*problems, *_dangling_references(staying, documents, removed))))


def require_valid(live: Iterable[Document], documents: Sequence[Document], removed: Collection[Key] = ()) -> None:
    """Raise Rejected with all problems that there would be, given all live documents."""
    if problems := problems_of(live, documents, removed):
        raise Rejected(problems)


def require_step_valid(
    session: Session, before: Mapping[Key, Document], documents: Sequence[Document], removed: Collection[Key]
) -> None:
    """Raise Rejected with all problems of a step, reading no more than it can touch. `before` are the live documents
    that it replaces. At most `MOST_IN_USE` documents are named that refer to one that goes."""
    if wrong := tuple(problems_of_files(session, documents)):
        raise Rejected(wrong)
    question = "problems", tuple(documents), frozenset(removed)
    if problems := settle(session, question, lambda: _problems_of_step(session, before, documents, removed)):
        raise Rejected(problems)


def _problems_of_step(
    session: Session, before: Mapping[Key, Document], documents: Sequence[Document], removed: Collection[Key]
) -> tuple[Problem, ...]:
    fresh = {key_of(document): document for document in documents}
    changed = {it: document for it, document in fresh.items() if before.get(it) != document}
    if {type_name for type_name, _ in (*changed, *removed)}.intersection(SHARED):
        return problems_of(live_documents(session), documents, removed)
    context = read(session, _keys(session, SHARED))
    targets = {target for it in documents for _, target in named_references(it.TYPE, plain(it))}
    present = live_keys(session, targets) - set(removed)
    circle = [it for it in _affected_skills(session, before, changed) if key_of(it) not in removed]
    live = [*context, *circle]
    if circle:
        present |= _keys(session, [SkillDocument.TYPE]) - set(removed)
    problems = check(documents, live, present, circle)
    if problems:  # now the idents that were meant may be guessed
        problems = check(documents, live, _keys(session, BY_TYPE) - set(removed), circle)
    users = sorted(referring(session, removed) - fresh.keys() - set(removed))[:MOST_IN_USE]
    dangling = _dangling_references(read(session, users), documents, removed)
    return tuple(dict.fromkeys(chain(problems, dangling)))


def require_sound(session: Session, document: Document) -> None:
    """Raise Rejected with the problems of a draft among the live documents and the open drafts that it may refer to,
    without those of others, reading no more than these."""
    own = key_of(document)
    targets = {target for _, target in named_references(document.TYPE, plain(document))} - {own}
    live = {key_of(it): it for it in read(session, _keys(session, SHARED))}
    live |= {key_of(it): it for it in _affected_skills(session, {}, {own: document})}
    shared_drafts = [it.key for it in drafts(session) if it.key[0] in SHARED]
    drafted = bodies(session, {*targets, *live, *shared_drafts})
    world = live | {key: restore_document(key, body) for key, body in drafted.items() if body is not None}
    present = live_keys(session, targets) | (drafted.keys() & world.keys())
    if document.TYPE == SkillDocument.TYPE:
        present |= _keys(session, [SkillDocument.TYPE])
    problems = check([document], world.values(), present, ())
    if problems:  # now the idents that were meant may be guessed
        problems = check([document], world.values(), present | _keys(session, BY_TYPE), ())
    if problems:
        raise Rejected(problems)


def draft_problems(session: Session, key: Key) -> tuple[Problem, ...]:
    """Return what would stop the open draft of a document from being published together with the drafts that it refers
    to; nothing where there is no draft."""
    body = bodies(session, [key]).get(key)
    if body is None:
        return ()
    try:
        require_sound(session, restore_document(key, body))
    except Rejected as rejected:
        return tuple(rejected.problems)
    return ()


def _keys(session: Session, type_names: Iterable[str]) -> set[Key]:
    return {(type_name, ident) for type_name in type_names for ident in live_idents(session, type_name)}


def _affected_skills(
    session: Session, before: Mapping[Key, Document], changed: Mapping[Key, Document]
) -> tuple[Document, ...]:
    """The skills that changed ones are newly narrower than: a circle goes through them."""
    broader: set[str] = set()
    for key, document in changed.items():
        if isinstance(document, SkillDocument):
            former = before.get(key)
            broader |= set(document.broader) - set(former.broader if isinstance(former, SkillDocument) else ())
    above = broader | broader_skills(session, broader)
    return read(session, [(SkillDocument.TYPE, slug) for slug in above])


def _dangling_references(
    staying: Iterable[Document], documents: Sequence[Document], removed: Collection[Key]
) -> Iterator[Problem]:
    """References from documents that stay to documents that go; each problem names the document that refers."""
    if not removed:
        return
    fresh = {key_of(document) for document in documents}
    for document in [it for it in staying if key_of(it) not in fresh]:
        for steps, target in references(document.TYPE, plain(document)):
            if target in removed:
                message = f"refers to the {target[0]} {quoted(target[1])}, which would be live no longer"
                yield Problem(ProblemCode.IN_USE, message, steps, document.TYPE, document.ident)
