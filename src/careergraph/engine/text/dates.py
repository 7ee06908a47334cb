"""Dates: when a figure was observed, in words."""

from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.labels import label
from careergraph.engine.text.localized_catalog import LocalizedCatalog


def observed(localized: LocalizedCatalog, value: Value) -> str:
    """Say the month that a figure was observed in, or that its source gives no date."""
    day = value.provenance.observed_on
    return f"{label(localized, f'month.{day.month}')} {day.year}" if day else label(localized, "source.no-date")
