"""Settings of signing in with a provider: whose tokens are good, for whom, and what they make of somebody."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urlsplit

from careergraph.editorial.access.actor import Role

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Tokens of `issuer` for `audience`. What the claim `role_claim` names is looked up in `roles`; the highest role
    counts. `scope_claim` may narrow it down, and `name_claim` is what revisions and the audit log keep."""

    issuer: str
    audience: str
    roles: Mapping[str, Role]
    role_claim: str = "roles"
    scope_claim: str = "careergraph_scope"
    name_claim: str = "sub"

    def __post_init__(self) -> None:
        parts = urlsplit(self.issuer)
        secure = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
        if not secure or not parts.hostname or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError("the issuer must be an https address, without user, query and fragment")
        if not self.audience:
            raise ValueError("an audience is needed: tokens that are meant for others must not be good here")
        if not self.roles:
            raise ValueError("roles are needed, such as `careers-editors=editor`")

    @property
    def host(self) -> str:
        """The host of the issuer, which may be a private one: somebody configured it."""
        return (urlsplit(self.issuer).hostname or "").rstrip(".")

    @property
    def secure(self) -> bool:
        """Whether the issuer is asked over TLS; all but one on this machine are."""
        return urlsplit(self.issuer).scheme == "https"


def roles_of(text: str) -> Mapping[str, Role]:
    """Roles by what a provider calls them, from `careers-editors=editor, careers-admins=admin`. Raises ValueError."""
    roles: dict[str, Role] = {}
    for part in filter(None, (it.strip() for it in text.split(","))):
        name, sign, role = part.rpartition("=")
        if not sign or not name.strip() or role.strip().upper() not in Role.__members__:
            raise ValueError(f"{part[:40]!r} does not give a role, as `careers-editors=editor` does")
        roles[name.strip()] = Role[role.strip().upper()]
    return MappingProxyType(roles)
