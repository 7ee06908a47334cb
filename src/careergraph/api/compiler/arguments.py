"""Arguments of one field of an operation: constants, or what a request's variables make of them."""

import inspect
from collections.abc import Callable, Mapping
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
from strawberry.types.arguments import StrawberryArgument, convert_arguments
from strawberry.types.field import StrawberryField

from careergraph.api.base.context import Context
from careergraph.api.compiler.fallback import Reason, Unplanned
from careergraph.api.compiler.functions import Functions
from careergraph.api.compiler.writer import Names, Writer

NOTHING = VariableValues({}, {})
SIMPLE = ("String", "ID", "Int")
"""Scalars whose variables arrive at a resolver as they are."""


class Info:
    """What a resolver sees of a request when a plan runs it."""

    __slots__ = ("context",)

    def __init__(self, context: Context) -> None:
        self.context = context


class Variable(NamedTuple):
    """An argument that is one variable of a simple type."""

    name: str
    required: bool
    type: type

    def write(self, writer: Writer, names: Names) -> str:
        """Return the local variable that holds its value, after writing the lines that read and check it."""
        name = names.fresh()
        writer.line(f'{name} = variables.coerced.get("{self.name}")')
        absent = "" if self.required else f"{name} is not None and "
        writer.line(f"if {absent}type({name}) is not {self.type.__name__}: refuse()")
        return name


class Arguments:
    """The arguments of one field of an operation."""

    def __init__(
        self,
        schema: GraphQLSchema,
        field: GraphQLField,
        node: FieldNode,
        arguments: Mapping[StrawberryArgument, object],
    ) -> None:
        """Take the arguments of a field with their defaults in Python."""
        self._core = schema
        self._schema = schema._strawberry_schema  # type: ignore[attr-defined] # Strawberry puts itself there
        self._field, self._node, self._arguments = field, node, arguments
        self._nodes = {it.name.value: it.value for it in node.arguments or ()}

    def write(self, writer: Writer, names: Names, functions: Functions) -> dict[str, str]:
        """Return the expressions of the arguments. Those that depend on the request are local variables."""
        if not self.variable:
            return {name: names.thing(value) for name, value in self.constants().items()}
        functions.vary()
        if (simple := self.simple()) is not None:
            return {
                name: value.write(writer, names) if isinstance(value, Variable) else names.thing(value)
                for name, value in simple.items()
            }
        bound = {name: names.fresh() for name in self.names}
        writer.line(f"{''.join(f'{it}, ' for it in bound.values())}= {names.thing(self.binder())}(variables)")
        return bound

    @property
    def names(self) -> tuple[str, ...]:
        """The resolver's names of all arguments."""
        return tuple(it.python_name for it in self._arguments)

    @property
    def variable(self) -> bool:
        """Whether a variable stands anywhere in them."""
        return any(_has_variable(it) for it in self._nodes.values())

    def simple(self) -> Mapping[str, Variable | object] | None:
        """The arguments, if those that are no constants are simple variables."""
        values: dict[str, Variable | object] = {}
        for argument in self._arguments:
            name = self._name(argument)
            node = self._nodes.get(name)
            if isinstance(node, VariableNode):
                variable = self._variable(argument, node)
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
        (value,) = Arguments(self._core, field, node, {argument: self._arguments[argument]})._bound()
        return value

    def _bound(self) -> tuple[object, ...]:
        try:
            return self.binder()(NOTHING)
        except (GraphQLError, ValueError, TypeError) as problem:
            raise Unplanned(Reason.ARGUMENT, "an argument is refused") from problem

    def binder(self) -> Callable[[VariableValues], tuple[object, ...]]:
        """Return a function that makes the arguments of a request's variables, exactly as standard execution does."""
        field, node, arguments = self._field, self._node, list(self._arguments)
        config, registry = self._schema.config, self._schema.schema_converter.scalar_registry
        defaults = [(it.python_name, default) for it, default in self._arguments.items()]

        def bind(variables: VariableValues) -> tuple[object, ...]:
            values = get_argument_values(field, node, variables)
            converted = convert_arguments(values, arguments, registry, config)
            return tuple([converted.get(name, default) for name, default in defaults])

        return bind

    def _variable(self, argument: StrawberryArgument, node: VariableNode) -> Variable | None:
        definition = self._field.args[self._name(argument)]
        written = str(definition.type)
        if written.rstrip("!") not in SIMPLE or _has_default(definition):
            return None
        required = written.endswith("!")
        if not required and self._arguments[argument] is not None:
            return None
        return Variable(node.name.value, required, int if written.startswith("Int") else str)

    def _name(self, argument: StrawberryArgument) -> str:
        name: str = self._schema.config.name_converter.from_argument(argument)
        return name


def arguments_of(definition: StrawberryField) -> Mapping[StrawberryArgument, object]:
    """Return the arguments of a field with their defaults in Python; None for those that have none."""
    resolver = definition.base_resolver
    parameters = {} if resolver is None else resolver.signature.parameters
    defaults = {name: it.default for name, it in parameters.items() if it.default is not inspect.Parameter.empty}
    return {it: defaults.get(it.python_name) for it in definition.arguments}


def _has_default(argument: GraphQLArgument) -> bool:
    return argument.default is not None or argument.default_value is not Undefined


def _has_variable(node: Any) -> bool:
    if isinstance(node, VariableNode):
        return True
    inside = [*(getattr(node, "values", None) or ()), *(getattr(node, "fields", None) or ())]
    return any(_has_variable(getattr(it, "value", None) if hasattr(it, "name") else it) for it in inside)
