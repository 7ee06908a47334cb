"""Apply a plan: save it as a release of drafts, and publish that as one version of the catalog."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import msgspec
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.editing.guards import state_of
from careergraph.editorial.editing.publication import renew_neighbours
from careergraph.editorial.editing.validation import require_valid
from careergraph.editorial.hooks.workflow import Transaction
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot, slug_of
from careergraph.editorial.importers.plan import Plan, make_plan
from careergraph.editorial.importers.release_order import require_newest
from careergraph.editorial.importers.source_data import SourceData
from careergraph.editorial.importers.sources import ImportInput
from careergraph.editorial.importers.tables.table import BadTable
from careergraph.editorial.verbs.documents.save_drafts import save_drafts
from careergraph.editorial.verbs.releases import add_to_release, open_release, publish_release
from careergraph.store.database.database import reading, transaction
from careergraph.store.documents.documents import BY_TYPE
from careergraph.store.editing.drafts import states
from careergraph.store.editing.imported import remember
from careergraph.store.editing.rehearsal import rehearsed
from careergraph.store.editing.releases import release as find
from careergraph.store.editing.revisions import Cause


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """The result: the release of the drafts (None where nothing changed), and the version if it was published."""

    release: str | None = None
    version: int | None = None


After = Callable[[Session, Done], None]
"""A function that is called in the transaction of a step, with its result."""


Work = Callable[[Session], Done]
RunWork = Callable[[Transaction, Work], Done]
"""A function that does work in a transaction, as `Workflow.run` does with the host's hooks."""


def run_work(transact: Transaction, work: Work) -> Done:
    """Do work in a transaction, without hooks."""
    with transact() as session:
        return work(session)


def no_more(session: Session, done: Done) -> None:
    """Do nothing after a step."""


def plan_import(
    engine: Engine, source_input: ImportInput, *, check: bool = False, strict: bool = False, older: bool = False
) -> tuple[SourceData, Plan]:
    """Read a source and plan its import; `check` what it would publish too. The documents of the source are dropped:
    the plan has them. Raises BadTable, BadProfile, MissingOption, TooMany, Rejected, and OlderRelease unless an `older`
    edition is welcome."""
    with reading(engine) as session:
        snapshot = DatabaseSnapshot(session, source_input.importer)
        source = source_input.read_source(snapshot)
        if strict and (repaired := source_input.tables.repaired):
            name, line = repaired[0]
            raise BadTable(name, "broken characters; unless the import is strict they are mended or left out", line)
        if not older:
            require_newest(snapshot, source)
        plan = make_plan(snapshot, source)
        if check:
            rehearse(snapshot, plan)
    return replace(source, documents=()), plan


def rehearse(snapshot: DatabaseSnapshot, plan: Plan) -> None:
    """Check the documents that a plan would publish; change nothing. Raises Rejected with all problems."""
    fresh = [(it.draft.key[0], it.draft.body) for it in plan.changes]
    documents = [msgspec.convert(body, BY_TYPE[kind]) for kind, body in fresh if body is not None]
    require_valid(snapshot.live.values(), documents, plan.gone)


def save(  # noqa: PLR0913, PLR0917 - the plan, and the fields of its release
    engine: Engine,
    actor: Actor,
    importer: str,
    vintage: str,
    plan: Plan,
    after: After = no_more,
    run: RunWork = run_work,
) -> Done:
    """Save the drafts of a plan into a release, all or none; without any, no transaction is made.

    Raises Denied, Rejected, and Conflict where somebody changed a document since the plan was made.
    """
    if not plan.changes and not plan.drafted:
        return Done()
    title = f"Import of {importer} {vintage}"

    def work(session: Session) -> Done:
        release = _open(session, actor, slug_of(f"{importer} {vintage}"), title)
        numbers = save_drafts(session, actor, release, [it.draft for it in plan.changes], title, Cause.IMPORTED)
        remember(session, importer, plan.records(numbers))
        drafted = {key: it.draft for key, it in states(session, plan.drafted).items() if it.draft is not None}
        if drafted:
            add_to_release(session, actor, release, drafted, move=True)
        done = Done(release=release)
        after(session, done)
        return done

    return run(lambda: transaction(engine), work)


def publish(engine: Engine, actor: Actor, done: Done, after: After = no_more, run: RunWork = run_work) -> Done:
    """Publish the release of a plan as one version, then renew the neighbours. Raises Denied, Rejected and Conflict."""
    release = done.release
    if release is None:
        return done

    def work(session: Session) -> Done:
        published = publish_release(session, actor, release, base=state_of(session, release))
        result = Done(release=release, version=published.version)
        after(session, result)
        return result

    result = run(lambda: rehearsed(lambda: transaction(engine), lambda: reading(engine), work), work)
    renew_neighbours(engine)
    return result


def _open(session: Session, actor: Actor, slug: str, title: str) -> str:
    """Return the slug of the release: one that an earlier run left open, or a new one."""
    number, name = 1, slug
    while (there := find(session, name)) is not None and not there.open:
        number += 1
        name = f"{slug}-{number}"
    return name if there is not None else open_release(session, actor, name, title).slug
