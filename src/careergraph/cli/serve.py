"""`careergraph serve`: the GraphQL API and its pages, on this machine."""

import os
from importlib.util import find_spec

import click

from careergraph.cli.base.database import address, database_option, open_database
from careergraph.cli.base.messages import CliError
from careergraph.store.database.database import DatabaseProblem
from careergraph.store.migration.schema import Status
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
        config = config.replace(log_json=log_json or config.observability.log_json, pages=_pages(config))
        config = config.replace(media_store=media_store(config), rest_path=_rest_path(config))
        config = config.replace(admin_path=_admin_path(config))
        with open_database(database, Status.NEWER):
            pass  # upgrades the embedded database, and refuses an earlier one before anything listens
        serve(config, host, port, click.echo, workers)
    except (ConfigProblem, ServeProblem, DatabaseProblem) as problem:
        raise CliError(str(problem)) from None


def media_store(config: Config) -> str:
    """Return the store of images: as the environment says, by default a folder beside the embedded database."""
    named = PREFIX + "MEDIA_STORE" in os.environ
    return config.media.store if named or find_spec("PIL") is None else "var/media"


def _rest_path(config: Config) -> str:
    """Return the path of the REST view: as the environment says, `/api` by default."""
    return config.graphql.rest_path if PREFIX + "REST_PATH" in os.environ else "/api"


def _admin_path(config: Config) -> str:
    """Return the path of the admin: as the environment says, `/admin` by default if its extra is installed."""
    installed = all(find_spec(package) is not None for package in ("jinja2", "python_multipart"))
    return "/admin" if installed and PREFIX + "ADMIN_PATH" not in os.environ else config.admin.path


def _pages(config: Config) -> bool:
    """Whether pages are served: as the environment says, by default if their extra is installed."""
    return config.pages.enabled if PREFIX + "PAGES" in os.environ else find_spec("jinja2") is not None
