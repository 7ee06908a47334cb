"""Measured: what a value stands for, in words, where that keeps it from being compared with another."""

from careergraph.engine.edition import Edition
from careergraph.engine.outcome import Obstacle
from careergraph.engine.values import MoneyRange, Number, Value


def measured(edition: Edition, value: Value, obstacle: Obstacle) -> str:
    """What this value has of what two values do not have in common: its currency, its basis, its region …"""
    if obstacle is Obstacle.REGION:
        return value.provenance.region or edition.word("label.value.unknown")
    if isinstance(value, MoneyRange):
        if obstacle is Obstacle.CURRENCY:
            return value.currency
        group = "period" if obstacle is Obstacle.PERIOD else "basis"
        word = value.period if obstacle is Obstacle.PERIOD else value.basis
        return edition.word(f"label.{group}.{word.lower()}")
    return (value.unit or "") if isinstance(value, Number) else ""
