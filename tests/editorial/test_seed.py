"""The seed keeps the rules that everybody else's content must keep."""

import re

import pytest

from careergraph.editorial.checks.check import check
from careergraph.store.documents.documents import LocaleDocument
from truth.seeded import documents

LOCALES = {it.code: it.phrases for it in documents() if isinstance(it, LocaleDocument)}
PLURAL = re.compile(r"\.(zero|one|two|few|many|other)$")
SLOT = re.compile(r"\{([a-z]+)\}")


def test_nothing_is_wrong_with_the_seed() -> None:
    assert [str(problem) for problem in check(documents())] == []
    assert len(documents()) > 150


@pytest.mark.parametrize("locale", [code for code in LOCALES if code != "en"])
def test_every_phrase_is_in_every_language_with_the_same_slots(locale: str) -> None:
    """A page in German says every heading in German, and fills the same slots."""
    english, other = LOCALES["en"], LOCALES[locale]
    assert {whole(name) for name in english} == {whole(name) for name in other}
    labels = [name for name in english if name.startswith("label.")]
    assert len(labels) > 200
    assert [name for name in labels if set(SLOT.findall(english[name])) != set(SLOT.findall(other[name]))] == []


def whole(name: str) -> str:
    """The name of a phrase without its plural form: languages differ in which of them need one."""
    return PLURAL.sub("", name)
