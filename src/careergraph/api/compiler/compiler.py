"""The compiler: from an operation to Python functions that build its answer out of engine objects.

A function of a plan builds the data of one type from an engine value, `of`, and the view that it is read in. It reads
values as their declarations say, so no GraphQL object is made: for the shapes of `declare`, this is the code.

    attr        of.slug                       localized   view.read(of.title)
    child       v1 = of.category, and below   children    for v2 in of.skills: and below
"""

from collections.abc import Mapping
from math import isfinite
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLField,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLOutputType,
    GraphQLSchema,
    OperationDefinitionNode,
    get_named_type,
    is_leaf_type,
    is_object_type,
)
from graphql.execution.collect_fields import (
    FieldDetailsList,
    FragmentDetails,
    collect_fields,
    collect_subfields,
)
from graphql.execution.values import VariableValues

from careergraph.api.base.context import Context
from careergraph.api.base.declaration import Declaration, Shape
from careergraph.api.compiler.arguments import Arguments, Info, arguments_of
from careergraph.api.compiler.fallback import Reason, Unplanned
from careergraph.api.compiler.fragment_cache import FragmentCache
from careergraph.api.compiler.fragment_code import FORMS, FragmentCode
from careergraph.api.compiler.functions import Functions, Run, Spend
from careergraph.api.compiler.leaf import Leaves, listed, refuse
from careergraph.api.compiler.types import Object, Selected, Types, declared
from careergraph.api.compiler.writer import Names, Writer

MOST_FIELDS = 2000
"""Fields of a plan at most. The same selection of one type counts once, however often it comes."""


