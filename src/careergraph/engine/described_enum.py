"""DescribedEnum: an enum whose members carry their descriptions, for the GraphQL schema and the reference."""

from enum import StrEnum
from typing import Self


class DescribedEnum(StrEnum):
    """An enum of texts. A member is written as its value and its description: `HIGHER = "HIGHER", "More is better."`"""

    description: str

    def __new__(cls, value: str, description: str = "") -> Self:
        """Make a member that equals its value; the description is an attribute of it."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member
