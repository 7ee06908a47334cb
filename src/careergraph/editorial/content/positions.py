"""Locate: from the path of a field to its line in the JSON text it was read from."""

import json
import re
from collections.abc import Iterator
from functools import cached_property

from careergraph.editorial.content.problem import Steps

_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([\[{])|([\]}])|(,)|[^\s,\[\]{}":]+')


class Positions:
    """Where each field of a JSON text stands. The text is known to be valid JSON."""

    def __init__(self, text: str) -> None:
        self._text = text

    def line(self, steps: Steps) -> int:
        """The line (from 1) of a field, or of the nearest object or list around it that is there."""
        while steps and steps not in self._offsets:
            steps = steps[:-1]
        return line_of(self._text, self._offsets.get(steps, 0))

    @cached_property
    def duplicates(self) -> tuple[tuple[Steps, int], ...]:
        """The keys that an object has a second time, each with the line of its later place."""
        duplicates, seen = [], set()
        for steps, offset in _walk(self._text):
            if steps in seen and isinstance(steps[-1], str):
                duplicates.append((steps, line_of(self._text, offset)))
            seen.add(steps)
        return tuple(duplicates)

    @cached_property
    def _offsets(self) -> dict[Steps, int]:
        return dict(_walk(self._text))


def strings(text: str) -> Iterator[tuple[str, int]]:
    """Every string of a JSON text as it is written, keys included, with its offset."""
    for token in _TOKEN.finditer(text):
        if token[1]:
            yield token[1], token.start()


def line_of(text: str, offset: int) -> int:
    """The line (from 1) that a character stands on."""
    return text.count("\n", 0, offset) + 1


def _walk(text: str) -> Iterator[tuple[Steps, int]]:
    """Every field and item with its offset: that of the key in an object, that of the value elsewhere."""
    steps: list[str | int] = []  # the last step into each open container: a key of an object, a position in a list
    for token in _TOKEN.finditer(text):
        string, colon, opens, closes, comma = token.groups()
        if closes:
            steps.pop()
        elif comma:
            if isinstance(steps[-1], int):
                steps[-1] += 1
        elif colon:
            steps[-1] = str(json.loads(string))
            yield tuple(steps), token.start()
        else:
            if not steps or isinstance(steps[-1], int):
                yield tuple(steps), token.start()
            if opens:
                steps.append(0 if opens == "[" else "")
