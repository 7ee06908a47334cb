"""Audit detail: what an entry of the audit log says of its verb, in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from careergraph.web.admin.forms.definition import is_blank
from careergraph.web.admin.forms.view import FormView

WORDED: Mapping[str, str] = {
    "role": "role",
    "action": "schedule",
    "kind": "import.kind",
    "mode": "previews.mode",
    "of": "type",
    "type": "type",
    "types": "type",
    "events": "event",
}
"""The fields whose values are words of the interface, by the beginning of their names."""
LOCALES = ("only", "without", "locales")
"""The fields that hold codes of languages."""
PATHS = ("path", "attributes")
"""The fields that hold the path of a field, or the key of an attribute."""
RELEASES = ("release", "before")
"""The fields that hold the slug of a release."""
INSTANTS = ("dueAt", "until")
"""The fields that hold a time."""
INTERNAL = ("documents", "revisions")
"""The fields that hold ids of rows, which nobody sees elsewhere."""


@dataclass(frozen=True, slots=True)
class AuditDetail:
    """The details of entries. `releases` are the titles of those that they name."""

    view: FormView
    releases: Mapping[str, str]

    def rows(self, detail: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Return the label and the text of each field that says something."""
        words = self.view.words
        names = [name for name, value in detail.items() if name not in INTERNAL and not is_blank(value)]
        return [
            (words.or_none(f"detail.{name}") or words.or_name(f"field.{name}", name), self._text(name, detail))
            for name in names
        ]

    def _text(self, name: str, detail: Mapping[str, Any]) -> str:
        value = detail[name]
        if name in INSTANTS:
            return self.view.words.instant(str(value), str(detail.get("zone", "UTC")))
        if name == "slug" or (name in ("from", "to") and "of" in detail):
            return self.view.title_of(str(detail.get("of") or detail.get("type")), str(value))
        if isinstance(value, Mapping):
            return ", ".join(f"{label}: {text}" for label, text in self.rows(value))
        return ", ".join(self._one(name, each) for each in (value if isinstance(value, list) else [value]))

    def _one(self, name: str, value: Any) -> str:
        if isinstance(value, str) and name in WORDED:
            return self.view.words.or_none(f"{WORDED[name]}.{value}") or value
        if name in RELEASES:
            return self.releases.get(value, value)
        if name == "keys":
            return self.view.title_of(*value)
        if name in LOCALES:
            return self.view.name_of(value)
        return self.view.path_name(value) if name in PATHS else self.view.value(value)


def releases_in(details: list[Mapping[str, Any]]) -> set[str]:
    """Return the slugs of the releases that details name."""
    return {detail[name] for detail in details for name in RELEASES if isinstance(detail.get(name), str)}
