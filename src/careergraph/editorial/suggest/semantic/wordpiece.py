"""Word pieces: a phrase as the numbers that the model reads, as BERT's uncased vocabulary divides it.

Text is lowered and stripped of accents, split at spaces and around each mark of punctuation and each Chinese character,
and each word is cut into the longest pieces of the vocabulary, from its front.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

START, END, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
LONGEST_WORD = 100
"""Letters of a word that is cut into pieces; what is longer is no word."""
MOST = 64
"""Pieces of a phrase, start and end included."""


@cache
def vocabulary() -> dict[str, int]:
    """The number of each piece; those that go on with a word begin with `##`."""
    text = files("careergraph.editorial.suggest.semantic").joinpath("vendor", "vocabulary.txt").read_text("utf-8")
    return {piece: number for number, piece in enumerate(text.split("\n")) if piece}


def pieces(phrase: str) -> list[int]:
    """The numbers of a phrase's pieces, at most `MOST` of them."""
    number_of = vocabulary()
    numbers = [number for word in _words(phrase) for number in _cut(word, number_of)]
    return [number_of[START], *numbers[: MOST - 2], number_of[END]]


def _words(phrase: str) -> Iterator[str]:
    kept = "".join([_space_out(char) for char in phrase])
    plain = "".join([char for char in unicodedata.normalize("NFD", kept) if unicodedata.category(char) != "Mn"])
    for word in plain.lower().split():
        start = 0
        for place, char in enumerate(word):
            if _is_mark(char):
                if start < place:
                    yield word[start:place]
                yield char
                start = place + 1
        if start < len(word):
            yield word[start:]


def _space_out(char: str) -> str:
    """A character as it counts: control characters do not, each Chinese one is a word."""
    if char in "\t\n\r" or unicodedata.category(char) == "Zs":
        return " "
    if char in "\0\ufffd" or unicodedata.category(char) in ("Cc", "Cf", "Co"):
        return ""
    return f" {char} " if any(first <= ord(char) <= last for first, last in CHINESE) else char


CHINESE = (
    (0x4E00, 0x9FFF),
    (0x3400, 0x4DBF),
    (0x20000, 0x2A6DF),
    (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F),
    (0x2B820, 0x2CEAF),
    (0xF900, 0xFAFF),
    (0x2F800, 0x2FA1F),
)
"""The blocks of Chinese characters, as BERT has them."""


def _is_mark(char: str) -> bool:
    """Punctuation: all of ASCII that is neither letter, digit nor space counts as such."""
    return unicodedata.category(char).startswith("P") or (char.isascii() and char.isprintable() and not char.isalnum())


def _cut(word: str, number_of: dict[str, int]) -> list[int]:
    if len(word) > LONGEST_WORD:
        return [number_of[UNKNOWN]]
    numbers: list[int] = []
    start = 0
    while start < len(word):
        end = len(word)
        prefix = "##" if start else ""
        while end > start and prefix + word[start:end] not in number_of:
            end -= 1
        if end == start:
            return [number_of[UNKNOWN]]
        numbers.append(number_of[prefix + word[start:end]])
        start = end
    return numbers
