"""Options that several commands share: durations, names, notes and the author."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import click

from careergraph.editorial.checks import form
from careergraph.store.database.readable import NOTE, UnreadableText, require_readable

Function = TypeVar("Function", bound=Callable[..., Any])

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = 5


class Duration(click.ParamType[timedelta]):
    """A whole number with its unit."""

    name = "duration"

    def convert(self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Parse it, or end the command with the error."""
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(rf"([0-9]{{1,{_LONGEST}}})([smhdw])", value.strip())
        if match is None:
            self.fail(f"{value!r} is not a duration such as 90d, 24h or 15m", param, ctx)
        return timedelta(**{_UNITS[match[2]]: int(match[1])})


def author_option(function: Function) -> Function:
    """Add the option `--author`."""
    text = "The author in the audit log."
    option = click.option("--author", default="careergraph", show_default=True, callback=checked_name, help=text)
    return option(function)


def checked_name(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Check an option that is a name. Raises BadParameter for text that no log may hold."""
    if problems := list(form.name(value, (), longest=form.MAX_SLUG)):
        raise click.BadParameter(problems[0].message, ctx, param)
    return value


def checked_note(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Check an option that is a note. Raises BadParameter for text that no log may hold."""
    try:
        require_readable(NOTE, value)
    except UnreadableText as problem:
        raise click.BadParameter(str(problem), ctx, param) from None
    return value
