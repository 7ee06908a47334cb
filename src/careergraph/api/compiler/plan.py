"""The plan of one operation: compiled when it comes again, and once for each way in which variables select fields."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from graphql import (
    DirectiveNode,
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLSchema,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_operation_ast,
)
from graphql.execution.values import VariableValues

from careergraph.api.base.context import Context
from careergraph.api.compiler.compiler import Compiler
from careergraph.api.compiler.fallback import Fallbacks, Reason, Unplanned
from careergraph.api.compiler.fragment_shelf import encode
from careergraph.api.compiler.functions import Run
from careergraph.api.limits.coercion import Coercion
from careergraph.api.limits.execution_budget import Allowance, Budget

MOST_VARIANTS = 8
"""Ways to select fields, by the variables of `@skip` and `@include`, that are compiled for one operation."""

SOON = 2
"""The run that compiles the plan: an operation that comes only once is executed sooner than it is compiled."""


class Uncovered(NamedTuple):
    """Why no plan covers an operation. An exception that is kept would keep the frames of a request with it."""

    reason: Reason
    detail: str


class Plan:
    """One read operation as it is run over a catalog."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        soon: int,
    ) -> None:
        self._schema, self._operation, self._fragments, self._soon = schema, operation, fragments, soon
        self._variants: dict[tuple[object, ...], Run | Uncovered] = {}
        self._only: Run | None = None  # the one variant, where no variable selects fields
        self._runs = 0
        self.compiled = False
        """Whether any variant has been compiled, so that a run may answer."""
        self._coercion = Coercion(schema, operation)
        self._fallbacks = Fallbacks("an operation" if operation.name is None else operation.name.value[:64])
        self._conditions: tuple[str, ...] | Uncovered = _conditions(schema, operation, fragments)

    def run(
        self,
        variables: Mapping[str, Any] | None,
        context: Context,
        extensions: Mapping[str, Any] | None = None,
        budget: Budget | None = None,
    ) -> bytes | None:
        """Return the JSON of `{"data": ...}`, as standard execution writes it; None where that has to answer."""
        values = self._coercion.coerce(variables)
        return None if isinstance(values, list) else self.run_coerced(values, context, extensions, budget)

    def run_coerced(
        self,
        values: VariableValues,
        context: Context,
        extensions: Mapping[str, Any] | None = None,
        budget: Budget | None = None,
    ) -> bytes | None:
        """Do the same for variables that are coerced already, and write `extensions` after `data`.

        Return None for an operation that is not covered, for every error, and until the plan is compiled: standard
        execution finds the right words for an error, at the right place. Raises BudgetExceeded.
        """
        spend = (budget or Budget(Allowance())).spend
        try:
            data = (self._only or self._compiled(values))(context, values, spend)
            text = encode({"data": data} if extensions is None else {"data": data, "extensions": extensions})
        except Exception as problem:  # a bug too is answered by standard execution, but it is logged as an error
            self._fallbacks.note(problem)
            return None
        spend(0, len(text))
        return text

    def _compiled(self, variables: VariableValues) -> Run:
        """Return the variant for these variables. Raises Unplanned, or the bug that compiling it meets."""
        if isinstance(self._conditions, Uncovered):
            raise Unplanned(*self._conditions)
        chosen = tuple([variables.coerced.get(name) for name in self._conditions])
        variant = self._variants.get(chosen)
        if variant is None:
            self._runs += 1
            if self._runs < self._soon:
                raise Unplanned(Reason.NEW, "it is compiled when it comes again")
            if len(self._variants) >= MOST_VARIANTS:
                raise Unplanned(Reason.SIZE, "its variables select fields in too many ways")
            variant = self._compile(self._conditions, chosen)
        if isinstance(variant, Uncovered):
            raise Unplanned(*variant)
        return variant

    def _compile(self, names: tuple[str, ...], chosen: tuple[Any, ...]) -> Run:
        """Compile a variant, and remember why where that fails: it is not compiled again and again."""
        try:
            if not all(type(it) is bool for it in chosen):
                raise Unplanned(Reason.DIRECTIVE, "a condition is null")
            conditions = VariableValues({}, dict(zip(names, chosen, strict=True)))
            run = Compiler(self._schema, self._operation, self._fragments, conditions).compile()
        except Unplanned as problem:
            self._variants[chosen] = Uncovered(problem.reason, str(problem))
            raise
        except Exception:
            self._variants[chosen] = Uncovered(Reason.BUG, "compiling it met a bug")
            raise
        self._variants[chosen] = run
        self._only = None if names else run
        self.compiled = True
        return run


def compile_plan(
    schema: GraphQLSchema, document: DocumentNode, operation_name: str | None = None, *, soon: int = SOON
) -> Plan | None:
    """Return the plan of an operation of a document that fits the schema; None where it is no query.

    It is compiled with its run number `soon`; until then its runs return None.
    """
    operation = get_operation_ast(document, operation_name)
    if operation is None or operation.operation is not OperationType.QUERY:
        return None
    fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
    return Plan(schema, operation, fragments, soon)


def _conditions(
    schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...] | Uncovered:
    """Return the variables that decide which fields are selected, or why no plan covers the operation."""
    built = getattr(schema, "_strawberry_schema", None)
    if built is None or built.exception_handlers:
        return Uncovered(Reason.HOST, "the schema changes execution")
    if any(it.variable_definitions for it in fragments.values()):
        return Uncovered(Reason.DIRECTIVE, "a fragment has variables of its own")
    try:
        return _conditions_of(operation, fragments)
    except Unplanned as problem:
        return Uncovered(problem.reason, str(problem))


def _conditions_of(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """Return the variables in `@skip` and `@include`. Raises Unplanned for any other directive, and introspection."""
    if operation.directives or any(it.directives for it in operation.variable_definitions or ()):
        raise Unplanned(Reason.DIRECTIVE, "the operation, or a variable, has directives")
    names: dict[str, None] = {}
    for directive in _directives(operation.selection_set, fragments, set()):
        if directive.name.value not in _COVERED:
            raise Unplanned(Reason.DIRECTIVE, f"@{directive.name.value} is not covered")
        names.update(
            {
                argument.value.name.value: None
                for argument in directive.arguments or ()
                if isinstance(argument.value, VariableNode)
            }
        )
    return tuple(names)


def _directives(
    selection_set: SelectionSetNode, fragments: Mapping[str, FragmentDefinitionNode], seen: set[str]
) -> Iterator[DirectiveNode]:
    for selection in selection_set.selections:
        yield from selection.directives or ()
        if isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name not in seen:
                seen.add(name)
                yield from fragments[name].directives or ()
                yield from _directives(fragments[name].selection_set, fragments, seen)
            continue
        if isinstance(selection, FieldNode) and selection.name.value in ("__schema", "__type"):
            raise Unplanned(Reason.INTROSPECTION, "introspection is not covered")
        inside = getattr(selection, "selection_set", None)
        if inside is not None:
            yield from _directives(inside, fragments, seen)


_COVERED = ("skip", "include")
