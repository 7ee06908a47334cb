"""Attribute: what careers are compared by."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import Basis, Better, Period, ValueKind
from careergraph.api.base.field_meta import traits
from careergraph.api.base.redirect import current
from careergraph.api.base.view import View
from careergraph.engine.content import attribute
from careergraph.engine.content.did_you_mean import close_slugs
from careergraph.engine.content.value_kinds import MoneyRange, Number
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.search import domain
from careergraph.engine.search.domain import domains


@object_type
class Attribute:
    """Something careers are compared by. Attributes are content: editors add them, and nothing else changes."""

    of: strawberry.Private[attribute.Attribute]
    view: strawberry.Private[View]

    @field
    def key(self) -> str:
        """The key that queries and filters name it by."""
        return self.of.key

    @field
    def label(self) -> str:
        """Its name."""
        return self.view.read(self.of.label)

    @field
    def kind(self) -> ValueKind:
        """What its values are."""
        return self.of.kind

    @field
    def better(self) -> Better:
        """Which direction of it is better for the person who has the career."""
        return self.of.better

    @field
    def unit(self) -> str | None:
        """The unit of a number, such as `%`; null where there is none."""
        return self.of.unit

    @field
    def levels(self) -> list[str] | None:
        """The names of the ordered levels, from the lowest (rank 0) to the highest; null for any other kind."""
        if self.of.kind is not attribute.ValueKind.LEVEL:
            return None
        return [self.view.read(option.label) for option in self.of.options]

    @field
    @traits(size=5)
    def options(self) -> list["Option"] | None:
        """The levels or options by their keys, which filters and choices name; null for any other kind."""
        return [Option(option, self.view) for option in self.of.options] or None

    @field
    def position(self) -> int:
        """Its place among the attributes of a glance, from the top."""
        return self.of.position

    @field
    @traits(size=3, wide="catalog")
    def domains(self) -> list["Domain"]:
        """The least and the most of its figures over the catalog, for the axis of a chart: one for each group of
        figures that can be compared, the largest first. None where it is neither a number nor an amount."""
        return [Domain(it, self.view) for it in domains(self.view.catalog, self.of.key)]


@object_type
class Domain:
    """The least and the most of figures that can be compared."""

    of: strawberry.Private[domain.Domain]
    view: strawberry.Private[View]

    @field
    def low(self) -> float:
        """The least that any career has."""
        return float(self.of.low)

    @field
    def high(self) -> float:
        """The most that any career has."""
        return float(self.of.high)

    @field
    def careers(self) -> int:
        """How many careers have such a figure."""
        return self.of.count

    @field
    def currency(self) -> str | None:
        """The currency of amounts; null of numbers."""
        return self.of.example.currency if isinstance(self.of.example, MoneyRange) else None

    @field
    def period(self) -> Period | None:
        """What amounts are paid for; null of numbers."""
        return self.of.example.period if isinstance(self.of.example, MoneyRange) else None

    @field
    def basis(self) -> Basis | None:
        """What the ends of amounts stand for; null of numbers."""
        return self.of.example.basis if isinstance(self.of.example, MoneyRange) else None

    @field
    def low_percentile(self) -> int | None:
        """Which percentile their low ends are; null where they are none, or where their sources do not say."""
        return _percentile(self.of.example, 0)

    @field
    def high_percentile(self) -> int | None:
        """Which percentile their high ends are, as `lowPercentile`."""
        return _percentile(self.of.example, 1)

    @field
    def region(self) -> str | None:
        """Where the figures were observed; null where their sources do not say."""
        return self.of.example.provenance.region


def _percentile(figure: MoneyRange | Number, end: int) -> int | None:
    named = figure.percentiles if isinstance(figure, MoneyRange) else None
    return None if named is None else named[end]


@object_type
class Option:
    """One level of an attribute of kind LEVEL, or one option of an attribute of kind CHOICE."""

    of: strawberry.Private[attribute.Option]
    view: strawberry.Private[View]

    @field
    def key(self) -> str:
        """The key that filters name it by; the same in every locale."""
        return self.of.key

    @field
    def label(self) -> str:
        """Its name."""
        return self.view.read(self.of.label)

    @field
    def months_over(self) -> int | None:
        """What it stands for takes more than so many months; null where the source of the attribute names no least."""
        return self.of.months_over

    @field
    def months_up_to(self) -> int | None:
        """What it stands for takes so many months at most; null where the source of the attribute names no most."""
        return self.of.months_up_to


def known_attribute(view: View, key: str) -> str:
    """The key of an attribute that has this key, or had it before. Raises CodedError UNKNOWN_ATTRIBUTE."""
    key = current(view.catalog, "attributes", key)
    if key not in view.catalog.attributes:
        suggestions = close_slugs(view.catalog, "attributes", key)
        raise CodedError(Code.UNKNOWN_ATTRIBUTE, "No attribute has this key.", suggestions=suggestions)
    return key
