"""Messages on standard error: expected failures, with exit code 1, and a note on the locale."""

from typing import IO, Any

import click


class CliError(click.ClickException):
    """A failure that the caller can do something about. The message is made one line."""

    exit_code = 1

    def __init__(self, message: str) -> None:
        super().__init__(" ".join(message.split()))

    def show(self, file: IO[Any] | None = None) -> None:
        click.echo(f"careergraph: {self.message}", file=file, err=file is None)


def reason_of(error: OSError) -> str:
    """Return the reason of the operating system, with the name of the file."""
    reason = (error.strerror or type(error).__name__).lower()
    return f"{error.filename}: {reason}" if error.filename else reason


def say_locale(tag: str | None, code: str) -> None:
    """Say on standard error that the locale `code` is used because there is none of the name `tag`."""
    if tag is not None and tag != code:
        click.echo(f"there is no locale {tag[:100]}; {code} is read instead", err=True)
