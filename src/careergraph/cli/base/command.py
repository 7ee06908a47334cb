"""The command `careergraph` and its verbs."""

import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword

import click

from careergraph import __version__
from careergraph.cli.base.messages import CliError, reason_of

VERBS = (
    *("serve", "mcp", "work", "upgrade", "compare", "suggest", "propose", "schema", "check"),
    *("load", "export", "backup", "restore", "import", "pull", "token", "webhook", "media", "audit"),
)
"""The verbs in the order of the help. Each has a file of its name, with `_` appended to a keyword of Python."""


class Verbs(click.Group):
    """The verbs, each imported when it is called: `check` need not wait for a web server to be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        gc.disable()  # imported objects stay: collecting them takes a sixth of the time of a start
        try:
            command: click.Command = import_module(f"careergraph.cli.{cmd_name}{'_' * iskeyword(cmd_name)}").command
        finally:
            gc.freeze()
            gc.enable()
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="careergraph %(version)s")
def commands() -> None:
    """Compare careers: a content store, a GraphQL API, and the commands to maintain both.

    Without --database, the database is the file var/careergraph.db, which is created, upgraded and seeded
    automatically.
    """


def main() -> None:
    """Run the command line. Exits with 1 on a failure, with 2 on wrong usage."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show an en dash shows a question mark
    try:
        try:
            commands(prog_name="careergraph")
        finally:
            sys.stdout.flush()  # report a full disk here rather than lose output at the exit
    except OSError as error:
        _drop_output()
        CliError(reason_of(error)).show()
        sys.exit(1)


def _drop_output() -> None:
    """Discard unwritten output, or Python would try once more at its exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
