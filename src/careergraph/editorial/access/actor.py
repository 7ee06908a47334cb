"""Actors: the caller of a verb, with a role and a scope."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from careergraph.engine.described_enum import DescribedEnum


class Role(DescribedEnum):
    """The role of an actor. Each role may do everything that those before it may."""

    VIEWER = "VIEWER", "Looks at drafts, history and what a publish would change; touches nothing."
    AUTHOR = "AUTHOR", "Writes drafts and hands them in for review."
    EDITOR = "EDITOR", "Decides what is live, and when."
    ADMIN = "ADMIN", "Decides who may, and who is told."


SCOPE_PARTS = ("types", "locales", "attributes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The content that an actor may change: document types, texts in some locales, values of some attributes. None
    means all of them; limits apply together."""

    types: frozenset[str] | None = None
    locales: frozenset[str] | None = None
    attributes: frozenset[str] | None = None

    @classmethod
    def of(cls, **parts: Iterable[str] | None) -> "Scope":
        """A scope from lists, by the names of its fields."""
        return cls(**{name: None if part is None else frozenset(part) for name, part in parts.items()})

    def to_json(self) -> dict[str, list[str]]:
        """The scope for a token to keep."""
        return {name: sorted(allowed) for name in SCOPE_PARTS if (allowed := getattr(self, name)) is not None}

    @property
    def whole(self) -> bool:
        """Whether documents may be changed in every part."""
        return self.locales is None and self.attributes is None

    @property
    def limited(self) -> bool:
        """Whether any limit applies."""
        return self != Scope()

    def covers(self, other: "Scope") -> bool:
        """Return whether everything that the other allows is allowed here too."""
        pairs = [(getattr(self, name), getattr(other, name)) for name in SCOPE_PARTS]
        return all(mine is None or (theirs is not None and theirs <= mine) for mine, theirs in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """The caller of a verb. `name` identifies a person or a program for good: revisions and the audit log keep it.
    `display_name` is read by people and may change; it is kept in the list of people alone."""

    name: str
    role: Role
    scope: Scope = field(default_factory=Scope)
    display_name: str = ""
