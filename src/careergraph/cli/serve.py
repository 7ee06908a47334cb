"""`careergraph serve`: the GraphQL API and its pages, on this machine."""

import os
from dataclasses import replace
from importlib.util import find_spec

import click

from careergraph.cli.base.cli_error import CliError
from careergraph.cli.base.database import address, database_option, open_database
from careergraph.store.database.database import DatabaseProblem
from careergraph.web.core.config import PREFIX, Config, ConfigProblem
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
@click.option("--log-json", is_flag=True, help="Log JSON lines, with one for each request.")
@database_option
def command(host: str, port: int, log_json: bool, database: str | None) -> None:
    """Serve GraphQL, GraphiQL and the pages until it is stopped."""
    try:
        config = replace(Config.from_environment(), database_url=address(database))
        config = replace(config, log_json=log_json or config.log_json, pages=_pages(config))
        with open_database(database):
            pass  # upgrades the embedded database, and refuses one that is not current before anything listens
        serve(config, host, port, click.echo)
    except (ConfigProblem, ServeProblem, DatabaseProblem) as problem:
        raise CliError(str(problem)) from None


def _pages(config: Config) -> bool:
    """Whether pages are served: where the environment says so, and where it says nothing and their extra is there."""
    return config.pages if PREFIX + "PAGES" in os.environ else find_spec("jinja2") is not None