class Compiler:
    """Compiles one operation, under given values of the variables that decide which fields are selected."""

    def __init__(
        self,
        schema: GraphQLSchema,
        operation: OperationDefinitionNode,
        fragments: Mapping[str, FragmentDefinitionNode],
        conditions: VariableValues,
    ) -> None:
        self._schema, self._operation, self._conditions = schema, operation, conditions
        self._fragments = {name: FragmentDetails(it) for name, it in fragments.items()}
        self._types = Types(schema)
        self._names = Names({"refuse": refuse, "listed": listed, "isfinite": isfinite})
        self._functions = Functions(self._names)
        self._fragment_code = FragmentCode(self._names)
        self._leaves = Leaves(self._names)
        self._fields = self._works = 0  # the latter counts what takes time of its own whenever it is selected

    def compile(self) -> Run:
        """Return the function that builds the data of an answer. Raises Unplanned for an operation that is not
        covered."""
        root = self._schema.query_type
        if root is None:
            raise Unplanned(Reason.HOST, "the schema has no queries")
        fields = collect_fields(self._schema, self._fragments, self._conditions, root, self._operation)
        self._functions.write("run", ["context"], lambda it: self._selection(it, root, {}, fields.grouped_field_set))
        cache = FragmentCache(self._fragment_code.lasting(self._functions))
        code = compile(self._functions.text, "<plan>", "exec", dont_inherit=True)
        exec(code, self._names.things)  # noqa: S102 - ours: of a query it holds only names that its grammar allows
        run: Any = self._names.things["run"]

        def run_plan(context: Context, variables: VariableValues, spend: Spend) -> Any:
            return run(context, variables, cache.of, spend)

        return run_plan

    def _selection(
        self, writer: Writer, type_: GraphQLObjectType, source: Object, fields: Mapping[str, FieldDetailsList]
    ) -> str:
        """Return the expression of an object's fields, after writing the lines that it needs."""
        self._fields += len(fields)
        if self._fields > MOST_FIELDS:
            raise Unplanned(Reason.SIZE, "the operation is too large")
        order = sorted(fields, key=lambda key: self._types.order(type_, fields[key], self._collected))
        parts = {key: self._field(writer, type_, source, fields[key]) for key in order}
        return "{" + ", ".join([f'"{key}": {parts[key]}' for key in fields]) + "}"

    def _field(self, writer: Writer, type_: GraphQLObjectType, source: Object, details: FieldDetailsList) -> str:
        node = details[0].node
        if node.name.value == "__typename":
            return f'"{type_.name}"'
        field = type_.fields[node.name.value]
        declaration, definition = declared(field)
        if declaration.meta.reaches:
            self._functions.reach()
        arguments = Arguments(self._schema, field, node, arguments_of(definition))
        texts = arguments.write(writer, self._names, self._functions) if arguments.names else {}
        if "info" in declaration.takes:
            if type_ is not self._schema.query_type:
                raise Unplanned(Reason.REQUEST, "a field below the root reads the request")
            texts["info"] = f"{self._names.thing(Info)}(context)"
        if declaration.narrated and (narrated := self._narrated(writer, declaration.narrated, field, source, details)):
            return narrated
        value = self._source(writer, declaration, self._types.of_type(type_), source, texts)
        computed, is_root = declaration.shape is Shape.COMPUTED, type_ is self._schema.query_type
        return self._value(writer, field.type, value, Selected(details, source, computed, is_root))

    def _narrated(
        self, writer: Writer, narrate: str, field: GraphQLField, source: Object, details: FieldDetailsList
    ) -> str | None:
        """Return the expression of a statement, or of a list of statements or rows, that is made in bytes; None where
        templates do not cover the selection."""
        type_: Any = get_named_type(field.type)
        names = [it[0].node.name.value for it in self._collected(type_, details).values()]
        function = self._function(self._types.behind(type_), details)
        kind: Any = FORMS[self._types.mirrors(self._types.behind(type_)).engine]
        if not kind.covers(names) or self._functions.varies((function,)):
            return None
        self._works += 1
        form = self._fragment_code.form(writer, kind, function, source["view"])
        item = self._local(writer, f"{writer.path(source['of'], narrate, self._names)}({form})")
        return self._fragment_code.narrated(writer, kind, field.type, item, 1 + 2 * names.count("facts"))

    def _source(
        self, writer: Writer, declaration: Declaration, cls: type | None, source: Object, arguments: Object
    ) -> str:
        """Return the expression of a declaration's value."""
        path, named = declaration.source, [f"{name}={text}" for name, text in arguments.items()]
        if isinstance(path, str):
            place, _, rest = path.partition(".")
            start = source.get(place)
            value = writer.path(source["of"], path, self._names) if start is None else f"{start}.{rest}".rstrip(".")
        elif declaration.shape is Shape.COMPUTED:
            self._works += 1
            mirror = f"{self._names.thing(cls)}({', '.join(source.values())})" if source else "None"
            value = f"{self._names.thing(path)}({', '.join([mirror, *named])})"
        else:
            self._works += 1
            taken = [source[place] for place in declaration.takes if place in source]
            value = f"{self._names.thing(path)}({', '.join([*taken, *named])})"
        localized = declaration.shape is Shape.LOCALIZED
        return f"{source['view']}.{declaration.reader}({value})" if localized else value

    def _value(self, writer: Writer, type_: GraphQLOutputType, text: str, selected: Selected) -> str:
        """Return the expression of a field's value, completed as its type says."""
        required = isinstance(type_, GraphQLNonNull)
        inner: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        if is_leaf_type(inner):
            return self._leaves.write(writer, inner, self._local(writer, text), required=required)
        name = text if text.isidentifier() else self._local(writer, text)
        if required:
            return self._present(writer, inner, name, selected)
        result = self._names.fresh()
        with writer.block(f"if {name} is not None:"):
            writer.line(f"{result} = {self._present(writer, inner, name, selected)}")
        writer.line(f"else: {result} = None")
        return result

    def _present(self, writer: Writer, type_: Any, name: str, selected: Selected) -> str:
        if isinstance(type_, GraphQLList):
            return self._list(writer, type_.of_type, name, selected)
        if not selected.computed:
            return self._object(writer, type_, {"of": name, "view": selected.source["view"]}, selected)
        return self._computed(writer, type_, name, selected)

    def _list(self, writer: Writer, type_: Any, name: str, selected: Selected) -> str:
        parts = self._names.fresh()
        if (kept := self._all_kept(writer, type_, name, selected)) is None:
            self._each(writer, type_, (name, parts), selected)
            return parts
        writer.spend(f"len({name})")
        writer.line(f"try: {parts} = {kept}")
        with writer.block("except KeyError:"):
            self._each(writer, type_, (name, parts), selected, charged=True)
        return parts

    def _all_kept(self, writer: Writer, type_: Any, name: str, selected: Selected) -> str | None:
        """Return the expression of a list whose items have all been rendered before; None where none are kept."""
        inner, details, keys = type_, selected.details, list[str]()
        while not selected.computed and isinstance(inner, GraphQLNonNull) and is_object_type(inner.of_type):
            cls = self._types.behind(inner.of_type)
            if self._types.mirrors(cls).cacheable:
                function = self._function(cls, details)
                if self._functions.varies((function,)):
                    return None
                around = "".join(f'{{"{key}":' for key in keys).encode(), b"}" * len(keys)
                return self._fragment_code.all_cached(writer, function, name, selected.source["view"], around)
            collected = self._collected(inner.of_type, details)
            key, details = next(iter(collected.items()), ("", []))
            field = inner.of_type.fields.get(details[0].node.name.value) if len(collected) == 1 else None
            if field is None or declared(field)[0].source != "of":
                return None
            inner = field.type  # of an edge nothing is selected but its node
            keys.append(key)
        return None

    def _each(
        self, writer: Writer, type_: Any, names: tuple[str, str], selected: Selected, *, charged: bool = False
    ) -> None:
        """Fill a list item by item."""
        (name, parts), add, item = names, self._names.fresh(), self._names.fresh()
        writer.line(f"{parts} = []")
        writer.line(f"{add} = {parts}.append")
        leaves = is_leaf_type(get_named_type(type_))
        if leaves or selected.computed:
            writer.line(f"{name} = listed({name})")
        works = self._works
        with writer.block(f"for {item} in {name}:"):
            of_one = writer.reserve()
            writer.line(f"{add}({self._value(writer, type_, item, selected._replace(alone=False))})")
        if self._works != works:
            of_one("spend(1)")  # before the work of an object, so that none begins when the time is up
            self._works += 1
        elif not charged:
            writer.spend(f"len({name})")

    def _object(self, writer: Writer, type_: Any, source: dict[str, str], selected: Selected) -> str:
        """Return the expression of an object by its engine value and view."""
        if is_object_type(type_):
            cls = self._types.behind(type_)
            if self._types.mirrors(cls).has_parent:
                source["parent"] = selected.source["of"]
            return self._mirror(writer, cls, source, selected)
        classes = {self._types.mirrors(cls).engine: cls for cls in self._types.possible(type_)}
        return self._one_of(writer, classes, source["of"], source, selected.details)

    def _computed(self, writer: Writer, type_: Any, name: str, selected: Selected) -> str:
        """Return the expression of a GraphQL object. One asked for alone is not cached: its response is, if need be."""
        if is_object_type(type_):
            cls = self._types.behind(type_)
            writer.line(f"if type({name}) is not {self._names.thing(cls)}: refuse()")
            source = {place: self._local(writer, f"{name}.{place}") for place in self._types.mirrors(cls).places}
            writer.present.update(source.values())
            return self._mirror(writer, cls, source, selected)
        classes = {cls: cls for cls in self._types.possible(type_)}
        writer.line(f"if type({name}) not in {self._names.thing(frozenset(classes))}: refuse()")
        source = {place: self._local(writer, f"{name}.{place}") for place in ("of", "view")}
        return self._one_of(writer, classes, name, source, selected.details)

    def _mirror(self, writer: Writer, cls: type, source: Object, selected: Selected) -> str:
        details = selected.details
        if self._types.mirrors(cls).cacheable and not selected.alone:
            function = self._function(cls, details)
            return self._cached(writer, source, function, (function,))
        if writer.deep:
            return self._call(self._function(cls, details), source)
        type_ = self._types.of(cls)
        return self._selection(writer, type_, source, self._collected(type_, details))

    def _one_of(
        self, writer: Writer, classes: Mapping[type, type], name: str, source: Object, details: FieldDetailsList
    ) -> str:
        """Return the expression of an object of one of several types, by the class of the value in a variable."""
        functions = {key: self._function(cls, details) for key, cls in classes.items()}
        function = f"{self._functions.table(functions)}[type({name})]"
        if all(self._types.mirrors(cls).cacheable for cls in classes.values()):
            return self._cached(writer, source, function, tuple(functions.values()))
        return self._call(function, source)

    def _call(self, function: str, source: Object) -> str:
        self._works += 1
        return self._functions.call(function, source)

    def _cached(self, writer: Writer, source: Object, function: str, possible: tuple[str, ...]) -> str:
        """Return the expression of an object's data, cached where they follow from engine value and view alone."""
        if self._functions.varies(possible):
            return self._call(function, source)
        return self._fragment_code.cached(writer, possible, source, self._functions.call(function, source))

    def _function(self, cls: type, details: FieldDetailsList) -> str:
        """Return the name of the function that builds the data of a type."""
        type_ = self._types.of(cls)

        def write_body(writer: Writer, source: Object) -> str:
            works = self._works  # those of the function are of its own
            body = self._selection(writer, type_, source, self._collected(type_, details))
            self._works = works
            return body

        return self._functions.of(cls, self._types.mirrors(cls).places, [it.node for it in details], write_body)

    def _collected(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Mapping[str, FieldDetailsList]:
        subfields = collect_subfields(self._schema, self._fragments, self._conditions, self._operation, type_, details)
        return subfields.grouped_field_set

    def _local(self, writer: Writer, text: str) -> str:
        """Return the name of a new local variable that holds a value."""
        name = self._names.fresh()
        writer.let(name, text)
        return name
