"""Messages on standard error: expected failures, with exit code 1, and a note on the locale."""

import re
from typing import IO, Any

import click

_FRESH = re.compile(r"(^|/)\.([^/]+)\.\d+\.new$")
"""The name under which a file is written until it is complete: that of the file, with the number of the process."""


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
    name = _FRESH.sub(r"\1\2", str(error.filename2 or error.filename or ""))
    return f"{name}: {reason}" if name else reason


def say_locale(tag: str | None, code: str) -> None:
    """Say on standard error that the locale `code` is used because there is none of the name `tag`."""
    if tag is not None and tag != code:
        click.echo(f"there is no locale {tag[:100]}; {code} is read instead", err=True)
