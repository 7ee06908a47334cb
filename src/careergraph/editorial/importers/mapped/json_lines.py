"""The line of a value in a JSON text, for problems of files that people write."""

import re
from json.decoder import JSONDecodeError, JSONDecoder, scanstring  # type: ignore[attr-defined] # of the standard library

_SPACE = re.compile(r"[\s,:]*")
_DECODER = JSONDecoder()

Path = tuple[str | int, ...]


def line_of(text: str, path: Path) -> int:
    """Return the line of a value, from 1; that of the innermost part of its path that is there. The text is JSON."""
    place = _skip(text, 0)
    for step in path:
        try:
            inner = _member(text, place, step)
        except (JSONDecodeError, StopIteration):
            inner = None
        if inner is None:
            break
        place = inner
    return text.count("\n", 0, place) + 1


def _skip(text: str, place: int) -> int:
    match = _SPACE.match(text, place)
    return match.end() if match else place


def _member(text: str, place: int, step: str | int) -> int | None:
    """Return the place of a field of an object, or of an item of a list; None where there is none."""
    opening = text[place]
    if opening not in "{[" or isinstance(step, str) != (opening == "{"):
        return None
    place, number = _skip(text, place + 1), 0
    while place < len(text) and text[place] not in "}]":
        name: str | int = number
        if opening == "{":
            name, place = scanstring(text, place + 1)
            place = _skip(text, place)
        if name == step:
            return place
        _, place = _DECODER.raw_decode(text, place)
        place, number = _skip(text, place), number + 1
    return None
