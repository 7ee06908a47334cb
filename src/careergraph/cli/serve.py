"""`careergraph serve`: the GraphQL API and its pages, on this machine."""

from importlib import import_module

import click

from careergraph.cli.base.address import address, database_option
from careergraph.cli.base.defaults import with_defaults
from careergraph.cli.base.messages import CliError
from careergraph.store.catalogs.first_catalog import is_current
from careergraph.store.database.database_problem import DatabaseProblem
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.server import LOCAL, ServeProblem, serve


@click.command()
@click.option("--host", default=LOCAL, show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    envvar="PORT",
    show_envvar=True,
    type=click.IntRange(0, 65535),
    help="The port to listen on; 0 takes a free one.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer at the port; each holds the whole catalog.",
)
@click.option("--log-json", is_flag=True, help="Log JSON lines, with one for each request.")
@database_option
def command(host: str, port: int, workers: int, log_json: bool, database: str | None) -> None:
    """Serve GraphQL, GraphiQL and the pages until it is stopped."""
    try:
        config = Config.from_environment().replace(database_url=address(database))
        config = with_defaults(config.replace(log_json=log_json or config.observability.log_json))
        if not is_current(address(database)):
            _open(database)
        serve(config, host, port, click.echo, workers)
    except (ConfigProblem, ServeProblem, DatabaseProblem) as problem:
        raise CliError(str(problem)) from None


def _open(database: str | None) -> None:
    """Upgrade the embedded database, and refuse an earlier one before anything listens. What that takes is loaded here:
    a server whose database is current starts without it."""
    status = import_module("careergraph.store.migration.schema").Status
    with import_module("careergraph.cli.base.database").open_database(database, status.NEWER):
        pass
