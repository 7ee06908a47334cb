"""An editor in a process of its own, who publishes through the verbs until somebody kills it.

It says `begin` before each transaction that publishes, and `saved` or `published` after each that was committed, with
digests of what went in.
"""

import json
import os
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import Engine, event, select
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Conflict, Rejected
from careergraph.editorial.editing.document_state import body_at, is_present, newest
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.verbs.bulk import Action, Report, Task, bulk
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release
from careergraph.store.backup.restore import restore
from careergraph.store.database.database import DatabaseProblem, connect, reading, transaction
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import states
from careergraph.store.tables.editing import Revision
from durability.nursery import Say
from editorial.verbs.desk import bases_of

ACTOR = Actor(name="editor", role=Role.EDITOR)
TYPES = ("career", "category", "skill", "collection", "pair")
TITLES = {"career": "title", "category": "name", "skill": "name", "collection": "title", "pair": "introduction"}
"""The text of each document type that editors here change."""
DEEDS = ("edit", "edit", "bulk", "translate", "release", "rename", "unpublish")
"""What an editor does, as often as it is named here. Each is one publish."""
Body = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What an editor does: `steps` publishes, or (None) as many as it lives for, at random by `seed`, each of one of
    the kinds of `deeds`, marked with `name` wherever it changes a text.

    At the moment `die_at` of its first publish it dies, by its own hand (see `Doom`).
    """

    name: str
    seed: int
    deeds: Sequence[str] = DEEDS
    steps: int | None = None
    die_at: int | None = None


def main(say: Say, url: str, **plan: Any) -> None:
    """Publishes according to a Plan."""
    engine = engine_of(url)
    editor = Editor(engine, say, Plan(**plan))
    for step in editor.steps():
        try:
            editor.do_something(step)
        except (Rejected, Conflict) as refusal:  # IN_USE and the like; nothing happened
            say({"refused": str(refusal)})
        except DatabaseProblem as problem:
            say({"lost": str(problem)})
            break
    engine.dispose()  # a nursery that warms itself up must not hand connections down


def restore_backup(say: Say, url: str, file: str, die_at: int) -> None:
    """Restores a backup, and dies by its own hand at a moment of that."""
    engine = engine_of(url)
    with Doom(engine, die_at):
        restore(engine, Path(file), replace=True)
    say({"restored": die_at})


@cache
def engine_of(url: str) -> Engine:
    """The engine of a database, with the statements that were compiled for it, also by a parent process."""
    return connect(url)


class Editor:
    """Does one thing after the other, at random."""

    def __init__(self, engine: Engine, say: Say, plan: Plan) -> None:
        self._engine, self._say, self._plan, self._die_at = engine, say, plan, plan.die_at
        self._random = Random(plan.seed)  # noqa: S311 - to be repeated, not to be a secret
        self._marker = ""

    def steps(self) -> Iterable[int]:
        """The numbers of the publishes to do."""
        return count() if self._plan.steps is None else range(self._plan.steps)

    def do_something(self, step: int) -> None:
        """One publish, with the saves that it takes."""
        self._marker = f"{self._plan.name}-{step}"
        getattr(self, self._random.choice(self._plan.deeds))()

    def edit(self) -> None:
        """Changes a few documents and publishes them at once."""
        keys = self._save(self._random.randint(1, 3))
        self._publish("edit", keys, lambda session: publish(session, ACTOR, bases_of(session, *keys), self._marker))

    def bulk(self) -> None:
        """Publishes a few documents by a bulk verb."""
        keys = self._save(self._random.randint(2, 3))

        def publish_all(session: Session) -> Report:
            report = bulk(session, ACTOR, bases_of(session, *keys), Task(action=Action.PUBLISH, note=self._marker))
            if not report.done:
                raise next(iter(report.refusals.values()))
            return report

        self._publish("bulk", keys, publish_all)

    def translate(self) -> None:
        """Changes a text in two locales and publishes the German one alone: the other one stays a draft."""
        (key,) = self._save(1, "en", "de")
        german = LocaleFilter.of(only=["de"])

        def publish_german(session: Session) -> Published:
            return publish(session, ACTOR, bases_of(session, key), self._marker, german)

        self._publish("translate", [key], publish_german)

    def release(self) -> None:
        """Publishes a few documents as a release."""
        slug = f"release-{self._marker}"
        with transaction(self._engine) as session:
            open_release(session, ACTOR, slug, "A release")
        keys = self._save(self._random.randint(2, 4))
        with transaction(self._engine) as session:
            # out of the releases of those who died before they published
            add_to_release(session, ACTOR, slug, bases_of(session, *keys), move=True)

        def bring_out(session: Session) -> Published:
            return publish_release(session, ACTOR, slug, self._marker, base=state_of(session, slug))

        self._publish("release", keys, bring_out)

    def rename(self) -> None:
        """Renames a document, whoever refers to it."""
        with reading(self._engine) as session:
            key = self._random.choice(
                [key for key in present_keys(session) if key[0] in ("career", "category", "skill")]
            )
        new = f"{key[0]}-{self._marker}"
        self._publish("rename", [key], lambda it: rename(it, ACTOR, key, new, self._marker, base=_seen(it, key)))

    def unpublish(self) -> None:
        """Takes a career down. Editing it brings it back."""
        with reading(self._engine) as session:
            careers = states(session, [key for key in present_keys(session) if key[0] == "career"])
            key = self._random.choice([key for key, state in sorted(careers.items()) if state.live])
        self._publish("unpublish", [key], lambda it: unpublish(it, ACTOR, {key: _seen(it, key)}, self._marker))

    def _save(self, number: int, *locales: str) -> list[Key]:
        with reading(self._engine) as session:
            keys = self._random.sample(present_keys(session), number)
        for key in keys:
            with transaction(self._engine) as session:
                last = newest(states(session, [key])[key])
                body = marked(key, body_at(session, key, last) or {}, self._marker, *locales)
                saved = save_draft(session, ACTOR, key[0], body, last)
            self._say({"saved": list(key), "revision": saved.revision, "digest": digest(body)})
        return keys

    def _publish(self, how: str, keys: Iterable[Key], verb: Callable[[Session], Published | Report]) -> None:
        self._say({"begin": how})
        with self._doomed(), transaction(self._engine) as session:
            published = verb(session)
            revisions = [(f"{it[0]}/{it[1]}", it[2]) for it in published_at(session, published.version)]
        self._say({"published": published.version, "how": how, "keys": [list(it) for it in keys], "held": revisions})

    def _doomed(self) -> "Doom":
        doom = Doom(self._engine, self._die_at)
        self._die_at = None
        return doom


class Doom:
    """Kills its own process at a moment of the transaction inside, counting from 1: before each statement that writes,
    before the commit, and after the commit."""

    def __init__(self, engine: Engine, die_at: int | None) -> None:
        self._engine, self._die_at, self._moment = engine, die_at, 0

    def __enter__(self) -> None:
        if self._die_at is not None:
            event.listen(self._engine, "before_cursor_execute", self._executing)
            event.listen(self._engine, "commit", self._tick)

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._tick()  # it is committed, and nobody was told

    def _executing(self, connection: object, cursor: object, statement: str, *_: object) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            self._tick()

    def _tick(self, *_: object) -> None:
        self._moment += 1
        if self._moment == self._die_at:
            os.kill(os.getpid(), signal.SIGKILL)


def present_keys(session: Session) -> list[Key]:
    """The documents that there are, of the types that editors here change."""
    query = select(Revision.document_type, Revision.slug).where(Revision.document_type.in_(TYPES)).distinct()
    keys = sorted((row[0], row[1]) for row in session.execute(query))
    return [key for key, state in states(session, keys).items() if is_present(state)]


def marked(key: Key, body: Any, marker: str, *locales: str) -> Body:
    """A document with another text, in English or in some locales."""
    fresh: Body = deepcopy(dict(body))
    return {**fresh, TITLES[key[0]]: dict.fromkeys(locales or ("en",), f"The {key[0]} as of {marker}")}


def digest(body: object) -> str:
    """A digest of a document."""
    return sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def published_at(session: Session, version: int | None) -> Iterator[tuple[str, str, str]]:
    """The documents that a version published: type, slug and digest of each."""
    query = select(Revision.document_type, Revision.slug, Revision.body).where(Revision.version == version)
    for row in session.execute(query.order_by(Revision.document_type, Revision.slug)):
        yield row[0], row[1], digest(row[2])


def _seen(session: Session, key: Key) -> int:
    """The newest revision of a document."""
    return bases_of(session, key)[key]
