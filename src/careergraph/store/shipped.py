"""The words that travel with this version of the code: what a locale says as long as its document says nothing else.

A catalog of the past, an export of an earlier release or a host's own locale lacks the phrases that came later. They
are read from the newest `seed/`, so that no sentence ever lacks its words.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from careergraph.engine.locale import Template
from careergraph.store.documents import LocaleDocument
from careergraph.store.schema import script_location


def shipped_phrases(code: str) -> Mapping[str, Template]:
    """The phrases that the newest seed has for a locale, by name; none for a locale that no seed has."""
    return _phrases(script_location().parent / "seed", code)


@cache
def _phrases(seed: Path, code: str) -> Mapping[str, Template]:
    files = sorted(seed.glob("*/locales/*.json"), reverse=True)
    newest = next((file for file in files if file.stem == code), None)
    if newest is None:
        return {}
    document = msgspec.json.decode(newest.read_bytes(), type=LocaleDocument)
    return {name: Template(text) for name, text in document.phrases.items()}
