"""The codes of GraphQL itself, beside those of the engine."""

from enum import StrEnum


class GraphQLCode(StrEnum):
    """Every code that a request can be refused with before the engine is asked. The docstring under each is its
    documentation."""

    GRAPHQL_PARSE_FAILED = "GRAPHQL_PARSE_FAILED"
    """The document is not GraphQL, or longer or deeper than the server reads."""
    GRAPHQL_VALIDATION_FAILED = "GRAPHQL_VALIDATION_FAILED"
    """The document does not fit the schema."""
    OPERATION_RESOLUTION_FAILURE = "OPERATION_RESOLUTION_FAILURE"
    """`operationName` names no operation of the document, or is missing where the document has several."""
    OPERATION_NOT_SUPPORTED = "OPERATION_NOT_SUPPORTED"
    """The schema has no operation of this kind at this address."""
    BAD_USER_INPUT = "BAD_USER_INPUT"
    """A variable or an argument does not have the type that the document or the schema gives it."""
    INTERNAL_ERROR = "INTERNAL_ERROR"
    """A fault of the server; `id` is the id that its log has for it."""
