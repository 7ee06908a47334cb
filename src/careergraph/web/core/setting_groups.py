"""The groups of settings in `Config`."""

import re
from dataclasses import dataclass

from careergraph.api.limits.execution_budget import Allowance
from careergraph.api.limits.limits import Limits
from careergraph.web.core.origins import Origins, origins_of
from careergraph.web.core.setting import ConfigProblem, Group, parsing, setting

MAX_DEPTH = 100
"""The highest `max_depth`: deeper operations could use up the stack."""

_PUBLIC_URL = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?")
_PATH = re.compile(r"(/[a-z0-9-]+)+")
_HEADER_NAME = re.compile(r"[A-Za-z0-9!#$%&'+.^_`|~-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationLimits(Group):
    """The limits of one operation."""

    max_query_chars: int = setting(16_384, "The longest GraphQL document, in characters.")
    max_query_tokens: int = setting(1000, "The most tokens of a GraphQL document.")
    max_depth: int = setting(12, "The most levels of an operation; an introspection may have 20.")
    max_aliases: int = setting(
        50, "The most aliases of an operation; those of a fragment count each time it is spread."
    )
    max_root_fields: int = setting(20, "The most root fields of an operation.")
    max_directives: int = setting(30, "The most directives of an operation.")
    max_duplicates: int = setting(10, "The most fields of an operation that repeat a field beside them.")
    max_spreads: int = setting(
        200, "The most fragment spreads of an operation; those within a fragment count each time it is spread."
    )
    max_cost: int = setting(
        5000,
        "The highest cost of an operation. One unit is about 20 microseconds of work; the reference of costs lists the "
        "cost of each field.",
    )
    max_objects: int = setting(
        50_000, "The most objects and list items of a result. An operation that exceeds it ends."
    )
    max_answer_bytes: int = setting(
        4 * 1024 * 1024, "The longest result of an operation, in bytes. An operation that exceeds it ends."
    )
    operation_seconds: float = setting(5.0, "The longest execution of an operation, in seconds.")

    @property
    def static(self) -> Limits:
        """The limits that are checked before an operation runs."""
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
        """The budget of an operation while it runs."""
        return Allowance(objects=self.max_objects, size=self.max_answer_bytes, seconds=self.operation_seconds)

    def __post_init__(self) -> None:
        Group.__post_init__(self)
        if self.max_depth > MAX_DEPTH:
            raise ConfigProblem(f"max_depth must be at most {MAX_DEPTH}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLimits(Group):
    """The limits of requests and of their number."""

    max_body_bytes: int = setting(256 * 1024, "The largest body of a POST, in bytes.")
    body_seconds: float = setting(10.0, "The longest time in which the body of a POST may arrive, in seconds.")
    request_seconds: float = setting(
        10.0,
        "The longest time that a request waits in the run queue, for a thread, or for the host's authentication, in "
        "seconds. A mutation that has begun is never ended.",
    )
    max_waiting: int = setting(256, "The most requests that wait in the run queue. More are refused at once.")
    max_listeners: int = setting(
        100, "The most subscriptions at once, over Server-Sent Events; 0 turns them off.", zero=True
    )
    beat_seconds: float = setting(
        15.0, "The time between two comments that keep an idle subscription alive, in seconds."
    )
    rate_limit: int = setting(
        0, "The cost that a user, a token, or else an address, may request in a minute; 0 for any.", zero=True
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheSettings(Group):
    """How long, and how much of it, responses and documents are cached."""

    answers_bytes: int = setting(
        32 * 1024 * 1024, "The memory of cached responses, in bytes; 0 caches none.", zero=True
    )
    documents_kept: int = setting(1000, "The number of GraphQL documents that stay parsed and validated.", zero=True)
    documents_bytes: int = setting(
        512 * 1024,
        "The length of all these documents together, in bytes of text; parsed and with their plans, they take up "
        "to two hundred times that.",
    )
    max_age_seconds: int = setting(30, "How long caches may use a response, in seconds.", zero=True)
    stale_seconds: int = setting(
        60, "How much longer caches may use it while they fetch a new one, in seconds.", zero=True
    )
    cdn_seconds: int = setting(
        0,
        "How long a CDN that is purged by tag may use a response, in seconds: sent in `CDN-Cache-Control` and "
        "`Surrogate-Control`, which browsers and proxies ignore, since nobody can purge those. 0 for no longer "
        "than others.",
        zero=True,
    )
    max_tags_bytes: int = setting(
        4096,
        "The longest list of documents in `Surrogate-Key` and `Cache-Tag`, in bytes. A longer one is just `catalog`.",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphQLSettings(Group):
    """The GraphQL endpoint and GraphiQL."""

    path: str = setting("/graphql", "The path of the GraphQL endpoint, below the app's own.", flat="graphql_path")
    graphiql: bool = setting(True, "Whether GraphiQL is served.")
    graphiql_path: str = setting("/graphiql", "The path of GraphiQL.")
    introspection: bool = setting(
        True,
        "Whether clients may query the schema, and errors suggest names of it. GraphiQL's completion and explorer need "
        "it.",
    )
    schema_path: str = setting("/schema.graphql", "The path of the schema as a text.")
    rest_path: str = setting(
        "",
        "The path of the read-only REST view, such as `/api`; none without it. `careergraph serve` takes `/api`.",
    )
    mcp_path: str = setting(
        "",
        "The path of the MCP server, by which assistants read over streamable HTTP, such as `/mcp`; none without it. "
        "Needs the extra `mcp`.",
    )
    show_cost: bool = setting(True, "Whether responses have the requested cost and its maximum, in `extensions.cost`.")
    plans: bool = setting(
        True, "Whether operations run by a compiled plan if there is one. Both ways return the same bytes."
    )
    persisted_queries: bool = setting(
        True, "Whether clients may name a query that they sent before by its hash (automatic persisted queries)."
    )
    trusted_documents: str = setting(
        "",
        "A manifest of documents by their ids, as Apollo's tools, GraphQL Code Generator, Relay's compiler and "
        "`careergraph schema --manifest` write it, or several with the system's path separator between them. With it, "
        "only these documents are executed.",
    )

    def __post_init__(self) -> None:
        for name, path in (
            ("graphql_path", self.path),
            ("graphiql_path", self.graphiql_path),
            ("schema_path", self.schema_path),
            *([("rest_path", self.rest_path)] if self.rest_path else []),
            *([("mcp_path", self.mcp_path)] if self.mcp_path else []),
        ):
            if not path.startswith("/") or path.endswith("/") or set(path) & set("{}?# "):
                wrong = f"{name} is {path[:40]!r}"
                raise ConfigProblem(f"{wrong}; it must start with a slash, not end with one, and have no other signs")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSettings(Group):
    """The pages for people."""

    prefix = "pages_"
    enabled: bool = setting(
        False,
        "Whether pages for people are served: the comparison tool, comparisons, careers and so on. `careergraph serve` "
        "turns them on. Needs the extra `pages`.",
        flat="pages",
    )
    folder: str = setting(
        "",
        "A folder of the host's with `templates`, `operations` and `static` inside, whose files replace those of the "
        "pages.",
    )
    public_url: str = setting(
        "",
        "The public address of the app, such as `https://careers.example/compare-careers`: pages and sitemaps have "
        "absolute addresses below it, and relative ones without it.",
        flat="public_url",
    )

    def __post_init__(self) -> None:
        if self.public_url and not _PUBLIC_URL.fullmatch(self.public_url):
            raise ConfigProblem(f"public_url is {self.public_url[:40]!r}; it must be an http or https address")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdminSettings(Group):
    """The editors' own tool."""

    prefix = "admin_"
    path: str = setting(
        "",
        "The path of the editors' own tool, such as `/admin`; empty for none. `careergraph serve` has it at `/admin`. "
        "Needs the extra `admin`.",
    )
    idle_minutes: int = setting(
        480, "The longest time that a person who is signed in to it may be idle, in minutes; then the session ends."
    )

    def __post_init__(self) -> None:
        Group.__post_init__(self)
        if self.path and (not _PATH.fullmatch(self.path)):
            wrong = f"admin_path is {self.path[:40]!r}"
            raise ConfigProblem(f"{wrong}; it must be words of a-z, 0-9 and hyphens, each after a slash")


@dataclass(frozen=True, slots=True, kw_only=True)
class CorsSettings(Group):
    """The pages of other sites that may read responses."""

    prefix = "cors_"
    origins: str = setting(
        "",
        "The origins whose pages may read responses, with commas between them, such as `https://careers.example`; "
        "`http://localhost:*` for all ports of a host, `*` for any origin. Never with their visitors' cookies.",
    )
    headers: str = setting(
        "",
        "More headers that those pages may send, with commas between them, beside those of GraphQL clients and "
        "tracing.",
    )

    @property
    def allowed(self) -> Origins:
        """The origins whose pages may read responses. Raises ConfigProblem."""
        with parsing("cors_origins"):
            return origins_of(self.origins)

    @property
    def sent_headers(self) -> tuple[str, ...]:
        """The headers that those pages may send beside the usual ones. Raises ConfigProblem."""
        names = tuple(name.strip() for name in self.headers.split(",") if name.strip())
        for name in names:
            if not _HEADER_NAME.fullmatch(name):
                raise ConfigProblem(f"cors_headers cannot be used: {name[:40]!r} is no name of a header")
        return names

    def __post_init__(self) -> None:
        _ = self.allowed, self.sent_headers


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservabilitySettings(Group):
    """Logs, metrics and traces."""

    log_json: bool = setting(False, "Whether the log is written as JSON lines, with a line for each request.")
    metrics: bool = setting(
        False, "Whether `/metrics` is served, for Prometheus. Needs the extra `metrics`; do not publish the address."
    )
    spans: bool = setting(
        False, "Whether each request is an OpenTelemetry span. Needs the extra `otel`; the process exports the spans."
    )
    request_id_header: str = setting(
        "X-Request-Id",
        "The header with the id of a request: a proxy's id if it looks like one, else a new one; each response has it.",
    )
