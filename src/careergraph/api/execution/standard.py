"""Standard execution of our own schema: graphql-core's, without the parts for asynchronous resolvers."""

from typing import Any

from graphql import GraphQLObjectType, GraphQLResolveInfo, get_argument_values
from graphql.execution.collect_fields import GroupedFieldSet, collect_subfields
from graphql.pyutils import Path
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from careergraph.api.execution.step import Step, steps_of

LARGEST = 2**31
"""The bound of every Int."""

CONSTANTS = (str, int, float, bool, type(None))
"""Types of arguments that may be shared by all calls of a resolver, since none of them can be changed."""


class StandardExecutor(StrawberryGraphQLCoreExecutionContext):
    """Executes an operation as its base class does: the same data, and the same errors at the same places.

    It takes for granted that no resolver is asynchronous, that nothing is deferred, and that fragments have no
    variables of their own. Mutations are begun by the base class.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._steps: dict[tuple[Any, ...], list[Step]] = {}

    def spend(self, objects: int, size: int = 0) -> None:
        """Subtract objects and bytes of text from the budget, if there is one. Raises BudgetExceeded."""

    def execute_fields(
        self,
        parent_type: GraphQLObjectType,
        source_value: Any,
        path: Path | None,
        grouped_field_set: GroupedFieldSet,
        position_context: Any,
    ) -> Any:
        """Return the data of the fields of one object."""
        steps = steps_of(self.schema, parent_type, grouped_field_set)
        return self.execute_steps(steps, parent_type.name, source_value, path)

    def execute_steps(self, steps: list[Step], type_name: str, source: Any, path: Path | None) -> dict[str, Any]:
        """Return the data of the fields of one object, by their steps. Nearly all time is spent here, so it is one loop
        with few calls."""
        self.spend(len(steps))
        data: dict[str, Any] = {}
        texts = size = 0
        for step in steps:
            try:
                method = step.method
                value = self._resolved(step, source, path) if method is None else method(source)
                kind = type(value)
                if kind is step.exact:
                    if kind is float or (kind is int and not -LARGEST <= value < LARGEST):
                        value = step.complete(self, step, value, Path(path, step.key, type_name))
                elif value is None and step.nullable:
                    pass
                elif step.texts is not None and isinstance(value, str) and value in step.texts:
                    value = step.texts[value]
                    kind = str
                else:
                    value = step.complete(self, step, value, Path(path, step.key, type_name))
                    kind = dict  # what completes it spends its texts
                if kind is str:
                    texts += 1
                    size += len(value)
                data[step.key] = value
            except Exception as error:  # an error of a field, whatever it is
                self.handle_field_error(error, step.type, step.details, Path(path, step.key, type_name))
                data[step.key] = None
        if texts:
            self.spend(texts, size)
        return data

    def steps_below(self, step: Step, type_: GraphQLObjectType) -> list[Step]:
        """Return the steps of the fields below a field, for an object of a type."""
        # the same nodes select the same, also where a fragment is spread in several places
        key = (type_, *[id(detail.node) for detail in step.details])
        if (steps := self._steps.get(key)) is None:
            collected = collect_subfields(
                self.schema,
                self.fragments,
                self.variable_values,
                self.operation,
                type_,
                step.details,
                self.hide_suggestions,
            )
            steps = self._steps[key] = steps_of(self.schema, type_, collected.grouped_field_set)
        step.children[type_] = steps
        return steps

    def info_of(self, step: Step, path: Path) -> GraphQLResolveInfo[Any]:
        """Return the `info` of a field at a path."""
        return self.build_resolve_info(step.definition, step.nodes, step.parent, path)

    def _resolved(self, step: Step, source: Any, path: Path | None) -> Any:
        info = self.info_of(step, Path(path, step.key, step.parent.name))
        arguments = self._arguments(step) if step.arguments is None else step.arguments
        return (step.definition.resolve or self.field_resolver)(source, info, **arguments)

    def _arguments(self, step: Step) -> dict[str, Any]:
        first = step.details[0]
        if not step.definition.args and not first.node.arguments:
            step.arguments = {}
            return step.arguments
        arguments = get_argument_values(
            step.definition, first.node, self.variable_values, first.fragment_variable_values, self.hide_suggestions
        )
        if all(type(value) in CONSTANTS for value in arguments.values()):
            step.arguments = arguments
        return arguments
