"""A seeded desk: verbs called one after the other, each in a transaction of its own."""

from collections.abc import Callable
from copy import deepcopy
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.editing.document_state import live_body, newest
from careergraph.editorial.verbs.documents.save_draft import save_draft
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import BY_TYPE
from careergraph.store.editing import drafts
from careergraph.store.editing.publish import publish as load

P = ParamSpec("P")
R = TypeVar("R")
Body = dict[str, Any]

VIEWER, AUTHOR, EDITOR, ADMIN = (Actor(name=role.lower(), role=role) for role in Role)


def scoped(role: Role, **scope: list[str]) -> Actor:
    """An actor of a role within a scope."""
    return Actor(name="scoped", role=role, scope=Scope.of(**scope))


class Desk:
    """A database of the test's own."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def do(
        self, verb: Callable[Concatenate[Session, Actor, P], R], actor: Actor, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Calls a verb in a transaction of its own."""
        with transaction(self.engine) as session:
            return verb(session, actor, *args, **kwargs)

    def look(self, read: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Asks the database something."""
        with reading(self.engine) as session:
            return read(session, *args, **kwargs)

    def live(self, key: Key) -> Body:
        """The live body of a document, to be changed and saved."""
        body = self.look(live_body, key)
        assert body is not None, f"{key} is not live"
        return deepcopy(dict(body))

    def is_live(self, key: Key) -> bool:
        return self.look(live_body, key) is not None

    def state(self, key: Key) -> drafts.DocumentState:
        return self.look(drafts.state, key)

    def draft(self, key: Key) -> Body:
        """The body of a document's open draft."""
        body = self.look(drafts.bodies, [key])[key]
        assert body is not None
        return deepcopy(dict(body))

    def edit(self, key: Key, **fields: object) -> Body:
        """Saves a draft with some fields changed, over whatever is newest."""
        state = self.state(key)
        body = self.live(key) if state.draft is None else self.draft(key)
        changed = {**body, **fields}
        self.do(save_draft, EDITOR, key[0], changed, newest(state))
        return changed

    def load_over(self, key: Key, **fields: object) -> None:
        """Publishes past the desk, as `careergraph load` does."""
        document = msgspec.convert({**self.live(key), **fields}, BY_TYPE[key[0]])
        with transaction(self.engine) as session:
            load(session, [document], "cli", "")


def codes(refused: pytest.ExceptionInfo[Rejected]) -> list[str]:
    """The codes of a rejection."""
    return [problem.code.value for problem in refused.value.problems]
