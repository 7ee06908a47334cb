"""Asking the editors' desk: every read and every verb goes through here, and so does every way in which it can fail."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.orm import Session

from careergraph.api.context import Context
from careergraph.api.editor.codes import EditorCode, forbidden, refused, unauthenticated
from careergraph.api.editor.outcome import Conflict, Rejected
from careergraph.editorial import outcome
from careergraph.editorial.actor import Actor
from careergraph.editorial.desk import Desk
from careergraph.editorial.roles import Verb, may, permit
from careergraph.editorial.world import Key
from careergraph.store.database import DatabaseProblem

Done = TypeVar("Done")
Success = TypeVar("Success")


def actor_of(context: Context) -> Actor:
    """Who asks. Raises GraphQLError UNAUTHENTICATED, or FORBIDDEN for a user of the host who is no editor."""
    if context.actor is None:
        raise unauthenticated() if context.user is None else forbidden()
    return context.actor


def look(context: Context, verb: Verb, key: Key | None, find: Callable[[Session], Done]) -> Done:
    """What `find` finds in one moment of the database, for whoever has the right `verb`, of a document where there is a
    `key`. Raises GraphQLError."""
    actor = actor_of(context)
    try:
        permit(actor, verb, key)
        with _desk(context).reading() as session:
            return find(session)
    except outcome.Denied:
        raise forbidden() from None
    except outcome.Rejected as found:
        raise refused(EditorCode.UNKNOWN, "There is no such document, revision or release.") from found
    except DatabaseProblem:
        raise _not_ready() from None


def act(
    context: Context, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected | Conflict:
    """What a verb did, or why it did nothing, in a transaction of its own. Raises GraphQLError."""
    actor = actor_of(context)
    try:
        with _desk(context).transaction() as session:
            done = verb(session, actor)
    except outcome.Denied:
        raise forbidden() from None
    except outcome.Rejected as found:
        return Rejected(found)
    except outcome.Conflict as found:
        return Conflict(found)
    except DatabaseProblem:
        raise _not_ready() from None
    return success(done)


def act_or_reject(
    context: Context, verb: Callable[[Session, Actor], Done], success: Callable[[Done], Success]
) -> Success | Rejected:
    """The same for a verb that has no conflicts."""
    found = act(context, verb, success)
    if isinstance(found, Conflict):
        raise TypeError(f"{verb!r} is said to have no conflicts")
    return found


def sees(context: Context, key: Key) -> bool:
    """Whether whoever asks may see a document."""
    return context.actor is not None and may(context.actor, Verb.VIEW, key)


def _desk(context: Context) -> Desk:
    if context.desk is None:
        raise _not_ready()
    return context.desk


def _not_ready() -> Exception:
    return refused(EditorCode.NOT_READY, "The database cannot be read or written now; try again later.")
