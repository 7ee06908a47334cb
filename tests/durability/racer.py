"""Editors who all want the same at once, each in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import sleep

from sqlalchemy import Engine

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.outcome import Conflict, Rejected
from careergraph.editorial.editing.document_state import body_at, newest
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.save_draft import Saved, save_draft
from careergraph.editorial.verbs.releases.add_to_release import add_to_release
from careergraph.editorial.verbs.releases.publish_release import publish_release
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.rows import Key
from careergraph.store.editing.drafts import state
from durability.nursery import Say
from durability.publisher import TITLES, engine_of, marked
from durability.worker import wait_until


def edit(say: Say, *, url: str, name: str, key: list[str], steps: int, at: float) -> None:
    """Adds `steps` words to the text of one document, and publishes after each, whoever else does so too."""
    actor = Actor(name=name, role=Role.EDITOR)
    with racing(url, at) as engine:
        subject = (key[0], key[1])
        for step in range(steps):
            saved = _add_word(engine, actor, subject, word := f"{name}-{step}", say)
            say({"saved": word, "revision": saved.revision})
            try:
                with transaction(engine) as session:
                    version = publish(session, actor, [subject], word).version
                say({"published": version})
            except Rejected as refused:
                say({"refused": [problem.code.value for problem in refused.problems]})


def fill(say: Say, *, url: str, name: str, key: list[str], release: str, at: float) -> None:
    """Drafts a document of its own and puts it into a release, again and again until that is closed."""
    actor = Actor(name=name, role=Role.EDITOR)
    with racing(url, at) as engine:
        for step in count():
            saved = _add_word(engine, actor, (key[0], key[1]), f"{name}-{step}", say)
            try:
                with transaction(engine) as session:
                    add_to_release(session, actor, release, [(key[0], key[1])])
            except Rejected as refused:
                say({"refused": [problem.code.value for problem in refused.problems]})
                return
            say({"added": saved.revision})


def bring_out(say: Say, *, url: str, name: str, release: str, at: float, late: float) -> None:
    """Publishes a release, `late` seconds after the start."""
    actor = Actor(name=name, role=Role.EDITOR)
    with racing(url, at + late) as engine:
        try:
            with transaction(engine) as session:
                version = publish_release(session, actor, release).version
            say({"published": version})
        except Rejected as refused:
            say({"refused": [problem.code.value for problem in refused.problems]})


@contextmanager
def racing(url: str, at: float) -> Iterator[Engine]:
    """A database, connected to already when the race begins."""
    engine = engine_of(url)
    with reading(engine) as session:
        state(session, ("career", ""))
    wait_until(at)
    yield engine
    engine.dispose()


def _add_word(engine: Engine, actor: Actor, key: Key, word: str, say: Say) -> Saved:
    """Adds a word to the newest text of a document; begins anew where somebody else was faster."""
    while True:
        with reading(engine) as session:
            base = newest(state(session, key))
            body = dict(body_at(session, key, base) or {})
        name = TITLES[key[0]]
        body[name] = {**body[name], "en": f"{body[name]['en']} {word}"}
        try:
            with transaction(engine) as session:
                return save_draft(session, actor, key[0], body, base)
        except Conflict as conflict:
            say({"conflict": conflict.revision})


def rewrite(say: Say, *, url: str, keys: list[list[str]], times: int, mark: str = "m", pause: float = 0.0) -> None:
    """Gives several documents one and the same mark, and publishes them together, again and again, with a pause in
    seconds behind each."""
    actor, subjects = Actor(name="writer", role=Role.EDITOR), [(key[0], key[1]) for key in keys]
    with racing(url, 0) as engine:
        for number in range(times):
            name = f"{mark}{number}"
            with transaction(engine) as session:
                for key in subjects:
                    last = newest(state(session, key))
                    save_draft(session, actor, key[0], marked(key, body_at(session, key, last), name), last)
                version = publish(session, actor, subjects).version
            say({"published": version, "mark": name})
            sleep(pause)
