"""What an editor says of a pair: which documents are refused, and what a catalog makes of a good one."""

from datetime import UTC, datetime

import msgspec
import pytest

from careergraph.editorial.checks.check import check
from careergraph.editorial.content.content_folder import FOLDERS
from careergraph.engine.content import PairQuestion
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import Document, LocaleDocument, PairDocument
from editorial.folder import Fields, codes, examples

TEXT = {"en": "Text"}


def documents(**changes: object) -> list[Document]:
    content: dict[str, list[Fields]] = examples()
    content["pairs"][0] |= changes
    return [msgspec.convert(fields, FOLDERS[folder]) for folder, listed in content.items() for fields in listed]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"a": "nobody"}, [("UNKNOWN_REFERENCE", "a")]),
        ({"b": "nobody"}, [("UNKNOWN_REFERENCE", "b")]),
        ({"a": "wood-carver", "b": "joiner"}, [("BAD_IDENT", "b")]),
        ({"b": "joiner"}, [("BAD_IDENT", "b")]),
        ({"introduction": {"de": "Text"}}, [("MISSING_TEXT", "introduction")]),
        ({"introduction": {"en": "x" * 4001}}, [("TOO_LONG", "introduction.en")]),
        ({"introduction": {"en": "Text", "xx": "Text"}}, [("UNKNOWN_REFERENCE", "introduction.xx")]),
        ({"questions": [{"question": TEXT, "answer": {}}]}, [("MISSING_TEXT", "questions[0].answer")]),
        ({"questions": [{"question": {"en": " "}, "answer": TEXT}]}, [("MISSING_TEXT", "questions[0].question.en")]),
    ],
)
def test_a_bad_pair_is_refused(changes: dict[str, object], expected: list[tuple[str, str]]) -> None:
    assert codes(list(check(documents(**changes)))) == expected


def test_a_career_does_not_go_as_long_as_a_pair_needs_it() -> None:
    live = documents()
    pair = [it for it in live if isinstance(it, PairDocument)]
    left = [it for it in live if (it.TYPE, it.ident) != ("career", "wood-carver")]
    assert codes(list(check(pair, live=[it for it in left if it not in pair]))) == [("UNKNOWN_REFERENCE", "b")]


def test_a_catalog_holds_it_by_the_slug_of_the_comparison() -> None:
    catalog = build_catalog(
        [LocaleDocument(code="en", name="English"), *documents(introduction={})], 1, datetime(2026, 1, 1, tzinfo=UTC)
    )
    notes = catalog.pairs_notes["joiner-vs-wood-carver"]
    assert (notes.a, notes.b, notes.introduction, notes.featured) == ("joiner", "wood-carver", {}, True)
    question = {"en": "Can a joiner become a wood carver?"}
    assert notes.questions == (PairQuestion(question=question, answer={"en": "Many do: the tools are the same."}),)
