"""Proposals: the changes that a transaction is about to save and publish, and its records, for the host's hooks.

Verbs propose their changes. The session of a workflow notes them; any other session ignores them.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import event
from sqlalchemy.orm import Session, SessionTransaction

from careergraph.editorial.content.outcome import Body
from careergraph.editorial.hooks.change import Change, ChangedDocument
from careergraph.store.access.audit import RECORDED, Entry
from careergraph.store.documents.documents import Key

WATCH = "careergraph_watch"
"""The key of a session's watch, in its `info`."""

NEEDED = "careergraph_approvals"
"""The key of the approvals that drafts need by their types, in the `info` of a session."""


class Moment(StrEnum):
    """When a hook is called; the name of its setting."""

    BEFORE_SAVE = "before_save"
    BEFORE_PUBLISH = "before_publish"
    AFTER_CHANGE = "after_change"


class Proposal(NamedTuple):
    """A change that is about to be saved or published, and the hook that may refuse it."""

    moment: Moment
    change: Change


class Watch:
    """The proposals and records of a session, the entries of one call together. Those of a savepoint that is undone are
    forgotten."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._noted: list[tuple[SessionTransaction | None, Proposal | Sequence[Entry]]] = []
        event.listen(session, "after_soft_rollback", self._forget)

    def note(self, what: Proposal | Sequence[Entry]) -> None:
        """Note a proposal, or entries of the audit log."""
        self._noted.append((self._session.get_nested_transaction(), what))

    @property
    def proposals(self) -> list[Proposal]:
        """The proposals, in their order."""
        return [what for _, what in self._noted if isinstance(what, Proposal)]

    @property
    def recorded(self) -> list[Sequence[Entry]]:
        """The entries, in their order."""
        return [what for _, what in self._noted if not isinstance(what, Proposal)]

    def _forget(self, session: Session, undone: SessionTransaction) -> None:
        if undone.nested:
            self._noted = [it for it in self._noted if undone not in _ancestors(it[0])]


def _ancestors(nested: SessionTransaction | None) -> Iterator[SessionTransaction]:
    while nested is not None:
        yield nested
        nested = nested.parent


def watch(session: Session) -> Watch:
    """Watch the proposals and the records of a session from now on."""
    noted = session.info[WATCH] = Watch(session)
    session.info[RECORDED] = noted.note
    return noted


def is_watched(session: Session) -> bool:
    """Return whether anybody notes the proposals of a session: else large ones need not be made."""
    return WATCH in session.info


def propose(  # noqa: PLR0913, PLR0917 - the fields of a change
    session: Session, moment: Moment, verb: str, actor: str, bodies: Mapping[Key, Body | None], note: str
) -> None:
    """Propose documents that are about to be saved or published; None for one that is removed."""
    noted = session.info.get(WATCH)
    if noted is not None and bodies:
        documents = tuple(ChangedDocument(type=key[0], slug=key[1], document=body) for key, body in bodies.items())
        noted.note(Proposal(moment, Change(verb=verb, actor=actor, documents=documents, note=note)))
