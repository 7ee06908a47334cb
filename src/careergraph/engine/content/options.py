"""Flags, levels and choices: values that are yes or no, or one of the attribute's own options, ordered or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

from careergraph.engine.content.attribute import Attribute, Better, ValueKind
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.outcome import Obstacle
from careergraph.engine.content.value import BadValue, Provenance, Value, read_interval, read_number


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Level(Value):
    """One of the attribute's ordered levels; `rank` counts them from the lowest, which is 0.

    `share` is the share of answers that named the level, in percent, and `interval` the confidence interval of that
    share, where the source gives them.
    """

    KIND = ValueKind.LEVEL
    FIELDS = ("level", "share", "interval")
    DIFFERENCES = (Obstacle.EDITION,)

    rank: int
    share: float | None = None
    interval: tuple[float, float] | None = None

    @classmethod
    def parse(cls, attribute: Attribute, provenance: Provenance, fields: Mapping[str, object]) -> Self:
        share, interval = read_number(fields, "share"), read_interval(fields)
        if share is not None and not 0 <= share <= 100:
            raise BadValue("share", "a share is a percentage from 0 to 100")
        if interval is not None and (share is None or interval[0] < 0 or interval[1] > 100):
            raise BadValue("interval", "the interval of a level is that of its share, from 0 to 100")
        rank = _option(attribute, fields, "level")
        return cls(attribute=attribute, provenance=provenance, rank=rank, share=share, interval=interval)

    def fields(self) -> dict[str, object]:
        fields: dict[str, object] = {"level": self.attribute.options[self.rank].key}
        if self.share is not None:
            fields["share"] = self.share
        if self.interval is not None:
            fields["interval"] = list(self.interval)
        return fields

    def order(self) -> tuple[float, ...]:
        return (float(self.rank),)

    def terms(self) -> tuple[object, ...]:
        return (self.attribute.edition(self.rank),)

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
    DIFFERENCES = (Obstacle.EDITION,)

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

    def terms(self) -> tuple[object, ...]:
        return (self.attribute.edition(self.index),)

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
