"""Documents: parsed, measured and validated once, then kept by their text."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSyntaxError,
    NoSchemaIntrospectionCustomRule,
    OperationDefinitionNode,
    OperationType,
    Undefined,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from graphql.execution.values import VariableValues
from strawberry.schema.validation_rules.maybe_null import MaybeNullValidationRule
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from careergraph.api.base.codes import GraphQLCode
from careergraph.api.base.errors import explained
from careergraph.api.base.node_id import count_instants
from careergraph.api.compiler import Plan, compile_plan
from careergraph.api.limits.coercion import Coercion, count_values
from careergraph.api.limits.cost import OPERATION_COST, VALUE_COST, word_count
from careergraph.api.limits.limits import LimitExceeded, check_cost, measure
from careergraph.api.limits.measure import Measure
from careergraph.web.core.config import Config
from careergraph.web.execution.root_fields import RootField, root_fields_of
from careergraph.web.response.answer import Answer

MOST_ERRORS = 8
"""The most errors that are looked for in one document or its variables: enough to mend it, few enough to be cheap."""

MOST_COST = 10**12
"""Costs are not counted beyond this: lists of lists may have more items than there are numbers for."""

MOST_SIZES = 64
"""For how many sizes of its lists the cost of an operation is kept."""


class Price(NamedTuple):
    """What a request for an operation comes to: its coerced variables, None where one does not fit, its cost, and
    whether it reads catalogs of the past."""

    values: VariableValues | None
    cost: int
    reads_past: bool = False


@dataclass(slots=True, eq=False)
class Operation:
    """One operation of a document that fits the schema and the limits. Kept with its document.

    `overran` says that it took so long the last time that it is not to keep the event loop.
    """

    text: str
    document: DocumentNode
    definition: OperationDefinitionNode
    name: str | None
    measure: Measure
    coercion: Coercion
    plan: Plan | None
    calls: tuple[RootField, ...]
    costs: dict[tuple[object, ...], tuple[int, bool]] = field(default_factory=dict)
    overran: bool = False

    @property
    def kind(self) -> OperationType:
        """Query, mutation or subscription."""
        return self.definition.operation

    @property
    def title(self) -> str | None:
        """What the document calls it, cut where that is long."""
        return None if self.definition.name is None else self.definition.name.value[:64]


@dataclass(frozen=True, slots=True, eq=False)
class _Document:
    text: str
    node: DocumentNode
    operations: dict[str | None, Operation | Answer] = field(default_factory=dict)


class Documents:
    """The documents of one schema that were asked for last, at most so many and so long as the configuration says."""

    def __init__(self, schema: strawberry.Schema, config: Config) -> None:
        self._schema = schema._schema  # Strawberry has no public name for the graphql-core schema
        self._config = config
        self._limits = config.limits
        self._rules = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
        if not config.introspection:
            self._rules = (*self._rules, NoSchemaIntrospectionCustomRule)
        self._kept: OrderedDict[str, _Document] = OrderedDict()
        self._length = 0

    def reading_cost(self, text: str) -> int:
        """What it costs to look a document up: nothing where it is kept."""
        return 0 if text in self._kept else new_document_cost(text)

    def find(self, text: str, name: str | None) -> Operation | Answer:
        """The operation of that name, or the answer that says why there is none."""
        document = self._kept.get(text)
        if document is None:
            prepared = self._prepared(text)
            if isinstance(prepared, Answer):
                return prepared
            document = prepared
            self._keep(document)
        else:
            self._kept.move_to_end(text)
        operation = document.operations.get(name)
        if operation is None:
            operation = self._operation(document, name)
            if isinstance(operation, Operation):
                document.operations[name] = operation
        return operation

    def price(self, operation: Operation, variables: Mapping[str, Any] | None) -> Price:
        """What the operation comes to with the variables of a request. Raises LimitExceeded (TOO_COSTLY).

        Where a variable does not fit, execution says so in words.
        """
        cost = OPERATION_COST
        if variables:
            cost += int(count_values(variables) * VALUE_COST)
            check_cost(cost, self._limits)  # before each of them is looked at closely
        values = operation.coercion.coerce(variables)
        if isinstance(values, list):
            return Price(None, cost)
        own, reads_past = self._cost(operation, values)
        cost += own - OPERATION_COST
        check_cost(cost, self._limits)
        return Price(values, cost, reads_past)

    def _cost(self, operation: Operation, values: VariableValues) -> tuple[int, bool]:
        """What the operation costs with these values, and whether it reads catalogs of the past."""
        names = operation.measure.variables
        if not names:
            return _whole(operation.measure.cost), operation.measure.reads_past
        key = tuple([_size(values.coerced.get(name, Undefined)) for name in sorted(names)])
        if key not in operation.costs:
            if len(operation.costs) >= MOST_SIZES:
                operation.costs.clear()
            measured = measure(self._schema, operation.document, operation.definition, self._limits, values)
            operation.costs[key] = _whole(measured.cost), measured.reads_past
        return operation.costs[key]

    def _prepared(self, text: str) -> "_Document | Answer":
        parsed = self._parsed(text)
        if isinstance(parsed, Answer):
            return parsed
        try:
            for definition in parsed.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    measure(self._schema, parsed, definition, self._limits)
        except LimitExceeded as problem:
            return Answer.refused([problem.shown()])
        if invalid := validate(self._schema, parsed, self._rules, max_errors=MOST_ERRORS, hide_suggestions=True):
            return Answer.refused(explained(invalid, GraphQLCode.GRAPHQL_VALIDATION_FAILED))
        return _Document(text, parsed)

    def _parsed(self, text: str) -> DocumentNode | Answer:
        most = self._config.max_query_tokens
        try:
            return parse(
                text, max_lexical_tokens=most, max_comments=most, max_source_length=self._config.max_query_chars
            )
        except GraphQLSyntaxError as problem:
            # graphql-core has no other way to tell these apart
            long = problem.message.endswith("Parsing aborted.") and "contains more than" in problem.message
            code = GraphQLCode.TOO_MANY_TOKENS if long else GraphQLCode.GRAPHQL_PARSE_FAILED
            return Answer.refused(explained([problem], code))
        except GraphQLError as problem:
            return Answer.refused(explained([problem], GraphQLCode.GRAPHQL_PARSE_FAILED))

    def _operation(self, document: _Document, name: str | None) -> Operation | Answer:
        definition = get_operation_ast(document.node, name)
        if definition is None:
            message = "operationName names no operation of the document." if name else "operationName is needed here."
            return _refused(message, GraphQLCode.OPERATION_RESOLUTION_FAILURE)
        if definition.operation is OperationType.SUBSCRIPTION and self._schema.subscription_type is None:
            return _refused("The schema has no subscriptions.", GraphQLCode.OPERATION_NOT_SUPPORTED)
        measured = measure(self._schema, document.node, definition, self._limits)
        coercion = Coercion(self._schema, definition)
        plan = compile_plan(self._schema, document.node, name) if self._config.plans else None
        calls = root_fields_of(document.node, definition)
        return Operation(document.text, document.node, definition, name, measured, coercion, plan, calls)

    def _keep(self, document: _Document) -> None:
        self._kept[document.text] = document
        self._length += len(document.text)
        while len(self._kept) > self._config.documents_kept or self._length > self._config.documents_bytes:
            text, _ = self._kept.popitem(last=False)
            self._length -= len(text)


def new_document_cost(text: str) -> int:
    """What a document costs that is not kept, beside what its operation costs: to be read, and to have a plan made."""
    return 3 * len(text) // 2


def _refused(message: str, code: GraphQLCode) -> Answer:
    return Answer.refused(explained([GraphQLError(message)], code))


def _size(value: object) -> object:
    """What the cost of an operation depends on in the value of one of its variables."""
    if isinstance(value, list):
        return len(value), count_instants(value)
    if isinstance(value, str | dict):
        return "words", word_count(value), count_instants(value)
    return value if value in (None, Undefined) or isinstance(value, int) else "present"


def _whole(cost: float) -> int:
    return ceil(round(min(cost, MOST_COST), 6))
