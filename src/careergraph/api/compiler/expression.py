"""Forms: what a resolver gives, as far as its source says so before it is called."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias


class Unplanned(Exception):
    """A plan does not cover this: standard execution answers."""


@dataclass(frozen=True, slots=True)
class Code:
    """A value that a Python expression gives when the plan runs."""

    text: str


@dataclass(frozen=True, slots=True)
class Make:
    """An object of a GraphQL type that need not be made, because its private fields are known: the names of local
    variables by the names of the fields."""

    cls: type
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Mirror:
    """An object whose GraphQL type follows from the type of the engine's object: `table` says how."""

    table: Mapping[type, type]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Each:
    """A list: `item` for every one of `items`, which is called `name` meanwhile."""

    items: str
    name: str
    item: "Form"


@dataclass(frozen=True, slots=True)
class Maybe:
    """`form` where a test holds, null where it does not."""

    test: str
    form: "Form"


@dataclass(frozen=True, slots=True)
class Let:
    """`form`, after a local variable was set."""

    name: str
    value: str
    form: "Form"


Form: TypeAlias = Code | Make | Mirror | Each | Maybe | Let
