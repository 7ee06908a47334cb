"""Suggestions for phrases, on a small table of concepts made by hand."""

import pytest

from careergraph.editorial.suggest.suggester import KNOWN, LEAST, Suggester
from careergraph.editorial.suggest.suggestion import Concept, Rule, Suggestion
from careergraph.engine.content.source import ExternalId

CONCEPTS = (
    Concept(slug="waste-management", names=("waste management", "dealing with waste")),
    Concept(slug="manage-waste", names=("manage waste", "oversee refuse")),
    Concept(
        slug="sql", names=("SQL", "structured query language"), external_ids=(ExternalId(scheme="esco", id="x/1"),)
    ),
    Concept(slug="python", names=("Python (computer programming)", "Python")),
    Concept(slug="data-modelling", names=("data modelling", "design data models")),
    Concept(slug="rage", names=("RAGE (game engine)", "RAGE")),
    Concept(slug="concurrent-programming", names=("concurrent programming",)),
    Concept(slug="health-care", names=("health care systems",)),
    Concept(slug="orchestrate-music", names=("orchestrate music",)),
    Concept(slug="understand-written-german", names=("understand written German",)),
    Concept(slug="write-german", names=("write German",)),
    Concept(slug="consensus", names=("handle conflicts", "be able to create consensus")),
    *(
        Concept(slug=f"filler-{word}", names=(f"{word} handling", f"handle {word}"))
        for word in ("fish", "wood", "clay")
    ),
)


@pytest.fixture(scope="module")
def suggester() -> Suggester:
    return Suggester(CONCEPTS)


def best(suggester: Suggester, phrase: str) -> Suggestion:
    return suggester.suggest(phrase).suggestions[0]


@pytest.mark.parametrize(
    ("phrase", "slug", "rule"),
    [
        ("Waste Management", "waste-management", Rule.SAME_WORDING),
        ("Structured  query-language!", "sql", Rule.SAME_WORDING),
        ("healthcare systems", "health-care", Rule.SAME_WORDING),
        ("waste managing", "waste-management", Rule.SAME_STEMS),
        ("managing waste", "manage-waste", Rule.SAME_STEMS),
        ("generate data models", "data-modelling", Rule.SAME_SENSE),
        ("concurent programing", "concurrent-programming", Rule.SAME_SENSE),
        ("make sense of written German", "understand-written-german", Rule.SAME_STEMS),
        ("read German", "understand-written-german", Rule.SAME_SENSE),
    ],
)
def test_the_nearest_concept_and_why(suggester: Suggester, phrase: str, slug: str, rule: Rule) -> None:
    suggestion = best(suggester, phrase)
    assert (suggestion.slug, suggestion.rule) == (slug, rule)


def test_a_suggestion_says_what_matched(suggester: Suggester) -> None:
    suggestion = best(suggester, "structured query language")
    assert (suggestion.name, suggestion.matched, suggestion.part, suggestion.score) == (
        "SQL",
        "structured query language",
        None,
        1.0,
    )
    assert suggestion.external_ids == (ExternalId(scheme="esco", id="x/1"),)


def test_only_the_very_wording_scores_one(suggester: Suggester) -> None:
    for phrase in ("waste management", "waste managing", "waste managements", "management waste"):
        suggestion = best(suggester, phrase)
        assert (suggestion.score == 1.0) == (suggestion.rule is Rule.SAME_WORDING)


@pytest.mark.parametrize(
    "phrase",
    [
        "Multi-agent orchestration",
        "prompt engineering",
        "RAG",
        "vector database",
        "LLM",
        "quantum",
        "",
        "  ",
        "?!",
        "的",
    ],
)
def test_it_says_that_it_does_not_know(suggester: Suggester, phrase: str) -> None:
    """Nearest is not near: an editor must be able to tell a find from the least bad guess."""
    answer = suggester.suggest(phrase)
    assert not answer.confident
    assert all(LEAST <= suggestion.score < KNOWN for suggestion in answer.suggestions)


def test_certainty_falls_where_another_concept_is_as_near(suggester: Suggester) -> None:
    alone, rivalled = best(suggester, "structured query languages"), best(suggester, "waste managing")
    assert alone.score < 1.0
    assert rivalled.certainty < alone.certainty
    second = suggester.suggest("waste managing").suggestions[1]
    assert second.slug == "manage-waste"
    assert second.certainty < rivalled.certainty


def test_the_items_of_a_list_are_found_and_named(suggester: Suggester) -> None:
    answer = suggester.suggest("SQL, Python and data modelling for monthly reports to the board")
    assert {(suggestion.slug, suggestion.part) for suggestion in answer.suggestions[:3]} == {
        ("sql", "SQL"),
        ("python", "Python"),
        ("data-modelling", "data modelling"),
    }
    assert answer.confident


def test_a_word_of_a_list_is_no_evidence_unless_it_is_a_name(suggester: Suggester) -> None:
    """`Consensus` among the topics of distributed systems is not the alias `be able to create consensus`."""
    answer = suggester.suggest("Distributed systems (consensus, fault tolerance, message passing)")
    assert not answer.confident
    assert all(suggestion.part != "consensus" for suggestion in answer.suggestions)


def test_each_concept_comes_once_and_best_first(suggester: Suggester) -> None:
    for phrase in ("manage waste and oversee refuse", "handle fish", "German", "programming in Python"):
        suggestions = suggester.suggest(phrase, first=50).suggestions
        assert len({it.slug for it in suggestions}) == len(suggestions)
        assert [it.score for it in suggestions] == sorted((it.score for it in suggestions), reverse=True)


def test_first_is_an_upper_bound(suggester: Suggester) -> None:
    assert len(suggester.suggest("waste", first=1).suggestions) == 1


def test_the_same_phrase_gives_the_same_answer_whatever_came_before() -> None:
    """What is kept between phrases saves time and must change nothing."""
    phrases = [name for concept in CONCEPTS for name in concept.names] + ["handle waste and clay", "Germany"]
    forth, back = Suggester(CONCEPTS), Suggester(CONCEPTS)
    there = {phrase: forth.suggest(phrase) for phrase in phrases}
    assert {phrase: back.suggest(phrase) for phrase in reversed(phrases)} == there


def test_a_language_without_any_knowledge_compares_words_as_they_are_written() -> None:
    suggestion = best(Suggester(CONCEPTS, "xx"), "waste managment")
    assert suggestion.slug == "waste-management"
    assert Suggester(CONCEPTS, "xx").index.language.stem("managing") == "managing"


def test_a_concept_without_names_and_no_concepts_at_all() -> None:
    assert Suggester(()).suggest("anything").suggestions == ()
    assert Suggester((Concept(slug="a", names=("",)), *CONCEPTS)).suggest("").suggestions == ()


def test_a_text_is_not_a_phrase(suggester: Suggester) -> None:
    """Whoever sends a book gets an answer in the time of a page."""
    answer = suggester.suggest("waste management, " * 100_000)
    assert answer.suggestions[0].slug == "waste-management"
