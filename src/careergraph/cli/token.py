"""`careergraph token`: access for programs."""

from datetime import UTC, datetime, timedelta

import click

from careergraph.cli.base.database import database_option
from careergraph.cli.base.duration import Duration
from careergraph.cli.base.sessions import admin, author_option, read_session, write_session
from careergraph.cli.base.table import table, width
from careergraph.editorial.access.actor import Role, Scope
from careergraph.editorial.verbs.access.create_token import create_token
from careergraph.editorial.verbs.access.revoke_token import revoke_token
from careergraph.store.access.tokens import Kind, Token, tokens
from careergraph.store.documents.documents import BY_TYPE


@click.group()
def command() -> None:
    """Give programs access, see which have it, take it away.

    A program sends its token as `Authorization: Bearer cg_...`.
    """


@command.command()
@click.option("--role", required=True, type=click.Choice([it.lower() for it in Role]), help="What it may do.")
@click.option("--name", required=True, help="What people will know it by.")
@click.option("--expires", type=Duration(), help="How long it is good, such as 90d; without it, until it is revoked.")
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
    """Make a token and print it, which happens once: only its hash is kept."""
    scope = Scope.of(types or None, locales or None, attributes or None)
    until = None if expires is None else datetime.now(UTC) + expires
    with write_session(database) as session:
        granted = create_token(session, admin(author), name, Role(role.upper()), scope=scope, expires_at=until)
    click.echo(granted.secret)


@command.command("list")
@database_option
def list_tokens(database: str | None) -> None:
    """List the tokens, newest first, with their prefixes; nobody sees a token again."""
    with read_session(database) as session:
        listed = tokens(session, Kind.ACCESS)
    if not listed:
        click.echo("no tokens")
        return
    rows = [("prefix", "name", "role", "scope", "state", "last used"), *[_row(it) for it in listed]]
    click.echo("\n".join(table(rows, width())))


@command.command()
@click.argument("prefix")
@author_option
@database_option
def revoke(prefix: str, author: str, database: str | None) -> None:
    """End the access of the token with this PREFIX (ten digits, from `list`) at once."""
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
