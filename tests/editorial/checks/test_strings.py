"""All strings, lists and maps of documents are looked at: by their JSON, where that tells, or one by one."""

from typing import Any

import msgspec
import pytest

from careergraph.editorial.checks.form import MAX_ITEMS, MAX_STRING, strings
from careergraph.store.documents.documents import CareerDocument, LocaleDocument, ProfilePart, ValuePart


def _career(**fields: Any) -> CareerDocument:
    return CareerDocument(slug="a", title={"en": "A"}, summary={"en": "B"}, category="c", **fields)


CAREERS = (
    _career(),
    _career(aliases={"en": ['A "quoted" \\ name', "Zwölf"]}),
    _career(aliases={"en": ["two\nlines"]}),
    _career(aliases={"en": ["bell \x07"]}),
    _career(aliases={"en": ["next \x85"]}),
    _career(aliases={"en": ["surrogate \ud800"]}),
    _career(aliases={"en": ["separator \u2028"]}),
    _career(aliases={"\x00": []}),
    _career(aliases={"en": ["a" * MAX_STRING]}),
    _career(aliases={"en": ["a" * (MAX_STRING + 1)]}),
    _career(aliases={"en": ["a"] * MAX_ITEMS}),
    _career(aliases={"en": ["a"] * (MAX_ITEMS + 1)}),
    _career(profile=ProfilePart(source="s", tasks=["{a},{b}"] * (MAX_ITEMS + 1))),
    _career(profile=ProfilePart(source="s", knowledge={str(it): 1.0 for it in range(MAX_ITEMS + 1)})),
    _career(values=[ValuePart(attribute="a", source="s", region=str(it)) for it in range(MAX_ITEMS)]),
    _career(values=[ValuePart(attribute="a", source="s", region=str(it)) for it in range(MAX_ITEMS + 1)]),
    _career(values=[ValuePart(attribute="a", source="s", interval=[1.0] * (MAX_ITEMS + 1))]),
    _career(values=[ValuePart(attribute="a", source="s", method={"en": "c\x1b"})]),
)


@pytest.mark.parametrize("career", CAREERS)
def test_a_document_has_the_problems_of_its_fields(career: CareerDocument) -> None:
    """A document is told sound by its JSON, which must not overlook what its fields say."""
    assert list(strings(career)) == list(strings(msgspec.to_builtins(career)))


def test_the_keys_of_a_document_are_looked_at() -> None:
    """A map of phrases may have any keys."""
    (problem,) = strings(LocaleDocument(code="en", name="English", phrases={"a\x00": "b"}))
    assert "U+0000" in problem.message
