"""Any sequence of verbs does to the database what it does to a few dictionaries."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from careergraph.editorial.content.document_index import Key
from careergraph.editorial.content.export import export
from careergraph.editorial.content.outcome import Denied, Refusal
from careergraph.editorial.editing.load import load as load_folder
from careergraph.editorial.verbs.documents.archive import archive
from careergraph.editorial.verbs.documents.discard_draft import discard_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.revert import revert
from careergraph.editorial.verbs.documents.save_draft import save_draft
from careergraph.editorial.verbs.documents.unpublish import unpublish
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.past import documents_at, newest
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import BY_TYPE, Document
from careergraph.store.documents.redirects import redirects, redirects_at
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.drafts import bodies, drafts
from careergraph.store.editing.publish import publish as publish_past_the_desk
from careergraph.store.migration.schema import METADATA
from editorial.verbs.desk import EDITOR
from editorial.verbs.model import Body, Model, Refused
from truth.seeded import documents as seeded

CATEGORIES, CAREERS = ("ca", "cb"), ("ka", "kb")
KEYS: tuple[Key, ...] = (
    *[("category", slug) for slug in CATEGORIES],
    *[("career", slug) for slug in CAREERS],
    ("collection", "la"),
)
keys = st.sampled_from(KEYS)
words = st.sampled_from(("One", "Two", "Three"))


def body_of(key: Key, word: str, reference: int) -> Body:
    """A document that is sound but for what it refers to."""
    if key[0] == "category":
        return {"slug": key[1], "name": {"en": word}}
    if key[0] == "career":
        category = CATEGORIES[reference % len(CATEGORIES)]
        return {"slug": key[1], "title": {"en": word}, "summary": {"en": word}, "category": category}
    careers = [slug for index, slug in enumerate(CAREERS) if reference >> index & 1]
    return {"slug": key[1], "title": {"en": word}} | ({"careers": careers} if careers else {})


def document(key: Key, body: Body) -> Document:
    return msgspec.convert(body, BY_TYPE[key[0]])


def plain(documents: tuple[Document, ...]) -> dict[Key, Body]:
    return {(it.TYPE, it.ident): msgspec.to_builtins(it) for it in documents if it.TYPE != "locale"}


@cache
def small() -> tuple[TemporaryDirectory[str], Path, dict[Key, Body]]:
    """A database with two languages, and one document of each kind."""
    folder = TemporaryDirectory()
    file = Path(folder.name) / "small.db"
    file.touch()
    engine = connect(f"sqlite:///{file}")
    METADATA.create_all(engine)
    live = {key: body_of(key, "Zero", key[0] == "collection") for key in (KEYS[0], KEYS[2], KEYS[4])}
    languages = [it for it in seeded() if it.TYPE == "locale"]
    with transaction(engine) as session:
        publish_past_the_desk(session, [*languages, *[document(*it) for it in live.items()]], "seed:test", "")
    engine.dispose()
    return folder, file, live


class Sequences(RuleBasedStateMachine):
    """Every rule calls a verb and the model; they agree on whether it is done, and on everything afterwards."""

    @initialize()
    def begin(self) -> None:
        _, file, live = small()
        self.folder = TemporaryDirectory()
        copyfile(file, Path(self.folder.name) / "own.db")
        self.engine = connect(f"sqlite:///{self.folder.name}/own.db")
        self.model = Model(live)

    def both(self, verb: Callable[..., object], *arguments: object, model: Callable[[], None], **more: object) -> None:
        try:
            model()
            expected = True
        except Refused:
            expected = False
        try:
            with transaction(self.engine) as session:
                verb(session, EDITOR, *arguments, **more)
            done = True
        except Refusal as refused:
            assert not isinstance(refused, Denied)
            done = False
        assert done == expected, (verb, arguments)

    @rule(key=keys, word=words, reference=st.integers(0, 3), data=st.data())
    def save(self, key: Key, word: str, reference: int, data: st.DataObject) -> None:
        body, last = body_of(key, word, reference), self.model.newest(key)
        others = [None, *range(1, len(self.model.revisions.get(key, [])) + 1)]
        base = data.draw(st.one_of(st.just(last), st.sampled_from(others)))
        self.both(save_draft, key[0], body, base, model=lambda: self.model.save(key, body, base))

    @rule(key=keys)
    def discard(self, key: Key) -> None:
        self.both(discard_draft, key, model=lambda: self.model.discard(key))

    @rule(key=keys)
    def publish_one(self, key: Key) -> None:
        self.both(publish, [key], model=lambda: self.model.publish([key]))

    @precondition(lambda self: self.model.drafts)
    @rule(data=st.data())
    def publish_some(self, data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from(sorted(self.model.drafts)), min_size=1, unique=True))
        self.both(publish, some, model=lambda: self.model.publish(some))

    @rule(key=keys)
    def take_down(self, key: Key) -> None:
        self.both(unpublish, key, model=lambda: self.model.unpublish(key))

    @rule(key=keys)
    def put_away(self, key: Key) -> None:
        self.both(archive, key, model=lambda: self.model.archive(key))

    @rule(key=keys, data=st.data())
    def name_anew(self, key: Key, data: st.DataObject) -> None:
        new = data.draw(st.sampled_from([it[1] for it in KEYS if it[0] == key[0]]))
        self.both(rename, key, new, model=lambda: self.model.rename(key, new))

    @precondition(lambda self: self.model.revisions)
    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.revisions)))
        number = data.draw(st.integers(1, len(self.model.revisions[key])))
        self.both(revert, key, number, model=lambda: self.model.revert(key, number))

    @precondition(lambda self: self.model.live)
    @rule(word=words, data=st.data())
    def load(self, word: str, data: st.DataObject) -> None:
        contested = sorted(self.model.live.keys() & self.model.drafts.keys())  # where it matters most
        key = data.draw(st.sampled_from(contested or sorted(self.model.live)))
        body = {**self.model.live[key], "name" if key[0] == "category" else "title": {"en": word}}

        def past_the_desk(session: Any, _: object) -> None:
            publish_past_the_desk(session, [document(key, body)], "cli", "")

        self.both(past_the_desk, model=lambda: self.model.load(key, body))

    @invariant()
    def everything_agrees(self) -> None:
        with reading(self.engine) as session:
            info = newest(session)
            assert plain(read_all(session)) == self.model.live
            assert info is not None
            assert info.version == len(self.model.versions)
            open_ones = drafts(session)
            draft_bodies = bodies(session, [it.key for it in open_ones])
            assert draft_bodies == {key: self.model.draft(key) for key in self.model.drafts}
            assert redirects(session) == self.model.redirects
            self.model.redirects_of[info.version] = dict(self.model.redirects)

    def teardown(self) -> None:
        if not hasattr(self, "engine"):
            return
        with reading(self.engine) as session:
            assert verify(session).fault is None
            for version, live in enumerate(self.model.versions, 1):
                assert plain(documents_at(session, version)) == live
            for version, moved in self.model.redirects_of.items():
                assert redirects_at(session, version) == moved
        self.export_wipe_and_import()
        self.engine.dispose()
        self.folder.cleanup()

    def export_wipe_and_import(self) -> None:
        """The same catalog comes back from files."""
        with reading(self.engine) as session:
            export(session, Path(self.folder.name) / "content")
            before, info = read_all(session), newest(session)
        fresh = Path(self.folder.name) / "fresh.db"
        fresh.touch()
        engine = connect(f"sqlite:///{fresh}")
        METADATA.create_all(engine)
        with transaction(engine) as session:
            load_folder(session, Path(self.folder.name) / "content", "import")
        with reading(engine) as session:
            after = read_all(session)
        engine.dispose()
        assert info is not None
        one, other = (build_catalog(it, info.version, info.published_at) for it in (before, after))
        assert (after, other.careers, other.collections) == (before, one.careers, one.collections)


Sequences.TestCase.settings = settings(
    max_examples=30, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)
TestSequences = Sequences.TestCase
