"""Prints the page of the command line from the commands themselves, as `make docs` puts it into the reference."""

import sys
from collections.abc import Iterator

import click

from careergraph.cli.base.command import commands


def pages(command: click.Command, context: click.Context, level: int = 1) -> Iterator[str]:
    """Yield the help of a command and of those below it, each under a heading."""
    yield f"{'#' * min(level, 4)} {context.command_path if level > 1 else 'The command line'}\n\n"
    yield f"```text\n{command.get_help(context)}\n```\n\n"
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None:
                yield from pages(below, click.Context(below, info_name=name, parent=context), level + 1)


if __name__ == "__main__":
    sys.stdout.writelines(pages(commands, click.Context(commands, info_name="careergraph", max_content_width=100)))
