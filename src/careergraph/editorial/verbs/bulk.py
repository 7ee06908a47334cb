"""Bulk verbs: one verb on many documents, in one transaction, with one report. Either all of it is done, or (`partly`)
what can be."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import Verb, permit
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected, rejection
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.editing.document_state import is_stale, live_bodies, require_seen
from careergraph.editorial.editing.guards import require_open
from careergraph.editorial.editing.publication import Published
from careergraph.editorial.verbs.documents.drafts import discard_draft, revert
from careergraph.editorial.verbs.documents.publish import open_drafts, publish
from careergraph.editorial.verbs.documents.unpublish import archive, unpublish
from careergraph.editorial.verbs.releases import add_to_release
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.catalogs.past import revisions_at, version_info
from careergraph.store.documents.documents import Key
from careergraph.store.documents.references import references
from careergraph.store.editing.drafts import DocumentState, bodies, states

MOST = 500
"""The most documents of one bulk verb, so that other writers do not wait for long."""
ROUNDS = 10
"""How often a verb is tried again without the documents that were refused: each may leave others without what they
refer to."""


class Action(DescribedEnum):
    """The action of a bulk verb on each document."""

    PUBLISH = "PUBLISH", "Publishes its draft, all as one version of the catalog."
    UNPUBLISH = "UNPUBLISH", "Unpublishes it, all as one version. It stays as a draft."
    ARCHIVE = "ARCHIVE", "Archives it, all as one version."
    DISCARD = "DISCARD", "Closes its draft without publishing it."
    REVERT = "REVERT", "Makes a draft of it as it was live at `version`."
    ADD_TO_RELEASE = "ADD_TO_RELEASE", "Puts its draft into the release of `release`."


_VERBS: Mapping[Action, Verb] = {
    Action.PUBLISH: Verb.PUBLISH,
    Action.UNPUBLISH: Verb.UNPUBLISH,
    Action.ARCHIVE: Verb.ARCHIVE,
    Action.DISCARD: Verb.DISCARD_DRAFT,
    Action.REVERT: Verb.REVERT,
    Action.ADD_TO_RELEASE: Verb.ADD_TO_RELEASE,
}
Refused = Rejected | Conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What to do: `release` is that of ADD_TO_RELEASE, `version` that of REVERT. `partly` does what can be done, and
    leaves the rest."""

    action: Action
    release: str | None = None
    version: int | None = None
    partly: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The documents of a bulk verb, and those that were refused, with the reason. `done` is False where nothing was
    done, as in a dry run, whose `confirmation` does it, `until` some time."""

    done: bool
    keys: tuple[Key, ...]
    refusals: Mapping[Key, Refused]
    version: int | None = None
    confirmation: str | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Attempt:
    published: Published | None = None
    refusals: dict[Key, Refused] = field(default_factory=dict)


def bulk(  # noqa: PLR0913 - who does what to which documents, and how far
    session: Session,
    actor: Actor,
    bases: Mapping[Key, int],
    task: Task,
    *,
    dry_run: bool = False,
    within_scope: bool = False,
) -> Report:
    """Do a verb on many documents, each as the revision that the actor saw, or find out (`dry_run`) what it would do.

    What is refused is in the report; without `partly` nothing is done then. Raises Denied where the actor lacks the
    right to any of them, or, with `partly` and `within_scope`, refuses those alone that would change what is outside of
    the actor's scope; and Rejected for no or too many
    documents, and without an open release or a version.
    """
    verb = _VERBS[task.action]
    permit(actor, verb)
    for key in bases:
        permit(actor, verb, key)
    _require_task(session, task, len(bases))
    with session.begin_nested() as savepoint:
        attempt = _attempt(session, actor, bases, task, lenient=task.partly and within_scope)
        done = not dry_run and (task.partly or not attempt.refusals) and len(attempt.refusals) < len(bases)
        if not done:
            savepoint.rollback()
    version = attempt.published.version if done and attempt.published else None
    return Report(done=done, keys=tuple(bases), refusals=attempt.refusals, version=version)


def _require_task(session: Session, task: Task, count: int) -> None:
    if not count:
        raise rejection(ProblemCode.EMPTY, "there is no document to do it to", steps=("documents",))
    if count > MOST:
        message = f"a bulk verb takes at most {MOST} documents: select fewer, and repeat it for the rest"
        raise rejection(ProblemCode.TOO_MANY, message, steps=("documents",))
    for action, name, value in (
        (Action.ADD_TO_RELEASE, "release", task.release),
        (Action.REVERT, "version", task.version),
    ):
        if (task.action is action) != (value is not None):
            rule = "needs" if value is None else "is refused but for"
            message = f"{name} {rule} {action}" if value is not None else f"{action} {rule} a {name}"
            raise rejection(ProblemCode.BAD_SHAPE, message, steps=(name,))
    if task.release is not None:
        require_open(session, task.release)
    if task.version is not None and version_info(session, task.version) is None:
        raise rejection(ProblemCode.UNKNOWN, f"there is no version {task.version}", steps=("version",))


def _attempt(session: Session, actor: Actor, bases: Mapping[Key, int], task: Task, *, lenient: bool) -> _Attempt:
    attempt = _Attempt(refusals=unseen(session, bases, stale=task.action is Action.PUBLISH))
    if lenient:
        attempt.refusals.update(_not_permitted(session, actor, bases, task.action))
    if task.action in (Action.DISCARD, Action.REVERT):
        _one_by_one(session, attempt, bases, _verb_on_one(session, actor, bases, task), lenient=lenient)
        return attempt
    for _ in range(ROUNDS):
        ready = {key: base for key, base in bases.items() if key not in attempt.refusals}
        if not ready:
            break
        try:
            with session.begin_nested():
                return _Attempt(_all_at_once(session, actor, ready, task), attempt.refusals)
        except (Rejected, Conflict) as refusal:
            last = refusal
            attempt.refusals.update(_at_fault(session, last, ready))
        if not task.partly:
            break
    else:
        attempt.refusals.update({key: last for key in ready if key not in attempt.refusals})
    return attempt


def unseen(session: Session, bases: Mapping[Key, int], *, stale: bool = False) -> dict[Key, Refused]:
    """Return the refusals of documents that are others than the actor saw; with `stale`, also of drafts that are older
    than the live document."""
    return {
        key: refusal
        for key, state in states(session, bases).items()
        if (refusal := _refusal(lambda: _require_as_seen(session, state, bases[state.key], stale=stale))) is not None  # noqa: B023
    }


def _not_permitted(session: Session, actor: Actor, keys: Collection[Key], action: Action) -> dict[Key, Refused]:
    """Return the refusals of documents in which the verb would change what is outside of the actor's scope. Of a
    revert, which has other revisions to compare, each is found when it is done."""
    if actor.scope.whole or action is Action.REVERT:
        return {}
    live, drafted = live_bodies(session, keys), bodies(session, keys)
    refusals: dict[Key, Refused] = {}
    for key in keys:
        goes = action in (Action.UNPUBLISH, Action.ARCHIVE)
        before = live.get(key, drafted.get(key)) if goes else live.get(key)
        try:
            permit(actor, _VERBS[action], key, before, None if goes else drafted.get(key))
        except Denied:
            refusals[key] = _outside(key)
    return refusals


def _outside(key: Key) -> Rejected:
    return rejection(ProblemCode.NOT_PERMITTED, "it would change what is outside of your scope", key)


def _require_as_seen(session: Session, state: DocumentState, base: int, *, stale: bool) -> None:
    require_seen(session, state, base)
    if stale and is_stale(state):
        open_drafts(session, {state.key: state.draft or base})


def _refusal(verb: Callable[[], object]) -> Refused | None:
    try:
        verb()
    except (Rejected, Conflict) as refusal:
        return refusal
    return None


def _all_at_once(session: Session, actor: Actor, bases: Mapping[Key, int], task: Task) -> Published | None:
    match task.action:
        case Action.PUBLISH:
            return publish(session, actor, bases, task.note)
        case Action.UNPUBLISH:
            return unpublish(session, actor, bases, task.note)
        case Action.ARCHIVE:
            return archive(session, actor, bases, task.note)
    add_to_release(session, actor, task.release or "", bases)
    return None


def _verb_on_one(session: Session, actor: Actor, bases: Mapping[Key, int], task: Task) -> Callable[[Key], object]:
    if task.action is Action.DISCARD:
        return lambda key: discard_draft(session, actor, key, task.note, base=bases[key])
    revisions = revisions_at(session, task.version or 0, bases)

    def go_back(key: Key) -> None:
        if key not in revisions:
            raise rejection(ProblemCode.NOT_LIVE, f"it was not live at version {task.version}", key)
        revert(session, actor, key, revisions[key], task.note, base=bases[key])

    return go_back


def _one_by_one(
    session: Session, attempt: _Attempt, keys: Iterable[Key], verb: Callable[[Key], object], *, lenient: bool
) -> None:
    """Call a verb for each document that was not refused, as none depends on another."""
    for key in keys:
        if key in attempt.refusals:
            continue
        try:
            with session.begin_nested():
                verb(key)
        except (Rejected, Conflict) as refusal:
            attempt.refusals[key] = refusal
        except Denied:
            if not lenient:
                raise
            attempt.refusals[key] = _outside(key)


def _at_fault(session: Session, refusal: Refused, ready: Mapping[Key, int]) -> dict[Key, Refused]:
    """Return the documents that a refusal is for; all that are ready for a problem that is of none of them."""
    if isinstance(refusal, Conflict):
        return {refusal.key: refusal}
    problems: dict[Key, list[Problem]] = defaultdict(list)
    users = {(it.type or "", it.ident or "") for it in refusal.problems if it.code is ProblemCode.IN_USE}
    used = {
        (key, steps): target
        for key, body in live_bodies(session, users).items()
        for steps, target in references(key[0], body)
    }
    for problem in refusal.problems:
        own = (problem.type or "", problem.ident or "")
        own = used.get((own, problem.steps), own) if problem.code is ProblemCode.IN_USE else own
        for key in [own] if own in ready else ready:
            problems[key].append(problem)
    return {key: Rejected(some) for key, some in problems.items()}
