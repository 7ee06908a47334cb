"""Declare and check one setting.

A setting has a name in its group, and a flat name among all settings, which is also that of its environment variable:
`Config.oidc.issuer` is `oidc_issuer` and `CAREERGRAPH_OIDC_ISSUER`. Its description is where it is declared: the
reference is generated from it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import Field, field, fields
from typing import Any, TypeVar

Value = TypeVar("Value")


class ConfigProblem(ValueError):
    """A setting that cannot be used. The message is one line and names the setting."""


def setting(default: Value, description: str, *, flat: str = "", zero: bool = False, secret: bool = False) -> Value:
    """Declare a setting, by its `flat` name if that differs. A number may be 0 only with `zero`; a `secret` is never
    printed."""
    metadata = {"description": description, "flat": flat, "zero": zero}
    value: Value = field(default=default, repr=not secret, metadata=metadata)
    return value


class Group:
    """A group of settings, whose flat names have a prefix."""

    __slots__ = ()
    prefix = ""

    @classmethod
    def settings(cls) -> Iterator[tuple[str, Field[Any]]]:
        """The settings that the class declares, by their flat names."""
        declared = fields(cls)  # type: ignore[arg-type]  # each group is a dataclass
        return ((it.metadata["flat"] or cls.prefix + it.name, it) for it in declared if it.metadata)

    def __post_init__(self) -> None:
        """Raise ConfigProblem if a number is negative, or 0 if it may not be."""
        for name, declared in self.settings():
            value = getattr(self, declared.name)
            if isinstance(value, int | float) and not isinstance(value, bool):
                if value < 0:
                    raise ConfigProblem(f"{name} must not be negative")
                if value == 0 and not declared.metadata["zero"]:
                    raise ConfigProblem(f"{name} must be more than 0")


@contextmanager
def parsing(name: str) -> Iterator[None]:
    """Raise ConfigProblem, with the name of a setting, for a ValueError of its parser."""
    try:
        yield
    except ValueError as problem:
        raise ConfigProblem(f"{name} cannot be used: {problem}") from None
