"""Measured: what a value stands for, in words, where that keeps it from being compared with another."""

from careergraph.engine.content.outcome import Obstacle
from careergraph.engine.content.value_kinds import MoneyRange, Number, Value
from careergraph.engine.text.labels import label
from careergraph.engine.text.localized_catalog import LocalizedCatalog


def measured(localized: LocalizedCatalog, value: Value, obstacle: Obstacle) -> str:
    """What this value has of what two values do not have in common: its currency, its basis, its region …"""
    if obstacle is Obstacle.REGION:
        return value.provenance.region or localized.word("label.value.unknown")
    if isinstance(value, MoneyRange):
        if obstacle is Obstacle.CURRENCY:
            return value.currency
        if obstacle is Obstacle.PERIOD:
            return localized.word(f"label.period.{value.period.lower()}")
        return basis_of(localized, value)
    return (value.unit or "") if isinstance(value, Number) else ""


def basis_of(localized: LocalizedCatalog, value: MoneyRange) -> str:
    """What the ends of a range stand for, in words; of percentiles which, where they are named."""
    if value.percentiles is None:
        return label(localized, f"basis.{value.basis.lower()}")
    low, high = (str(it) for it in value.percentiles)
    return label(localized, "basis.named-percentiles", low=low, high=high)
