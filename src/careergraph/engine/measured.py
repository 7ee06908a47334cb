"""Measured: what a value stands for, in words, where that keeps it from being compared with another."""

from careergraph.engine.edition import Edition
from careergraph.engine.labels import label
from careergraph.engine.outcome import Obstacle
from careergraph.engine.values import MoneyRange, Number, Value


def measured(edition: Edition, value: Value, obstacle: Obstacle) -> str:
    """What this value has of what two values do not have in common: its currency, its basis, its region …"""
    if obstacle is Obstacle.REGION:
        return value.provenance.region or edition.word("label.value.unknown")
    if isinstance(value, MoneyRange):
        if obstacle is Obstacle.CURRENCY:
            return value.currency
        if obstacle is Obstacle.PERIOD:
            return edition.word(f"label.period.{value.period.lower()}")
        return basis_of(edition, value)
    return (value.unit or "") if isinstance(value, Number) else ""


def basis_of(edition: Edition, value: MoneyRange) -> str:
    """What the ends of a range stand for, in words; of percentiles which, where they are named."""
    if value.percentiles is None:
        return label(edition, f"basis.{value.basis.lower()}")
    low, high = (str(it) for it in value.percentiles)
    return label(edition, "basis.named-percentiles", low=low, high=high)
