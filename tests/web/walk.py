"""Walking a schema: for each root field an operation that selects everything below it, down to some depth."""

from collections.abc import Iterator, Mapping, Sequence

from graphql import (
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

TWICE = 2
"""How often one type may lie on the way to a field: a skill's related skills are looked at, theirs are not."""


class Walk:
    """What can be selected in a schema. `given` has what to give for required arguments below the root, by their names;
    `seen` are the fields that were selected."""

    def __init__(self, schema: GraphQLSchema, arguments: Mapping[str, str]) -> None:
        self._schema, self._given = schema, arguments
        self.seen: set[tuple[str, str]] = set()

    def root(self, name: str = "Query") -> dict[str, GraphQLField]:
        """The fields of a root type."""
        type_ = self._schema.get_type(name)
        assert isinstance(type_, GraphQLObjectType)
        return dict(type_.fields)

    def operation(self, name: str, depth: int) -> str:
        """A query of one root field with everything below it, its arguments as variables of the same names."""
        field = self.root()[name]
        self.seen.add(("Query", name))
        variables = ", ".join(f"${it}: {argument.type}" for it, argument in field.args.items())
        arguments = ", ".join(f"{it}: ${it}" for it in field.args)
        below = self._below(get_named_type(field.type), (), depth)
        return f"query({variables}) {{ {name}({arguments}) {below} }}" if arguments else f"{{ {name} {below} }}"

    def reachable(self, *roots: str, but: Sequence[str] = ()) -> set[tuple[str, str]]:
        """Every field that a client can select somewhere below some types, apart from what is below others."""
        fields: set[tuple[str, str]] = set()
        waiting = list(roots)
        while waiting:
            type_ = self._schema.get_type(waiting.pop())
            if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
                waiting += [it.name for it in self._schema.get_possible_types(type_)]
            elif isinstance(type_, GraphQLObjectType) and type_.name not in but:
                fresh = {(type_.name, it) for it in type_.fields} - fields
                fields |= fresh
                waiting += [get_named_type(type_.fields[it].type).name for _, it in fresh]
        return fields

    def _below(self, type_: GraphQLNamedType, way: Sequence[str], depth: int) -> str:
        if is_leaf_type(type_):
            return ""
        if isinstance(type_, GraphQLUnionType | GraphQLInterfaceType):
            inside = [
                (member, self._object(member, way, depth, f"{member.name}_"))
                for member in self._schema.get_possible_types(type_)
            ]
            return (
                "{ __typename " + " ".join(f"... on {member.name} {below}" for member, below in inside if below) + " }"
            )
        assert isinstance(type_, GraphQLObjectType)
        return self._object(type_, way, depth, "")

    def _object(self, type_: GraphQLObjectType, way: Sequence[str], depth: int, prefix: str) -> str:
        """The fields of an object, under names of their own where it is one of several."""
        if len(way) >= depth or way.count(type_.name) >= TWICE:
            return ""
        return "{ " + " ".join(["__typename", *self._fields(type_, (*way, type_.name), depth, prefix)]) + " }"

    def _fields(self, type_: GraphQLObjectType, way: Sequence[str], depth: int, prefix: str) -> Iterator[str]:
        for name, field in type_.fields.items():
            below = self._below(get_named_type(field.type), way, depth)
            if not below and not is_leaf_type(get_named_type(field.type)):
                continue
            self.seen.add((type_.name, name))
            required = [it for it, argument in field.args.items() if is_required_argument(argument)]
            arguments = [f"{it}: {self._given[it]}" for it in required] + ["first: 50"] * ("first" in field.args)
            text = name + (f"({', '.join(arguments)})" if arguments else "") + f" {below}"
            yield f"{prefix}{name}: {text}" if prefix else text
