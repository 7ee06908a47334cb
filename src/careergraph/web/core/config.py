"""What an installation can set. Each setting is described where it is defined; docs and environment follow from it."""

import os
import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields

from starlette.requests import HTTPConnection

from careergraph.api.limits.budget import Allowance
from careergraph.api.limits.limits import Limits
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.oidc import settings as oidc
from careergraph.editorial.webhooks.settings import Named, Settings
from careergraph.web.core.hosts import Hosts
from careergraph.web.core.origins import Origins, origins_of
from careergraph.web.core.variables import ConfigProblem as ConfigProblem
from careergraph.web.core.variables import check_number, check_path, parsed

Authenticate = Callable[[HTTPConnection], object | Awaitable[object | None] | None]
Authorize = Callable[[object], Actor | Awaitable[Actor | None] | None]

PREFIX = "CAREERGRAPH_"

DEEPEST = 100
"""The highest `max_depth`: what nests deeper than this could use up the stack."""

PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?")

HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'+.^_`|~-]+")


def host_user(connection: HTTPConnection) -> object | None:
    """The user that the host's own authentication put into the request, if it is authenticated."""
    user: object | None = connection.scope.get("user")
    return user if getattr(user, "is_authenticated", False) else None


def no_editor(user: object) -> Actor | None:
    """No user of the host is an editor."""
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The settings of one installation. Those of plain type are also read from `CAREERGRAPH_` variables."""

    database_url: str = "sqlite:///var/careergraph.db"
    """Where the content is: an SQLAlchemy address of SQLite or PostgreSQL."""
    poll_seconds: float = 0.5
    """How old a look at the catalog's version may be before a request looks again, in seconds."""
    authenticate: Authenticate = host_user
    """Who asks: called with each GraphQL request, answers the user or None, may be async."""
    authorize: Authorize = no_editor
    """What a user of the host is to the editors: called with what `authenticate` answered, answers an
    `editorial.actor.Actor` (a name, a role, a scope) or None, may be async. Access tokens work beside it."""
    pages: bool = False
    """Whether pages for people are served: the comparison tool, comparisons, careers and so on. `careergraph serve`
    turns them on. Needs the extra `pages`."""
    pages_folder: str = ""
    """A folder of the host's with `templates`, `operations` and `static` inside, whose files stand in for those of the
    pages."""
    public_url: str = ""
    """Where the app is on the web, such as `https://careers.example/compare-careers`: pages and sitemaps give
    absolute addresses below it, and relative ones without it."""
    graphiql: bool = True
    """Whether GraphiQL is served."""
    introspection: bool = True
    """Whether clients may ask for the schema. GraphiQL's completion and explorer need it."""
    max_body_bytes: int = 256 * 1024
    """The largest body of a POST that is read, in bytes."""
    body_seconds: float = 10.0
    """How long the body of a POST may take to arrive, in seconds."""
    max_query_chars: int = 16_384
    """The longest GraphQL document, in characters."""
    max_query_tokens: int = 1000
    """The most tokens a GraphQL document may have."""
    max_depth: int = 12
    """The most levels an operation may nest; an introspection may nest 20."""
    max_aliases: int = 50
    """The most aliases an operation may have, those of a fragment counted each time it is spread."""
    max_root_fields: int = 20
    """The most fields an operation may have at its top."""
    max_directives: int = 30
    """The most directives an operation may have."""
    max_duplicates: int = 10
    """The most fields an operation may have that repeat one beside them."""
    max_spreads: int = 200
    """The most fragment spreads an operation may have, those within a fragment counted each time it is spread."""
    max_cost: int = 5000
    """The most an operation may cost. One unit is about 20 microseconds of work; the reference of costs says what each
    field costs."""
    max_objects: int = 50_000
    """The most objects and list items that an operation may really come to before it is ended."""
    max_answer_bytes: int = 4 * 1024 * 1024
    """The longest answer of an operation, in bytes; one that would be longer is ended."""
    operation_seconds: float = 5.0
    """How long an operation may run before it is ended, in seconds."""
    show_cost: bool = True
    """Whether answers tell what was requested and what is the maximum, in `extensions.cost`."""
    plans: bool = True
    """Whether operations are run by a compiled plan where there is one. Both ways give the same bytes."""
    documents_kept: int = 1000
    """How many GraphQL documents are kept parsed and validated."""
    documents_bytes: int = 512 * 1024
    """How long all kept documents may be together, in bytes of text; in memory, parsed and with their plans, they take
    up to two hundred times that."""
    answers_bytes: int = 32 * 1024 * 1024
    """How much memory kept answers may take, in bytes; 0 keeps none."""
    max_age_seconds: int = 30
    """How long caches may keep an answer, in seconds."""
    stale_seconds: int = 60
    """How much longer caches may use it while they fetch it anew, in seconds."""
    cdn_seconds: int = 0
    """How long a CDN that is purged by tag may keep an answer instead, in seconds: told in `CDN-Cache-Control` and
    `Surrogate-Control`, which browsers and proxies, that nobody can purge, do not heed. 0 for no longer than others."""
    max_tags_bytes: int = 4096
    """The longest list of documents in `Surrogate-Key` and `Cache-Tag`, in bytes. A longer one is just `catalog`."""
    persisted_queries: bool = True
    """Whether clients may name a query they sent before by its hash (automatic persisted queries)."""
    trusted_documents: str = ""
    """A file that maps the SHA-256 of documents to the documents. With it, only these are answered."""
    compression: bool = True
    """Whether answers are compressed for clients that accept it: by gzip, and by Brotli where the extra `brotli` is
    installed. Turn it off where a proxy compresses."""
    cors_origins: str = ""
    """The origins whose pages may read answers, with commas between them, such as `https://careers.example`;
    `http://localhost:*` for all ports of a host, `*` for any origin. Never with their visitors' cookies."""
    cors_headers: str = ""
    """More headers that those pages may send, with commas between them, beside those of GraphQL clients and tracing."""
    allowed_hosts: str = ""
    """The hosts that requests may be for, with commas between them, such as `careers.example`; `*` for any. Those of
    this machine always may. Without it `careergraph serve` on a loopback address takes requests for this machine only,
    and lets all pages of this machine read answers; any other server takes requests for any host."""
    request_seconds: float = 10.0
    """How long a request may wait for its turn, for another thread or for the host's authentication, in seconds. A
    mutation that has begun is waited for to its end."""
    max_waiting: int = 256
    """How many requests may wait for their turn. More are refused at once."""
    max_listeners: int = 100
    """How many subscriptions are answered at once, over Server-Sent Events; 0 turns them off."""
    beat_seconds: float = 15.0
    """How often a subscription that has nothing to tell shows that it is alive, in seconds."""
    rate_limit: int = 0
    """How much cost a user or a token, or where there is none an address, may request in a minute; 0 for any."""
    graphql_path: str = "/graphql"
    """The path of the GraphQL endpoint, below wherever the app is mounted."""
    graphiql_path: str = "/graphiql"
    """The path of GraphiQL."""
    schema_path: str = "/schema.graphql"
    """The path of the schema as a text."""
    request_id_header: str = "X-Request-Id"
    """The header that carries the id of a request: taken from a proxy where it looks like one, made up otherwise, and
    always answered."""
    log_json: bool = False
    """Whether the log is written as JSON lines, with a line for each request."""
    metrics: bool = False
    """Whether `/metrics` is served, for Prometheus. Needs the extra `metrics`; keep the address from the public."""
    spans: bool = False
    """Whether each request is an OpenTelemetry span. Needs the extra `otel`; the process says where spans go."""
    work: bool = True
    """Whether the server does what is scheduled and sends webhooks, beside answering. So does `careergraph work`."""
    secret_key: str = field(default="", repr=False)
    """What the secrets of webhooks are derived from: at least 32 random characters, the same for all who share a
    database. Without it no webhook is sent."""
    webhook_private: str = ""
    """The private addresses, networks and hosts that webhooks may be sent to, with commas between, such as
    `10.1.0.0/16, hooks.internal`. All others are refused."""

    oidc_issuer: str = ""
    """The provider that people sign in with, by OpenID Connect: its issuer, an https address. Its tokens are taken as
    `Authorization: Bearer`. Needs the extra `oidc`."""
    oidc_audience: str = ""
    """Whom its tokens must be for: the client, or the API, that the provider knows us as."""
    oidc_roles: str = ""
    """Which roles the provider's roles or groups are here, with commas between, such as
    `careers-editors=editor, careers-admins=admin`. Who has none of them is no editor."""
    oidc_role_claim: str = "roles"
    """The claim that lists somebody's roles or groups; dots lead inside, as in `realm_access.roles`."""
    oidc_scope_claim: str = "careergraph_scope"
    """The claim that may narrow somebody's role down: an object with lists `types`, `locales` and `attributes`."""
    oidc_name_claim: str = "sub"
    """The claim that revisions and the audit log know somebody by. `email` counts only where it is verified; take none
    that people can choose themselves."""

    @property
    def limits(self) -> Limits:
        """What an operation may have at most."""
        return Limits(
            depth=self.max_depth,
            aliases=self.max_aliases,
            root_fields=self.max_root_fields,
            directives=self.max_directives,
            duplicates=self.max_duplicates,
            spreads=self.max_spreads,
            cost=self.max_cost,
        )

    @property
    def allowance(self) -> Allowance:
        """What an operation may use up while it runs."""
        return Allowance(objects=self.max_objects, size=self.max_answer_bytes, seconds=self.operation_seconds)

    @property
    def origins(self) -> Origins:
        """The origins whose pages may read answers. Raises ConfigProblem."""
        try:
            return origins_of(self.cors_origins)
        except ValueError as problem:
            raise ConfigProblem(f"cors_origins cannot be used: {problem}") from None

    @property
    def sent_headers(self) -> tuple[str, ...]:
        """The headers that those pages may send beside the usual ones. Raises ConfigProblem."""
        names = tuple(name.strip() for name in self.cors_headers.split(",") if name.strip())
        for name in names:
            if not HEADER_NAME.fullmatch(name):
                raise ConfigProblem(f"cors_headers cannot be used: {name[:40]!r} is no name of a header")
        return names

    @property
    def hosts(self) -> Hosts:
        """The hosts that requests may be for. Raises ConfigProblem."""
        try:
            return Hosts(self.allowed_hosts)
        except ValueError as problem:
            raise ConfigProblem(f"allowed_hosts cannot be used: {problem}") from None

    def __post_init__(self) -> None:
        for name in ("graphql_path", "graphiql_path", "schema_path"):
            check_path(name, getattr(self, name))
        for setting in fields(self):
            check_number(setting.name, getattr(self, setting.name))
        if self.max_depth > DEEPEST:
            raise ConfigProblem(f"max_depth must be at most {DEEPEST}")
        if self.public_url and not PUBLIC_URL.fullmatch(self.public_url):
            raise ConfigProblem(f"public_url is {self.public_url[:40]!r}; it must be an http or https address")
        _ = self.webhooks(), self.oidc(), self.origins, self.sent_headers, self.hosts

    def oidc(self) -> oidc.Settings | None:
        """The provider that people sign in with; None where there is none. Raises ConfigProblem."""
        if not self.oidc_issuer:
            return None
        try:
            return oidc.Settings(
                issuer=self.oidc_issuer,
                audience=self.oidc_audience,
                roles=oidc.roles_of(self.oidc_roles),
                role_claim=self.oidc_role_claim,
                scope_claim=self.oidc_scope_claim,
                name_claim=self.oidc_name_claim,
            )
        except ValueError as problem:
            raise ConfigProblem(f"oidc_issuer cannot be used: {problem}") from None

    def webhooks(self) -> Settings:
        """How webhooks are sent. Raises ConfigProblem."""
        try:
            return Settings(secret_key=self.secret_key, named=Named.read(self.webhook_private))
        except ValueError as problem:
            raise ConfigProblem(f"secret_key or webhook_private cannot be used: {problem}") from None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """The settings of `CAREERGRAPH_DATABASE_URL` and its like over the defaults. Raises ConfigProblem."""
        variables = os.environ if environ is None else environ
        settings: dict[str, str | float | bool] = {}
        for setting in fields(cls):
            text = variables.get(variable := PREFIX + setting.name.upper())
            if text is None or setting.name not in FROM_ENVIRONMENT:
                continue
            settings[setting.name] = parsed(variable, text, setting.default)
        return cls(**settings)  # type: ignore[arg-type]  # each value was parsed to the type of its field's default


FROM_ENVIRONMENT = frozenset(it.name for it in fields(Config) if isinstance(it.default, str | float | int))
"""The settings that an environment variable can carry: those whose default is a text, a number or a yes or no."""
