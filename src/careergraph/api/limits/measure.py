"""Measuring an operation: its depth, its counts, its cost and what its answer follows from."""

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

from careergraph.api.base.arguments import MAXIMUM
from careergraph.api.base.field_meta import PLAIN, traits_of
from careergraph.api.base.page import PAGE_SIZE
from careergraph.api.limits.cost import COSTING, OPERATION_COST, argument_cost, field_cost, instant_count
from careergraph.api.limits.introspection import ALL_TYPES, introspection_sizes

SIZES = ("first", "last", "ids")
"""The arguments that say how many items a list has."""


class TooDeep(Exception):
    """A selection that lies deeper than `maximum`."""

    def __init__(self, maximum: int) -> None:
        super().__init__(maximum)
        self.maximum = maximum


@dataclass(slots=True)
class Measure:
    """What an operation, or a part of one, has of everything that is limited; and what its answer follows from."""

    depth: int = 0
    aliases: int = 0
    directives: int = 0
    duplicates: int = 0
    spreads: int = 0
    root_fields: int = 0
    cost: float = 0
    variables: set[str] = field(default_factory=set)
    """The variables that the cost depends on: they size a list, are searched for, or ask for the past."""
    wide: set[str] = field(default_factory=set)
    """What else than the documents that arguments name the answer follows from, as `Traits` say it."""
    personal: bool = False
    past: bool = False
    reads_past: bool = False
    """Whether it reads catalogs of the past: with some values of its variables, and with these."""

    def add(self, other: "Measure", times: float = 1, depth: int = 0) -> None:
        """Adds a part that lies `depth` levels below, whose cost counts `times`."""
        self.depth = max(self.depth, other.depth + depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.duplicates += other.duplicates
        self.spreads += other.spreads
        self.cost += other.cost * times
        self.variables |= other.variables
        self.wide |= other.wide
        self.personal |= other.personal
        self.past |= other.past
        self.reads_past |= other.reads_past


class Measuring:
    """One pass over one operation. What a fragment measures is worked out once for each size of page it stands in.

    Arguments count as graphql-core coerces them, with the coerced `values` of the variables.
    """

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
        self._known: dict[tuple[str, int], Measure | None] = {}

    def operation(self, operation: OperationDefinitionNode) -> Measure:
        """The measure of the whole operation. Raises TooDeep."""
        root = self._schema.get_root_type(operation.operation)
        total = self._set(operation.selection_set, root, 1, 1)
        total.cost += OPERATION_COST
        total.directives += len(operation.directives or ())
        total.root_fields = self._roots(operation.selection_set, set())
        return total

    def _set(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Measure:
        if depth > self._deepest(parent):
            raise TooDeep(self._deepest(parent))
        total, keys = Measure(depth=1), set()
        branches: dict[str, float] = {}
        for selection in selections.selections:
            part = self._selection(selection, parent, depth, page)
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                total.duplicates += key in keys
                keys.add(key)
            elif (branch := self._branch(selection, parent)) is not None:
                # of the types of a union, an item has one: the costliest counts
                branches[branch] = branches.get(branch, 0) + part.cost
                part = _free(part)
            total.directives += len(selection.directives or ())
            total.add(part)
        total.cost += max(branches.values(), default=0)
        return total

    def _selection(self, selection: SelectionNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Measure:
        if isinstance(selection, FieldNode):
            return self._field(selection, parent, depth, page)
        if isinstance(selection, InlineFragmentNode):
            return self._set(selection.selection_set, self._narrowed(selection, parent), depth, page)
        assert isinstance(selection, FragmentSpreadNode)  # noqa: S101 - there are no other selections
        return self._spread(selection.name.value, depth, page)

    def _spread(self, name: str, depth: int, page: int) -> Measure:
        total = Measure(spreads=1)
        fragment = self._fragments.get(name)
        if fragment is None:
            return total  # validation will say so
        if (name, page) not in self._known:
            self._known[name, page] = None  # while it is being measured: a circle adds nothing, and validation tells it
            type_ = self._schema.get_type(fragment.type_condition.name.value)
            part = self._set(fragment.selection_set, type_, depth, page)
            part.directives += len(fragment.directives or ())
            self._known[name, page] = part
        if (fragment_measure := self._known[name, page]) is not None:
            deepest = self._deepest(self._schema.get_type(fragment.type_condition.name.value))
            if depth + fragment_measure.depth - 1 > deepest:
                raise TooDeep(deepest)
            total.add(fragment_measure)
        return total

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Measure:
        definition = self._definition(parent, node.name.value)
        declared = PLAIN if definition is None else traits_of(definition)
        measure = Measure(depth=1, aliases=node.alias is not None)
        measure.cost = field_cost(declared.weight, definition, introspection=_is_introspection(parent))
        measure.personal = declared.personal
        measure.wide.update(() if declared.wide is None else (declared.wide,))
        measure.past = measure.reads_past = declared.past
        if definition is not None:
            self._add_arguments(node, definition, measure)
        if node.selection_set is None:
            return measure
        items, below = self._items(node, definition, parent, page, measure)
        type_ = None if definition is None else get_named_type(definition.type)
        part = self._set(node.selection_set, type_, depth + 1, below)
        if _is_introspection(type_) and not _is_introspection(parent):
            part.depth = 0  # `__schema` and below have a limit of their own
        measure.add(part, items * declared.share, 1)
        return measure

    def _add_arguments(self, node: FieldNode, definition: GraphQLField, measure: Measure) -> None:
        """Adds what the values of arguments cost by themselves: a look at the past, words that are searched for, and
        weights."""
        for argument in node.arguments or ():
            name = argument.name.value
            measure.past |= name == "asOf"
            if name in COSTING:
                value = self._value(argument.value, name, definition, measure)
                measure.cost += argument_cost(name, value)
                measure.reads_past |= instant_count(name, value) > 0

    def _items(
        self,
        node: FieldNode,
        field_: GraphQLField | None,
        parent: GraphQLNamedType | None,
        page: int,
        measure: Measure,
    ) -> tuple[float, int]:
        """How many items a field has, and how many the lists right below it have where it is a connection."""
        if field_ is None:
            return 1, 1
        if _is_introspection(parent):
            return self._introspection.items(node.name.value, of_all=page == ALL_TYPES)
        count = self._count(node, field_, measure)
        if not isinstance(get_nullable_type(field_.type), GraphQLList):
            return 1, 1 if count is None else max(count, 1)
        if count is not None:
            return count, 1
        return (page if page > 1 and node.name.value == "edges" else traits_of(field_).size), 1

    def _count(self, node: FieldNode, field_: GraphQLField, measure: Measure) -> int | None:
        """How many items the arguments ask for, at most as many as a field gives; None where there are no such."""
        literals = {argument.name.value: argument.value for argument in node.arguments or ()}
        counts = [
            min(max(size, 0), MAXIMUM)
            for name in SIZES
            if name in literals and (size := _size(self._value(literals[name], name, field_, measure))) is not None
        ]
        if counts:
            return max(counts)
        if "first" not in field_.args:
            return None
        default = field_.args["first"].default_value
        return default if isinstance(default, int) else PAGE_SIZE

    def _value(self, literal: ValueNode, name: str, definition: GraphQLField, measure: Measure) -> Any:
        """The coerced value of an argument; Undefined where it has none, or does not fit."""
        measure.variables.update(_variables_in(literal))
        if (argument := definition.args.get(name)) is None:
            return Undefined  # validation will say so
        if isinstance(literal, VariableNode):
            return self._values.coerced.get(literal.name.value, Undefined)
        try:
            return coerce_input_literal(literal, argument.type, self._values)
        except GraphQLError:
            return Undefined  # execution will say so, and do nothing for the field

    def _roots(self, selections: SelectionSetNode, seen: set[str]) -> int:
        """The root fields; those of a fragment once, since they are the same ones each time."""
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
        """The object type that a fragment narrows a union or an interface down to."""
        if not is_abstract_type(parent):
            return None
        node = self._fragments.get(selection.name.value) if isinstance(selection, FragmentSpreadNode) else selection
        condition = getattr(node, "type_condition", None)
        type_ = None if condition is None else self._schema.get_type(condition.name.value)
        return type_.name if isinstance(type_, GraphQLObjectType) else None

    def _definition(self, parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
        return self._schema.get_field(parent, name) if is_composite_type(parent) else None

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


def _free(part: Measure) -> Measure:
    without = Measure()
    without.add(part, 0)
    return without
