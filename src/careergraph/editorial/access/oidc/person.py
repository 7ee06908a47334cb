"""Person: whom a provider's token is of, and what its claims make of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.access.actor import Actor, Role, Scope
from careergraph.editorial.access.oidc.settings import Settings

PARTS = ("types", "locales", "attributes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom the provider vouches for. `actor` is None for who is no editor."""

    name: str
    actor: Actor | None


def person_of(claims: Mapping[str, Any], settings: Settings) -> Person:
    """The person of claims that were verified."""
    name = f"oidc:{_name(claims, settings)}"
    role, scope = _role(claims, settings), _scope(claims.get(settings.scope_claim))
    if role is None or scope is None:
        return Person(name=name, actor=None)
    return Person(name=name, actor=Actor(name=name, role=role, scope=scope))


def _name(claims: Mapping[str, Any], settings: Settings) -> str:
    """The claim that is to be the name, or else the subject, which nobody can choose."""
    chosen = claims.get(settings.name_claim)
    proven = settings.name_claim != "email" or claims.get("email_verified") is True
    good = isinstance(chosen, str) and chosen.isprintable() and chosen.strip() and proven
    return str(chosen if good else claims["sub"])[:100]


def _role(claims: Mapping[str, Any], settings: Settings) -> Role | None:
    """The highest role that the provider gives."""
    claim: Any = claims
    for step in settings.role_claim.split("."):
        claim = claim.get(step) if isinstance(claim, Mapping) else None
    names = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else ()
    roles = {settings.roles[it] for it in names if isinstance(it, str) and it in settings.roles}
    return next((role for role in reversed(Role) if role in roles), None)


def _scope(claim: object) -> Scope | None:
    """The scope of a claim, the whole where there is none; None for one that makes no sense, which must not widen."""
    if claim is None:
        return Scope()
    if not isinstance(claim, Mapping) or not set(claim) <= set(PARTS):
        return None
    lists = [it for it in claim.values() if it is not None]
    if not all(isinstance(it, list) and all(isinstance(word, str) for word in it) for it in lists):
        return None
    return Scope.of(*(claim.get(part) for part in PARTS))
