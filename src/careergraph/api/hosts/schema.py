"""The schema of a host with our content among its fields. Our resolvers read a context of ours, the host's its own."""

from collections.abc import Callable, Iterator
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

import strawberry
from graphql import GraphQLError, GraphQLInterfaceType
from strawberry.extensions import SchemaExtension
from strawberry.schema.config import StrawberryConfig
from strawberry.schema.name_converter import NameConverter
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.base import StrawberryObjectDefinition

from careergraph.api.base.context import Context
from careergraph.api.base.declaration import KEY
from careergraph.api.base.errors import add_code
from careergraph.api.hosts.names import PrefixedNames
from careergraph.api.types.value import Value

_contexts: ContextVar[list[Context]] = ContextVar("contexts")
"""The context of the operation, once something of ours was read."""


class OneContext(SchemaExtension):
    """Keeps the context of an operation, so that all of it is read from one version of the catalog."""

    def on_operation(self) -> Iterator[None]:
        """Forget the context of the operation before."""
        _contexts.set([])
        yield


class Schema(strawberry.Schema):
    """A schema whose errors have our codes, where the request is at fault."""

    def process_errors(self, errors: list[GraphQLError], execution_context: Any = None) -> None:
        """Code the refusals. All other errors are the host's, or faults, and logged as it logs them."""
        super().process_errors([it for it in errors if not add_code(it)], execution_context)


def build(
    query: type,
    prefix: str,
    make_context: Callable[[], Context],
    config: StrawberryConfig | None = None,
    **options: Any,
) -> strawberry.Schema:
    """Return a schema with the names of our types behind `prefix`. `make_context` is called once an operation, where it
    reads anything of ours. Raises TypeError for a name that is there twice."""
    settings = config or StrawberryConfig()
    if settings.info_class is not strawberry.Info or type(settings.name_converter) is not NameConverter:
        raise TypeError("the config of the schema has a name_converter or an info_class of its own, in place of ours")
    ours = replace(settings, name_converter=PrefixedNames(prefix), info_class=_info_of(make_context))
    types = [*options.pop("types", ()), *Value.__subclasses__()]
    extensions = [*options.pop("extensions", ()), OneContext]
    schema = Schema(query=query, config=ours, types=types, extensions=extensions, **options)
    _resolve_by_class(schema)
    return schema


def _resolve_by_class(schema: strawberry.Schema) -> None:
    """Find the types of interfaces by the classes of objects: Strawberry itself answers names without the prefix."""
    names: dict[object, str] = {}
    for type_ in schema._schema.type_map.values():
        definition = type_.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
        if isinstance(definition, StrawberryObjectDefinition):
            names[definition.origin] = type_.name
            if isinstance(type_, GraphQLInterfaceType) and definition.origin.__module__.startswith("careergraph."):
                type_.resolve_type = lambda value, info, _: names[type(value)]


def _info_of(make_context: Callable[[], Context]) -> type[strawberry.Info]:
    class OurInfo(strawberry.Info):
        """What a resolver knows. One of ours has our context, one of the host's that of the host."""

        @property
        def context(self) -> Any:
            if KEY not in self._field.metadata:
                return super().context
            contexts = _contexts.get()
            if not contexts:
                contexts.append(make_context())
            return contexts[0]

    return OurInfo
