"""The conditions of an operation: the variables that decide which fields it selects."""

from collections.abc import Iterator, Mapping

from graphql import (
    DirectiveNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    OperationDefinitionNode,
    SelectionSetNode,
    VariableNode,
)

from careergraph.api.compiler.fallback import Reason, Unplanned

COVERED = ("skip", "include")


def conditions_of(
    operation: OperationDefinitionNode, fragments: Mapping[str, FragmentDefinitionNode]
) -> tuple[str, ...]:
    """Return the variables in `@skip` and `@include`. Raises Unplanned for any other directive, and introspection."""
    if operation.directives or any(it.directives for it in operation.variable_definitions or ()):
        raise Unplanned(Reason.DIRECTIVE, "the operation, or a variable, has directives")
    names: dict[str, None] = {}
    for directive in _directives(operation.selection_set, fragments, set()):
        if directive.name.value not in COVERED:
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
