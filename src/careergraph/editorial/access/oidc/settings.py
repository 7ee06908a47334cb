"""Settings of sign-in with a provider, and the person of a verified token, with the rights that its claims give."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from careergraph.editorial.access.actor import SCOPE_PARTS, Actor, Role, Scope

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def is_safe(address: str) -> bool:
    """Return whether what goes to an address cannot be read on the way: it uses TLS, or is on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """What the provider knows the admin as, and the one address that it sends people back to."""

    ident: str
    redirect: str
    secret: str = field(default="", repr=False)
    scopes: str = "openid profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Accept tokens of `issuer` for `audience`. The names in the claim `role_claim` are looked up in `roles`; the
    highest role counts. `scope_claim` may narrow it, `name_claim` is stored in revisions and the audit log, and
    `display_name_claim` is what others read."""

    issuer: str
    audience: str
    roles: Mapping[str, Role]
    role_claim: str = "roles"
    scope_claim: str = "careergraph_scope"
    name_claim: str = "sub"
    display_name_claim: str = "name"

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        if not is_safe(self.issuer) or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError("the issuer must be an https address, without user, query and fragment")
        if not self.audience:
            raise ValueError("an audience is needed, so that tokens for other services are refused")
        if not self.roles:
            raise ValueError("roles are needed, such as `careers-editors=editor`")

    @property
    def host(self) -> str:
        """The host of the issuer; it may be a private one, since it is configured."""
        return (urlsplit(self.issuer).hostname or "").rstrip(".")

    @property
    def secure(self) -> bool:
        """Whether the issuer uses TLS; only one on this machine may go without."""
        return urlsplit(self.issuer).scheme == "https"


def roles_of(text: str) -> Mapping[str, Role]:
    """Parse roles by the provider's names, from `careers-editors=editor, careers-admins=admin`. Raises ValueError."""
    roles: dict[str, Role] = {}
    for part in filter(None, (it.strip() for it in text.split(","))):
        name, sign, role = part.rpartition("=")
        if not sign or not name.strip() or role.strip().upper() not in Role.__members__:
            raise ValueError(f"{part[:40]!r} does not give a role, as `careers-editors=editor` does")
        roles[name.strip()] = Role[role.strip().upper()]
    return MappingProxyType(roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person with a verified token. `actor` is None for who is no editor."""

    name: str
    actor: Actor | None


def person_of(claims: Mapping[str, Any], settings: Settings) -> Person:
    """Return the person of verified claims."""
    name = f"oidc:{_name(claims, settings)}"
    role, scope = _role(claims, settings), _scope(claims.get(settings.scope_claim))
    if role is None or scope is None:
        return Person(name=name, actor=None)
    display_name = claims.get(settings.display_name_claim)
    readable = display_name if isinstance(display_name, str) else ""
    return Person(name=name, actor=Actor(name=name, role=role, scope=scope, display_name=readable))


def kept_claims(claims: Mapping[str, Any], settings: Settings) -> dict[str, Any]:
    """Return the claims by which a session knows its person, and the rights that the settings give then."""
    names = {"iss", "sub", "email_verified", settings.role_claim.partition(".")[0], settings.scope_claim}
    names |= {settings.name_claim, settings.display_name_claim}
    return {name: claims[name] for name in sorted(names & claims.keys())}


def _name(claims: Mapping[str, Any], settings: Settings) -> str:
    """Return the claim for the name, or else the subject, which nobody can choose."""
    chosen = claims.get(settings.name_claim)
    proven = settings.name_claim != "email" or claims.get("email_verified") is True
    good = isinstance(chosen, str) and chosen.isprintable() and chosen.strip() and proven
    return str(chosen if good else claims["sub"])[:100]


def _role(claims: Mapping[str, Any], settings: Settings) -> Role | None:
    """Return the highest role of the claims."""
    claim: Any = claims
    for step in settings.role_claim.split("."):
        claim = claim.get(step) if isinstance(claim, Mapping) else None
    names = claim.split() if isinstance(claim, str) else claim if isinstance(claim, list) else ()
    roles = {settings.roles[it] for it in names if isinstance(it, str) and it in settings.roles}
    return next((role for role in reversed(Role) if role in roles), None)


def _scope(claim: object) -> Scope | None:
    """Return the scope of a claim, by default the whole; None for an invalid one, which must not widen the scope."""
    if claim is None:
        return Scope()
    if not isinstance(claim, Mapping) or not set(claim) <= set(SCOPE_PARTS):
        return None
    lists = [it for it in claim.values() if it is not None]
    if not all(isinstance(it, list) and all(isinstance(word, str) for word in it) for it in lists):
        return None
    return Scope.of(**claim)
