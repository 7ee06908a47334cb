"""Words: which forms go together, and which do not although they look alike."""

import pytest

from careergraph.editorial.suggest.language import ENGLISH, Language, language_of

TOGETHER = (
    ("manage", "managing", "managed", "manages", "management", "manager"),
    ("analyse", "analysis", "analyses", "analytical", "analysing", "analyze"),
    ("plan", "plans", "planning", "planned", "planner"),
    ("optimise", "optimize", "optimisation", "optimization", "optimising"),
    ("install", "installing", "installation", "installations"),
    ("modelling", "modeling", "model", "models"),
    ("code", "coding", "coded", "codes"),
    ("care", "caring", "cares"),
    ("colour", "color", "colours"),
    ("study", "studies"),
)
APART = (("car", "care"), ("rag", "rage"), ("waste", "wait"), ("business", "busy"), ("c", "c++"), ("class", "clas"))


@pytest.mark.parametrize("forms", TOGETHER)
def test_forms_of_a_word_have_one_stem(forms: tuple[str, ...]) -> None:
    assert len({ENGLISH.stem(form) for form in forms}) == 1, [ENGLISH.stem(form) for form in forms]


@pytest.mark.parametrize(("one", "other"), APART)
def test_other_words_keep_apart(one: str, other: str) -> None:
    assert ENGLISH.stem(one) != ENGLISH.stem(other)


def test_phrases_are_replaced_by_their_one_word() -> None:
    assert ENGLISH.words("Carry out a client's audit") == ["perform", "a", "client", "audit"]
    assert ENGLISH.words("be able to carry out, set up") == ["be", "perform", "establish"]
    assert ENGLISH.words("disable tools") == ["disable", "tools"], "only whole words"


def test_a_text_is_reworded_by_the_lists() -> None:
    assert ENGLISH.reworded("Ability to read, speak Basque") == "understand written verbally interact basque"
    assert ENGLISH.reworded("knowledge of") == "knowledge of", "nothing would be left"
    assert Language().reworded("Speak C++!") == "speak c++", "no list, no other words"


def test_words_of_one_sense_are_neighbours_both_ways() -> None:
    neighbours = ENGLISH.neighbours
    assert all(stem in neighbours[other] for group in ENGLISH.alike for stem, other in _pairs(group))


def _pairs(group: tuple[str, ...]) -> list[tuple[str, str]]:
    stems = dict.fromkeys(ENGLISH.stem(word) for word in group)
    return [(one, other) for one in stems for other in stems if one != other]


def test_every_word_of_a_group_is_one_word() -> None:
    """A group is matched word by word: two words in one place would never match."""
    words = [word for group in ENGLISH.alike for word in group]
    assert all(ENGLISH.words(word) == [word] for word in words)


def test_a_locale_finds_its_language() -> None:
    assert language_of("en-GB") is ENGLISH
    assert language_of("de") == Language()


def test_small_words_count_where_there_are_no_others() -> None:
    assert ENGLISH.stems(["the", "audit"]) == ["audit"]
    assert ENGLISH.stems(["to", "be"]) == ["to", "be"]
