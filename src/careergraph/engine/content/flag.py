"""Flags: yes or no."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.value import BadValue, Provenance, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Value):
    """Yes or no."""

    KIND = ValueKind.FLAG
    FIELDS = ("yes",)

    yes: bool

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        yes = fields.get("yes")
        if not isinstance(yes, bool):
            raise BadValue("yes", "a flag is true or false")
        return cls(attribute=attribute, provenance=provenance, yes=yes)

    def fields(self) -> dict[str, object]:
        return {"yes": self.yes}

    def order(self) -> tuple[float, ...]:
        return (1.0 if self.yes else 0.0,)

    def variant(self) -> str:
        return "yes" if self.yes else "no"

    def display(self, locale: Locale) -> str:
        return locale.word("yes" if self.yes else "no")
