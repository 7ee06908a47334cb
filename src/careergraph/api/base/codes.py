"""The codes of GraphQL itself, beside those of the engine."""

from graphql import GraphQLError

from careergraph.engine.described_enum import DescribedEnum


class GraphQLCode(DescribedEnum):
    """The codes of requests that are refused before the engine runs."""

    GRAPHQL_PARSE_FAILED = (
        "GRAPHQL_PARSE_FAILED",
        "The document is not GraphQL, or longer or deeper than the server reads.",
    )
    GRAPHQL_VALIDATION_FAILED = (
        "GRAPHQL_VALIDATION_FAILED",
        "The document does not fit the schema; `suggestions` lists names of the schema that are close to a wrong one, "
        "where introspection is on.",
    )
    OPERATION_RESOLUTION_FAILURE = (
        "OPERATION_RESOLUTION_FAILURE",
        "`operationName` names no operation of the document, or is missing where the document has several.",
    )
    OPERATION_NOT_SUPPORTED = "OPERATION_NOT_SUPPORTED", "The schema has no operation of this kind at this address."
    BAD_USER_INPUT = (
        "BAD_USER_INPUT",
        "A variable or an argument does not have the type that the document or the schema gives it (`suggestions` as "
        "above); or a filter of editors names what there is not, and `right` lists what would be right.",
    )
    INTERNAL_ERROR = "INTERNAL_ERROR", "A fault of the server; `id` is the id that its log has for it."
    TOO_DEEP = "TOO_DEEP", "The operation nests deeper than the server answers; `maximum` says how deep that is."
    TOO_MANY_ALIASES = (
        "TOO_MANY_ALIASES",
        "The operation has more aliases than the server answers; `requested` and `maximum` say how many.",
    )
    TOO_MANY_ROOT_FIELDS = (
        "TOO_MANY_ROOT_FIELDS",
        "The operation has more fields at its top than the server answers; `requested` and `maximum` say how many.",
    )
    TOO_MANY_DIRECTIVES = (
        "TOO_MANY_DIRECTIVES",
        "The operation has more directives than the server answers; `requested` and `maximum` say how many.",
    )
    TOO_MANY_DUPLICATES = (
        "TOO_MANY_DUPLICATES",
        "The operation repeats more fields beside themselves than the server answers; `requested` and `maximum` say "
        "how many.",
    )
    TOO_MANY_FRAGMENTS = (
        "TOO_MANY_FRAGMENTS",
        "The operation spreads more fragments than the server answers; `requested` and `maximum` say how many.",
    )
    TOO_MANY_TOKENS = "TOO_MANY_TOKENS", "The document has more tokens, or is longer, than the server reads."
    TOO_COSTLY = (
        "TOO_COSTLY",
        "The operation costs more than the server answers; `requested` and `maximum` say how much. A field costs "
        "one, and what is below a list as many times as the list has items.",
    )


class EditorCode(DescribedEnum):
    """The codes of refusals in editing and in previews."""

    UNAUTHENTICATED = (
        "UNAUTHENTICATED",
        "The access token is unknown, expired or revoked; or nobody is signed in who could do this.",
    )
    FORBIDDEN = (
        "FORBIDDEN",
        "The actor may not do this; `field` names the field of a document that is outside of the scope, if it is one.",
    )
    UNKNOWN = "UNKNOWN", "There is no such document, revision or release."
    AS_OF_IN_PREVIEW = "AS_OF_IN_PREVIEW", "`asOf` in a preview, which shows unpublished content and has no past."
    BAD_USER_INPUT = "BAD_USER_INPUT", "A variable or an argument is nothing that the database can hold."
    NOT_READY = "NOT_READY", "The database cannot be read or written now; try again later."
    NEWER_DATABASE = (
        "NEWER_DATABASE",
        "The database was upgraded for a later version than this server is of. It goes on answering readers and writes "
        "nothing; try again, as soon as servers of that version took its place.",
    )


def refused(code: EditorCode, message: str, **more: object) -> GraphQLError:
    """Return a refusal with its code."""
    return GraphQLError(message, extensions={"code": code.value, **more})


def forbidden(field: str = "") -> GraphQLError:
    """Return the refusal of an actor without the right, the same for every document; with the path of the field that is
    outside of the actor's scope, where it is one."""
    code = EditorCode.FORBIDDEN.value
    if not field:
        return GraphQLError("You have no right to see or do this.", extensions={"code": code})
    message = "You have no right to change this field of the document."
    return GraphQLError(message, extensions={"code": code, "field": field})


def unauthenticated() -> GraphQLError:
    """Return the refusal of a request without an editor."""
    return refused(EditorCode.UNAUTHENTICATED, "Only editors may do this: sign in, or send an access token.")
