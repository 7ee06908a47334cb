"""Any sequence of verbs does to the database what it does to a few dictionaries."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from shutil import copyfile, rmtree
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor, Role
from careergraph.editorial.content.content_folder import export
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.content.outcome import Denied, Refusal
from careergraph.editorial.hooks.proposals import NEEDED
from careergraph.editorial.preview.preview import newer_than, preview
from careergraph.editorial.preview.selection import PreviewMode, selection_of
from careergraph.editorial.verbs.access.tokens import create_preview
from careergraph.editorial.verbs.bulk import Action, Task, bulk
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert, save_draft, submit_for_review
from careergraph.editorial.verbs.documents.load import Undoing, load, plan_load
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.rename import rename
from careergraph.editorial.verbs.documents.replace import replace_reference
from careergraph.editorial.verbs.documents.review import approve, send_back
from careergraph.editorial.verbs.documents.schedule import cancel_schedule, confirm_schedule
from careergraph.editorial.verbs.documents.unpublish import archive, unpublish
from careergraph.editorial.worker.worker import Worker
from careergraph.store.access import tokens
from careergraph.store.access.audit import verify
from careergraph.store.backup.archive import backup
from careergraph.store.backup.restore import restore
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.catalogs.past import documents_at, live_documents, newest
from careergraph.store.catalogs.renewal import renew
from careergraph.store.database.database import connect, reading, transaction
from careergraph.store.documents.documents import BY_TYPE, Document, Key, key_of
from careergraph.store.documents.identity import DOCUMENT, document_ids
from careergraph.store.documents.redirects import redirects, redirects_at
from careergraph.store.documents.rows import read_all
from careergraph.store.editing import schedules
from careergraph.store.editing.drafts import bodies, drafts
from careergraph.store.editing.publish import publish as publish_past_the_desk
from careergraph.store.editing.rehearsal import NOTES, Notes, rehearse
from careergraph.store.editing.reviews import approvals
from careergraph.store.migration.migrate import upgrade
from careergraph.store.migration.schema import METADATA
from careergraph.store.tables.editing import PRESENT, Revision
from depth import depth
from editorial.verbs.desk import EDITOR
from editorial.verbs.sequences.model import APPROVALS, Body, Model, Refused, Standing, refers
from truth.same_catalog import require_same
from truth.seeded import documents as seeded

CATEGORIES, CAREERS = ("ca", "cb"), ("ka", "kb")
KEYS: tuple[Key, ...] = (
    *[("category", slug) for slug in CATEGORIES],
    *[("career", slug) for slug in CAREERS],
    ("collection", "la"),
)
keys = st.sampled_from(KEYS)
actors = st.sampled_from((EDITOR, Actor(name="bob", role=Role.EDITOR)))
words = st.sampled_from(("One", "Two", "Three"))
DUE, AHEAD = datetime(2026, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def revert_all(model: Model, bases: dict[Key, int], version: int) -> None:
    numbers = {key: model.number_at(key, version) for key in bases}
    for key, base in bases.items():
        model.revert(key, numbers[key], base)


MODEL_VERBS: dict[Action, Callable[[Model, dict[Key, int], int], object]] = {
    Action.PUBLISH: lambda model, bases, _: model.publish(bases),
    Action.UNPUBLISH: lambda model, bases, _: model.unpublish(bases),
    Action.ARCHIVE: lambda model, bases, _: model.archive(bases),
    Action.DISCARD: lambda model, bases, _: [model.discard(*it) for it in bases.items()],  # type: ignore[func-returns-value]
    Action.REVERT: revert_all,
}
"""What each action does to the model, given the version to go back to."""


def body_of(key: Key, word: str, reference: int, german: str | None = None) -> Body:
    """A document that is sound but for what it refers to."""
    text = {"en": word} if german is None else {"en": word, "de": german}
    if key[0] == "category":
        return {"slug": key[1], "name": text}
    if key[0] == "career":
        category = CATEGORIES[reference % len(CATEGORIES)]
        return {"slug": key[1], "title": text, "summary": {"en": word}, "category": category}
    careers = [slug for index, slug in enumerate(CAREERS) if reference >> index & 1]
    return {"slug": key[1], "title": text} | ({"careers": careers} if careers else {})


def document(key: Key, body: Body) -> Document:
    return msgspec.convert(body, BY_TYPE[key[0]])


def plain(documents: tuple[Document, ...]) -> dict[Key, Body]:
    return {(it.TYPE, it.ident): msgspec.to_builtins(it) for it in documents if it.TYPE != "locale"}


@cache
def scratch() -> TemporaryDirectory[str]:
    """A folder that is gone with the process."""
    return TemporaryDirectory()


@cache
def empty() -> Path:
    """A database without content, to copy."""
    file = Path(scratch().name) / "empty.db"
    file.touch()
    engine = connect(f"sqlite:///{file}")
    upgrade(engine)  # tables that are created by the models have no partial indexes
    with transaction(engine) as session:
        for table in reversed(METADATA.sorted_tables):
            session.execute(table.delete())
    engine.dispose()
    return file


@cache
def small() -> tuple[Path, dict[Key, Body]]:
    """A database with two languages, and one document of each kind."""
    file = Path(scratch().name) / "small.db"
    copyfile(empty(), file)
    engine = connect(f"sqlite:///{file}")
    live = {key: body_of(key, "Zero", key[0] == "collection") for key in (KEYS[0], KEYS[2], KEYS[4])}
    languages = [it for it in seeded() if it.TYPE == "locale"]
    with transaction(engine) as session:
        publish_past_the_desk(session, [*languages, *[document(*it) for it in live.items()]], "seed:test", "")
    engine.dispose()
    return file, live


class Observed(NamedTuple):
    """What the database holds, as the model has it."""

    live: dict[Key, Body]
    version: int
    drafts: Mapping[Key, Mapping[str, Any] | None]
    standing: dict[Key, Standing]
    redirects: dict[Key, str]
    histories: dict[Key, list[tuple[Key, Body | None, int | None]]]
    titles: dict[Key, str]
    schedules: dict[int, tuple[bool, bool]]


def observe(session: Session) -> Observed:
    info, open_ones = newest(session), drafts(session)
    assert info is not None
    standing = {}
    for state in open_ones:
        approved = frozenset(it.author for it in approvals(session, state.key, state.draft or 0))
        standing[state.key] = Standing(frozenset(state.contributors), approved, state.review)
    listed = select(DOCUMENT).where(DOCUMENT.c.document_type != "locale", text(PRESENT))
    pending = schedules.schedules(session)
    return Observed(
        live=plain(read_all(session)),
        version=info.version,
        drafts=bodies(session, [it.key for it in open_ones]),
        standing=standing,
        redirects=redirects(session),
        histories=histories(session),
        titles={(row.document_type, row.slug): row.title for row in session.execute(listed)},
        schedules={it.number: (it.due_at == DUE, it.held_reason is not None) for it in pending},
    )


def histories(session: Session) -> dict[Key, list[tuple[Key, Body | None, int | None]]]:
    """The revisions of each document that a name means, oldest first."""
    keys = {ident: key for key, ident in document_ids(session, KEYS).items()}
    columns = Revision.document_id, Revision.document_type, Revision.slug, Revision.body, Revision.version
    revisions = select(*columns).where(Revision.document_id.in_(keys)).order_by(Revision.document_id, Revision.number)
    by_key: dict[Key, list[tuple[Key, Body | None, int | None]]] = {}
    for ident, type_name, slug, body, version in session.execute(revisions):
        by_key.setdefault(keys[ident], []).append(((type_name, slug), body, version))
    return by_key


class Sequences(RuleBasedStateMachine):
    """Every rule calls a verb and the model; they agree on whether it is done, and on everything afterwards."""

    @initialize()
    def begin(self) -> None:
        file, live = small()
        self.folder = TemporaryDirectory()
        copyfile(file, Path(self.folder.name) / "own.db")
        self.engine = connect(f"sqlite:///{self.folder.name}/own.db")
        self.model = Model(live)
        self.saved: Model | None = None
        self.published: dict[int, dict[Key, Body]] = {}
        self.watch = sqlite3.connect(f"{self.folder.name}/own.db")
        self.observed: tuple[object, Observed] | None = None
        self.notes: Notes | None = None
        self.catalogs = Catalogs(self.engine)
        self.catalogs._load()

    @contextmanager
    def transaction(self, verb: Callable[[Session], object]) -> Iterator[Session]:
        """A transaction in which drafts need approvals, of a verb that was rehearsed; every other time with the notes
        of the rehearsal before, which are of another verb and mostly of another version."""
        notes, self.notes = self.notes, None
        if notes is None:
            notes = self.notes = rehearse(lambda: reading(self.engine), verb)
        with transaction(self.engine) as session:
            session.info |= {NEEDED: APPROVALS, NOTES: notes}
            yield session

    def both(
        self,
        verb: Callable[..., object],
        *arguments: object,
        model: Callable[[], None],
        actor: Any = EDITOR,
        **more: object,
    ) -> None:
        try:
            model()
            expected = True
        except Refused:
            expected = False
        try:
            with self.transaction(lambda it: verb(it, actor, *arguments, **more)) as session:
                verb(session, actor, *arguments, **more)
            done = True
        except Refusal as refused:
            assert not isinstance(refused, Denied)
            done = False
        assert done == expected, (verb, arguments)

    @rule(key=keys, word=words, german=st.none() | words, reference=st.integers(0, 3), actor=actors, data=st.data())
    def save(  # noqa: PLR0917 - a document, and who saves it
        self, key: Key, word: str, german: str | None, reference: int, actor: Actor, data: st.DataObject
    ) -> None:
        body, last = body_of(key, word, reference, german), self.model.newest(key)
        others = [None, *range(1, len(self.model.history(key)) + 1)]
        base = data.draw(st.one_of(st.just(last), st.sampled_from(others)))
        self.both(
            save_draft, key[0], body, base, model=lambda: self.model.save(key, body, base, actor.name), actor=actor
        )

    @precondition(lambda self: self.model.drafts)
    @rule(actor=actors, data=st.data())
    def agree(self, actor: Actor, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.drafts)))
        base = self.base_of(data, key)
        self.both(approve, key, model=lambda: self.model.approve(key, base, actor.name), actor=actor, base=base)

    @precondition(lambda self: self.model.drafts)
    @rule(data=st.data())
    def hand_in(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from(sorted(self.model.drafts)))
        base = self.base_of(data, key)
        self.both(submit_for_review, key, model=lambda: self.model.hand_in(key, base), base=base)

    @rule(key=keys, data=st.data())
    def hand_back(self, key: Key, data: st.DataObject) -> None:
        base = self.base_of(data, key)
        self.both(send_back, key, "no", model=lambda: self.model.send_back(key, base), base=base)

    def base_of(self, data: st.DataObject, key: Key) -> int:
        """The newest revision, as somebody saw it who has just looked, or an earlier one."""
        newest = self.model.newest(key) or 1
        earlier = range(1, max(len(self.model.history(key)), 1) + 1)
        return data.draw(st.one_of(st.just(newest), st.just(newest), st.sampled_from(earlier)))

    @rule(key=keys, data=st.data())
    def discard(self, key: Key, data: st.DataObject) -> None:
        base = self.base_of(data, key)
        self.both(discard_draft, key, model=lambda: self.model.discard(key, base), base=base)

    @rule(key=keys, data=st.data())
    def publish_one(self, key: Key, data: st.DataObject) -> None:
        bases = {key: self.base_of(data, key)}
        self.both(publish, bases, model=lambda: self.model.publish(bases))

    @precondition(lambda self: self.model.drafts)
    @rule(data=st.data())
    def publish_some(self, data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from(sorted(self.model.drafts)), min_size=1, unique=True))
        bases = {key: self.base_of(data, key) for key in some}
        self.both(publish, bases, model=lambda: self.model.publish(bases))

    @precondition(lambda self: self.model.drafts)
    @rule(locale=st.sampled_from(("en", "de")), other=st.booleans(), data=st.data())
    def publish_a_locale(self, locale: str, other: bool, data: st.DataObject) -> None:
        some = data.draw(st.lists(st.sampled_from(sorted(self.model.drafts)), min_size=1, max_size=2, unique=True))
        bases = {key: self.base_of(data, key) for key in some}
        locales = LocaleFilter.of(None, [locale]) if other else LocaleFilter.of([locale])
        self.both(publish, bases, "", locales, model=lambda: self.model.publish(bases, locale, other=other))

    @rule(key=keys, data=st.data())
    def take_down(self, key: Key, data: st.DataObject) -> None:
        base = self.base_of(data, key)
        self.both(unpublish, {key: base}, model=lambda: self.model.unpublish({key: base}))

    @rule(key=keys, data=st.data())
    def put_away(self, key: Key, data: st.DataObject) -> None:
        base = self.base_of(data, key)
        self.both(archive, {key: base}, model=lambda: self.model.archive({key: base}))

    @rule(key=keys, data=st.data())
    def name_anew(self, key: Key, data: st.DataObject) -> None:
        new = data.draw(st.sampled_from([it[1] for it in KEYS if it[0] == key[0]]))
        base = self.base_of(data, key)
        self.both(rename, key, new, model=lambda: self.model.rename(key, new, base), base=base)

    @rule(data=st.data())
    def go_back(self, data: st.DataObject) -> None:
        key = data.draw(st.sampled_from([it for it in KEYS if self.model.history(it)]))
        number = data.draw(st.integers(1, len(self.model.history(key))))
        base = self.base_of(data, key)
        self.both(revert, key, number, model=lambda: self.model.revert(key, number, base), base=base)

    @rule(key=st.sampled_from(KEYS[:4]), data=st.data())
    def lead_elsewhere(self, key: Key, data: st.DataObject) -> None:
        new = data.draw(st.sampled_from([it[1] for it in KEYS if it[0] == key[0]]))
        users = {it for it, body in self.model.live.items() if refers(body, key)}
        users |= {it for it in self.model.drafts if refers(self.model.draft(it), key)}
        if data.draw(st.booleans()):
            users ^= {data.draw(keys)}
        bases = {user: self.base_of(data, user) for user in sorted(users)}
        self.both(replace_reference, key, new, bases, model=lambda: self.model.replace(key, new, bases))

    @rule(action=st.sampled_from(sorted(MODEL_VERBS)), partly=st.booleans(), data=st.data())
    def do_in_bulk(self, action: Action, partly: bool, data: st.DataObject) -> None:
        some = data.draw(st.lists(keys, min_size=1, unique=True))
        bases = {key: self.base_of(data, key) for key in some}
        version = data.draw(st.sampled_from(sorted(self.model.versions))) if action is Action.REVERT else None
        refused = self.model.bulk(lambda it, ready: MODEL_VERBS[action](it, ready, version or 0), bases, partly)
        task = Task(action=action, version=version, partly=partly)
        with self.transaction(lambda it: bulk(it, EDITOR, bases, task)) as session:
            report = bulk(session, EDITOR, bases, task)
        assert report.done == (refused != bases.keys()), (action, bases)
        assert not partly or report.refusals.keys() == refused, (action, bases)

    @rule(key=keys, word=words, reference=st.integers(0, 3), allowed=st.booleans())
    def load(self, key: Key, word: str, reference: int, allowed: bool) -> None:
        """One content file, also of a former name, which undoes what editors did only where it is told to."""
        body, folder = body_of(key, word, reference), Path(self.folder.name) / "files"
        rmtree(folder, ignore_errors=True)
        file = folder / BY_TYPE[key[0]].FOLDER / f"{key[1]}.json"
        file.parent.mkdir(parents=True)
        file.write_bytes(msgspec.json.encode(body))

        def load_file(session: Session, actor: Actor) -> None:
            load(session, actor, plan_load(session, folder, tuple(Undoing) if allowed else ()))

        self.both(load_file, model=lambda: self.model.load(key, body, allowed=allowed))

    @precondition(lambda self: self.model.drafts)
    @rule(pinned=st.booleans(), data=st.data())
    def give_out(self, pinned: bool, data: st.DataObject) -> None:
        """A preview of some drafts, which stays with them or follows."""
        some = data.draw(st.lists(st.sampled_from(sorted(self.model.drafts)), min_size=1, max_size=2, unique=True))
        bases = {key: self.base_of(data, key) for key in some}
        mode = PreviewMode.PINNED if pinned else PreviewMode.FOLLOWING
        more = {"expires_at": datetime.now(UTC) + timedelta(days=1), "mode": mode}
        self.both(create_preview, "boss", bases, model=lambda: self.model.give_out(bases, pinned=pinned), **more)

    @precondition(lambda self: self.model.previews)
    @rule()
    def look_at_previews(self) -> None:
        """Each shows its drafts over what is live, and says what keeps them from going live, and what is newer."""
        with reading(self.engine) as session:
            given_out = tuple(reversed(tokens.tokens(session, tokens.Kind.PREVIEW)))
            assert len(given_out) == len(self.model.previews)
            for token, preview_of in zip(given_out, self.model.previews, strict=True):
                selection = selection_of(session, token)
                catalog, laid = preview(session, selection)
                if self.catalogs._live is not None:  # of this version or of an earlier one
                    require_same(preview(session, selection, self.catalogs._live.catalog)[0], catalog)
                every: dict[Key, Document | None] = {**{key_of(it): it for it in read_all(session)}, **laid.changes}
                documents = tuple([it for it in every.values() if it is not None])
                drafted = self.model.drafted(preview_of)
                assert (not laid.problems) == self.model.sound(drafted)
                assert newer_than(session, selection) == tuple(sorted(self.model.newer(preview_of)))
                if not laid.problems:
                    assert plain(documents) == self.model.over(drafted)
                assert catalog.careers.keys() == {it.ident for it in documents if it.TYPE == "career"}
                live = {key: body for key, body in plain(documents).items() if key in laid.omitted}
                assert live == {key: body for key, body in self.model.live.items() if key in laid.omitted}

    @precondition(lambda self: self.model.live)
    @rule(due=st.booleans(), data=st.data())
    def plan(self, due: bool, data: st.DataObject) -> None:
        """Something is to go away; the time of some has come already, as after a while in which nobody worked."""
        key = data.draw(st.sampled_from(sorted(self.model.live)))
        with transaction(self.engine) as session:
            at = DUE if due else AHEAD
            added = schedules.add(session, schedules.Action.UNPUBLISH, key, at, zone="UTC", author=EDITOR.name)
        self.model.plan(added.number, key, due=due)

    @precondition(lambda self: self.model.schedules)
    @rule(confirmed=st.booleans(), data=st.data())
    def decide(self, confirmed: bool, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.model.schedules)))
        if confirmed:
            self.both(confirm_schedule, number, model=lambda: self.model.confirm(number))
        else:
            self.both(cancel_schedule, number, model=lambda: self.model.cancel(number))

    @precondition(lambda self: any(it.due for it in self.model.schedules.values()))
    @rule()
    def carry_out(self) -> None:
        """A worker does what is due, and nothing that is held."""
        done = Worker(self.engine).publish_due(datetime.now(UTC))
        assert {it.schedule.number: it.good for it in done} == self.model.carry_out()

    @precondition(lambda self: self.saved is None or self.saved.done() != self.model.done())
    @rule()
    def back_up(self) -> None:
        backup(self.engine, Path(self.folder.name) / "backup")
        self.saved = deepcopy(self.model)

    @precondition(lambda self: self.saved is not None)
    @rule()
    def restore(self) -> None:
        """The backup takes the place of everything, under a version of its own; what is overdue is held."""
        assert self.saved is not None
        restored = restore(self.engine, Path(self.folder.name) / "backup", replace=True)
        overdue = [number for number, it in sorted(self.saved.schedules.items()) if it.due and not it.on_hold]
        self.model = self.saved.restored(self.model.version)
        assert (restored.version, restored.held_schedules) == (self.model.version, tuple(overdue))

    @rule()
    def renew_neighbours(self) -> None:
        if renew(self.engine) is not None:
            self.model.versions[self.model.version + 1] = deepcopy(self.model.live)

    @rule()
    def take_the_version(self) -> None:
        """A running server makes the catalog of the one before, another one loads it as a whole: they are the same."""
        whole = Catalogs(self.engine)
        for catalogs in (self.catalogs, whole):
            catalogs._load()
        assert self.catalogs._live is not None and whole._live is not None
        require_same(self.catalogs._live.catalog, whole._live.catalog)

    @invariant()
    def everything_agrees(self) -> None:
        """What the database holds is read anew only where another connection wrote since; it is compared always."""
        data_version = self.watch.execute("PRAGMA data_version").fetchone()
        if self.observed is None or self.observed[0] != data_version:
            with reading(self.engine) as session:
                self.observed = data_version, observe(session)
        desk, model = self.observed[1], self.model
        assert desk.live == model.live
        assert desk.version == model.version
        live = self.published.setdefault(model.version, desk.live)
        assert live == model.live, "a version is never another catalog, whatever was restored since"
        assert desk.drafts == {key: model.draft(key) for key in model.drafts}
        assert desk.standing == model.standing
        assert desk.redirects == model.redirects
        assert desk.histories == {
            key: [(it.key, it.body, it.version) for it in model.history(key)] for key in KEYS if model.history(key)
        }
        assert desk.titles.keys() == {key for key in KEYS if model.present(key)}
        assert desk.titles == desk.titles | model.titles()
        assert desk.schedules == {number: (it.due, it.on_hold) for number, it in model.schedules.items()}
        model.redirects_of[model.version] = dict(model.redirects)

    def teardown(self) -> None:
        if not hasattr(self, "engine"):
            return
        with reading(self.engine) as session:
            assert verify(session).fault is None
            for version, live in self.model.versions.items():
                assert plain(documents_at(session, version)) == live
            assert tuple(live_documents(session)) == read_all(session)
            for version, moved in self.model.redirects_of.items():
                assert redirects_at(session, version) == moved
        self.export_wipe_and_import()
        self.watch.close()
        self.engine.dispose()
        self.folder.cleanup()

    def export_wipe_and_import(self) -> None:
        """The same catalog comes back from files."""
        with reading(self.engine) as session:
            export(session, Path(self.folder.name) / "content")
            before, info = read_all(session), newest(session)
        fresh = Path(self.folder.name) / "fresh.db"
        copyfile(empty(), fresh)
        engine = connect(f"sqlite:///{fresh}")
        with transaction(engine) as session:
            load(session, EDITOR, plan_load(session, Path(self.folder.name) / "content"))
        with reading(engine) as session:
            after = read_all(session)
        engine.dispose()
        assert info is not None
        one, other = (build_catalog(it, info.version, info.published_at) for it in (before, after))
        assert (after, other.careers, other.collections) == (before, one.careers, one.collections)


Sequences.TestCase.settings = settings(
    max_examples=depth(8, 30), stateful_step_count=40, suppress_health_check=list(HealthCheck)
)
TestSequences = Sequences.TestCase
