"""The desk: the way from a request to the database of the editors."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.hooks.workflow import Workflow
from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.access.people import Person, note_person
from careergraph.store.access.tokens import Grant, Kind, Token, find, touch, was_used_lately
from careergraph.store.database.database import DatabaseProblem, reading, transaction
from careergraph.store.editing.histories import AUTOSAVES
from careergraph.store.editing.rehearsal import rehearsed

Done = TypeVar("Done")
SEEN_LATELY = timedelta(hours=1)
"""A person who was seen this lately, with the same names and rights, is not noted again."""
MOST_SEEN = 10_000
"""The most people that a process remembers to have noted."""


def actor_of(grant: Grant) -> Actor:
    """Return the actor of an access token. Its name shows that it is a program, not a person of that name."""
    scope = Scope.of(**(grant.scopes or {}))
    return Actor(name=f"token:{grant.name}", role=Role(grant.role or Role.VIEWER), scope=scope)


class Desk:
    """The database of the editors, opened when it is needed first. May be shared by threads; each verb may block."""

    def __init__(  # noqa: PLR0913, PLR0917 - the settings of each part
        self,
        open_engine: Callable[[], Engine],
        webhooks: Settings | None = None,
        workflow: Workflow | None = None,
        imports: Path | None = None,
        preview_sites: Mapping[str, str] | None = None,
        autosaves: timedelta = AUTOSAVES,
    ) -> None:
        """`webhooks` are the settings for sending events and for deriving secrets; `workflow` is the host's say;
        `imports` is the folder of uploads and plans; `preview_sites` are the templates of the addresses at which sites
        show previews, by name; saves within `autosaves` are one entry of a history."""
        self._open = open_engine
        self._engine: Engine | None = None
        self._opening = Lock()
        self._seen: dict[str, tuple[Actor, datetime]] = {}
        self.webhooks = webhooks or Settings()
        self.workflow = workflow or Workflow()
        self.imports = imports or Path()
        self.preview_sites = preview_sites or {}
        self.autosaves = autosaves

    @property
    def engine(self) -> Engine:
        """The engine of the database."""
        with self._opening:
            if self._engine is None:
                self._engine = self._open()
            return self._engine

    def close(self) -> None:
        """Close the database. The next use opens it again."""
        with self._opening:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    def run(self, work: Callable[[Session], Done]) -> Done:
        """Do the work of one verb in a transaction, with the host's say in it. Raises DatabaseProblem and Rejected."""
        return self.workflow.run(self.transaction, work)

    def publish(self, work: Callable[[Session], Done]) -> Done:
        """Do the work of a verb that publishes as `run` does, rehearsed, so that other writers do not wait while it
        reads and checks. Raises DatabaseProblem and Rejected."""
        return self.workflow.run(lambda: rehearsed(self.transaction, self.reading, work), work)

    def transaction(self) -> AbstractContextManager[Session]:
        """A session that writes. Raises DatabaseProblem."""
        return transaction(self.engine)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that sees one moment, and changes nothing. Raises DatabaseProblem."""
        return reading(self.engine)

    def sign_in(self, secret: str) -> Actor | None:
        """Return the actor of a secret, and note its use; None for an invalid secret. Raises DatabaseProblem."""
        now = datetime.now(UTC)
        with self.reading() as session:
            token = find(session, secret, now, Kind.ACCESS)
        if token is None:
            return None
        self._touch(token, now)
        return actor_of(token.grant)

    def has_noted(self, actor: Actor) -> bool:
        """Return whether an actor was noted lately. Does not block."""
        before = self._seen.get(actor.name)
        return before is not None and before[0] == actor and datetime.now(UTC) - before[1] < SEEN_LATELY

    def note(self, actor: Actor) -> None:
        """Note an actor among the people, unless that was done lately, or the name is none to be read."""
        if self.has_noted(actor) or not actor.name.isprintable():
            return
        now, types = datetime.now(UTC), actor.scope.types
        if len(self._seen) >= MOST_SEEN:
            self._seen.clear()
        self._seen[actor.name] = actor, now
        person = Person(
            name=actor.name,
            display_name=actor.display_name,
            role=str(actor.role),
            types=None if types is None else tuple(sorted(types)),
            last_seen_at=now,
        )
        with suppress(DatabaseProblem), self.transaction() as session:
            note_person(session, person)

    def _touch(self, token: Token, now: datetime) -> None:
        if was_used_lately(token, now):
            return
        with suppress(DatabaseProblem), self.transaction() as session:  # that nobody can write must not shut them out
            touch(session, token, now)
