"""Content files: from bytes to documents, hostile bytes included, and the line of each field."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from types import EllipsisType
from typing import NoReturn

import msgspec

from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.store.documents.documents import Document

_TOKEN = re.compile(r'("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|([\[{])|([\]}])|(,)|[^\s,\[\]{}":]+')


class Positions:
    """The positions of the fields of a valid JSON text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def line(self, steps: Steps) -> int:
        """Return the line (from 1) of a character."""
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
    """Yield every string of a JSON text as written, keys included, with its offset."""
    for token in _TOKEN.finditer(text):
        if token[1]:
            yield token[1], token.start()


def line_of(text: str, offset: int) -> int:
    """Return the line (from 1) of a character."""
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


MAX_BYTES = 32 * 1024 * 1024
"""The size of the largest content file."""


class BadFile(Exception):
    """A file that no document can be read from."""

    def __init__(self, code: ProblemCode, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.line = code, message, line


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One document of a file, before it has a shape: its fields, and the steps to it from the top of the file."""

    fields: object
    steps: Steps


def items(text: str) -> tuple[Item, ...]:
    """The documents of a file's text: one object, or a list of them. Raises BadFile."""
    top = _json(text)
    if isinstance(top, list):
        return tuple(Item(fields=fields, steps=(index,)) for index, fields in enumerate(top))
    return (Item(fields=top, steps=()),)


def text_of(body: bytes) -> str:
    """The text of a file's bytes. Raises BadFile."""
    if len(body) > MAX_BYTES:
        message = f"the file is larger than {MAX_BYTES // 1024 // 1024} MiB; split it into several files"
        raise BadFile(ProblemCode.TOO_LARGE, message)
    if body.startswith(b"\xef\xbb\xbf"):
        raise BadFile(ProblemCode.NOT_UTF8, "the file begins with a byte order mark; save it as UTF-8 without one", 1)
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise BadFile(ProblemCode.NOT_UTF8, f"byte {error.start + 1} is not UTF-8", line) from None


def _json(text: str) -> object:
    repeated: list[str] = []

    def whole(pairs: list[tuple[str, object]]) -> dict[str, object]:
        fields = dict(pairs)
        if len(fields) < len(pairs):
            repeated.append("")
        return fields

    try:
        top: object = json.loads(text, object_pairs_hook=whole, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise BadFile(ProblemCode.BAD_JSON, f"not JSON: {error.msg}, column {error.colno}", error.lineno) from None
    except RecursionError:
        raise BadFile(ProblemCode.BAD_JSON, "objects and lists are nested too deeply") from None
    except ValueError:
        # json raises a bare ValueError only for an integer of thousands of digits, and without its position
        raise BadFile(ProblemCode.BAD_JSON, "not JSON that can be read: a number is too long", _longest(text)) from None
    if repeated:
        steps, line = Positions(text).duplicates[0]
        raise BadFile(ProblemCode.DUPLICATE_KEY, f"the key {str(steps[-1])[:80]!a} is in this object twice", line)
    if _SURROGATE.search(text) and (halved := _half_character_line(text)):
        raise BadFile(ProblemCode.BAD_TEXT, "the text holds half of a surrogate pair", halved)
    return top


_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")


def _half_character_line(text: str) -> int | None:
    """The line of a string that no encoding can write: JSON may escape half a character, UTF-8 has none."""
    for written, offset in strings(text):
        if _SURROGATE.search(written) and any("\ud800" <= char <= "\udfff" for char in json.loads(written)):
            return line_of(text, offset)
    return None


def _refuse(constant: str) -> NoReturn:
    raise BadFile(ProblemCode.BAD_JSON, f"not JSON: {constant} is not a number")


def _longest(text: str) -> int | None:
    match = re.search(r"\d{4000}", text)
    return line_of(text, match.start()) if match else None


def shape(item: Item, document: type[Document]) -> Iterator[Document | Problem]:
    """Convert an item to a document, or yield every problem of its shape.

    A wrong field is removed to find the next one, until the rest has the shape or cannot get it.
    """
    taken: set[Steps] = set()
    for name in _missing_fields(item.fields, document):
        yield Problem(ProblemCode.BAD_SHAPE, _REQUIRED, (name,))
        taken.add((name,))
    while True:
        try:
            converted = msgspec.convert(item.fields, document)
        except (msgspec.ValidationError, OverflowError) as error:
            steps, message = _explain(str(error), item.fields)
        else:
            if not taken:
                yield converted
            return
        if steps in taken:
            return
        yield Problem(ProblemCode.BAD_SHAPE, message, steps)
        if not (gone := _take(item.fields, steps)):
            return
        taken.add(gone)


def _missing_fields(fields: object, document: type[Document]) -> list[str]:
    """The fields that a document must have and this one has not."""
    if not isinstance(fields, dict):
        return []
    return [name for name in _required_fields(document) if name not in fields]


@cache
def _required_fields(document: type[Document]) -> tuple[str, ...]:
    """The fields that each document of a type has. Annotations take long to read: a folder has hundreds of files."""
    return tuple(field.encode_name for field in msgspec.structs.fields(document) if field.required)


_REQUIRED = "this field is required"
_AT = re.compile(r"^(?P<what>.*?)(?: - at (?:`key` in )?`\$(?P<path>.*)`)?$", re.DOTALL)
_STEP = re.compile(r"\.([A-Za-z]+)|\[(\d+|\.\.\.)\]")
_MISSING = re.compile(r"Object missing required field `(.+)`")
_UNKNOWN = re.compile(r"Object contains unknown field `(.+)`", re.DOTALL)
_WRONG = re.compile(r"Expected `([\w |]+)`, got `(\w+)`")
_WORDS = {
    "object": "an object",
    "array": "a list",
    "str": "a string",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "date": "a date",
    "null": "null",
}
_GOT = re.compile(r"got `(\w+)`")


def _explain(error: str, fields: object) -> tuple[Steps, str]:
    """A message of msgspec, as steps into the fields and a message of our own."""
    match = _AT.match(error)
    what, path = (match["what"], match["path"] or "") if match else (error, "")
    parts = [field or (int(index) if index != "..." else ...) for field, index in _STEP.findall(path)]
    got = _GOT.search(what)
    steps = next(_resolve(fields, parts, got[1] if got else ""), ())
    if missing := _MISSING.fullmatch(what):
        return (*steps, missing[1]), _REQUIRED
    if unknown := _UNKNOWN.fullmatch(what):
        return (*steps, unknown[1]), "there is no such field here"
    if wrong := _WRONG.fullmatch(what):
        expected = [_WORDS.get(name, name) for name in wrong[1].split(" | ") if name != "null"]
        return steps, f"must be {' or '.join(expected)}, not {_WORDS.get(wrong[2], wrong[2])}"
    return steps, what[:1].lower() + what[1:]


def _resolve(node: object, parts: list[str | int | EllipsisType], got: str) -> Iterator[Steps]:
    """Yield the steps of a path. Where the path says `...` for any key of a map, these are the steps to the offending
    value."""
    if not parts:
        if not got or _TYPES.get(type(node)) == got:
            yield ()
        return
    for step, child in _children(node, parts[0]):
        for rest in _resolve(child, parts[1:], got):
            yield (step, *rest)


def _children(node: object, part: str | int | EllipsisType) -> Iterator[tuple[str | int, object]]:
    if isinstance(node, dict):
        yield from ((key, child) for key, child in node.items() if part is ... or key == part)
    elif isinstance(node, list) and isinstance(part, int) and part < len(node):
        yield part, node[part]


_TYPES = {dict: "object", list: "array", str: "str", int: "int", float: "float", bool: "bool", type(None): "null"}


def _take(fields: object, steps: Steps) -> Steps:
    """Remove the field at, or around, some steps; return the steps of the removed field, or none.

    An item is never removed from its list, since the others would move up: the whole list is.
    """
    while steps:
        node = fields
        for step in steps[:-1]:
            node = next((child for _, child in _children(node, step)), None)
        if isinstance(node, dict) and steps[-1] in node:
            del node[steps[-1]]
            return steps
        steps = steps[:-1]
    return ()
