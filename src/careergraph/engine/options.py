"""Levels and choices: values that are one of the attribute's own options, ordered or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from careergraph.engine.attribute import Attribute, Better, ValueKind
from careergraph.engine.locale import Locale
from careergraph.engine.value import BadValue, Provenance, Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Value):
    """One of the attribute's ordered levels; `rank` counts them from the lowest, which is 0."""

    KIND = ValueKind.LEVEL
    FIELDS = ("level",)

    rank: int

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        return cls(attribute=attribute, provenance=provenance, rank=_option(attribute, fields, "level"))

    def fields(self) -> dict[str, object]:
        return {"level": self.attribute.options[self.rank].key}

    def order(self) -> tuple[float, ...]:
        return (float(self.rank),)

    def variant(self) -> str:
        return self.attribute.options[self.rank].key

    def label(self, locale: Locale) -> str:
        """The level's name."""
        return locale.read(self.attribute.options[self.rank].label)

    def display(self, locale: Locale) -> str:
        return self.label(locale)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Value):
    """One of the attribute's options; no option is better than another, whatever `better` says."""

    KIND = ValueKind.CHOICE
    FIELDS = ("choice",)

    index: int

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        return cls(attribute=attribute, provenance=provenance, index=_option(attribute, fields, "choice"))

    @property
    def key(self) -> str:
        """The option's key."""
        return self.attribute.options[self.index].key

    def fields(self) -> dict[str, object]:
        return {"choice": self.key}

    def order(self) -> tuple[float, ...]:
        return (float(self.index),)

    def variant(self) -> str:
        return self.key

    def label(self, locale: Locale) -> str:
        """The option's name."""
        return locale.read(self.attribute.options[self.index].label)

    def display(self, locale: Locale) -> str:
        return self.label(locale)

    @property
    def better(self) -> Better:
        return Better.NEITHER


def _option(attribute: Attribute, fields: Mapping[str, object], name: str) -> int:
    key = fields.get(name)
    rank = attribute.rank(key) if isinstance(key, str) else None
    if rank is None:
        raise BadValue(name, f"{name} must be one of {', '.join(option.key for option in attribute.options)}")
    return rank
