"""Failure: an expected end without success, as one line on standard error and exit code 1."""

from typing import IO, Any

import click


class CliError(click.ClickException):
    """Something the caller can do something about. The message is made one line, whatever is in it."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"careergraph: {self.message}", file=file, err=file is None)


def reason_of(error: OSError) -> str:
    """The reason for which the operating system refused something, with the name of it."""
    reason = (error.strerror or type(error).__name__).lower()
    return f"{error.filename}: {reason}" if error.filename else reason
