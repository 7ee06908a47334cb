"""`careergraph check`: find problems of content files."""

from pathlib import Path

import click

from careergraph.editorial.checks.check import check_folders
from careergraph.editorial.content.problem import Problem

MOST = 200
"""The most problems that are listed; there may be one on each line of a large file."""


@click.command()
@click.argument("folders", metavar="DIR...", nargs=-1, required=True, type=click.Path(path_type=Path))
def command(folders: tuple[Path, ...]) -> None:
    """Check content files, and list their problems.

    Each problem names its file, line and field. Several folders are checked as one, so that their files may refer to
    each other. The database is not read: `load` checks against the live documents.
    """
    reading, problems = check_folders(folders)
    if problems:
        complain(problems)
        raise click.exceptions.Exit(1)
    click.echo(f"{_count(len(reading.entries), 'document')}, no problems")


def complain(problems: tuple[Problem, ...]) -> None:
    """List problems on standard error, one line each, and their number last."""
    for problem in problems[:MOST]:
        click.echo(str(problem), err=True)
    more = f", of which the first {MOST} are listed" if len(problems) > MOST else ""
    click.echo(f"{_count(len(problems), 'problem')}{more}", err=True)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
