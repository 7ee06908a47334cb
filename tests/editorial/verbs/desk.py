"""A seeded desk: verbs called one after the other, each in a transaction of its own."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from inspect import Parameter, signature
from typing import Any, Concatenate, ParamSpec, TypeVar

import msgspec
import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.editing.document_state import live_body, newest
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import BY_TYPE, Key
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

    def do(self, verb: Callable[..., R], actor: Actor, *args: Any, **kwargs: Any) -> R:
        """Calls a verb in a transaction of its own, as somebody who has just looked: with the newest revisions of the
        documents, or the state of the release, as `base`, where the test names no other."""
        return seen(self, verb, actor, *args, **kwargs)

    def bases(self, *keys: Key) -> dict[Key, int]:
        """The newest revisions of documents; 0 where there are none."""
        return self.look(bases_of, *keys)

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


def bases_of(session: Session, *keys: Key) -> dict[Key, int]:
    """The newest revisions of documents; 0 where there are none."""
    return {key: newest(state) or 0 for key, state in drafts.states(session, keys).items()}


def seen(desk: Desk, verb: Callable[..., R], actor: Actor, *args: Any, **kwargs: Any) -> R:
    """Calls a verb with `base`, and with revisions in the place of mere keys."""
    parameters = signature(verb).parameters
    if "bases" in parameters:
        place = list(parameters).index("bases") - 2
        keys = args[place]
        keys = [keys] if isinstance(keys, tuple) and isinstance(keys[0], str) else keys
        bases = keys if keys is None or isinstance(keys, Mapping) else desk.bases(*keys)
        args = (*args[:place], bases, *args[place + 1 :])
    elif "base" in parameters and parameters["base"].kind is Parameter.KEYWORD_ONLY and "base" not in kwargs:
        first = args[0]
        kwargs["base"] = desk.look(state_of, first) if isinstance(first, str) else desk.bases(first)[first]
    with transaction(desk.engine) as session:
        return verb(session, actor, *args, **kwargs)


def codes(refused: pytest.ExceptionInfo[Rejected]) -> list[str]:
    """The codes of a rejection."""
    return [problem.code.value for problem in refused.value.problems]
