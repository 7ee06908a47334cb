"""The command `careergraph` and its verbs."""

import gc
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from keyword import iskeyword

import click

from careergraph import __version__
from careergraph.cli.base.cli_error import CliError, reason_of

VERBS = (
    *(
        "serve",
        "work",
        "upgrade",
        "compare",
        "suggest",
        "propose",
        "schema",
        "check",
        "load",
        "export",
        "backup",
        "restore",
    ),
    *("import", "token", "webhook", "audit"),
)
"""The verbs in the order of the help. The file of this name holds each; what is a word of Python has `_` behind."""


class Verbs(click.Group):
    """The verbs, each loaded when it is asked for: `check` shall not wait for a web server to be imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        gc.disable()  # what is imported stays: looking through it takes a sixth of the time of a start
        try:
            command: click.Command = import_module(f"careergraph.cli.{cmd_name}{'_' * iskeyword(cmd_name)}").command
        finally:
            gc.freeze()
            gc.enable()
        return command


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="careergraph %(version)s")
def commands() -> None:
    """Compare careers: a content store, a GraphQL API, and the commands to look after both.

    Without --database, the database is the file var/careergraph.db, which is made, upgraded and seeded by itself.
    """


def main() -> None:
    """Runs the command line. Exits with 1 where something is wrong, with 2 where it was called wrongly."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that cannot show an en dash shows a question mark
    try:
        try:
            commands(prog_name="careergraph")
        finally:
            sys.stdout.flush()  # what a full disk does not take shall be said, not be lost at the exit
    except OSError as error:
        _drop_output()
        CliError(reason_of(error)).show()
        sys.exit(1)


def _drop_output() -> None:
    """Lets what could not be written go, or Python would try once more at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
