"""DocumentCache: GraphQL documents, parsed, measured and validated once, by their text."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any, NamedTuple

import strawberry
from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
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
from careergraph.api.compiler import Plan, compile_plan
from careergraph.api.federation.no_service import NoServiceRule
from careergraph.api.limits.check_limits import LimitExceeded, check_cost, check_limits
from careergraph.api.limits.coercion import Coercion, count_values
from careergraph.api.limits.complexity import Complexity
from careergraph.api.limits.field_costs import OPERATION_COST, VALUE_COST, cost_key
from careergraph.web.core.config import Config
from careergraph.web.execution.close_names import add_close_names
from careergraph.web.execution.document_tokens import drop_tokens
from careergraph.web.execution.readers_part import names_more, needs_whole
from careergraph.web.execution.root_fields import RootField, pair_reader, root_fields_of
from careergraph.web.response.operation_result import OperationResult

MOST_ERRORS = 8
"""The most errors that are reported of a document or its variables."""

MOST_COST = 10**12
"""The highest cost that is counted: lists of lists may have more items than a number can hold."""

MOST_SIZES = 64
"""The number of sizes of its lists, and of shapes of its variables, for which the cost of an operation is cached."""


class Price(NamedTuple):
    """The price of a request for an operation: its coerced variables, None if one does not fit, its cost, and whether
    it reads catalogs of the past."""

    values: VariableValues | None
    cost: int
    reads_past: bool = False


@dataclass(slots=True, eq=False)
class Operation:
    """An operation of a document that fits the schema and the limits. `title` is its name in the document, at most 64
    characters. `shareable` is whether a response may be the same for everybody. `read_pair` reads the slugs of the one
    pair that it compares; `depending_tags` are the tags of what else its responses depend on. `costs` are those of
    sizes of its lists; where it has none, `flat` are those of simple variables, by their names and types. `plain` is
    whether all who name nobody share its responses and its context. `tags` are those of its responses, where no
    variable changes them. `is_late` is whether it took too long for the event loop the last time, `overran` whether it
    did so twice in a row: once may be the fault of the machine."""

    text: str
    schema: GraphQLSchema
    document: DocumentNode
    definition: OperationDefinitionNode
    name: str | None
    complexity: Complexity
    coercion: Coercion
    plan: Plan | None
    root_fields: tuple[RootField, ...]
    kind: OperationType = field(init=False)
    title: str | None = field(init=False)
    shareable: bool = field(init=False)
    plain: bool = field(init=False)
    depends_on: tuple[str, ...] = field(init=False)
    read_pair: Callable[[Mapping[str, Any]], tuple[Any, Any]] | None = field(init=False)
    depending_tags: str = field(init=False)
    flat: dict[tuple[object, ...], tuple[int, bool]] = field(default_factory=dict)
    costs: dict[tuple[object, ...], tuple[int, bool]] = field(default_factory=dict)
    tags: bytes | None = None
    is_late: bool = False
    overran: bool = False

    def __post_init__(self) -> None:
        """Take what each request reads out of the definition."""
        self.kind = self.definition.operation
        self.shareable = self.kind is OperationType.QUERY and not self.complexity.private
        self.plain = self.shareable and not self.complexity.historical
        self.depends_on = tuple(sorted(self.complexity.depends_on))
        self.read_pair = pair_reader(self.root_fields)
        self.depending_tags = "".join([f" {tag}" for tag in self.depends_on])
        self.title = None if self.definition.name is None else self.definition.name.value[:64]

    def known_cost(self, variables: Mapping[str, Any]) -> tuple[int, bool] | None:
        """The cost with these variables, and whether catalogs of the past are read, where no value of theirs changes
        the cost and none has to be coerced: from the second request on."""
        return self.flat.get((*variables, *map(type, variables.values())))


@dataclass(frozen=True, slots=True, eq=False)
class _Document:
    text: str
    schema: GraphQLSchema
    node: DocumentNode
    operations: dict[str | None, Operation | OperationResult] = field(default_factory=dict)


class SchemaNotBuilt(Exception):
    """A document needs the whole schema. Build it by `DocumentCache.build`, then find the document again."""


class DocumentCache:
    """The documents of one schema that were requested last, in the number and length of the configuration.

    With `whole`, the schema is a part of that one, which is built for the first document that may mean more than the
    part: of an editor, or one that asks for the schema itself. That takes long, so it is for a thread. What is wrong
    by both is refused by the part, in the same words.
    """

    def __init__(
        self, schema: strawberry.Schema, config: Config, whole: Callable[[], strawberry.Schema] | None = None
    ) -> None:
        self._schema = schema._schema  # Strawberry has no public name for the graphql-core schema
        self._whole = whole
        self._built: GraphQLSchema | None = None
        self._config = config
        self._limits = config.limits.static
        self._rules = (*specified_rules, MaybeNullValidationRule, OneOfInputValidationRule)
        if not config.graphql.introspection:
            self._rules = (*self._rules, NoSchemaIntrospectionCustomRule)
            if config.federation:
                self._rules = (*self._rules, NoServiceRule)
        self._documents: OrderedDict[str, _Document] = OrderedDict()
        self._length = 0

    def reading_cost(self, text: str) -> int:
        """The cost of reading a document: nothing for a cached one."""
        return 0 if text in self._documents else new_document_cost(text)

    def build(self) -> None:
        """Build the whole schema, if it is not there yet."""
        if (whole := self._whole) is not None:
            self._built = whole()._schema

    def find(self, text: str, name: str | None) -> Operation | OperationResult:
        """The operation of that name, or the result with the reason why there is none. Raises SchemaNotBuilt."""
        document = self._documents.get(text)
        if document is None:
            prepared = self._prepare(text)
            if isinstance(prepared, OperationResult):
                return prepared
            document = prepared
            drop_tokens(document.node)
            self._store(document)
        else:
            self._documents.move_to_end(text)
        operation = document.operations.get(name)
        if operation is None:
            operation = self._operation(document, name)
            if isinstance(operation, Operation):
                document.operations[name] = operation
        return operation

    def cached(self, text: str) -> Operation | None:
        """The only operation of a document, where both are in memory. For any thread."""
        document = self._documents.get(text)
        operation = None if document is None else document.operations.get(None)
        return operation if isinstance(operation, Operation) else None

    def price(self, operation: Operation, variables: dict[str, Any] | None) -> Price:
        """The price of the operation with the variables of a request. Raises LimitExceeded (TOO_COSTLY). If a variable
        does not fit, execution reports it."""
        variables = variables or {}
        if (price := operation.known_cost(variables)) is not None:
            return Price(VariableValues({}, variables), *price)
        simple = operation.coercion.coerce_simple(variables)
        cost = OPERATION_COST
        if variables:
            cost += int(count_values(variables) * VALUE_COST)
            check_cost(cost, self._limits)  # before each of them is coerced
            cost += int(operation.coercion.weigh_objects(variables) * VALUE_COST)
            check_cost(cost, self._limits)
        values = simple or operation.coercion.coerce(variables)
        if isinstance(values, list):
            return Price(None, cost)
        own, reads_past = self._cost(operation, values)
        cost += own - OPERATION_COST
        check_cost(cost, self._limits)
        if simple is not None and not operation.complexity.variables:
            if len(operation.flat) >= MOST_SIZES:
                operation.flat.clear()
            operation.flat[*variables, *map(type, variables.values())] = cost, reads_past
        return Price(values, cost, reads_past)

    def _cost(self, operation: Operation, values: VariableValues) -> tuple[int, bool]:
        """The cost of the operation with these values, and whether it reads catalogs of the past."""
        names = operation.complexity.variables
        key = tuple([cost_key(values.coerced.get(name, Undefined)) for name in sorted(names)]) if names else ()
        if (cost := operation.costs.get(key)) is None:
            if len(operation.costs) >= MOST_SIZES:
                operation.costs.clear()
            measured = operation.complexity
            if names:
                measured = check_limits(
                    operation.schema, operation.document, operation.definition, self._limits, values
                )
            cost = operation.costs[key] = _whole(measured.cost), measured.reads_past
        return cost

    def _prepare(self, text: str) -> "_Document | OperationResult":
        parsed = self._parse(text)
        if isinstance(parsed, OperationResult):
            return parsed
        if self._whole is not None:
            part = None if needs_whole(parsed, text) else self._checked(text, parsed)
            if isinstance(part, _Document) or (part is not None and not names_more(parsed, self._schema)):
                return part
            if self._built is None:
                raise SchemaNotBuilt
            self._schema, self._whole = self._built, None
        return self._checked(text, parsed)

    def _checked(self, text: str, parsed: DocumentNode) -> "_Document | OperationResult":
        """Check a document against the limits and the schema."""
        try:
            for definition in parsed.definitions:
                if isinstance(definition, OperationDefinitionNode):
                    check_limits(self._schema, parsed, definition, self._limits)
        except LimitExceeded as problem:
            return OperationResult.refused([problem.formatted()])
        if invalid := validate(self._schema, parsed, self._rules, max_errors=MOST_ERRORS, hide_suggestions=True):
            entries = explained(invalid, GraphQLCode.GRAPHQL_VALIDATION_FAILED)
            if self._config.graphql.introspection:
                add_close_names(self._schema, invalid, entries)
            return OperationResult.refused(entries)
        return _Document(text, self._schema, parsed)

    def _parse(self, text: str) -> DocumentNode | OperationResult:
        most = self._config.limits.max_query_tokens
        try:
            return parse(
                text, max_lexical_tokens=most, max_comments=most, max_source_length=self._config.limits.max_query_chars
            )
        except GraphQLSyntaxError as problem:
            # graphql-core has no other way to tell these apart
            long = problem.message.endswith("Parsing aborted.") and "contains more than" in problem.message
            code = GraphQLCode.TOO_MANY_TOKENS if long else GraphQLCode.GRAPHQL_PARSE_FAILED
            return OperationResult.refused(explained([problem], code))
        except GraphQLError as problem:
            return OperationResult.refused(explained([problem], GraphQLCode.GRAPHQL_PARSE_FAILED))

    def _operation(self, document: _Document, name: str | None) -> Operation | OperationResult:
        definition = get_operation_ast(document.node, name)
        if definition is None:
            message = "operationName names no operation of the document." if name else "operationName is needed here."
            return _refused(message, GraphQLCode.OPERATION_RESOLUTION_FAILURE)
        schema, node = document.schema, document.node
        if definition.operation is OperationType.SUBSCRIPTION and schema.subscription_type is None:
            return _refused("The schema has no subscriptions.", GraphQLCode.OPERATION_NOT_SUPPORTED)
        measured = check_limits(schema, node, definition, self._limits)
        coercion = Coercion(schema, definition)
        plan = compile_plan(schema, node, name) if self._config.graphql.plans else None
        root_fields = root_fields_of(node, definition)
        return Operation(document.text, schema, node, definition, name, measured, coercion, plan, root_fields)

    def _store(self, document: _Document) -> None:
        self._documents[document.text] = document
        self._length += len(document.text)
        limits = self._config.cache
        while len(self._documents) > limits.documents_kept or self._length > limits.documents_bytes:
            text, _ = self._documents.popitem(last=False)
            self._length -= len(text)


def new_document_cost(text: str) -> int:
    """The cost of parsing and compiling a document that is not cached, beside that of its operation."""
    return 3 * len(text) // 2


def _refused(message: str, code: GraphQLCode) -> OperationResult:
    return OperationResult.refused(explained([GraphQLError(message)], code))


def _whole(cost: float) -> int:
    return ceil(round(min(cost, MOST_COST), 6))
