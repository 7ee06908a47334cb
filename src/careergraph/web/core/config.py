"""Config: the settings of one installation, from code or from environment variables."""

import logging
import os
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NamedTuple

from starlette.requests import HTTPConnection

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.oidc.settings import Client, is_safe
from careergraph.editorial.hooks.change import Hook
from careergraph.web.core import setting_groups as groups
from careergraph.web.core.editor_settings import (
    ImportJobSettings,
    MediaSettings,
    OidcSettings,
    PreviewSettings,
    ReviewSettings,
    WebhookSettings,
)
from careergraph.web.core.hosts import Hosts
from careergraph.web.core.loading import load
from careergraph.web.core.setting import ConfigProblem as ConfigProblem
from careergraph.web.core.setting import Group, parsing, setting

Authenticate = Callable[[HTTPConnection], object | Awaitable[object | None] | None]
Authorize = Callable[[Any], Actor | Awaitable[Actor | None] | None]

if TYPE_CHECKING:
    from careergraph.editorial.hooks.workflow import Workflow

LOG = logging.getLogger("careergraph")

PREFIX = "CAREERGRAPH_"
"""The prefix of environment variables."""


def host_user(connection: HTTPConnection) -> object | None:
    """The user that the host's own authentication put into the request, if it is authenticated."""
    user: object | None = connection.scope.get("user")
    return user if getattr(user, "is_authenticated", False) else None


