"""Durations as people write them on a command line: `90d`, `24h`, `15m`, `30s`."""

import re
from datetime import timedelta

import click

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
_LONGEST = 5


class Duration(click.ParamType[timedelta]):
    """A whole number with its unit."""

    name = "duration"

    def convert(self, value: str | timedelta, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        """Reads it, or ends the command with what is wrong."""
        if isinstance(value, timedelta):
            return value
        match = re.fullmatch(rf"([0-9]{{1,{_LONGEST}}})([smhdw])", value.strip())
        if match is None:
            self.fail(f"{value!r} is no duration such as 90d, 24h or 15m", param, ctx)
        return timedelta(**{_UNITS[match[2]]: int(match[1])})
