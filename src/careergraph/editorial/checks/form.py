"""Form: what must hold of texts, idents, addresses and choices, wherever they stand."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from urllib.parse import urlsplit

from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.database.readable import unreadable
from careergraph.store.documents.documents import LocaleDocument

MAX_STRING = 10_000
"""The length of the longest string of all, in characters."""
MAX_ITEMS = 1_000
"""The length of the longest list or map of a document."""
MAX_SLUG, MAX_LABEL, MAX_PROSE = 100, 300, 4_000
"""The lengths of the longest slug, of the longest text of one line, and of the longest summary."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def slug(value: str, steps: Steps) -> Iterator[Problem]:
    """A slug: small letters and digits in words joined by hyphens, and no word `vs`, which joins a pair."""
    if not _SLUG.fullmatch(value) or len(value) > MAX_SLUG:
        message = f"{quoted(value)} is no slug: words of a-z and 0-9 joined by -, {MAX_SLUG} characters at most"
        yield Problem(code=ProblemCode.BAD_IDENT, message=message, steps=steps)
    elif "vs" in value.split("-"):
        message = f"{quoted(value)} has the word vs, which joins the slugs of two careers to that of their comparison"
        yield Problem(code=ProblemCode.BAD_IDENT, message=message, steps=steps)


def text(
    value: Mapping[str, str], world: DocumentIndex, steps: Steps, *, longest: int = MAX_LABEL
) -> Iterator[Problem]:
    """A text that must be there: written in the default locale, blank in none."""
    if DEFAULT_LOCALE not in value:
        message = f"the text must be written in the default locale, {DEFAULT_LOCALE}"
        yield Problem(code=ProblemCode.MISSING_TEXT, message=message, steps=steps)
    for locale, written in value.items():
        yield from world.unknown(LocaleDocument.TYPE, locale, (*steps, locale))
        yield from line(written, (*steps, locale), longest=longest)


def maybe_text(
    value: Mapping[str, str], world: DocumentIndex, steps: Steps, *, longest: int = MAX_LABEL
) -> Iterator[Problem]:
    """A text that may be absent as a whole."""
    if value:
        yield from text(value, world, steps, longest=longest)


def line(value: str, steps: Steps, *, longest: int = MAX_LABEL) -> Iterator[Problem]:
    """A string that people read: not blank, and not too long."""
    if not value.strip():
        yield Problem(code=ProblemCode.MISSING_TEXT, message="the text is blank", steps=steps)
    elif len(value) > longest:
        message = f"the text has {len(value)} characters; {longest} are allowed"
        yield Problem(code=ProblemCode.TOO_LONG, message=message, steps=steps)


def name(value: str, steps: Steps, *, longest: int = MAX_LABEL) -> Iterator[Problem]:
    """What something is called in lists and logs: a string of one line, without what could forge another."""
    yield from line(value, steps, longest=longest)
    if (char := unreadable(value)) is not None:
        message = f"the text holds the character U+{ord(char):04X}, which is none to be read in one line"
        yield Problem(code=ProblemCode.BAD_TEXT, message=message, steps=steps)


def maybe_line(value: str | None, steps: Steps, *, longest: int = MAX_LABEL) -> Iterator[Problem]:
    """A string that may be absent."""
    if value is not None:
        yield from line(value, steps, longest=longest)


def texts(value: Mapping[str, list[str]], world: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    """Lists of texts by locale (aliases): none blank, none twice."""
    for locale, written in value.items():
        yield from world.unknown(LocaleDocument.TYPE, locale, (*steps, locale))
        for index, alias in enumerate(written):
            yield from line(alias, (*steps, locale, index))
        yield from distinct(written, (*steps, locale))


def distinct(values: Iterable[object], steps: Steps, *, field: str | None = None) -> Iterator[Problem]:
    """No item of a list twice; `field` is the field of an item that they are told apart by."""
    seen: dict[object, int] = {}
    for index, value in enumerate(values):
        if value in seen:
            at = (*steps, index) if field is None else (*steps, index, field)
            message = f"the same as item {seen[value] + 1} of this list"
            yield Problem(code=ProblemCode.DUPLICATE, message=message, steps=at)
        seen.setdefault(value, index)


def references(type_name: str, idents: Iterable[str], world: DocumentIndex, steps: Steps) -> Iterator[Problem]:
    """A list of idents: each known, none twice."""
    listed = list(idents)
    for index, ident in enumerate(listed):
        yield from world.unknown(type_name, ident, (*steps, index))
    yield from distinct(listed, steps)


def word(value: str, words: type[StrEnum], steps: Steps) -> Iterator[Problem]:
    """One of a closed set of words."""
    if value not in list(words):
        message = f"must be one of {', '.join(words)}"
        yield Problem(code=ProblemCode.BAD_CHOICE, message=message, steps=steps)


def number(value: float, low: float, high: float, steps: Steps) -> Iterator[Problem]:
    """A number within bounds, both included (and so a finite one)."""
    if not low <= value <= high:
        yield Problem(code=ProblemCode.BAD_NUMBER, message=f"must be from {low:g} to {high:g}", steps=steps)


def url(value: str | None, steps: Steps) -> Iterator[Problem]:
    """A complete http or https address, where there is one."""
    if value is None:
        return
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname) and not re.search(r"[\s\\<>\"]", value)
    except ValueError:
        good = False
    if not good or len(value) > 2_000:
        message = "must be a complete http or https address, 2000 characters at most"
        yield Problem(code=ProblemCode.BAD_URL, message=message, steps=steps)


def strings(node: object, steps: Steps = ()) -> Iterator[Problem]:
    """All strings, lists and maps of a document, keys included: clean and within the sizes that hold for every one."""
    if isinstance(node, str):
        yield from _string(node, steps)
    elif isinstance(node, dict | list):
        if len(node) > MAX_ITEMS:
            message = f"there are {len(node)} of them; {MAX_ITEMS} are allowed"
            yield Problem(code=ProblemCode.TOO_LONG, message=message, steps=steps)
        elif isinstance(node, dict):
            for name, child in node.items():
                yield from _string(name, (*steps, name))
                yield from strings(child, (*steps, name))
        else:
            for index, child in enumerate(node):
                yield from strings(child, (*steps, index))


def _string(value: str, steps: Steps) -> Iterator[Problem]:
    if len(value) > MAX_STRING:
        message = f"the text has {len(value)} characters; {MAX_STRING} are allowed"
        yield Problem(code=ProblemCode.TOO_LONG, message=message, steps=steps)
    elif value.isprintable():  # quick, and true of nearly every string
        return
    elif bad := next((char for char in value if char != "\n" and unicodedata.category(char) in ("Cc", "Cs")), None):
        message = f"the text holds the character U+{ord(bad):04X}, which is none to be read"
        yield Problem(code=ProblemCode.BAD_TEXT, message=message, steps=steps)
