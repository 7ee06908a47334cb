"""The codes of refusals that have to do with editing: who asks, and what a preview cannot do."""

from enum import StrEnum

from graphql import GraphQLError


class EditorCode(StrEnum):
    """Every code that editing, or a preview, can be refused with. The docstring under each is its documentation."""

    UNAUTHENTICATED = "UNAUTHENTICATED"
    """The access token is unknown, expired or revoked; or nobody is signed in who could do this."""
    FORBIDDEN = "FORBIDDEN"
    """Whoever asks may not do this. It is said alike of what is there and of what is not."""
    UNKNOWN = "UNKNOWN"
    """There is no such document, revision or release."""
    AS_OF_IN_PREVIEW = "AS_OF_IN_PREVIEW"
    """`asOf` was given in a preview, which shows what is to come and has no past."""
    BAD_USER_INPUT = "BAD_USER_INPUT"
    """A variable or an argument is nothing that the database can hold."""
    NOT_READY = "NOT_READY"
    """The database cannot be read or written now; try again later."""


def refused(code: EditorCode, message: str) -> GraphQLError:
    """A refusal with its code."""
    return GraphQLError(message, extensions={"code": code.value})


def forbidden() -> GraphQLError:
    """The one refusal of what an actor may not do."""
    return refused(EditorCode.FORBIDDEN, "This is not yours to see or do.")


def unauthenticated() -> GraphQLError:
    """The refusal of whoever is nobody to the editors."""
    return refused(EditorCode.UNAUTHENTICATED, "Only editors may do this: sign in, or send an access token.")
