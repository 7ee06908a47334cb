"""Resolvers: the method behind a field of the schema, where there is nothing but a method."""

import inspect
from collections.abc import Callable, Mapping
from types import FunctionType
from typing import Any, NamedTuple

from graphql import (
    FieldNode,
    GraphQLArgument,
    GraphQLError,
    GraphQLField,
    GraphQLSchema,
    Undefined,
    VariableNode,
    get_argument_values,
)
from graphql.execution.values import VariableValues
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.arguments import StrawberryArgument, convert_arguments
from strawberry.types.field import StrawberryField

from careergraph.api.base.context import Context
from careergraph.api.compiler.expression import Unplanned

NOTHING = VariableValues({}, {})
SIMPLE = ("String", "ID", "Int")
"""Scalars whose variables arrive at a resolver as they are."""


class Info:
    """What a resolver sees of a request when a plan runs it."""

    __slots__ = ("context",)

    def __init__(self, context: Context) -> None:
        self.context = context


class Given(NamedTuple):
    """An argument that is one variable of a simple type."""

    name: str
    required: bool
    type: type


class Resolver(NamedTuple):
    """The method of a field."""

    function: Any  # a FunctionType, which mypy would take for a method of this class
    arguments: tuple[StrawberryArgument, ...]
    takes_info: bool


def resolver_of(field: GraphQLField) -> Resolver:
    """The method of a field. Raises Unplanned where there is more to the field than a plain method of ours."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    base = definition.base_resolver if isinstance(definition, StrawberryField) else None
    if not isinstance(definition, StrawberryField) or base is None:
        raise Unplanned("the field has no resolver")
    if definition.is_async or definition.is_subscription or definition.extensions or definition.permission_classes:
        raise Unplanned("the field is more than its resolver")
    function = base.wrapped_func
    plain = isinstance(function, FunctionType) and base.self_parameter is not None
    if not plain or (base.root_parameter is not None and base.root_parameter.name != "self"):
        raise Unplanned("the resolver is no method")
    assert isinstance(function, FunctionType)  # noqa: S101 - what `plain` says
    if not function.__module__.startswith("careergraph.api."):
        raise Unplanned("the resolver is a host's, and may ask for more than a plan knows")
    return Resolver(function, tuple(definition.arguments), base.info_parameter is not None)


class Arguments:
    """The arguments of one field of an operation."""

    def __init__(self, schema: GraphQLSchema, field: GraphQLField, node: FieldNode, resolver: Resolver) -> None:
        self._core = schema
        self._schema = schema._strawberry_schema  # type: ignore[attr-defined] # Strawberry puts itself there
        self._field, self._node, self._resolver = field, node, resolver
        self._parameters = inspect.signature(resolver.function).parameters
        self._nodes = {it.name.value: it.value for it in node.arguments or ()}

    @property
    def names(self) -> tuple[str, ...]:
        """The resolver's names of all arguments."""
        return tuple(it.python_name for it in self._resolver.arguments)

    @property
    def variable(self) -> bool:
        """Whether a variable stands anywhere in them."""
        return any(_has_variable(it) for it in self._nodes.values())

    def simple(self) -> Mapping[str, Given | object] | None:
        """The arguments, if those that are no constants are simple variables."""
        values: dict[str, Given | object] = {}
        for argument in self._resolver.arguments:
            name = self._name(argument)
            node = self._nodes.get(name)
            if isinstance(node, VariableNode):
                variable = self._given(argument, node)
                if variable is None:
                    return None
                values[argument.python_name] = variable
            elif node is not None and _has_variable(node):
                return None
            else:
                values[argument.python_name] = self._alone(argument)
        return values

    def constants(self) -> Mapping[str, object]:
        """The arguments, where no variable stands in them. Raises Unplanned where they are refused."""
        return dict(zip(self.names, self._bound(), strict=True))

    def _alone(self, argument: StrawberryArgument) -> object:
        """An argument in which no variable stands, whatever stands in the others. Raises Unplanned."""
        name = self._name(argument)
        field = GraphQLField(self._field.type, args={name: self._field.args[name]})
        arguments = tuple([it for it in self._node.arguments or () if it.name.value == name])
        node = FieldNode(name=self._node.name, arguments=arguments)
        resolver = self._resolver._replace(arguments=(argument,))
        (value,) = Arguments(self._core, field, node, resolver)._bound()
        return value

    def _bound(self) -> tuple[object, ...]:
        try:
            return self.binder()(NOTHING)
        except (GraphQLError, ValueError, TypeError) as problem:
            raise Unplanned("an argument is refused") from problem

    def binder(self) -> Callable[[VariableValues], tuple[object, ...]]:
        """What makes the arguments of a request's variables, exactly as standard execution does."""
        field, node, arguments = self._field, self._node, list(self._resolver.arguments)
        config, registry = self._schema.config, self._schema.schema_converter.scalar_registry
        defaults = [(it.python_name, self._default(it.python_name)) for it in arguments]

        def bind(variables: VariableValues) -> tuple[object, ...]:
            values = get_argument_values(field, node, variables)
            converted = convert_arguments(values, arguments, registry, config)
            return tuple([converted.get(name, default) for name, default in defaults])

        return bind

    def _given(self, argument: StrawberryArgument, node: VariableNode) -> Given | None:
        definition = self._field.args[self._name(argument)]
        written = str(definition.type)
        if written.rstrip("!") not in SIMPLE or _has_default(definition):
            return None
        required = written.endswith("!")
        if not required and self._default(argument.python_name) is not None:
            return None
        return Given(node.name.value, required, int if written.startswith("Int") else str)

    def _default(self, name: str) -> Any:
        default = self._parameters[name].default
        return None if default is inspect.Parameter.empty else default

    def _name(self, argument: StrawberryArgument) -> str:
        name: str = self._schema.config.name_converter.from_argument(argument)
        return name


def _has_default(argument: GraphQLArgument) -> bool:
    return argument.default is not None or argument.default_value is not Undefined


def _has_variable(node: Any) -> bool:
    if isinstance(node, VariableNode):
        return True
    inside = [*(getattr(node, "values", None) or ()), *(getattr(node, "fields", None) or ())]
    return any(_has_variable(getattr(it, "value", None) if hasattr(it, "name") else it) for it in inside)
