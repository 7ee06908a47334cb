"""Variables: the texts of environment variables as the settings that they are."""

from collections.abc import Callable
from typing import TypeVar

Parsed = TypeVar("Parsed")


OR_NONE = (
    "poll_seconds",
    "answers_bytes",
    "documents_kept",
    "max_age_seconds",
    "stale_seconds",
    "cdn_seconds",
    "rate_limit",
    "max_listeners",
)
"""The numbers that may be 0."""


class ConfigProblem(ValueError):
    """A setting that cannot be used. The message is one line and names the setting."""


def parsed(variable: str, text: str, default: object) -> str | float | bool:
    """The value of a variable, of the type of its default. Raises ConfigProblem."""
    if isinstance(default, bool):
        return _parse_with(_flag, variable, text, "neither on nor off")
    if isinstance(default, int):
        return _parse_with(int, variable, text, "no whole number")
    if isinstance(default, float):
        return _parse_with(_number, variable, text, "no number")
    return text


def _parse_with(read: Callable[[str], Parsed], variable: str, text: str, wrong: str) -> Parsed:
    try:
        return read(text.strip())
    except ValueError:
        raise ConfigProblem(f"{variable} is {text[:40]!r}, which is {wrong}") from None


def _flag(text: str) -> bool:
    words = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}
    if text.lower() not in words:
        raise ValueError
    return words[text.lower()]


def _number(text: str) -> float:
    number = float(text)
    if not -1e12 < number < 1e12:  # also refuses nan and inf, which float() reads
        raise ValueError
    return number


def check_number(name: str, value: object) -> None:
    """Raises ConfigProblem where a number is negative, or 0 where it may not be."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value < 0:
            raise ConfigProblem(f"{name} must not be negative")
        if value == 0 and name not in OR_NONE:
            raise ConfigProblem(f"{name} must be more than 0")


def check_path(name: str, path: str) -> None:
    """Raises ConfigProblem where a path is none to serve something at."""
    if not path.startswith("/") or path.endswith("/") or set(path) & set("{}?# "):
        raise ConfigProblem(f"{name} is {path[:40]!r}; it must start with a slash, not end with one, and be plain")
