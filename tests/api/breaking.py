"""What of a schema breaks the clients of the one before, and what a changelog says of it."""

import re

from graphql import GraphQLInputObjectType, GraphQLSchema, find_breaking_changes

_SUBJECT = re.compile(r"(?:Field|Argument|Enum value|Directive|A required (?:argument|field)) (\S+)")
_OWNER = re.compile(r"was removed from (?:union type )?(@?\w+)\.$")
_NAME = re.compile(r"`(@?\w+(?:\.\w+)?(?:\(\w+:\))?)`")


def breaking_changes(before: GraphQLSchema, after: GraphQLSchema) -> list[tuple[str, str]]:
    """The changes that break clients, each with its coordinate, such as `Career.title` or `Query.career(slug:)`."""
    changes = [(_coordinate(it.description), it.description) for it in find_breaking_changes(before, after)]
    return sorted([*changes, *_narrowed(before, after)])


def named_changes(changelog: str) -> set[str]:
    """The coordinates that a changelog names under `### Breaking` of what is not released yet."""
    unreleased = changelog.partition("\n## [Unreleased]\n")[2].partition("\n## ")[0]
    _, *sections = re.split(r"^### ", unreleased, flags=re.MULTILINE)
    return {name for it in sections if it.startswith("Breaking\n") for name in _NAME.findall(it)}


def unnamed(changes: list[tuple[str, str]], names: set[str]) -> list[str]:
    """The changes that nobody is told of. An argument is named by itself or by its field."""
    return [f"`{it}`: {description}" for it, description in changes if not {it, it.partition("(")[0]} & names]


def _coordinate(description: str) -> str:
    match = _SUBJECT.match(description) or _OWNER.search(description)
    return match[1] if match else description.split(maxsplit=1)[0]


def _narrowed(before: GraphQLSchema, after: GraphQLSchema) -> list[tuple[str, str]]:
    """Inputs that take one field from now on, which graphql-core does not count."""
    old, new = ({name for name, it in schema.type_map.items() if _takes_one(it)} for schema in (before, after))
    return [(name, f"{name} takes exactly one field.") for name in new - old if name in before.type_map]


def _takes_one(of: object) -> bool:
    return isinstance(of, GraphQLInputObjectType) and of.is_one_of
