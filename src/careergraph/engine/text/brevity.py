"""Brevity: sentences that keep to a length, by naming the first of a list and counting the rest."""

from collections.abc import Callable, Iterable

SENTENCE = 200
"""The most characters of a sentence."""

TITLE = 40
"""So many characters of a career's title count, however long it is."""


def length(text: str, titles: Iterable[str]) -> int:
    """How long a text counts as that may name careers of these titles."""
    return len(text) - sum([(len(it) - TITLE) * text.count(it) for it in titles if len(it) > TITLE])


def fitted(word: Callable[[int], str], parts: int, titles: Iterable[str], most: int = SENTENCE) -> str:
    """The longest wording within `most` characters. `word` words it with so many of its parts; one part stays."""
    text = word(parts)
    while parts > 1 and length(text, titles) > most:
        parts -= 1
        text = word(parts)
    return text
