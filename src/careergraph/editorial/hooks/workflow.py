"""Workflow: run a verb with the host's say in it.

A hook may take its time, and writers queue, so no hook runs in a transaction. A transaction that is undone finds the
changes of a verb; the hooks check these while nobody waits; then the verb runs for good. Its changes must be the
checked ones, or the hooks check them again.
"""

import logging
import secrets
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from copy import deepcopy
from dataclasses import dataclass, field, replace
from threading import Lock, Thread
from typing import TypeVar
from urllib.parse import quote

from sqlalchemy.orm import Session

from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode, parse
from careergraph.editorial.hooks.calls import Calls
from careergraph.editorial.hooks.change import Change, ChangedDocument, Hook, HookRefusal
from careergraph.editorial.hooks.proposals import NEEDED, Moment, Proposal, watch
from careergraph.store.access.audit import Entry

LOG = logging.getLogger("careergraph.hooks")
MOST_ATTEMPTS = 5
"""How often hooks check a verb anew, where others change its documents meanwhile."""
MOST_WAITING = 1000
"""The most changes that wait for `after_change`; the hook is not told of more."""

Done = TypeVar("Done")
Transaction = Callable[[], AbstractContextManager[Session]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The hooks by their moments, how long each may take, in seconds, the template of `ChangedDocument.address`, and
    how many approvals drafts need by their types."""

    hooks: Mapping[Moment, Hook] = field(default_factory=dict)
    hook_seconds: float = 5.0
    document_url: str = ""
    approvals: Mapping[str, int] = field(default_factory=dict)


def address_of(template: str, type_name: str, slug: str) -> str:
    """Return where people edit a document; empty without a template."""
    return template.replace("{type}", quote(type_name, safe="")).replace("{slug}", quote(slug, safe=""))


class Workflow:
    """Runs verbs with the host's hooks. May be shared by threads."""

    def __init__(self, settings: Settings | None = None) -> None:
        self._settings = settings or Settings()
        self.approvals = self._settings.approvals
        self._calls = Calls(self._settings.hook_seconds)
        self._lock = Lock()
        self._waiting: deque[Change] = deque()
        self._telling = False

    @property
    def has_say(self) -> bool:
        """Whether the host has any hook, or types that need approvals."""
        return bool(self._settings.hooks or self.approvals)

    def run(self, transaction: Transaction, work: Callable[[Session], Done]) -> Done:
        """Do work in a transaction that the hooks allow, and tell them of it. Raises Rejected (REFUSED_BY_HOST,
        HOOK_FAILED, HOOK_TIMEOUT, CHANGED), and any exception of the work."""
        judged: list[Proposal] = []
        for _ in range(MOST_ATTEMPTS):
            with transaction() as session:
                session.info[NEEDED] = self.approvals
                noted = watch(session)
                done = work(session)
                due = [it for it in noted.proposals if it.moment in self._settings.hooks]
                if fresh := [it for it in due if it not in judged]:
                    session.rollback()
            if not fresh:
                self._tell(noted.recorded)
                return done
            for moment, change in fresh:
                self._judge(moment, change)
            judged += fresh
        raise rejection(ProblemCode.CHANGED, "others changed it again and again while the host checked it: try again")

    def _judge(self, moment: Moment, change: Change) -> None:
        """Call a hook that may refuse a change. Raises Rejected."""
        keys = [(document.type, document.slug) for document in change.documents]
        key = keys[0] if len(keys) == 1 else None
        try:
            self._calls.call(self._settings.hooks[moment], self._with_addresses(deepcopy(change)))
        except HookRefusal as refusal:
            of_type, of_slug = key or (None, None)
            place = parse(refusal.path), refusal.type or of_type, refusal.slug or of_slug
            raise Rejected([Problem(ProblemCode.REFUSED_BY_HOST, refusal.message, *place)]) from None
        except TimeoutError:
            message = f"the host's {moment} took longer than {self._settings.hook_seconds:g} seconds"
            LOG.error("%s took longer than %g seconds", moment, self._settings.hook_seconds)
            raise rejection(ProblemCode.HOOK_TIMEOUT, message, key) from None
        except BaseException as problem:
            name = secrets.token_hex(8)
            LOG.error("%s failed, %s", moment, name, exc_info=problem)
            raise rejection(
                ProblemCode.HOOK_FAILED, f"the host's {moment} failed; its log says why: {name}", key
            ) from None

    def _tell(self, recorded: Sequence[Sequence[Entry]]) -> None:
        """Have `after_change` called, in the order of changes, while the request goes on."""
        if Moment.AFTER_CHANGE not in self._settings.hooks:
            return
        with self._lock:
            for entries in recorded:
                if len(self._waiting) >= MOST_WAITING:
                    LOG.error("after_change is behind by %d changes, and is not told of the next ones", MOST_WAITING)
                    return
                self._waiting.append(_change_of(entries))
            if self._telling or not self._waiting:
                return
            self._telling = True
        Thread(target=self._tell_waiting, name="careergraph-after-change", daemon=True).start()

    def _tell_waiting(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._telling = False
                    return
                change = self._waiting.popleft()
            try:
                self._calls.call(self._settings.hooks[Moment.AFTER_CHANGE], self._with_addresses(change))
            except TimeoutError:
                LOG.error("after_change took longer than %g seconds", self._settings.hook_seconds)
            except BaseException as problem:
                LOG.error("after_change failed", exc_info=problem)

    def _with_addresses(self, change: Change) -> Change:
        template = self._settings.document_url
        if not template:
            return change
        documents = [replace(it, address=address_of(template, it.type, it.slug)) for it in change.documents]
        return replace(change, documents=tuple(documents))


def _change_of(entries: Sequence[Entry]) -> Change:
    first = entries[0]
    documents = [
        ChangedDocument(type=entry.key[0], slug=entry.key[1], detail=entry.detail) for entry in entries if entry.key
    ]
    note = str(first.detail.get("note", ""))
    return Change(verb=first.verb, actor=first.actor, documents=tuple(documents), note=note, detail=first.detail)
