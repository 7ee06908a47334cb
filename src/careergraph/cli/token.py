"""`careergraph token`: access for programs."""

from datetime import UTC, datetime, timedelta

import click

from careergraph.cli.base.database import admin, database_option, read_session, write_session
from careergraph.cli.base.options import Duration, author_option
from careergraph.cli.base.table import print_table
from careergraph.editorial.access.actor import Role, Scope
from careergraph.editorial.verbs.access.tokens import create_token, revoke_token
from careergraph.store.access.tokens import PATTERN, Kind, Token, tokens
from careergraph.store.documents.documents import BY_TYPE


@click.group()
def command() -> None:
    """Create, list and revoke access tokens of programs.

    A program sends its token as `Authorization: Bearer cg_...`.
    """


@command.command()
@click.option("--role", required=True, type=click.Choice([it.lower() for it in Role]), help="The role of the token.")
@click.option("--name", required=True, help="The name of the token.")
@click.option("--expires", type=Duration(), help="The life of the token, such as 90d; by default until it is revoked.")
@click.option("--type", "types", multiple=True, type=click.Choice(sorted(BY_TYPE)), help="Only documents of this type.")
@click.option("--locale", "locales", multiple=True, help="Only texts in this language.")
@click.option("--attribute", "attributes", multiple=True, help="Only values of this attribute.")
@author_option
@database_option
def create(  # noqa: PLR0913 - one argument for each option
    *,
    role: str,
    name: str,
    expires: timedelta | None,
    types: tuple[str, ...],
    locales: tuple[str, ...],
    attributes: tuple[str, ...],
    author: str,
    database: str | None,
) -> None:
    """Create a token and print it once: only its hash is stored."""
    scope = Scope.of(types=types or None, locales=locales or None, attributes=attributes or None)
    until = None if expires is None else datetime.now(UTC) + expires
    with write_session(database) as session:
        granted = create_token(session, admin(author), name, Role(role.upper()), scope=scope, expires_at=until)
    click.echo(granted.secret)


@command.command("list")
@database_option
def list_tokens(database: str | None) -> None:
    """List the tokens, newest first, by their prefixes; secrets are never shown again."""
    with read_session(database) as session:
        listed = tokens(session, Kind.ACCESS)
    print_table(("prefix", "name", "role", "scope", "state", "last used"), [_row(it) for it in listed], "no tokens")


@command.command()
@click.argument("prefix")
@author_option
@database_option
def revoke(prefix: str, author: str, database: str | None) -> None:
    """End the access of the token with this PREFIX (ten digits, from `list`) at once; the whole token names it too."""
    if whole := PATTERN.fullmatch(prefix):
        prefix = whole[1]
    with write_session(database) as session:
        revoke_token(session, admin(author), prefix)
    click.echo(f"token {prefix} is revoked")


def _row(token: Token) -> tuple[str, ...]:
    grant = token.grant
    scope = "; ".join(f"{name}: {', '.join(some)}" for name, some in (grant.scopes or {}).items() if some is not None)
    return token.prefix, grant.name, (grant.role or "").lower(), scope or "all", _state(token), _day(token.last_used_at)


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return f"revoked {_day(token.revoked_at)}"
    expires = token.grant.expires_at
    if expires is None:
        return "good until revoked"
    return f"good until {_day(expires)}" if token.good(datetime.now(UTC)) else f"expired {_day(expires)}"


def _day(instant: datetime | None) -> str:
    return "never" if instant is None else f"{instant:%Y-%m-%d}"
