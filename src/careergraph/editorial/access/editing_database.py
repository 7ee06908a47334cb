"""Desk: the way from a request to the database of the editors."""

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import UTC, datetime
from threading import Lock

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.sign_in import access_of, actor_of
from careergraph.editorial.webhooks.settings import Settings
from careergraph.store.access.tokens import Token, touch, was_used_lately
from careergraph.store.database.database import DatabaseProblem, reading, transaction


class Desk:
    """The database of the editors, opened when it is needed first. May be shared by threads; each verb may block."""

    def __init__(self, open_engine: Callable[[], Engine], webhooks: Settings | None = None) -> None:
        """`webhooks` says how endpoints are told of events, and what their secrets are derived from."""
        self._open = open_engine
        self._engine: Engine | None = None
        self._opening = Lock()
        self.webhooks = webhooks or Settings()

    @property
    def engine(self) -> Engine:
        """The engine of the database."""
        with self._opening:
            if self._engine is None:
                self._engine = self._open()
            return self._engine

    def close(self) -> None:
        """Lets go of the database. Whoever asks next opens it again."""
        with self._opening:
            engine, self._engine = self._engine, None
        if engine is not None:
            engine.dispose()

    def transaction(self) -> AbstractContextManager[Session]:
        """A session for one verb. Raises DatabaseProblem."""
        return transaction(self.engine)

    def reading(self) -> AbstractContextManager[Session]:
        """A session that sees one moment, and changes nothing. Raises DatabaseProblem."""
        return reading(self.engine)

    def sign_in(self, secret: str) -> Actor | None:
        """Who acts with a secret; None where it proves nothing. Notes that it was used. Raises DatabaseProblem."""
        now = datetime.now(UTC)
        with self.reading() as session:
            token = access_of(session, secret, now)
        if token is None:
            return None
        self._touch(token, now)
        return actor_of(token.grant)

    def _touch(self, token: Token, now: datetime) -> None:
        if was_used_lately(token, now):
            return
        with suppress(DatabaseProblem), self.transaction() as session:  # that nobody can write must not shut them out
            touch(session, token, now)
