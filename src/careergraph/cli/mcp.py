"""`careergraph mcp`: an MCP server over standard input and output, by which an assistant reads the content."""

import anyio
import click

from careergraph.cli.base.database import address, database_option, open_database
from careergraph.cli.base.messages import CliError
from careergraph.store.database.database import DatabaseProblem
from careergraph.store.migration.schema import Status
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.stdio import serve_stdio


@click.command()
@database_option
def command(database: str | None) -> None:
    """Serve an assistant over standard input and output (MCP) until it hangs up.

    It reads what is published, and writes nothing. Needs the extra `mcp`.
    """
    try:
        config = Config.from_environment().replace(database_url=address(database), work=False)
        with open_database(database, Status.NEWER):
            pass  # upgrades the embedded database, and refuses an earlier one before an assistant asks
        anyio.run(serve_stdio, config)
    except (ConfigProblem, DatabaseProblem) as problem:
        raise CliError(str(problem)) from None
