"""The phrases of this version of the code, which a locale has unless its document has others.

A catalog of the past, an export of an earlier release or a host's own locale lacks later phrases, which are read from
the newest `seed/`.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from careergraph.engine.content.locale import Template
from careergraph.engine.content.plural import FORMS
from careergraph.store.database.revisions import script_location
from careergraph.store.documents.documents import LocaleDocument


def shipped_phrases(code: str) -> Mapping[str, Template]:
    """The phrases that the newest seed has for a locale, by name; none for a locale that no seed has."""
    return _phrases(script_location().parent / "seed", code)


def phrases_of(document: LocaleDocument) -> dict[str, Template]:
    """The phrases of a document, and of the newest seed those that it lacks. A phrase that the document words in one
    form for all counts takes no other form from the seed."""
    shipped = shipped_phrases(document.code).items()
    own = {name: Template(text) for name, text in document.phrases.items()}
    return {name: template for name, template in shipped if without_form(name) not in own} | own


def without_form(name: str) -> str | None:
    """The name of a phrase without its plural form; None where its name has none."""
    base, _, form = name.rpartition(".")
    return base if form in FORMS else None


@cache
def _phrases(seed: Path, code: str) -> Mapping[str, Template]:
    files = sorted(seed.glob("*/locales/*.json"), reverse=True)
    newest = next((file for file in files if file.stem == code), None)
    if newest is None:
        return {}
    document = msgspec.json.decode(newest.read_bytes(), type=LocaleDocument)
    return {name: Template(text) for name, text in document.phrases.items()}
