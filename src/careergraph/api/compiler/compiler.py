"""The compiler: from an operation to Python functions that build its answer out of engine objects."""

from collections.abc import Callable, Mapping
from math import isfinite
from typing import Any

from graphql import (
    FragmentDefinitionNode,
    GraphQLEnumType,
    GraphQLLeafType,
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
from careergraph.api.compiler.cacheable_types import LASTING
from careergraph.api.compiler.expression import Code, Each, Form, Let, Make, Maybe, Mirror, Unplanned
from careergraph.api.compiler.fragment_cache import FragmentCache
from careergraph.api.compiler.fragment_code import FragmentCode
from careergraph.api.compiler.functions import Functions
from careergraph.api.compiler.leaf import TESTS, Leaves
from careergraph.api.compiler.names import Names
from careergraph.api.compiler.reading import Reader, places
from careergraph.api.compiler.resolver import Arguments, Given, Info, Resolver, resolver_of
from careergraph.api.compiler.types import Types
from careergraph.api.compiler.writer import Writer

MOST_FIELDS = 2000
"""Fields of a plan at most. What is asked for alike of one class counts once, however often it is asked for."""

Spend = Callable[[int], None]

Run = Callable[[Context, VariableValues, Spend], Any]


def refuse() -> None:
    """Leaves the request to standard execution."""
    raise Unplanned("standard execution says what is wrong")


def listed(value: object) -> object:
    """A list that a resolver gave. Standard execution takes more than these."""
    if type(value) is not list and type(value) is not tuple:
        raise Unplanned("the list is no list")
    return value


class Compiler:
    """Compiles one operation, under given values of the variables that decide what is selected."""

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
        self._reader = Reader(self._names)
        self._functions = Functions(self._names)
        self._shelving = FragmentCode(self._names)
        self._leaves = Leaves()
        self._fields = 0

    def compile(self) -> Run:
        """The function that gives the data of an answer. Raises Unplanned for what is not covered."""
        root = self._schema.query_type
        if root is None:
            raise Unplanned("there is nothing to ask")
        fields = collect_fields(self._schema, self._fragments, self._conditions, root, self._operation)
        nothing, selected = Code("None"), fields.grouped_field_set
        self._functions.write("run", ["context"], lambda writer: self._selection(writer, root, nothing, selected))
        kept = FragmentCache(len(self._shelving))
        code = compile(self._functions.text, "<plan>", "exec", dont_inherit=True)
        exec(code, self._names.things)  # noqa: S102 - ours: of a query it holds only names that its grammar allows
        run: Any = self._names.things["run"]

        def answered(context: Context, variables: VariableValues, spend: Spend) -> Any:
            return run(context, variables, kept.of, spend)

        return answered

    def _selection(
        self, writer: Writer, type_: GraphQLObjectType, source: Form, fields: Mapping[str, FieldDetailsList]
    ) -> str:
        """The expression of an object's fields, behind the lines that it needs."""
        self._fields += len(fields)
        if self._fields > MOST_FIELDS:
            raise Unplanned("the operation is too large")
        parts = [f'"{key}": {self._field(writer, type_, source, details)}' for key, details in fields.items()]
        return "{" + ", ".join(parts) + "}"

    def _field(self, writer: Writer, type_: GraphQLObjectType, source: Form, details: FieldDetailsList) -> str:
        node = details[0].node
        if node.name.value == "__typename":
            return f'"{type_.name}"'
        field = type_.fields[node.name.value]
        resolver = resolver_of(field)
        arguments = Arguments(self._schema, field, node, resolver)
        forms = self._arguments(writer, arguments) if resolver.arguments else {}
        if resolver.takes_info:
            if type_ is not self._schema.query_type:
                raise Unplanned("a field below the root asks for the request")
            forms["info"] = Make(Info, {"context": "context"})
        return self._value(writer, field.type, self._resolved(resolver, source, forms), details)

    def _resolved(self, resolver: Resolver, source: Form, forms: dict[str, Form]) -> Form:
        try:
            return self._reader.read(resolver.function, {"self": source, **forms})
        except Unplanned:
            arguments = "".join(f", {name}={self._reader.code(form)}" for name, form in forms.items())
            return Code(f"{self._names.thing(resolver.function)}({self._reader.code(source)}{arguments})")

    def _arguments(self, writer: Writer, arguments: Arguments) -> dict[str, Form]:
        """The arguments of a field, set as local variables where the request's variables make them."""
        if not arguments.variable:
            return {name: Code(self._names.thing(value)) for name, value in arguments.constants().items()}
        self._functions.vary()
        if (simple := arguments.simple()) is not None:
            return {name: self._simple(writer, it) for name, it in simple.items()}
        bound = {name: Code(self._names.fresh()) for name in arguments.names}
        names = "".join(f"{it.text}, " for it in bound.values())
        writer.line(f"{names}= {self._names.thing(arguments.binder())}(variables)")
        return dict(bound)

    def _simple(self, writer: Writer, argument: object) -> Code:
        if not isinstance(argument, Given):
            return Code(self._names.thing(argument))
        name = self._names.fresh()
        writer.line(f'{name} = variables.coerced.get("{argument.name}")')
        absent = "" if argument.required else f"{name} is not None and "
        writer.line(f"if {absent}type({name}) is not {argument.type.__name__}: refuse()")
        return Code(name)

    def _value(self, writer: Writer, type_: GraphQLOutputType, form: Form, details: FieldDetailsList) -> str:
        """The expression of what a field gives, completed as its type says."""
        required = isinstance(type_, GraphQLNonNull)
        inner: Any = type_.of_type if isinstance(type_, GraphQLNonNull) else type_
        match form:
            case Let(name, value, within):
                writer.let(name, value)
                return self._value(writer, type_, within, details)
            case Maybe(test, within):
                return self._maybe(writer, (test, required), inner, within, details)
            case Code(text) if not is_leaf_type(inner):
                name = self._local(writer, text)
                if required:
                    return self._present(writer, inner, Code(name), details)
                return self._maybe(writer, (f"{name} is not None", False), inner, Code(name), details)
            case Code(text):
                return self._leaf(writer, inner, text, required)
            case _:
                return self._present(writer, inner, form, details)

    def _maybe(self, writer: Writer, test: tuple[str, bool], type_: Any, form: Form, details: FieldDetailsList) -> str:
        name = self._names.fresh()
        with writer.block(f"if {test[0]}:"):
            writer.line(f"{name} = {self._value(writer, GraphQLNonNull(type_), form, details)}")
        with writer.block("else:"):
            writer.line("refuse()" if test[1] else f"{name} = None")
        return name

    def _present(self, writer: Writer, type_: Any, form: Form, details: FieldDetailsList) -> str:
        """The expression of what is there and is no leaf."""
        if isinstance(type_, GraphQLList):
            return self._list(writer, type_.of_type, form, details)
        if isinstance(form, Make):
            return self._made(writer, type_, form, details)
        if isinstance(form, Mirror):
            return self._mirror(writer, type_, form, details)
        if not isinstance(form, Code):
            raise Unplanned("a list stands for an object")
        return self._object(writer, type_, form.text, details)

    def _list(self, writer: Writer, type_: Any, form: Form, details: FieldDetailsList) -> str:
        if isinstance(form, Code):
            name = self._names.fresh()
            form = Each(f"listed({form.text})", name, Code(name))
        if not isinstance(form, Each):
            raise Unplanned("an object stands for a list")
        parts, add = self._names.fresh(), self._names.fresh()
        writer.line(f"{parts} = []")
        writer.line(f"{add} = {parts}.append")
        leaves = is_leaf_type(get_named_type(type_))
        with writer.block(f"for {form.name} in {form.items}:"):
            if not leaves:
                writer.line("spend(1)")  # before the work of an object, so that none begins when the time is up
            writer.line(f"{add}({self._value(writer, type_, form.item, details)})")
        if leaves:
            writer.line(f"spend(len({parts}))")
        return parts

    def _leaf(self, writer: Writer, type_: GraphQLLeafType, text: str, required: bool) -> str:
        name = self._local(writer, text)
        if isinstance(type_, GraphQLEnumType):
            names = self._names.thing(self._leaves.names_of(type_))
            return f"{names}[{name}]" if required else f"(None if {name} is None else {names}[{name}])"
        test = TESTS.get(type_.name, "True").format(name)
        test = test if required else f"{name} is not None and ({test})"
        writer.line(f"if {test}: {name} = {self._names.thing(self._leaves.completed(type_))}({name})")
        return name

    def _made(self, writer: Writer, type_: Any, form: Make, details: FieldDetailsList) -> str:
        """The expression of an object that is known by its private fields."""
        object_type = self._types.object_type(type_, form.cls)
        if form.cls in LASTING:
            function = self._function(form.cls, details)
            return self._kept(writer, form.fields, function, (function,))
        if writer.deep:
            return self._functions.call(self._function(form.cls, details), form.fields)
        return self._selection(writer, object_type, form, self._collected(object_type, details))

    def _mirror(self, writer: Writer, type_: Any, form: Mirror, details: FieldDetailsList) -> str:
        """The expression of an object whose type follows from the engine's."""
        for cls in form.table.values():
            self._types.object_type(type_, cls)
        functions = {it: self._function(cls, details) for it, cls in form.table.items()}
        function = f"{self._functions.table(functions)}[type({form.fields['of']})]"
        return self._kept(writer, form.fields, function, tuple(functions.values()))

    def _object(self, writer: Writer, type_: Any, name: str, details: FieldDetailsList) -> str:
        """The expression of an object that a resolver made."""
        if not is_object_type(type_):
            return self._abstract(writer, type_, name, details)
        cls = self._types.behind(type_)
        writer.line(f"if type({name}) is not {self._names.thing(cls)}: refuse()")
        fields = {place: self._local(writer, f"{name}.{place}") for place in places(cls)}
        return self._made(writer, type_, Make(cls, fields), details)

    def _abstract(self, writer: Writer, type_: Any, name: str, details: FieldDetailsList) -> str:
        """The expression of an object that a resolver made for an interface or a union."""
        classes = [cls for cls in self._types.possible(type_) if places(cls) == ("of", "view")]
        functions = {cls: self._function(cls, details) for cls in classes}
        fields = {place: self._local(writer, f"{name}.{place}") for place in ("of", "view")}
        function = f"{self._functions.table(functions)}[type({name})]"
        if LASTING.issuperset(classes):
            return self._kept(writer, fields, function, tuple(functions.values()))
        return self._functions.call(function, fields)

    def _kept(self, writer: Writer, fields: Mapping[str, str], function: str, behind: tuple[str, ...]) -> str:
        """The expression of what is shown of an object, which is kept where it depends on nothing else."""
        call = self._functions.call(function, fields)
        if self._functions.varies(behind):
            return call
        return self._shelving.kept(writer, behind, fields["of"], fields.get("view"), call) or call

    def _function(self, cls: type, details: FieldDetailsList) -> str:
        """The name of the function that shows objects of a class."""
        type_ = self._types.of(cls)

        def write_body(writer: Writer, form: Make) -> str:
            return self._selection(writer, type_, form, self._collected(type_, details))

        return self._functions.of(cls, [it.node for it in details], write_body)

    def _collected(self, type_: GraphQLObjectType, details: FieldDetailsList) -> Mapping[str, FieldDetailsList]:
        subfields = collect_subfields(self._schema, self._fragments, self._conditions, self._operation, type_, details)
        return subfields.grouped_field_set

    def _local(self, writer: Writer, text: str) -> str:
        """A local variable that the code may set anew."""
        name = self._names.fresh()
        writer.let(name, text)
        return name