def no_editor(user: object) -> Actor | None:
    """No user of the host is an editor."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(Group):
    """The settings of one installation, in groups. `Config.of` takes any of them by its flat name. Raises
    ConfigProblem."""

    database_url: str = setting(
        "sqlite:///var/careergraph.db", "The database of the content: an SQLAlchemy address of SQLite or PostgreSQL."
    )
    seed: bool = setting(
        True,
        "Whether a new database that a command makes by itself gets the demonstration, as `careergraph upgrade --seed` "
        "brings it: careers, skills, categories, collections and sources. It always gets the locales and the "
        "attributes.",
    )
    poll_seconds: float = setting(
        0.5, "The time after which the database is asked for a newer version of the catalog, in seconds.", zero=True
    )
    authenticate: Authenticate = setting(
        host_user, "A function that returns the user of a request, or None. It is called with each; it may be async."
    )
    authorize: Authorize = setting(
        no_editor,
        "A function from a user of the host to a `careergraph.Actor` (a name, a role, a scope, a display name), or "
        "None for a user who is no editor; it may be async. Access tokens work beside it.",
    )
    work: bool = setting(
        True, "Whether the server also does scheduled work and sends webhooks. So does `careergraph work`."
    )
    federation: bool = setting(
        False,
        "Whether the API is a subgraph of Apollo Federation: a gateway reads its schema from `_service`, and refers to "
        "careers, skills, categories, collections and comparisons by slug or id.",
    )
    compression: bool = setting(
        True,
        "Whether responses are compressed for clients that accept it: by gzip, and by Brotli with the extra "
        "`brotli`. Turn it off if a proxy compresses.",
    )
    allowed_hosts: str = setting(
        "",
        "The hosts that requests may be for, with commas between them, such as `careers.example`; `*` for any. "
        "Those of this machine are always allowed. Without it `careergraph serve` on a loopback address allows "
        "requests for this machine only, and all pages of this machine may read responses; any other server allows "
        "requests for any host.",
    )
    before_save: Hook | None = setting(
        None,
        "A function of a `careergraph.Change`, called before drafts are saved; it may be async. It refuses them by "
        "`careergraph.HookRefusal`. It runs outside of the transaction, and nothing is saved that it did not see.",
    )
    before_publish: Hook | None = setting(
        None,
        "A function of a `careergraph.Change`, called before anything is published or unpublished, in the same manner. "
        "A schedule that it refuses fails.",
    )
    after_change: Hook | None = setting(
        None,
        "A function of a `careergraph.Change`, called once something was done, for each entry of the audit log, in "
        "their order. It cannot fail the request, which does not wait for it.",
    )
    hook_seconds: float = setting(5.0, "The longest time that a call of these functions may take, in seconds.")
    autosave_minutes: float = setting(
        10.0,
        "The longest time from one save of a person to the next, in minutes, by which both are one entry of a "
        "document's history; 0 shows each.",
        zero=True,
    )
    limits: groups.OperationLimits = field(default_factory=groups.OperationLimits)
    requests: groups.RequestLimits = field(default_factory=groups.RequestLimits)
    cache: groups.CacheSettings = field(default_factory=groups.CacheSettings)
    graphql: groups.GraphQLSettings = field(default_factory=groups.GraphQLSettings)
    pages: groups.PageSettings = field(default_factory=groups.PageSettings)
    admin: groups.AdminSettings = field(default_factory=groups.AdminSettings)
    cors: groups.CorsSettings = field(default_factory=groups.CorsSettings)
    observability: groups.ObservabilitySettings = field(default_factory=groups.ObservabilitySettings)
    oidc: OidcSettings = field(default_factory=OidcSettings)
    media: MediaSettings = field(default_factory=MediaSettings)
    webhooks: WebhookSettings = field(default_factory=WebhookSettings)
    imports: ImportJobSettings = field(default_factory=ImportJobSettings)
    previews: PreviewSettings = field(default_factory=PreviewSettings)
    reviews: ReviewSettings = field(default_factory=ReviewSettings)

    def __new__(cls, **settings: object) -> "Config":
        """Refuse the flat name of a setting that is in a group, and say where it is. Raises ConfigProblem."""
        for name, value in settings.items():
            place = SETTINGS.get(name)
            if place is not None and place.group and not isinstance(value, place.group_type):
                grouped = f"Config({place.group}={place.group_type.__name__}({place.name}=...))"
                raise ConfigProblem(f"{name} is a setting of a group: {grouped}, or Config.of({name}=...)")
        return object.__new__(cls)

    @classmethod
    def of(cls, **settings: Any) -> "Config":
        """The configuration with some settings, by their flat names. Raises ConfigProblem."""
        return cls().replace(**settings)

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """The settings of `CAREERGRAPH_DATABASE_URL` and so on over the defaults. A variable whose name is close to one
        of them is logged: it has no effect. Raises ConfigProblem."""
        variables = os.environ if environ is None else environ
        for variable, meant in _mistaken(variables):
            LOG.warning("%s has no effect: did you mean %s?", variable, meant)
        return cls.of(
            **{
                name: _parse(variable, variables[variable], place.default)
                for name, place in SETTINGS.items()
                if name in FROM_ENVIRONMENT and (variable := PREFIX + name.upper()) in variables
            }
        )

    def replace(self, **settings: Any) -> "Config":
        """A copy with other values of some settings, by their flat names. Raises ConfigProblem."""
        changes: dict[str, dict[str, Any]] = {}
        for name, value in settings.items():
            if name not in SETTINGS:
                raise ConfigProblem(f"{name[:40]} is no setting")
            changes.setdefault(SETTINGS[name].group, {})[SETTINGS[name].name] = value
        own = changes.pop("", {})
        return replace(self, **own, **{group: replace(getattr(self, group), **it) for group, it in changes.items()})

    @property
    def media_url(self) -> str:
        """The address below which clients read the files of images."""
        return (self.media.url or f"{self.pages.public_url.rstrip('/')}/media").rstrip("/")

    def sign_in_client(self) -> Client | None:
        """The client that the provider knows the admin as; None where people do not sign in to it there."""
        if not self.oidc.client_id:
            return None
        return Client(
            ident=self.oidc.client_id,
            secret=self.oidc.client_secret,
            scopes=self.oidc.scopes,
            redirect=f"{self.pages.public_url.rstrip('/')}{self.admin.path}/sign-in/callback",
        )

    @property
    def hosts(self) -> Hosts:
        """The hosts that requests may be for. Raises ConfigProblem."""
        with parsing("allowed_hosts"):
            return Hosts(self.allowed_hosts)

    def workflow(self) -> "Workflow":
        """A workflow with the hooks and the approvals. What it takes is loaded here, as no reader needs it."""
        moments = load("careergraph.editorial.hooks.proposals").Moment
        workflows = load("careergraph.editorial.hooks.workflow")
        hooks = {
            moments.BEFORE_SAVE: self.before_save,
            moments.BEFORE_PUBLISH: self.before_publish,
            moments.AFTER_CHANGE: self.after_change,
        }
        present = {moment: hook for moment, hook in hooks.items() if hook is not None}
        settings = workflows.Settings(
            hooks=present,
            hook_seconds=self.hook_seconds,
            document_url=self.webhooks.document_url,
            approvals=self.reviews.parse(),
        )
        workflow: Workflow = workflows.Workflow(settings)
        return workflow

    def __post_init__(self) -> None:
        Group.__post_init__(self)
        _ = self.hosts
        if self.oidc.client_id and not is_safe(self.pages.public_url):
            raise ConfigProblem("oidc_client_id needs an https address as public_url: people are sent back to it")


class Place(NamedTuple):
    """Where a setting is: its group, empty for `Config` itself, and its name there."""

    group: str
    group_type: type
    name: str
    default: Any
    description: str


def _places() -> dict[str, Place]:
    groups: list[tuple[str, Any]] = [("", Config)]
    groups += [(group.name, group.default_factory) for group in fields(Config) if not group.metadata]
    places = {}
    for group, group_type in groups:
        for name, declared in group_type.settings():
            description = declared.metadata["description"]
            places[name] = Place(group, group_type, declared.name, declared.default, description)
    return places


SETTINGS: Mapping[str, Place] = _places()
"""All settings by their flat names."""

FROM_ENVIRONMENT = frozenset(name for name, it in SETTINGS.items() if isinstance(it.default, str | float | int))
"""The settings that an environment variable can carry: texts, numbers, on or off."""

CLOSE = 0.78
"""How like a setting the name of a variable must be to be taken for it. Others with our prefix may be those that
Kubernetes sets for a service of this name."""


def _mistaken(variables: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The variables that look like one of a setting, each with that one."""
    for variable in sorted(variables):
        name = variable.removeprefix(PREFIX).lower()
        if variable.startswith(PREFIX) and name not in FROM_ENVIRONMENT:
            for close in get_close_matches(name, sorted(FROM_ENVIRONMENT), n=1, cutoff=CLOSE):
                yield variable, PREFIX + close.upper()


_FLAGS = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


def _parse(variable: str, text: str, default: object) -> str | float | bool:
    """The value of a variable, of the type of its default. Raises ConfigProblem."""
    if isinstance(default, str):
        return text
    kind = "neither on nor off" if isinstance(default, bool) else "no number"
    try:
        if isinstance(default, bool):
            return _FLAGS[text.strip().lower()]
        if isinstance(default, int):
            kind = "no whole number"
            return int(text)
        number = float(text)
    except (KeyError, ValueError):
        raise ConfigProblem(f"{variable} is {text[:40]!r}, which is {kind}") from None
    if not -1e12 < number < 1e12:  # also refuses nan and inf, which float() reads
        raise ConfigProblem(f"{variable} is {text[:40]!r}, which is {kind}")
    return number
