"""Editors who all want the same at once, each in a process of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from time import sleep

from sqlalchemy import Engine

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.outcome import Conflict, Rejected
from careergraph.editorial.editing.document_state import body_at, newest
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.verbs.bulk import Action as BulkAction
from careergraph.editorial.verbs.bulk import Task, bulk
from careergraph.editorial.verbs.documents.drafts import Saved, save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.releases import add_to_release, publish_release
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import Key
from careergraph.store.editing.drafts import bodies, state
from durability.nursery import Say
from durability.publisher import TITLES, engine_of, marked
from durability.worker import sleep_until
from editorial.verbs.desk import bases_of


def edit(say: Say, *, url: str, name: str, key: list[str], steps: int, at: float) -> None:
    """Adds `steps` words to the text of one document, and publishes after each, whoever else does so too."""
    actor = Actor(name=name, role=Role.EDITOR)
    with racing(url, at) as engine:
        subject = (key[0], key[1])
        for step in range(steps):
            if (saved := _add_word(engine, actor, subject, word := f"{name}-{step}", say)) is None:
                return
            say({"saved": word, "revision": saved.revision})
            try:
                with transaction(engine) as session:
                    version = publish(session, actor, {subject: saved.revision}, word).version
                say({"published": version})
            except Rejected as refused:
                say({"refused": [problem.code.value for problem in refused.problems]})
            except Conflict as conflict:
                say({"conflict": conflict.revision})


def fill(say: Say, *, url: str, name: str, key: list[str], release: str, at: float) -> None:
    """Drafts a document of its own and puts it into a release, again and again until that is closed."""
    actor = Actor(name=name, role=Role.EDITOR)
    with racing(url, at) as engine:
        for step in count():
            if (saved := _add_word(engine, actor, (key[0], key[1]), f"{name}-{step}", say)) is None:
                return
            try:
                with transaction(engine) as session:
                    add_to_release(session, actor, release, {saved.key: saved.revision})
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
                version = publish_release(session, actor, release, base=state_of(session, release)).version
            say({"published": version})
        except Rejected as refused:
            say({"refused": [problem.code.value for problem in refused.problems]})


def add_words(say: Say, *, url: str, name: str, key: list[str], steps: int, at: float) -> None:
    """Adds `steps` words to the text of one document, as long as it has its name, and publishes none."""
    with racing(url, at) as engine:
        for step in range(steps):
            word = f"{name}-{step}"
            if _add_word(engine, Actor(name=name, role=Role.EDITOR), (key[0], key[1]), word, say) is None:
                return
            say({"saved": word})


def rename_late(say: Say, *, url: str, key: list[str], new: str, at: float, late: float) -> None:
    """Renames a document `late` seconds after the start, whoever saves it meanwhile."""
    subject = (key[0], key[1])
    with racing(url, at + late) as engine:
        while True:
            try:
                with transaction(engine) as session:
                    base = newest(state(session, subject)) or 0
                    version = rename(session, Actor(name="namer", role=Role.EDITOR), subject, new, base=base).version
            except Conflict as conflict:
                say({"conflict": conflict.revision})
            else:
                say({"renamed": version})
                return


def publish_all(say: Say, *, url: str, keys: list[list[str]], times: int, at: float) -> None:
    """Looks at all drafts, and publishes them as one, again and again."""
    subjects = [(key[0], key[1]) for key in keys]
    with racing(url, at) as engine:
        for _ in range(times):
            with reading(engine) as session:
                drafted = {key: body for key, body in bodies(session, subjects).items() if body is not None}
                bases = bases_of(session, *drafted)
            if not drafted:
                continue
            sleep(0.01)  # somebody saves meanwhile
            with transaction(engine) as session:
                report = bulk(session, Actor(name="all", role=Role.EDITOR), bases, Task(action=BulkAction.PUBLISH))
            seen = {key[1]: body["title"]["en"] for key, body in drafted.items()}
            say({"published": report.version, "seen": seen} if report.done else {"refused": len(report.refusals)})


@contextmanager
def racing(url: str, at: float) -> Iterator[Engine]:
    """A database, connected to already when the race begins."""
    engine = engine_of(url)
    with reading(engine) as session:
        state(session, ("career", ""))
    sleep_until(at)
    yield engine
    engine.dispose()


def _add_word(engine: Engine, actor: Actor, key: Key, word: str, say: Say) -> Saved | None:
    """Adds a word to the newest text of a document; begins anew where somebody else was faster. None once it has
    another name."""
    while True:
        with reading(engine) as session:
            base = newest(state(session, key))
            body = dict(body_at(session, key, base) or {})
        if not body:
            say({"gone": word})
            return None
        name = TITLES[key[0]]
        body[name] = {**body[name], "en": f"{body[name]['en']} {word}"}
        try:
            with transaction(engine) as session:
                return save_draft(session, actor, key[0], body, base)
        except Conflict as conflict:
            say({"conflict": conflict.revision})
        except Rejected as refused:  # renamed between the look and the save
            assert {problem.code.value for problem in refused.problems} == {"UNKNOWN"}, refused


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
                version = publish(session, actor, bases_of(session, *subjects)).version
            say({"published": version, "mark": name})
            sleep(pause)
