"""Asking the editors' desk: every read and every verb goes through here, and so does every way in which it can fail."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DataError
from sqlalchemy.orm import Session

from careergraph.api.base.context import Context
from careergraph.api.base.editing_codes import EditorCode, forbidden, refused, unauthenticated
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.editing_database import Desk
from careergraph.editorial.access.roles import Verb, may, permit
from careergraph.editorial.content import outcome
from careergraph.editorial.content.document_index import Key
from careergraph.store.database.database import DatabaseProblem
from careergraph.store.database.readable import UnreadableText

Done = TypeVar("Done")
Success = TypeVar("Success")


def actor_of(context: Context) -> Actor:
    """Who asks. Raises GraphQLError UNAUTHENTICATED, or FORBIDDEN for a user of the host who is no editor."""
    if context.actor is None:
        raise unauthenticated() if context.user is None else forbidden()
    return context.actor


def database_of(context: Context) -> Desk:
    """The way to the editors' database. Raises GraphQLError where there is none."""
    if context.desk is None:
        raise _not_ready()
    return context.desk


def read(context: Context, verb: Verb, key: Key | None, find: Callable[[Session], Done]) -> Done:
    """What `find` finds in one moment of the database, for whoever has the right `verb`, of a document where there is a
    `key`. Raises GraphQLError, also for what is not there."""

    def find_if_permitted(session: Session, actor: Actor) -> Done:
        permit(actor, verb, key)
        return find(session)

    ended = consider(context, find_if_permitted)
    if isinstance(ended, Rejected):
        raise refused(EditorCode.UNKNOWN, "There is no such document, revision or release.")
    return ended


def consider(context: Context, find: Callable[[Session, Actor], Done]) -> Done | Rejected:
    """What `find` finds, or what it finds wrong. It asks for the right itself. Raises GraphQLError."""
    actor, desk = actor_of(context), database_of(context)

    def run() -> Done:
        with desk.reading() as session:
            return find(session, actor)

    return _without_conflict(_ended(run))


def run_verb(
    context: Context, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected | Conflict:
    """What a verb did, or why it did nothing, in a transaction of its own. Raises GraphQLError."""
    actor, desk = actor_of(context), database_of(context)

    def run() -> Success:
        with desk.transaction() as session:
            done = verb(session, actor)
        return success(done)

    return _ended(run)


def run_verb_or_reject(
    context: Context, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected:
    """The same for a verb that has no conflicts."""
    return _without_conflict(run_verb(context, verb, success))


def prepare(context: Context, verb: Verb, work: Callable[[], Done]) -> Done | Rejected:
    """What has to be found out before a transaction, for whoever has the right. Raises GraphQLError."""
    actor = actor_of(context)

    def run() -> Done:
        permit(actor, verb)
        return work()

    return _without_conflict(_ended(run))


def sees(context: Context, key: Key | None) -> bool:
    """Whether whoever asks may see a document; what concerns none, all may."""
    return context.actor is not None and may(context.actor, Verb.VIEW, key)


def _ended(run: Callable[[], Done]) -> Done | Rejected | Conflict:
    try:
        return run()
    except outcome.Denied:
        raise forbidden() from None
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
        raise TypeError("a verb that is said to have no conflicts had one")
    return result


def _not_ready() -> Exception:
    return refused(EditorCode.NOT_READY, "The database cannot be read or written now; try again later.")


def _refused_by_database(problem: DatabaseProblem) -> Exception:
    if isinstance(problem.__cause__, DataError):  # PostgreSQL holds no text with a NUL in it
        return refused(EditorCode.BAD_USER_INPUT, "The database cannot hold one of these texts or numbers.")
    return _not_ready()
