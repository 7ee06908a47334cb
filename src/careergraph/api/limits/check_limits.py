"""Check the depth, the width and the cost of an operation against the limits, before it runs."""

from math import ceil

from graphql import DocumentNode, FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode, get_variable_values
from graphql.execution.values import VariableValues

from careergraph.api.base.codes import GraphQLCode
from careergraph.api.limits.complexity import Complexity, ComplexityCounter, TooDeep
from careergraph.api.limits.limits import Limits

DEEPEST_INTROSPECTION = 20
"""Levels that an introspection may have below `__schema`; that of common tools has fifteen."""


class LimitExceeded(Exception):
    """An operation that exceeds a limit. `message` is safe to show."""

    def __init__(self, code: GraphQLCode, message: str, requested: int, maximum: int) -> None:
        super().__init__(message)
        self.code, self.message, self.requested, self.maximum = code, message, requested, maximum

    def formatted(self) -> dict[str, object]:
        """The refusal as an entry of `errors`."""
        extensions = {"code": self.code.value, "requested": self.requested, "maximum": self.maximum}
        return {"message": self.message, "extensions": extensions}


def check_limits(
    schema: GraphQLSchema,
    document: DocumentNode,
    operation: OperationDefinitionNode,
    limits: Limits,
    values: VariableValues | None = None,
) -> Complexity:
    """The complexity of an operation. Raises LimitExceeded for all limits but that of cost.

    The cost depends on the coerced values of variables. Without `values`, their defaults count.
    """
    fragments = {it.name.value: it for it in document.definitions if isinstance(it, FragmentDefinitionNode)}
    depths = limits.depth, DEEPEST_INTROSPECTION
    try:
        measured = ComplexityCounter(schema, fragments, depths, values or _defaults(schema, operation)).operation(
            operation
        )
    except TooDeep as problem:
        message = f"The operation is more than {problem.maximum} levels deep."
        raise LimitExceeded(GraphQLCode.TOO_DEEP, message, problem.maximum + 1, problem.maximum) from None
    _check(GraphQLCode.TOO_MANY_ALIASES, "aliases", measured.aliases, limits.aliases)
    _check(GraphQLCode.TOO_MANY_ROOT_FIELDS, "root fields", measured.root_fields, limits.root_fields)
    _check(GraphQLCode.TOO_MANY_DIRECTIVES, "directives", measured.directives, limits.directives)
    _check(
        GraphQLCode.TOO_MANY_DUPLICATES, "fields that repeat one beside them", measured.duplicates, limits.duplicates
    )
    _check(GraphQLCode.TOO_MANY_FRAGMENTS, "fragment spreads", measured.spreads, limits.spreads)
    return measured


def check_cost(cost: float, limits: Limits) -> None:
    """Raises LimitExceeded (TOO_COSTLY)."""
    if cost > limits.cost:
        whole = ceil(min(cost, _MOST_SHOWN + 1))
        message = f"The operation costs {_shown(whole)}; at most {limits.cost} is answered."
        raise LimitExceeded(GraphQLCode.TOO_COSTLY, message, min(whole, _MOST_SHOWN), limits.cost)


_MOST_SHOWN = 10**9


def _check(code: GraphQLCode, what: str, requested: int, maximum: int) -> None:
    if requested > maximum:
        message = f"The operation has {_shown(requested)} {what}; at most {maximum} are answered."
        raise LimitExceeded(code, message, min(requested, _MOST_SHOWN), maximum)


def _shown(count: int) -> str:
    return str(count) if count <= _MOST_SHOWN else f"more than {_MOST_SHOWN}"


def _defaults(schema: GraphQLSchema, operation: OperationDefinitionNode) -> VariableValues:
    """The default values of the variables that have one."""
    definitions = [it for it in operation.variable_definitions or () if it.default_value is not None]
    values = get_variable_values(schema, definitions, {}, max_errors=1)
    return VariableValues({}, {}) if isinstance(values, list) else values
