"""Descriptions: each GraphQL type, field and enum value is described by the docstring where it is defined."""

import ast
import inspect
from collections.abc import Callable
from enum import StrEnum
from textwrap import dedent
from typing import Any, TypeVar, cast, dataclass_transform

import strawberry

Type = TypeVar("Type", bound=type)
Resolver = TypeVar("Resolver", bound=Callable[..., Any])


@dataclass_transform(field_specifiers=(strawberry.field,))
def object_type(cls: Type) -> Type:
    """Makes a class a GraphQL object type of the same name."""
    _build_from_places(cls)
    return strawberry.type(cls, description=description(cls))


def _build_from_places(cls: Any) -> None:
    """Gives a class an `__init__` of its fields in order. Strawberry, left alone, would make one that wants keywords,
    and leaves a class's own alone."""
    names = tuple(dict.fromkeys(name for base in reversed(cls.__mro__) for name in inspect.get_annotations(base)))

    def of_two(self: Any, of: object, view: object) -> None:
        self.of, self.view = of, view

    def of_any(self: Any, *values: object) -> None:
        for name, value in zip(names, values, strict=True):
            setattr(self, name, value)

    cls.__init__ = of_two if names == ("of", "view") else of_any


@dataclass_transform(field_specifiers=(strawberry.field,))
def interface(cls: Type) -> Type:
    """Makes a class a GraphQL interface of the same name."""
    return strawberry.interface(cls, description=description(cls))


@dataclass_transform(field_specifiers=(strawberry.field,))
def input_type(cls: Type) -> Type:
    """Makes a class a GraphQL input type of the same name."""
    return strawberry.input(cls, description=description(cls))


@dataclass_transform(field_specifiers=(strawberry.field,))
def one_of(cls: Type) -> Type:
    """Makes a class a GraphQL input type of which exactly one field is given."""
    return strawberry.input(cls, description=description(cls), one_of=True)


def field(resolver: Resolver) -> Resolver:
    """Makes a method a GraphQL field of the same name."""
    return cast("Resolver", strawberry.field(resolver, description=description(resolver)))


def named(name: str) -> Callable[[Resolver], Resolver]:
    """Makes a method a GraphQL field of another name, for names that Python keeps to itself."""

    def decorated(resolver: Resolver) -> Resolver:
        return cast("Resolver", strawberry.field(resolver, name=name, description=description(resolver)))

    return decorated


def description(thing: object) -> str:
    """The thing's own docstring on one line. Raises TypeError where it has none."""
    text = thing.__doc__
    if not text:
        raise TypeError(f"{thing!r} has no docstring to describe it with")
    return " ".join(inspect.cleandoc(text).split())


def members(cls: type) -> dict[str, str]:
    """The docstring that stands under each member of a class, on one line, by the member's name."""
    body = ast.parse(dedent(inspect.getsource(cls))).body[0]
    assert isinstance(body, ast.ClassDef)  # noqa: S101 - the source of a class is a class
    found: dict[str, str] = {}
    for statement, following in zip(body.body, body.body[1:], strict=False):
        if isinstance(statement, ast.Assign) and isinstance(target := statement.targets[0], ast.Name):
            match following:
                case ast.Expr(value=ast.Constant(value=str(text))):
                    found[target.id] = " ".join(text.split())
    return found


def mirror(engine: type[StrEnum], name: str = "") -> type[StrEnum]:
    """A GraphQL enum with the names, values and docstrings of another enum, which stays untouched, under a name of its
    own where one is given.

    Raises KeyError for a member without a docstring.
    """
    texts = members(engine)
    make: Any = StrEnum  # its functional form, with names that only this call knows
    made = make(name or engine.__name__, {member.name: member.value for member in engine})
    strawberry.enum(made, description=description(engine))
    for value in made.__strawberry_definition__.values:
        value.description = texts[value.name]
    return cast("type[StrEnum]", made)
