"""The declaration of a field: the record that resolvers, compiled plans, costs and the reference read."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, wraps
from inspect import Parameter, signature
from operator import attrgetter
from typing import Any, NamedTuple, cast

from graphql import GraphQLField
from strawberry.schema.schema_converter import GraphQLCoreConverter
from strawberry.types.field import StrawberryField

USUAL_SIZE = 8
"""Items of a list that has no count among its arguments and declares no size."""

PLACES = ("of", "view", "parent", "info")
"""The parameters of a source that are no arguments of its field."""

KEY = "careergraph"
"""The key of a declaration in the metadata of its Strawberry field."""


@dataclass(frozen=True, slots=True)
class FieldMeta:
    """The cost of a field, and the documents and circumstances that its answer follows from.

    One unit of cost is about 20 microseconds of work. A field costs its `cost`, and the fields below it as many times
    as it has items: `first` or `last` where it has them, `size` otherwise; an optional object counts with the `share`
    of objects that have it. Without a cost a field costs as much as plain fields of its kind.

    An answer with a field that has `depends_on` follows from documents that its arguments do not name: from any of
    `attributes`, `collections` or `skills`, or of the whole `catalog`. One with a `private` field follows from who
    asks, one with a `historical` field from a catalog of the past, which may have to be read first.
    """

    cost: float | None = None
    size: int = USUAL_SIZE
    share: float = 1.0
    depends_on: str | None = None
    private: bool = False
    historical: bool = False

    @property
    def reaches(self) -> bool:
        """Whether its answer follows from more than the object that it is a field of."""
        return self.depends_on is not None or self.private or self.historical


PLAIN = FieldMeta()
"""The meta of a field that declares none."""


class MirrorType(NamedTuple):
    """The declaration of a GraphQL type: the class of their engine values, whether their data follows from
    engine value and view alone, and whether they have a parent."""

    engine: type
    cacheable: bool
    has_parent: bool

    @property
    def places(self) -> tuple[str, ...]:
        """The attributes of an object, in the order of its constructor."""
        return PLACES[:3] if self.has_parent else PLACES[:2]


class Shape(StrEnum):
    """How the data of a field follows from its source."""

    ATTRIBUTE = "attribute"
    LOCALIZED = "localized"
    CHILD = "child"
    CHILDREN = "children"
    COMPUTED = "computed"


@dataclass(frozen=True, slots=True)
class Declaration:
    """A field: its shape, its source (a dotted path from `of` or `view`, or a function), and the places that the source
    takes."""

    shape: Shape
    description: str
    source: str | Callable[..., Any]
    meta: FieldMeta
    name: str | None = None
    part: bool = False
    """Whether the object below is a part of the same document."""
    narrated: str = ""
    """The path of the method that gives the same statements, or rows, in another form; empty where there is none."""
    reader: str = ""
    """The method of the view that reads a localized text, or a list of them."""

    @property
    def takes(self) -> tuple[str, ...]:
        """The places that a function takes, in order."""
        return () if isinstance(self.source, str) else _taken(self.source)

    def getter(self) -> Callable[..., Any]:
        """Return the function of an object, and of arguments where there are any, that returns the source's value."""
        source = self.source
        if isinstance(source, str):
            return attrgetter(source if source.partition(".")[0] in PLACES else f"of.{source}")
        match tuple([name for name in self.takes if name != "info"]):
            case ("of",):
                return lambda mirror, **arguments: source(mirror.of, **arguments)
            case ("of", "view"):
                return lambda mirror, **arguments: source(mirror.of, mirror.view, **arguments)
            case names:
                return lambda mirror, **rest: source(**{name: getattr(mirror, name) for name in names}, **rest)


class FromArguments:
    """The annotation of a parameter that stands for arguments: those of `make`, or of these `names`. Its value is the
    result of `make`."""

    def __init__(self, make: Callable[..., Any], *names: str) -> None:
        self.make = make
        parameters = signature(make).parameters
        self.parameters = [it for name, it in parameters.items() if not names or name in (*names, "info")]


def flattened(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that takes the arguments of each parameter that is `FromArguments` in its place."""
    parameters = signature(function).parameters
    makers = {
        name: mark
        for name, parameter in parameters.items()
        for mark in getattr(parameter.annotation, "__metadata__", ())
        if isinstance(mark, FromArguments)
    }
    if not makers:
        return function
    own = {name: parameter for name, parameter in parameters.items() if name not in makers}
    added = {it.name: it for maker in makers.values() for it in maker.parameters if it.name not in own}
    taken = [*own.values(), *[it.replace(kind=Parameter.KEYWORD_ONLY) for it in added.values()]]
    # generated, as plans are: a loop over the arguments takes five times as long
    heads = [it.name if it.default is Parameter.empty else f'{it.name}=defaults["{it.name}"]' for it in taken]
    values = [_made(name, makers[name]) if name in makers else name for name in parameters]
    code = f"def call({', '.join([*heads[: len(own)], '*', *heads[len(own) :]])}): return function({', '.join(values)})"
    things: dict[str, Any] = {"function": function, "defaults": {it.name: it.default for it in taken}}
    things |= {f"make_{name}": maker.make for name, maker in makers.items()}
    exec(code, things)  # noqa: S102 - made of the names of our own parameters
    call: Any = wraps(function)(things["call"])
    call.__signature__ = signature(function).replace(parameters=taken)
    return cast("Callable[..., Any]", call)


def _made(name: str, maker: FromArguments) -> str:
    """Return the expression of the value of a parameter."""
    return f"make_{name}({', '.join([f'{it.name}={it.name}' for it in maker.parameters])})"


@cache
def _taken(source: Callable[..., Any]) -> tuple[str, ...]:
    names = list(signature(source).parameters)
    taken = tuple([name for name in names if name in PLACES])
    if names[: len(taken)] != list(taken) and "self" not in names:
        raise TypeError(f"{source.__qualname__}: its places come before its arguments")
    return taken


def declaration_of(field: GraphQLField) -> Declaration | None:
    """Return the declaration of a field of a schema; None for a field of a host, or of graphql-core."""
    definition = field.extensions.get(GraphQLCoreConverter.DEFINITION_BACKREF)
    declaration = definition.metadata.get(KEY) if isinstance(definition, StrawberryField) else None
    return declaration if isinstance(declaration, Declaration) else None


def meta_of(field: GraphQLField) -> FieldMeta:
    """Return the meta of a field of a schema."""
    declaration = declaration_of(field)
    return PLAIN if declaration is None else declaration.meta


def mirror_type(cls: type) -> MirrorType | None:
    """Return the declaration of a GraphQL type; None for a host's class, and for one that extends ours."""
    mirrors = vars(cls).get("__mirrors__")
    return mirrors if isinstance(mirrors, MirrorType) else None
