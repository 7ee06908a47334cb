"""Measuring an operation: its depth, its counts, its cost and what its answer follows from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from graphql import (
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLField,
    GraphQLList,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    InlineFragmentNode,
    IntValueNode,
    ListValueNode,
    NullValueNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    ValueNode,
    VariableNode,
    get_named_type,
    get_nullable_type,
    is_abstract_type,
)

from careergraph.api.arguments import MAXIMUM
from careergraph.api.page import PAGE_SIZE
from careergraph.api.traits import PLAIN, traits_of

INTROSPECTION_COST = 200
"""What `__schema` and `__type` cost, whatever is selected below them."""

PAST_COST = 500
"""What `asOf` costs beside its field: a catalog of the past may have to be read first."""


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
    cost: int = 0
    sizes: set[str] = field(default_factory=set)
    """The variables that say how many items a list has, or whether the past is asked for."""
    wide: set[str] = field(default_factory=set)
    """What else than the documents that arguments name the answer follows from: `collections`, `skills`, `catalog`."""
    personal: bool = False
    past: bool = False

    def add(self, other: "Measure", times: int = 1, depth: int = 0) -> None:
        """Adds a part that lies `depth` levels below, whose cost counts `times`."""
        self.depth = max(self.depth, other.depth + depth)
        self.aliases += other.aliases
        self.directives += other.directives
        self.duplicates += other.duplicates
        self.spreads += other.spreads
        self.cost += other.cost * times
        self.sizes |= other.sizes
        self.wide |= other.wide
        self.personal |= other.personal
        self.past |= other.past


class Measuring:
    """One pass over one operation. What a fragment measures is worked out once for each size of page it stands in."""

    def __init__(
        self,
        schema: GraphQLSchema,
        fragments: Mapping[str, FragmentDefinitionNode],
        depths: tuple[int, int],
        variables: Mapping[str, Any],
    ) -> None:
        self._schema = schema
        self._fragments = fragments
        self._depths = depths
        self._variables = variables
        self._known: dict[tuple[str, int], Measure | None] = {}

    def operation(self, operation: OperationDefinitionNode) -> Measure:
        """The measure of the whole operation. Raises TooDeep."""
        root = self._schema.get_root_type(operation.operation)
        found = self._set(operation.selection_set, root, 1, 1)
        found.directives += len(operation.directives or ())
        found.root_fields = self._roots(operation.selection_set, set())
        return found

    def _set(self, selections: SelectionSetNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Measure:
        if depth > self._deepest(parent):
            raise TooDeep(self._deepest(parent))
        found, keys = Measure(depth=1), set()
        branches: dict[str, int] = {}
        for selection in selections.selections:
            part = self._selection(selection, parent, depth, page)
            if isinstance(selection, FieldNode):
                key = (selection.alias or selection.name).value
                found.duplicates += key in keys
                keys.add(key)
            elif (branch := self._branch(selection, parent)) is not None:
                # of the types of a union, an item has one: the costliest counts
                branches[branch] = branches.get(branch, 0) + part.cost
                part = _free(part)
            found.directives += len(selection.directives or ())
            found.add(part)
        found.cost += max(branches.values(), default=0)
        return found

    def _selection(self, selection: SelectionNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Measure:
        if isinstance(selection, FieldNode):
            return self._field(selection, parent, depth, page)
        if isinstance(selection, InlineFragmentNode):
            return self._set(selection.selection_set, self._narrowed(selection, parent), depth, page)
        assert isinstance(selection, FragmentSpreadNode)  # noqa: S101 - there are no other selections
        return self._spread(selection.name.value, depth, page)

    def _spread(self, name: str, depth: int, page: int) -> Measure:
        found = Measure(spreads=1)
        fragment = self._fragments.get(name)
        if fragment is None:
            return found  # validation will say so
        if (name, page) not in self._known:
            self._known[name, page] = None  # while it is being measured: a circle adds nothing, and validation tells it
            type_ = self._schema.get_type(fragment.type_condition.name.value)
            part = self._set(fragment.selection_set, type_, depth, page)
            part.directives += len(fragment.directives or ())
            self._known[name, page] = part
        if (known := self._known[name, page]) is not None:
            deepest = self._deepest(self._schema.get_type(fragment.type_condition.name.value))
            if depth + known.depth - 1 > deepest:
                raise TooDeep(deepest)
            found.add(known)
        return found

    def _field(self, node: FieldNode, parent: GraphQLNamedType | None, depth: int, page: int) -> Measure:
        definition = _definition(parent, node.name.value)
        declared = PLAIN if definition is None else traits_of(definition)
        found = Measure(depth=1, aliases=node.alias is not None, cost=declared.weight)
        found.personal = declared.personal
        found.wide.update(() if declared.wide is None else (declared.wide,))
        found.past = declared.past
        for it in node.arguments or ():
            if it.name.value == "asOf":
                found.past = True
                found.cost += PAST_COST if self._given(it.value, found) else 0
        if node.name.value in ("__schema", "__type"):
            found.cost = INTROSPECTION_COST
        if node.selection_set is None:
            return found
        items, below = self._items(node, definition, page, found)
        type_ = self._introspected(node.name.value) if definition is None else get_named_type(definition.type)
        part = self._set(node.selection_set, type_, depth + 1, below)
        if _is_introspection(type_):
            part, items = _free(part), 0
            part.depth = (
                part.depth if _is_introspection(parent) else 0
            )  # `__schema` and below have a limit of their own
        found.add(part, items, 1)
        return found

    def _items(self, node: FieldNode, field_: GraphQLField | None, page: int, found: Measure) -> tuple[int, int]:
        """How many items a field has, and how many the lists right below it have where it is a connection."""
        if field_ is None:
            return 1, 1
        asked = self._asked(node, field_, found)
        if not isinstance(get_nullable_type(field_.type), GraphQLList):
            return 1, asked or 1
        if asked is not None:
            return asked, 1
        return (page if page > 1 and node.name.value == "edges" else traits_of(field_).size), 1

    def _asked(self, node: FieldNode, field_: GraphQLField, found: Measure) -> int | None:
        given = {it.name.value: it.value for it in node.arguments or ()}
        for name in ("first", "last", "ids"):
            if name in given and (size := self._size(given[name], found)) is not None:
                return min(max(size, 0), MAXIMUM)
        if "first" not in field_.args:
            return None
        default = field_.args["first"].default_value
        return default if isinstance(default, int) else PAGE_SIZE

    def _given(self, value: ValueNode, found: Measure) -> bool:
        """Whether an argument is more than null."""
        if isinstance(value, VariableNode):
            found.sizes.add(value.name.value)
            return self._variables.get(value.name.value, True) is not None
        return not isinstance(value, NullValueNode)

    def _size(self, value: ValueNode, found: Measure) -> int | None:
        if isinstance(value, IntValueNode):
            return int(value.value) if len(value.value) < 10 else MAXIMUM
        if isinstance(value, ListValueNode):
            return len(value.values)
        if isinstance(value, VariableNode):
            found.sizes.add(value.name.value)
            given = self._variables.get(value.name.value)
            return len(given) if isinstance(given, list) else given if isinstance(given, int) else None
        return None if isinstance(value, NullValueNode) else MAXIMUM

    def _roots(self, selections: SelectionSetNode, seen: set[str]) -> int:
        """The root fields; those of a fragment once, since they are the same ones each time."""
        count = 0
        for it in selections.selections:
            if isinstance(it, InlineFragmentNode):
                count += self._roots(it.selection_set, seen)
            elif isinstance(it, FragmentSpreadNode):
                fragment = self._fragments.get(it.name.value)
                if fragment is not None and it.name.value not in seen:
                    seen.add(it.name.value)
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

    def _introspected(self, name: str) -> GraphQLNamedType | None:
        return self._schema.get_type({"__schema": "__Schema", "__type": "__Type"}.get(name, ""))

    def _deepest(self, type_: GraphQLNamedType | None) -> int:
        return self._depths[_is_introspection(type_)]


def _definition(parent: GraphQLNamedType | None, name: str) -> GraphQLField | None:
    found: GraphQLField | None = getattr(parent, "fields", {}).get(name)
    return found


def _is_introspection(type_: GraphQLNamedType | None) -> bool:
    return type_ is not None and type_.name.startswith("__")


def _free(part: Measure) -> Measure:
    without = Measure()
    without.add(part, 0)
    return without
