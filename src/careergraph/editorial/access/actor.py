"""Actors: who calls a verb, in which role, and what of the content is theirs to touch."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


class Role(StrEnum):
    """What an actor is to the editors. Each role may do all that those before it may."""

    VIEWER = "VIEWER"
    """Looks at drafts, history and what a publish would change; touches nothing."""
    AUTHOR = "AUTHOR"
    """Writes drafts and hands them in for review."""
    EDITOR = "EDITOR"
    """Decides what is live, and when."""
    ADMIN = "ADMIN"
    """Decides who may, and who is told."""


_PARTS = ("types", "locales", "attributes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What of the content an actor may touch: document types, locales, attributes. None is for all of them.

    Within `locales` only the texts in these languages (and these languages themselves) may change, within `attributes`
    only careers' values of these attributes (and these attributes themselves). Where both are given, both must hold.
    """

    types: frozenset[str] | None = None
    locales: frozenset[str] | None = None
    attributes: frozenset[str] | None = None

    @classmethod
    def of(
        cls,
        types: Iterable[str] | None = None,
        locales: Iterable[str] | None = None,
        attributes: Iterable[str] | None = None,
    ) -> "Scope":
        """A scope from lists."""
        return cls(types=_set(types), locales=_set(locales), attributes=_set(attributes))

    def to_json(self) -> dict[str, list[str]]:
        """The scope for a token to keep."""
        return {name: sorted(allowed) for name in _PARTS if (allowed := getattr(self, name)) is not None}

    @property
    def whole(self) -> bool:
        """Whether documents may be changed in every part."""
        return self.locales is None and self.attributes is None

    def covers(self, other: "Scope") -> bool:
        """Whether everything that the other allows is allowed here too."""
        pairs = ((self.types, other.types), (self.locales, other.locales), (self.attributes, other.attributes))
        return all(mine is None or (theirs is not None and theirs <= mine) for mine, theirs in pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who calls a verb. `name` is what revisions and the audit log keep."""

    name: str
    role: Role
    scope: Scope = field(default_factory=Scope)


def _set(items: Iterable[str] | None) -> frozenset[str] | None:
    return None if items is None else frozenset(items)
