"""Attribute: a criterion that careers are compared by."""

from collections.abc import Callable
from typing import Any

from careergraph.api.base.declare import Mirror, attr, children, localized, object_type
from careergraph.api.base.enums import Basis, Better, Period, ValueKind
from careergraph.api.base.redirect import current
from careergraph.api.base.view import View
from careergraph.engine.content import attribute
from careergraph.engine.content.did_you_mean import close_slugs
from careergraph.engine.content.value_kinds import MoneyRange, Number
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.search import domain
from careergraph.engine.search.domain import domains


@object_type(
    attribute.Attribute,
    "A criterion that careers are compared by. Attributes are content: editors add them without a change of code.",
    cacheable=True,
)
class Attribute(Mirror):
    key: str = attr("The key, in queries and filters.")
    label: str = localized("The label in the locale.")
    kind: ValueKind = attr("The kind of its values.")
    better: Better = attr("The direction that is better for the person who has the career.")
    unit: str | None = attr("The unit of a number, such as `%`; null where there is none.")
    levels: list[str] | None = attr(
        "The names of the ordered levels, from the lowest (rank 0) to the highest; null for any other kind.",
        lambda of, view: [view.read(it.label) for it in of.options] if of.kind is attribute.ValueKind.LEVEL else None,
    )
    options: list["Option"] | None = children(
        "The levels or options by their keys, which filters and choices name; null for any other kind.",
        lambda of: of.options or None,
        size=5,
    )
    position: int = attr("The position among the attributes of a glance, from the top.")
    domains: list["Domain"] = children(
        "The least and the most of its figures over the catalog, for the axis of a chart: one for each group "
        "of figures that can be compared, the largest first. None where it is neither a number nor an amount.",
        lambda of, view: domains(view.catalog, of.key),
        size=3,
        depends_on="catalog",
    )


def of_amounts(name: str) -> Callable[[domain.Domain], Any]:
    """Return the function that reads an attribute of a domain's amounts; None for numbers."""
    return lambda of: getattr(of.example, name) if isinstance(of.example, MoneyRange) else None


@object_type(domain.Domain, "The minimum and maximum of figures that can be compared.")
class Domain(Mirror):
    low: float = attr("The lowest figure of any career.", lambda of: float(of.low))
    high: float = attr("The highest figure of any career.", lambda of: float(of.high))
    careers: int = attr("How many careers have such a figure.", "count")
    currency: str | None = attr("The currency of amounts; null for numbers.", of_amounts("currency"))
    period: Period | None = attr("The period that amounts are paid for; null for numbers.", of_amounts("period"))
    basis: Basis | None = attr("The meaning of the ends of amounts; null for numbers.", of_amounts("basis"))
    low_percentile: int | None = attr(
        "Which percentile their low ends are; null where they are none, or where their sources do not say.",
        lambda of: (of_amounts("percentiles")(of) or (None, None))[0],
    )
    high_percentile: int | None = attr(
        "Which percentile their high ends are, as `lowPercentile`.",
        lambda of: (of_amounts("percentiles")(of) or (None, None))[1],
    )
    unit: str | None = attr(
        "The unit of numbers; null for amounts, and where they have none.",
        lambda of: of.example.unit if isinstance(of.example, Number) else None,
    )
    region: str | None = attr(
        "Where the figures were observed; null where their sources do not say.", "example.provenance.region"
    )


@object_type(
    attribute.Option,
    "One level of an attribute of kind LEVEL, or one option of an attribute of kind CHOICE.",
    cacheable=True,
)
class Option(Mirror):
    key: str = attr("The key, in filters; the same in every locale.")
    label: str = localized("The label in the locale.")
    months_over: int | None = attr(
        "It takes more than this many months; null where the source of the attribute states no minimum."
    )
    months_up_to: int | None = attr(
        "It takes at most this many months; null where the source of the attribute states no maximum."
    )
    edition: str | None = localized(
        "The edition of the scale that it belongs to; null where there is one alone. Levels of two are not compared.",
        lambda of: of.edition or None,
    )


def current_key(view: View, key: str) -> str:
    """Return the key of the attribute that has this key, or had it before. Raises CodedError UNKNOWN_ATTRIBUTE."""
    key = current(view.catalog, "attributes", key)
    if key not in view.catalog.attributes:
        suggestions = close_slugs(view.catalog, "attributes", key)
        raise CodedError(Code.UNKNOWN_ATTRIBUTE, "No attribute has this key.", suggestions=suggestions)
    return key
