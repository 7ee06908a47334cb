"""Transactions of editors: run each read and each verb in one, and turn failures into results or errors."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.codes import EditorCode, forbidden, refused, unauthenticated
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.access.roles import Verb, may, permit
from careergraph.editorial.content import outcome
from careergraph.store.database.database import DatabaseProblem, NewerDatabase
from careergraph.store.database.readable import UnreadableText
from careergraph.store.documents.documents import Key

Done = TypeVar("Done")
Success = TypeVar("Success")


def actor_of(info: Info) -> Actor:
    """Return the actor. Raises GraphQLError UNAUTHENTICATED, or FORBIDDEN for a user who is no editor."""
    if info.context.actor is None:
        raise unauthenticated() if info.context.user is None else forbidden()
    return info.context.actor


def database_of(info: Info) -> Desk:
    """Return the editors' database. Raises GraphQLError without one."""
    if info.context.desk is None:
        raise _not_ready()
    return info.context.desk


def read(info: Info, find: Callable[[Session], Done], *, verb: Verb = Verb.VIEW, key: Key | None = None) -> Done:
    """Return the result of `find` in a transaction, for an actor with a right, on the document of a key if there is
    one. Raises GraphQLError, also UNKNOWN."""

    def find_if_permitted(session: Session, actor: Actor) -> Done:
        permit(actor, verb, key)
        return find(session)

    result = consider(info, find_if_permitted)
    if isinstance(result, Rejected):
        raise refused(EditorCode.UNKNOWN, "There is no such document, revision or release.")
    return result


def consider(info: Info, find: Callable[[Session, Actor], Done]) -> Done | Rejected:
    """Return the result of `find`, which checks the right itself, in a transaction. Raises GraphQLError."""
    actor, desk = actor_of(info), database_of(info)

    def run() -> Done:
        with desk.reading() as session:
            return find(session, actor)

    return _without_conflict(_convert_failures(run))


def run_verb(
    info: Info, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected | Conflict:
    """Run a verb in a transaction, and return its success or its failure. Raises GraphQLError."""
    return _run(info, Desk.run, verb, success)


def run_publish(
    info: Info, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected | Conflict:
    """Run a verb that publishes: it is rehearsed, so that others wait for it no longer than it writes."""
    return _run(info, Desk.publish, verb, success)


def _run(
    info: Info,
    run_in: Callable[[Desk, Callable[[Session], Done]], Done],
    verb: Callable[[Session, Actor], Done],
    success: Callable[[Done], Success],
) -> Success | Rejected | Conflict:
    actor, desk = actor_of(info), database_of(info)
    return _convert_failures(lambda: success(run_in(desk, lambda session: verb(session, actor))))


def run_verb_or_reject(
    info: Info, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected:
    """Run a verb that has no conflicts."""
    return _without_conflict(run_verb(info, verb, success))


def run_publish_or_reject(
    info: Info, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected:
    """Run a verb that publishes and has no conflicts."""
    return _without_conflict(run_publish(info, verb, success))


def prepare(info: Info, verb: Verb, work: Callable[[], Done]) -> Done | Rejected:
    """Do work before a transaction, for an actor with the right. Raises GraphQLError."""
    actor = actor_of(info)

    def run() -> Done:
        permit(actor, verb)
        return work()

    return _without_conflict(_convert_failures(run))


def require(info: Info, verb: Verb) -> None:
    """Require a right. Raises GraphQLError."""
    if not may(actor_of(info), verb):
        raise forbidden()


def sees(info: Info, key: Key | None) -> bool:
    """Return whether the actor may see a document; without a document, whether the actor may see anything."""
    return info.context.actor is not None and may(info.context.actor, Verb.VIEW, key)


def _convert_failures(run: Callable[[], Done]) -> Done | Rejected | Conflict:
    try:
        return run()
    except outcome.Denied as denied:
        raise forbidden(denied.field) from None
    except outcome.Rejected as found:
        return Rejected(found)
    except UnreadableText as problem:
        return Rejected(outcome.unreadable(problem))
    except outcome.Conflict as found:
        return Conflict(found)
    except DatabaseProblem as problem:
        raise _refused_by_database(problem) from None


def _without_conflict(result: Done | Rejected | Conflict) -> Done | Rejected:
    if isinstance(result, Conflict):
        raise TypeError("a verb without conflicts had one")
    return result


def _not_ready() -> Exception:
    return refused(EditorCode.NOT_READY, "The database cannot be read or written now; try again later.")


def _refused_by_database(problem: DatabaseProblem) -> Exception:
    if isinstance(problem, NewerDatabase):
        message = "The database was upgraded for a later version than this server is of: nothing was written."
        return refused(EditorCode.NEWER_DATABASE, message)
    if isinstance(problem.__cause__, DataError):  # PostgreSQL holds no text with a NUL in it
        return refused(EditorCode.BAD_USER_INPUT, "The database cannot hold one of these texts or numbers.")
    return _not_ready()
