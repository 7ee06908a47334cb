"""Domains: the least and the most of an attribute over a catalog, for the axis of a chart.

Figures that cannot be compared have domains of their own: one for each currency, period and basis, unit and region.
"""

from collections.abc import Mapping
from typing import NamedTuple

from careergraph.engine.content import Catalog
from careergraph.engine.content.value_kinds import MoneyRange, Number


class Domain(NamedTuple):
    """The least and the most of comparable figures, how many careers have one, and one of them, for what it
    measures."""

    low: float
    high: float
    count: int  # type: ignore[assignment] # GraphQL's name; nobody counts the fields of a domain
    example: MoneyRange | Number


def domains(catalog: Catalog, attribute: str) -> tuple[Domain, ...]:
    """The domains of an attribute's numbers or amounts, the largest group first. None of any other kind."""
    return catalog.once(all_domains).get(attribute, ())


def all_domains(catalog: Catalog) -> Mapping[str, tuple[Domain, ...]]:
    """The domains of all attributes, by key."""
    by_attribute: dict[str, dict[tuple[object, ...], Domain]] = {}
    for career in catalog.careers.values():
        for value in (*career.values, *career.regional):
            if isinstance(value, MoneyRange | Number):
                groups = by_attribute.setdefault(value.attribute.key, {})
                measure = value.measure()
                groups[measure] = _wider(groups.get(measure), value)
    return {key: tuple(sorted(groups.values(), key=lambda it: -it.count)) for key, groups in by_attribute.items()}


def _wider(before: Domain | None, value: MoneyRange | Number) -> Domain:
    ends = (value.value,) if isinstance(value, Number) else [it for it in (value.low, value.high) if it is not None]
    if before is None:
        return Domain(min(ends), max(ends), 1, value)
    return Domain(min(before.low, *ends), max(before.high, *ends), before.count + 1, before.example)
