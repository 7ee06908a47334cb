"""Write figures: the fields that each has from its rule, its source and its release."""

import re
from collections.abc import Mapping
from typing import Any

from careergraph.editorial.importers.onet.onet_input import ReleaseInfo
from careergraph.editorial.importers.profile import Figure, OnetProfile, fill
from careergraph.editorial.importers.source_data import REFERENCE
from careergraph.store.documents.documents import Text

Values = Mapping[str, dict[str, Any]]
"""The figures of a rule, by the code of the occupation."""

_DECIMAL = re.compile(r"\d+[.]\d+")


class FigureWriter:
    """Writes the figures of one release, by the texts of a profile."""

    def __init__(self, profile: OnetProfile, release: ReleaseInfo) -> None:
        self.release, self._decimals = release, profile.decimals

    def source(self, name: str) -> str:
        """Return the reference to a source of the profile, in the imported release."""
        return f"{REFERENCE}source/{name}/{self.release.variant(name)}"

    def value(
        self, rule: Figure, published_for: str, slots: Mapping[str, str], date: str | None, method: Text | None = None
    ) -> dict[str, Any]:
        """Return the fields that a figure has of any kind."""
        value: dict[str, Any] = {"attribute": rule.attribute, "source": self.source(rule.source)}
        if date is not None:
            value["observedOn"] = date
        value |= {"method": self.fill(method or rule.method, slots), "publishedFor": published_for}
        return value if rule.region is None else value | {"region": rule.region}

    def fill(self, text: Text, slots: Mapping[str, str]) -> Text:
        """Return a text with its slots filled. Numbers with a decimal get the language's decimal separator."""
        return {
            locale: fill(wording, {name: _spell_out(it, self._decimals.get(locale, ".")) for name, it in slots.items()})
            for locale, wording in text.items()
        }


def joined(text: Text, behind: Text) -> Text:
    """Return a text with another one behind it, in each language."""
    return {locale: wording + behind.get(locale, "") for locale, wording in text.items()}


def _spell_out(value: str, decimal: str) -> str:
    return value.replace(".", decimal) if _DECIMAL.fullmatch(value) else value
