"""Suggestions over GraphQL: for editors, from what is live, in the language that is asked for."""

from collections.abc import Iterator

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from web.editing import Newsroom, codes, data

SUGGEST = """query($phrase: String!, $locale: String, $first: Int) { editor { suggest(phrase: $phrase, locale: $locale,
  first: $first) { phrase known method ranked { skill { slug name externalIds { scheme id } } score certainty rule
  matched part } } } }"""


@pytest.fixture
def newsroom(sqlite_url: str) -> Iterator[Newsroom]:
    engine = connect(sqlite_url)
    yield Newsroom(engine)
    engine.dispose()


def test_an_editor_is_told_what_a_phrase_may_mean(newsroom: Newsroom) -> None:
    viewer = newsroom.client(Role.VIEWER)
    phrase = "Multi-agent orchestration and topology design"
    suggestion = data(viewer, SUGGEST, phrase=phrase, first=2)["suggest"]
    assert (suggestion["phrase"], suggestion["known"], suggestion["method"], len(suggestion["ranked"])) == (
        phrase,
        True,
        "WORDS",
        2,
    )
    first = suggestion["ranked"][0]
    assert (first["skill"]["slug"], first["rule"], first["part"]) == (
        "multi-agent-orchestration",
        "SAME_WORDING",
        "Multi-agent orchestration",
    )
    assert 0 < first["certainty"] < first["score"] < 1


def test_another_language_and_what_is_not_known(newsroom: Newsroom) -> None:
    viewer = newsroom.client(Role.VIEWER)
    best = data(viewer, SUGGEST, phrase="Datenbankentwurf", locale="de")["suggest"]["ranked"][0]
    assert (best["skill"]["name"], best["score"]) == ("Datenbankentwurf", 1.0)
    assert data(viewer, SUGGEST, phrase="falconry")["suggest"]["known"] is False
    assert data(viewer, SUGGEST, phrase="")["suggest"]["ranked"] == []
    assert codes(viewer, SUGGEST, phrase="x", locale="xx") == ["UNKNOWN_LOCALE"]
    assert codes(viewer, SUGGEST, phrase="x", first=101) == ["TOO_MANY"]


def test_a_concept_is_suggested_once_it_is_live(newsroom: Newsroom) -> None:
    """A draft is not suggested: what is linked to must be there."""
    editor = newsroom.client(Role.EDITOR)
    document = {"slug": "falconry", "name": {"en": "Falconry"}}
    save = "mutation($d: Document!) { saveDraft(type: SKILL, document: $d) { __typename } }"
    assert data(editor, save, d=document) == {"__typename": "SavedDraft"}
    assert data(editor, SUGGEST, phrase="falconry")["suggest"]["known"] is False
    publish = 'mutation { publish(documents: [{ type: SKILL, slug: "falconry", base: 1 }]) { __typename } }'
    assert data(editor, publish) == {"__typename": "Publication"}
    assert data(editor, SUGGEST, phrase="falconry")["suggest"]["known"] is True
