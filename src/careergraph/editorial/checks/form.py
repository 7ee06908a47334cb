"""Checks of the form of texts, idents, addresses and choices, for all documents."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import get_args
from urllib.parse import urlsplit

import msgspec

from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.database.readable import unreadable
from careergraph.store.documents.documents import Document, ExternalIdPart, LocaleDocument

MAX_STRING = 10_000
"""The length of the longest string of all, in characters."""
MAX_ITEMS = 1_000
"""The length of the longest list or map of a document."""
MAX_SLUG, MAX_LABEL, MAX_PROSE = 100, 300, 4_000
"""The lengths of the longest slug, of the longest text of one line, and of the longest summary."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug(value: str, steps: Steps) -> Iterator[Problem]:
    """Check a slug: small letters and digits in words joined by hyphens, without the word `vs`, which joins a pair."""
    if not _SLUG.fullmatch(value) or len(value) > MAX_SLUG:
        message = f"{quoted(value)} is not a slug: words of a-z and 0-9 joined by -, {MAX_SLUG} characters at most"
        yield Problem(ProblemCode.BAD_IDENT, message, steps)
    elif "vs" in value.split("-"):
        message = f"{quoted(value)} has the word vs, which joins the slugs of two careers to that of their comparison"
        yield Problem(ProblemCode.BAD_IDENT, message, steps)


def text(
    value: Mapping[str, str], documents: DocumentIndex, steps: Steps, *, longest: int = MAX_LABEL
) -> Iterator[Problem]:
    """Check a required text: written in the default locale, blank in none."""
    if DEFAULT_LOCALE not in value:
        message = f"the text must be written in the default locale, {DEFAULT_LOCALE}"
        yield Problem(ProblemCode.MISSING_TEXT, message, steps)
    for locale, written in value.items():
        yield from documents.unknown(LocaleDocument.TYPE, locale, (*steps, locale))
        yield from line(written, (*steps, locale), longest=longest)


def maybe_text(
    value: Mapping[str, str], documents: DocumentIndex, steps: Steps, *, longest: int = MAX_LABEL
) -> Iterator[Problem]:
    """Check an optional text."""
    if value:
        yield from text(value, documents, steps, longest=longest)


def line(value: str, steps: Steps, *, longest: int = MAX_LABEL) -> Iterator[Problem]:
    """Check a string for people: not blank, and not too long."""
    if not value.strip():
        yield Problem(ProblemCode.MISSING_TEXT, "the text is blank", steps)
    elif len(value) > longest:
        yield Problem(ProblemCode.TOO_LONG, f"the text has {len(value)} characters; {longest} are allowed", steps)


def name(value: str, steps: Steps, *, longest: int = MAX_LABEL) -> Iterator[Problem]:
    """Check a name for lists and logs: a string of one line, without characters that could forge another."""
    yield from line(value, steps, longest=longest)
    if (char := unreadable(value)) is not None:
        message = f"the text holds the character U+{ord(char):04X}, which a line of text cannot have"
        yield Problem(ProblemCode.BAD_TEXT, message, steps)


def maybe_line(value: str | None, steps: Steps, *, longest: int = MAX_LABEL) -> Iterator[Problem]:
    """Check an optional string."""
    if value is not None:
        yield from line(value, steps, longest=longest)


