"""Readable: which texts may stand in a log or a table, where a control character could forge a line."""

import unicodedata
from collections.abc import Iterator, Mapping

NOTE = "note"
"""The name of a text that may have several lines."""

_BREAKS = ("Zl", "Zp")
_UNREADABLE = ("Cc", "Cs")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that turn the direction of the following text."""


class UnreadableText(ValueError):
    """A text that is to be logged holds a character that is none to be read."""

    def __init__(self, name: str, char: str) -> None:
        super().__init__(f"the text holds the character U+{ord(char):04X}, which a text cannot have")
        self.name = name


def unreadable(text: str, *, lines: bool = False) -> str | None:
    """The first character of a text that is none to be read; None where all are. With `lines` it may have several."""
    if text.isprintable():  # quick, and true of nearly every text
        return None
    refused = _UNREADABLE if lines else (*_UNREADABLE, *_BREAKS)
    return next((char for char in text if _is_refused(char, refused) and not (lines and char == "\n")), None)


def require_readable(name: str, value: object) -> None:
    """Raise UnreadableText for an unreadable character in a text or inside of a value; a note may have many lines."""
    for key, text in _texts(name, value):
        if (char := unreadable(text, lines=key == NOTE)) is not None:
            raise UnreadableText(key, char)


def _is_refused(char: str, categories: tuple[str, ...]) -> bool:
    return unicodedata.category(char) in categories or char in _TURNING


def _texts(name: str, value: object) -> Iterator[tuple[str, str]]:
    """The texts of a value, each with the name that it stands under."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            yield "key", str(key)
            yield from _texts(str(key), child)
    elif isinstance(value, list | tuple | set | frozenset):
        for child in value:
            yield from _texts(name, child)
