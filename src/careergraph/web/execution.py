"""From a query text to an answer: parse, validate, find the operation, execute. Each stage has its own code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

import strawberry
from anyio import to_thread
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    execute,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from careergraph.api.codes import GraphQLCode
from careergraph.api.errors import Formatted, executed, explained
from careergraph.web.config import Config

MOST_ERRORS = 8
"""The most errors that are looked for in one document or its variables: enough to mend it, few enough to be cheap."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL answer. `started` says whether execution began: if not, there is no data to speak of."""

    started: bool
    data: Mapping[str, Any] | None = None
    errors: list[Formatted] | None = None

    def body(self) -> dict[str, Any]:
        """The answer as it is sent: errors first, no `data` where execution never began."""
        shown: dict[str, Any] = {"errors": self.errors} if self.errors else {}
        if self.started:
            shown["data"] = self.data
        return shown


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a document that fits the schema."""

    document: DocumentNode
    definition: OperationDefinitionNode
    name: str | None

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.definition.operation


class Executor:
    """Runs queries against one Strawberry schema. Strawberry's own extensions are not run: their work is done here."""

    def __init__(self, schema: strawberry.Schema, config: Config) -> None:
        self._schema = schema._schema  # Strawberry has no public name for the graphql-core schema
        self._executor_class = schema.execution_context_class
        self._config = config
        self._rules = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
        if not config.introspection:
            self._rules = (*self._rules, NoSchemaIntrospectionCustomRule)

    def prepare(self, query: str, operation_name: str | None) -> Operation | Answer:
        """The operation to run, or the answer that says why there is none."""
        document = self._parsed(query)
        if isinstance(document, Answer):
            return document
        if invalid := validate(self._schema, document, self._rules, max_errors=MOST_ERRORS, hide_suggestions=True):
            return _not_started(invalid, GraphQLCode.GRAPHQL_VALIDATION_FAILED)
        return self._found(document, operation_name)

    async def run(
        self, operation: Operation, variables: dict[str, Any] | None, context: object, request_id: str
    ) -> Answer:
        """The answer to an operation. Errors of fields are in it, masked where they are the server's fault."""
        run = partial(
            execute,
            self._schema,
            operation.document,
            context_value=context,
            variable_values=variables or {},
            operation_name=operation.name,
            executor_class=self._executor_class,
            hide_suggestions=True,
            max_coercion_errors=MOST_ERRORS,
            operation_extensions=None,  # Strawberry's executor expects it
        )
        # whoever may wait for the database waits in a thread
        result = await to_thread.run_sync(run) if getattr(context, "blocks", False) else run()
        if not isinstance(result, ExecutionResult):
            result = await result
        return _answered(result, request_id)

    def _parsed(self, query: str) -> DocumentNode | Answer:
        most = self._config.max_query_tokens
        try:
            return parse(
                query, max_lexical_tokens=most, max_comments=most, max_source_length=self._config.max_query_chars
            )
        except GraphQLError as problem:
            return _not_started([problem], GraphQLCode.GRAPHQL_PARSE_FAILED)

    def _found(self, document: DocumentNode, name: str | None) -> Operation | Answer:
        definition = get_operation_ast(document, name)
        if definition is None:
            message = "operationName names no operation of the document." if name else "operationName is needed here."
            return _not_started([GraphQLError(message)], GraphQLCode.OPERATION_RESOLUTION_FAILURE)
        if definition.operation is OperationType.SUBSCRIPTION:
            problem = GraphQLError("Subscriptions are not answered at this address.")
            return _not_started([problem], GraphQLCode.OPERATION_NOT_SUPPORTED)
        return Operation(document, definition, name)


def _not_started(problems: list[GraphQLError], code: GraphQLCode) -> Answer:
    return Answer(started=False, errors=explained(problems, code))


def _answered(result: ExecutionResult, request_id: str) -> Answer:
    errors = executed(result.errors, request_id) if result.errors else None
    # variables are coerced before execution begins: such an error is about no field
    started = result.data is not None or any(error.path is not None for error in result.errors or ())
    return Answer(started=started, data=result.data, errors=errors)
