"""`careergraph audit`: verify and export the audit log."""

import json
import re
from typing import IO

import click

from careergraph.cli.base.database import database_option, read_session
from careergraph.cli.base.messages import CliError
from careergraph.store.access import audit


class Head(click.ParamType[audit.Anchor]):
    """The state of the log, as `verify` prints it."""

    name = "head"

    def convert(
        self, value: str | audit.Anchor, param: click.Parameter | None, ctx: click.Context | None
    ) -> audit.Anchor:
        """Parse it, or end the command with the error."""
        if isinstance(value, audit.Anchor):
            return value
        match = re.fullmatch(r"([0-9]{1,12}):([0-9a-f]{64})", value.strip())
        if match is None:
            self.fail(f"{value[:100]!r} is not a head: a number, a colon and 64 hexadecimal digits", param, ctx)
        return audit.Anchor(sequence=int(match[1]), digest=match[2])


@click.group()
def command() -> None:
    """Check and export the audit log, to which rows are only ever added."""


@command.command()
@click.option("--head", type=Head(), help="A head that was printed before; the log must continue from it.")
@database_option
def verify(head: audit.Anchor | None, database: str | None) -> None:
    """Find the first row that was changed, removed or moved.

    Prints the head of the log. Keep it elsewhere and pass it as --head next time: then not even somebody who can write
    to the whole database can rewrite the rows before it.
    """
    with read_session(database) as session:
        check, now = audit.verify(session, head), audit.head(session)
    if check.fault is not None:
        raise CliError(
            f"row {check.sequence} of the audit log was {check.fault.lower()}; {check.good} before it are good"
        )
    click.echo(f"{check.good} rows, all good")
    click.echo(f"head {now.sequence}:{now.digest}")


@command.command()
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
@database_option
def export(file: IO[str], database: str | None) -> None:
    """Write the log to FILE, or to standard output, one row a line as JSON, oldest first."""
    with read_session(database) as session:
        file.write("")  # by which it is made or emptied, also where there is no row
        for row in audit.export(session):
            file.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