def texts(value: Mapping[str, list[str]], documents: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    """Check lists of texts by locale (aliases): none blank, none twice."""
    for locale, written in value.items():
        yield from documents.unknown(LocaleDocument.TYPE, locale, (*steps, locale))
        for index, alias in enumerate(written):
            yield from line(alias, (*steps, locale, index))
        yield from distinct(written, (*steps, locale))


def distinct(values: Iterable[object], steps: Steps, *, field: str | None = None) -> Iterator[Problem]:
    """Check that no item of a list is there twice; `field` is the field by which items are compared."""
    seen: dict[object, int] = {}
    for index, value in enumerate(values):
        if value in seen:
            at = (*steps, index) if field is None else (*steps, index, field)
            yield Problem(ProblemCode.DUPLICATE, f"the same as item {seen[value] + 1} of this list", at)
        seen.setdefault(value, index)


def references(type_name: str, idents: Iterable[str], documents: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    """Check a list of idents: each exists, none twice."""
    listed = list(idents)
    for index, ident in enumerate(listed):
        yield from documents.unknown(type_name, ident, (*steps, index))
    yield from distinct(listed, steps)


def word(value: str, words: type[StrEnum], steps: Steps) -> Iterator[Problem]:
    """Check a word of a closed set."""
    if value not in list(words):
        yield Problem(ProblemCode.BAD_CHOICE, f"must be one of {', '.join(words)}", steps)


def number(value: float, low: float, high: float, steps: Steps) -> Iterator[Problem]:
    """Check that a number is within bounds, both included (and so finite)."""
    if not low <= value <= high:
        yield Problem(ProblemCode.BAD_NUMBER, f"must be from {low:g} to {high:g}", steps)


MOST = 10**12
"""The highest number of a figure: also what the best paid are paid a year in the smallest currencies is below it."""
EARLIEST = date(1900, 1, 1)
"""The earliest day of a figure."""


def latest() -> date:
    """Return the latest day of a figure: tomorrow, as it is tomorrow already somewhere."""
    return datetime.now(UTC).date() + _DAY


_DAY = timedelta(days=1)


def day(value: date | None, steps: Steps) -> Iterator[Problem]:
    """Check the optional day that a figure was observed on: it is not in the future."""
    if value is not None and not EARLIEST <= value <= latest():
        message = f"a figure is of a day from {EARLIEST} to {latest()}, as 2026-05-31"
        yield Problem(ProblemCode.BAD_VALUE, message, steps)


def url(value: str | None, steps: Steps) -> Iterator[Problem]:
    """Check an optional http or https address."""
    if value is None:
        return
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\\<>\"]", value)
    except ValueError:
        good = False
    if not good or len(value) > 2_000:
        yield Problem(ProblemCode.BAD_URL, "must be a complete http or https address, 2000 characters at most", steps)


def external_ids(parts: Sequence[ExternalIdPart]) -> Iterator[Problem]:
    """Check a document's `externalIds`."""
    for index, part in enumerate(parts):
        yield from line(part.scheme, ("externalIds", index, "scheme"), longest=MAX_SLUG)
        yield from line(part.id, ("externalIds", index, "id"))
    yield from distinct(((part.scheme, part.id) for part in parts), ("externalIds",))


def strings(node: object, steps: Steps = ()) -> Iterator[Problem]:
    """Check all strings, lists and maps of a document, keys included: clean, and within the limits of size."""
    if isinstance(node, Document):
        if _is_plainly_sound(node):
            return
        node = msgspec.to_builtins(node)
    if not _is_sound(node):  # nearly every document is, and that is seen many times faster than where one is not
        yield from _unsound(node, steps)


def _is_plainly_sound(document: Document) -> bool:
    """Return whether a document is sound as its JSON tells at once; one of which it does not may be sound too.

    Characters that are none to be read are escaped there or not printable. Without escapes, quotation marks stand
    around strings alone.
    """
    try:
        written = msgspec.json.encode(document).decode()
    except UnicodeEncodeError:
        return False
    if "\\" in written or not written.isprintable() or not _is_short(document):
        return False
    return len(written) <= MAX_STRING or len(max(written.split('"'), key=len)) <= MAX_STRING


def _is_short(node: object) -> bool:
    """Return whether all lists and maps are within their limit."""
    if isinstance(node, msgspec.Struct):
        return all(_is_short(child) for name in _long_fields(type(node)) if (child := getattr(node, name)))
    if not isinstance(node, list | dict):
        return True
    items = node.values() if isinstance(node, dict) else node
    return len(node) <= MAX_ITEMS and all(_is_short(it) for it in items if not isinstance(it, str))


@cache
def _long_fields(kind: type[msgspec.Struct]) -> tuple[str, ...]:
    """Return the fields that may hold a list or a map, in themselves or inside."""
    return tuple([it.name for it in msgspec.structs.fields(kind) if not _SCALARS.issuperset(_kinds(it.type))])


def _kinds(annotation: object) -> Sequence[object]:
    return get_args(annotation) if isinstance(annotation, UnionType) else [annotation]


_SCALARS = frozenset({str, int, float, bool, date, NoneType})


def _is_sound(node: object) -> bool:
    if isinstance(node, str):
        return len(node) <= MAX_STRING and node.isprintable()
    if isinstance(node, dict):
        return len(node) <= MAX_ITEMS and all(map(_is_sound, node)) and all(map(_is_sound, node.values()))
    return not isinstance(node, list) or (len(node) <= MAX_ITEMS and all(map(_is_sound, node)))


def _unsound(node: object, steps: Steps) -> Iterator[Problem]:
    if isinstance(node, str):
        yield from _string(node, steps)
    elif isinstance(node, dict | list):
        if len(node) > MAX_ITEMS:
            yield Problem(ProblemCode.TOO_LONG, f"there are {len(node)} of them; {MAX_ITEMS} are allowed", steps)
            return
        for step, child in node.items() if isinstance(node, dict) else enumerate(node):
            if isinstance(step, str):
                yield from _string(step, (*steps, step))
            yield from _unsound(child, (*steps, step))


def _string(value: str, steps: Steps) -> Iterator[Problem]:
    if len(value) > MAX_STRING:
        yield Problem(ProblemCode.TOO_LONG, f"the text has {len(value)} characters; {MAX_STRING} are allowed", steps)
    elif bad := next((char for char in value if char != "\n" and unicodedata.category(char) in ("Cc", "Cs")), None):
        message = f"the text holds the character U+{ord(bad):04X}, which a text cannot have"
        yield Problem(ProblemCode.BAD_TEXT, message, steps)
