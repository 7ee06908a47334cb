"""The limits of an operation, which settings name before there is a schema to hold operations against."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of an operation."""

    depth: int = 12
    aliases: int = 50
    root_fields: int = 20
    directives: int = 30
    duplicates: int = 10
    spreads: int = 200
    cost: int = 5000
