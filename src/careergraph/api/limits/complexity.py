"""Complexity: the depth, counts and cost of an operation, and the documents that its result depends on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    ObjectValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    Undefined,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
    is_composite_type,
)
from graphql.execution.values import VariableValues
from graphql.utilities import coerce_input_literal

from careergraph.api.base.arguments import MAXIMUM, MOST_REPRESENTATIONS
from careergraph.api.base.declaration import PLAIN, meta_of
from careergraph.api.base.page import PAGE_SIZE
from careergraph.api.limits.field_costs import COSTING, OPERATION_COST, argument_cost, field_cost, instant_count
from careergraph.api.limits.introspection_sizes import ALL_TYPES, introspection_sizes

SIZES = {"first": MAXIMUM, "last": MAXIMUM, "ids": MAXIMUM, "representations": MOST_REPRESENTATIONS}
"""The arguments that set the size of a list, with the maximum that each may set."""


class TooDeep(Exception):
    """A selection that lies deeper than `maximum`."""

    def __init__(self, maximum: int) -> None:
        super().__init__(maximum)
        self.maximum = maximum


@dataclass(slots=True)
class Complexity:
    """The complexity of an operation, or of a part of one; and the documents that its result depends on."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    duplicates: int = 0
    spreads: int = 0
    root_fields: int = 0
    cost: float = 0
    variables: set[str] = field(default_factory=set)
    """The variables that the cost depends on: sizes of lists, search texts, instants of the past."""
    depends_on: set[str] = field(default_factory=set)
    """The kinds of documents that the result depends on, beside those that arguments name (see `FieldMeta`)."""
    private: bool = False
    historical: bool = False
    reads_past: bool = False
    """Whether it reads catalogs of the past: with some values of its variables, and with these."""

    def add(self, other: "Complexity", times: float = 1, depth: int = 0) -> None:
        """Add a part `depth` levels below, whose cost counts `times`."""
        self.depth = max(self.depth, other.depth + depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.duplicates += other.duplicates
        self.spreads += other.spreads
        self.cost += other.cost * times
        self.variables |= other.variables
        self.depends_on |= other.depends_on
        self.private |= other.private
        self.historical |= other.historical
        self.reads_past |= other.reads_past


class ComplexityCounter:
    """Counts one operation in one pass. Each fragment is counted once for each page size around it. Arguments count as
    graphql-core coerces them, with the coerced `values` of the variables."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        depths: tuple[int, int],
        values: VariableValues,
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._depths = depths
        self._values = values
        self._introspection = introspection_sizes(schema)
        self._fragment_complexity: dict[tuple[str, int], Complexity | None] = {}

    def operation(self, operation: OperationDefinitionNode) -> Complexity:
        """The complexity of the whole operation. Raises TooDeep."""
        root = self._schema.get_root_type(operation.operation)
        total = self._set(operation.selection_set, root, 1, 1)
        total.cost += OPERATION_COST
        total.directives += len(operation.directives or ())
        total.root_fields = self._roots(operation.selection_set, set())
        return total

    def _set(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Complexity:
        if depth > self._deepest(parent):
            raise TooDeep(self._deepest(parent))
        total, keys = Complexity(depth=1), set()
        branches: dict[str, float] = {}
        for selection in selections.selections:
            part, times = self._selection(selection, parent, depth, page), 1
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                total.duplicates += key in keys
                keys.add(key)
            elif (branch := self._branch(selection, parent)) is not None:
                # of the types of a union, an item has one: the costliest counts
                branches[branch] = branches.get(branch, 0) + part.cost
                times = 0
            total.directives += len(selection.directives or ())
            total.add(part, times)
        total.cost += max(branches.values(), default=0)
        return total

    def _selection(
        self, selection: SelectionNode, parent: GraphQLNamedType | None, depth: int, page: int
    ) -> Complexity:
        if isinstance(selection, FieldNode):
            return self._field(selection, parent, depth, page)
        if isinstance(selection, InlineFragmentNode):
            return self._set(selection.selection_set, self._narrowed(selection, parent), depth, page)
        assert isinstance(selection, FragmentSpreadNode)  # noqa: S101 - there are no other selections
        return self._spread(selection.name.value, depth, page)

    def _spread(self, name: str, depth: int, page: int) -> Complexity:
        total = Complexity(spreads=1)
        fragment = self._fragments.get(name)
        if fragment is None:
            return total  # validation reports it
        if (name, page) not in self._fragment_complexity:
            self._fragment_complexity[name, page] = None  # a cycle adds nothing, and validation reports it
            type_ = self._schema.get_type(fragment.type_condition.name.value)
            part = self._set(fragment.selection_set, type_, depth, page)
            part.directives += len(fragment.directives or ())
            self._fragment_complexity[name, page] = part
        if (inner := self._fragment_complexity[name, page]) is not None:
            deepest = self._deepest(self._schema.get_type(fragment.type_condition.name.value))
            if depth + inner.depth - 1 > deepest:
                raise TooDeep(deepest)
            total.add(inner)
        return total

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Complexity:
        definition = self._schema.get_field(parent, node.name.value) if is_composite_type(parent) else None
        declared = PLAIN if definition is None else meta_of(definition)
        complexity = Complexity(depth=1, aliases=node.alias is not None)
        complexity.cost = field_cost(declared.cost, definition, introspection=_is_introspection(parent))
        complexity.private = declared.private
        complexity.depends_on.update(() if declared.depends_on is None else (declared.depends_on,))
        complexity.historical = complexity.reads_past = declared.historical
        if definition is not None:
            self._add_arguments(node, definition, complexity)
        if node.selection_set is None:
            return complexity
        items, below = self._items(node, definition, parent, page, complexity)
        type_ = None if definition is None else get_named_type(definition.type)
        part = self._set(node.selection_set, type_, depth + 1, below)
        if _is_introspection(type_) and not _is_introspection(parent):
            part.depth = 0  # `__schema` and below have a limit of their own
        complexity.add(part, items * declared.share, 1)
        return complexity

    def _add_arguments(self, node: FieldNode, definition: GraphQLField, complexity: Complexity) -> None:
        """Add the cost of the values of arguments: instants of the past, search words, weights."""
        for argument in node.arguments or ():
            name = argument.name.value
            complexity.historical |= name == "asOf"
            if name in COSTING:
                value = self._value(argument.value, name, definition, complexity)
                complexity.cost += argument_cost(name, value)
                complexity.reads_past |= instant_count(name, value) > 0

    def _items(
        self,
        node: FieldNode,
        field_: GraphQLField | None,
        parent: GraphQLNamedType | None,
        page: int,
        complexity: Complexity,
    ) -> tuple[float, int]:
        """The number of items of a field, and of the lists right below it if it is a connection."""
        if field_ is None:
            return 1, 1
        if _is_introspection(parent):
            return self._introspection.items(node.name.value, of_all=page == ALL_TYPES)
        count = self._count(node, field_, complexity)
        if not isinstance(get_nullable_type(field_.type), GraphQLList):
            return 1, 1 if count is None else max(count, 1)
        if count is not None:
            return count, 1
        return (page if page > 1 and node.name.value in ("edges", "nodes") else meta_of(field_).size), 1

    def _count(self, node: FieldNode, field_: GraphQLField, complexity: Complexity) -> int | None:
        """The number of items by the arguments, at most the maximum; None without such arguments."""
        literals = {argument.name.value: argument.value for argument in node.arguments or ()}
        counts = [
            min(max(size, 0), most)
            for name, most in SIZES.items()
            if name in literals and (size := _size(self._value(literals[name], name, field_, complexity))) is not None
        ]
        if counts:
            return max(counts)
        if "first" not in field_.args:
            return None
        default = field_.args["first"].default_value
        return default if isinstance(default, int) else PAGE_SIZE

    def _value(self, literal: ValueNode, name: str, definition: GraphQLField, complexity: Complexity) -> Any:
        """The coerced value of an argument; Undefined if it has none, or does not fit."""
        complexity.variables.update(_variables_in(literal))
        if (argument := definition.args.get(name)) is None:
            return Undefined  # validation reports it
        if isinstance(literal, VariableNode):
            return self._values.coerced.get(literal.name.value, Undefined)
        try:
            return coerce_input_literal(literal, argument.type, self._values)
        except GraphQLError:
            return Undefined  # execution reports it, and does nothing for the field

    def _roots(self, selections: SelectionSetNode, seen: set[str]) -> int:
        """The number of root fields; those of a fragment count once, since they are the same each time."""
        count = 0
        for selection in selections.selections:
            if isinstance(selection, InlineFragmentNode):
                count += self._roots(selection.selection_set, seen)
            elif isinstance(selection, FragmentSpreadNode):
                fragment = self._fragments.get(selection.name.value)
                if fragment is not None and selection.name.value not in seen:
                    seen.add(selection.name.value)
                    count += self._roots(fragment.selection_set, seen)
            else:
                count += 1
        return count

    def _narrowed(self, fragment: InlineFragmentNode, parent: GraphQLNamedType | None) -> GraphQLNamedType | None:
        if fragment.type_condition is None:
            return parent
        return self._schema.get_type(fragment.type_condition.name.value)

    def _branch(self, selection: SelectionNode, parent: GraphQLNamedType | None) -> str | None:
        """The object type to which a fragment narrows a union or an interface."""
        if not is_abstract_type(parent):
            return None
        node = self._fragments.get(selection.name.value) if isinstance(selection, FragmentSpreadNode) else selection
        condition = getattr(node, "type_condition", None)
        type_ = None if condition is None else self._schema.get_type(condition.name.value)
        return type_.name if isinstance(type_, GraphQLObjectType) else None

    def _deepest(self, type_: GraphQLNamedType | None) -> int:
        return self._depths[_is_introspection(type_)]


def _size(value: object) -> int | None:
    if isinstance(value, list):
        return len(value)
    return value if isinstance(value, int) else None


def _variables_in(literal: ValueNode) -> Iterator[str]:
    if isinstance(literal, VariableNode):
        yield literal.name.value
    elif isinstance(literal, ListValueNode):
        for item in literal.values:
            yield from _variables_in(item)
    elif isinstance(literal, ObjectValueNode):
        for field_ in literal.fields:
            yield from _variables_in(field_.value)


def _is_introspection(type_: GraphQLNamedType | None) -> bool:
    return type_ is not None and type_.name.startswith("__")
