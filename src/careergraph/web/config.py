"""What an installation can set. Each setting is described where it is defined; docs and environment follow from it."""

import os
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, fields
from typing import TypeVar

from starlette.requests import HTTPConnection

from careergraph.editorial.actor import Actor
from careergraph.editorial.webhooks.settings import Named, Settings

Authenticate = Callable[[HTTPConnection], object | Awaitable[object | None] | None]
Authorize = Callable[[object], Actor | Awaitable[Actor | None] | None]

PREFIX = "CAREERGRAPH_"

Parsed = TypeVar("Parsed")


class ConfigProblem(ValueError):
    """A setting that cannot be used. The message is one line and names the setting."""


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
    graphql_path: str = "/graphql"
    """The path of the GraphQL endpoint, below wherever the app is mounted."""
    graphiql_path: str = "/graphiql"
    """The path of GraphiQL."""
    schema_path: str = "/schema.graphql"
    """The path of the schema as a text."""
    request_id_header: str = "X-Request-Id"
    """The header that carries the id of a request: taken from a proxy where it looks like one, made up otherwise, and
    always answered."""
    work: bool = True
    """Whether the server does what is scheduled and sends webhooks, beside answering. So does `careergraph work`."""
    secret_key: str = field(default="", repr=False)
    """What the secrets of webhooks are derived from: at least 32 random characters, the same for all who share a
    database. Without it no webhook is sent."""
    webhook_private: str = ""
    """The private addresses, networks and hosts that webhooks may be sent to, with commas between, such as
    `10.1.0.0/16, hooks.internal`. All others are refused."""

    def __post_init__(self) -> None:
        for name in ("graphql_path", "graphiql_path", "schema_path"):
            _check_path(name, getattr(self, name))
        for name in ("max_body_bytes", "body_seconds", "max_query_chars", "max_query_tokens"):
            if getattr(self, name) <= 0:
                raise ConfigProblem(f"{name} must be more than 0")
        if self.poll_seconds < 0:
            raise ConfigProblem("poll_seconds must not be negative")
        self.webhooks()

    def webhooks(self) -> Settings:
        """How webhooks are sent. Raises ConfigProblem."""
        try:
            return Settings(secret_key=self.secret_key, named=Named.read(self.webhook_private))
        except ValueError as problem:
            raise ConfigProblem(f"secret_key or webhook_private cannot be used: {problem}") from None

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] | None = None) -> "Config":
        """The settings of `CAREERGRAPH_DATABASE_URL` and its like over the defaults. Raises ConfigProblem."""
        found = os.environ if environ is None else environ
        given: dict[str, str | float | bool] = {}
        for setting in fields(cls):
            text = found.get(variable := PREFIX + setting.name.upper())
            if text is None or setting.name not in FROM_ENVIRONMENT:
                continue
            given[setting.name] = _parse(variable, text, setting.default)
        return cls(**given)  # type: ignore[arg-type]  # each value was parsed to the type of its field's default


FROM_ENVIRONMENT = frozenset(it.name for it in fields(Config) if isinstance(it.default, str | float | int))
"""The settings that an environment variable can carry: those whose default is a text, a number or a yes or no."""


def _parse(variable: str, text: str, default: object) -> str | float | bool:
    if isinstance(default, bool):
        return _parse_with(_flag, variable, text, "neither on nor off")
    if isinstance(default, int):
        return _parse_with(int, variable, text, "no whole number")
    if isinstance(default, float):
        return _parse_with(_number, variable, text, "no number")
    return text


def _parse_with(read: Callable[[str], Parsed], variable: str, text: str, wrong: str) -> Parsed:
    try:
        return read(text.strip())
    except ValueError:
        raise ConfigProblem(f"{variable} is {text[:40]!r}, which is {wrong}") from None


def _flag(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.lower() not in words:
        raise ValueError
    return words[text.lower()]


def _number(text: str) -> float:
    number = float(text)
    if not -1e12 < number < 1e12:  # also refuses nan and inf, which float() reads
        raise ValueError
    return number


def _check_path(name: str, path: str) -> None:
    if not path.startswith("/") or path.endswith("/") or set(path) & set("{}?# "):
        raise ConfigProblem(f"{name} is {path[:40]!r}; it must start with a slash, not end with one, and be plain")
