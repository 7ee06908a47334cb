"""`careergraph serve`: the GraphQL API and its pages, on this machine."""

import os
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any

import click

from careergraph.cli.base.database import address, database_option, open_database
from careergraph.cli.base.messages import CliError
from careergraph.store.database.database import DatabaseProblem
from careergraph.store.migration.schema import Status
from careergraph.web.core.config import PREFIX, Config, ConfigProblem
from careergraph.web.server import LOCAL, ServeProblem, serve

DEFAULTS: Mapping[str, tuple[Any, ...]] = {
    "rest_path": ("/api",),
    "pages": (True, "jinja2"),
    "admin_path": ("/admin", "jinja2", "python_multipart"),
    "media_store": ("var/media", "PIL"),
}
"""The defaults of a server, by the names of settings, each with the packages that it needs."""


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
        with open_database(database, Status.NEWER):
            pass  # upgrades the embedded database, and refuses an earlier one before anything listens
        serve(config, host, port, click.echo, workers)
    except (ConfigProblem, ServeProblem, DatabaseProblem) as problem:
        raise CliError(str(problem)) from None


def with_defaults(config: Config) -> Config:
    """Set the defaults of a server whose packages are installed, unless the environment has another value."""
    fitting = {
        name: value
        for name, (value, *packages) in DEFAULTS.items()
        if PREFIX + name.upper() not in os.environ and all(find_spec(package) for package in packages)
    }
    return config.replace(**fitting)
