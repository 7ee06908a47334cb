"""`careergraph webhook`: manage endpoints and their deliveries."""

from datetime import UTC, datetime, timedelta

import click

from careergraph.cli.base.database import (
    admin,
    database_option,
    read_session,
    refusals_as_failures,
    settings,
    write_session,
)
from careergraph.cli.base.options import Duration, Function, author_option
from careergraph.cli.base.table import print_table
from careergraph.editorial.verbs.access import manage_endpoints
from careergraph.store.events.deliveries import Delivery
from careergraph.store.events.endpoints import Endpoint, endpoint
from careergraph.store.events.outbox import EVERY_EVENT

number_argument = click.argument("number", metavar="N", type=click.IntRange(min=1, max=2**31 - 1))


def endpoint_options(function: Function) -> Function:
    """Add the argument N and the options of a change to one endpoint."""
    return number_argument(author_option(database_option(function)))


@click.group()
def command() -> None:
    """Manage endpoints, list deliveries, deliver again.

    Secrets are derived from CAREERGRAPH_SECRET_KEY. Private addresses are refused unless CAREERGRAPH_WEBHOOK_PRIVATE
    names them.
    """


@command.command()
@click.argument("url")
@click.option("--event", "events", multiple=True, default=[EVERY_EVENT], help="An event to send; by default all.")
@author_option
@database_option
def add(url: str, events: tuple[str, ...], author: str, database: str | None) -> None:
    """Add an endpoint, and print the secret that its receiver verifies with."""
    options = settings().webhooks.parse()
    with refusals_as_failures():
        to = manage_endpoints.inspect(url, options)
    with write_session(database) as session:
        created = manage_endpoints.add(session, admin(author), to, options, events)
    _secret(created)


@command.command("list")
@database_option
def list_endpoints(database: str | None) -> None:
    """List the endpoints, and why one is paused."""
    with read_session(database) as session:
        endpoints = manage_endpoints.list_endpoints(session, admin("careergraph"))
    print_table(("number", "address", "events", "state"), [_row(it) for it in endpoints], "no endpoints")


@command.command()
@number_argument
@click.option(
    "--overlap", type=Duration(), default="24h", show_default=True, help="The time that the old secret signs too."
)
@author_option
@database_option
def rotate(number: int, overlap: timedelta, author: str, database: str | None) -> None:
    """Give endpoint N a new secret, and print it."""
    with write_session(database) as session:
        created = manage_endpoints.rotate(session, admin(author), number, settings().webhooks.parse(), overlap)
    _secret(created)


@command.command()
@endpoint_options
def remove(number: int, author: str, database: str | None) -> None:
    """Remove endpoint N, with the log of its deliveries."""
    with write_session(database) as session:
        manage_endpoints.remove(session, admin(author), number)
    click.echo(f"endpoint {number} is removed")


@command.command()
@endpoint_options
def pause(number: int, author: str, database: str | None) -> None:
    """Pause endpoint N; its events wait."""
    with write_session(database) as session:
        manage_endpoints.pause(session, admin(author), number)
    click.echo(f"endpoint {number} is paused")


@command.command()
@endpoint_options
def resume(number: int, author: str, database: str | None) -> None:
    """Resume endpoint N, and send first what waited."""
    with write_session(database) as session:
        manage_endpoints.resume(session, admin(author), number)
    click.echo(f"endpoint {number} resumes")


@command.command()
@number_argument
@click.option("--first", default=50, show_default=True, type=click.IntRange(1, 1000), help="The most that are listed.")
@click.option("--before", type=click.IntRange(min=1, max=2**31 - 1), help="Only events before this one.")
@database_option
def log(number: int, first: int, before: int | None, database: str | None) -> None:
    """List how deliveries to endpoint N went, newest first."""
    with read_session(database) as session:
        entries = manage_endpoints.log(session, admin("careergraph"), number, before, first)
    print_table(("event", "state", "attempts", "answer", "when"), [_delivery(it) for it in entries], "no deliveries")


@command.command()
@number_argument
@click.argument("event", type=click.IntRange(min=1, max=2**31 - 1))
@author_option
@database_option
def redeliver(number: int, event: int, author: str, database: str | None) -> None:
    """Send an EVENT of the log to endpoint N once more."""
    with write_session(database) as session:
        manage_endpoints.redeliver(session, admin(author), number, event)
        to = endpoint(session, number)
    waits = to is not None and to.paused_reason is not None
    click.echo(f"event {event} will be sent to endpoint {number} again" + (", once it resumes" if waits else ""))


def _secret(created: manage_endpoints.Made) -> None:
    click.echo(f"endpoint {created.endpoint.number}")
    click.echo(created.secret)


def _row(receiver: Endpoint) -> tuple[str, ...]:
    state = "active" if receiver.active else "inactive"
    if receiver.paused_reason is not None:
        state = f"paused: {receiver.paused_reason.removeprefix('paused ')}"
    elif len(receiver.secret_numbers(datetime.now(UTC))) > 1:
        state += ", two secrets"
    return str(receiver.number), receiver.url, " ".join(receiver.events), state


def _delivery(delivery: Delivery) -> tuple[str, ...]:
    answer = delivery.error or ("" if delivery.status is None else str(delivery.status))
    when = delivery.delivered_at or delivery.next_at
    word = {"PENDING": "next at ", "FAILED": "given up, last due "}.get(delivery.state, "")
    attempts = str(delivery.attempt)
    return str(delivery.sequence), delivery.state.lower(), attempts, answer, f"{word}{when:%Y-%m-%d %H:%M:%S}Z"
