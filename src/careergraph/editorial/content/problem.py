"""Problems: what is wrong with content, where it is, and under which code a program finds it again."""

import re
from dataclasses import dataclass
from enum import StrEnum

Steps = tuple[str | int, ...]
"""The way from a document to the field at fault: names of fields, keys of maps, positions (from 0) in lists."""


class ProblemCode(StrEnum):
    """Every code that content, or a verb, can be refused with. The docstring under a code is its documentation."""

    UNREADABLE = "UNREADABLE"
    """A content file or folder cannot be read, or is not there."""
    OUTSIDE = "OUTSIDE"
    """A content file is a link that leads out of its folder."""
    UNKNOWN_FOLDER = "UNKNOWN_FOLDER"
    """No document type keeps its files in a folder of this name."""
    UNKNOWN_FILE = "UNKNOWN_FILE"
    """A folder of content files holds something that is no JSON file."""
    TOO_LARGE = "TOO_LARGE"
    """A content file is larger than a content file may be."""
    NOT_UTF8 = "NOT_UTF8"
    """A content file is not UTF-8 text."""
    BAD_JSON = "BAD_JSON"
    """A content file is not JSON."""
    DUPLICATE_KEY = "DUPLICATE_KEY"
    """An object of a content file has the same key twice, of which one would be lost."""
    BAD_SHAPE = "BAD_SHAPE"
    """A document lacks a field, has one that it does not know, or has one of the wrong type."""
    MISSING_TEXT = "MISSING_TEXT"
    """A text is not written in the default locale, or is blank."""
    BAD_TEXT = "BAD_TEXT"
    """A text holds a control character, or half of a surrogate pair."""
    TOO_LONG = "TOO_LONG"
    """A text or a list is longer than it may be."""
    BAD_IDENT = "BAD_IDENT"
    """A slug, a key or a locale's code does not have the form of one."""
    DUPLICATE = "DUPLICATE"
    """Something that there may be only one of is there twice."""
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE"
    """A document refers to one that neither is live nor comes with it."""
    BAD_CHOICE = "BAD_CHOICE"
    """A field is none of the words it may be."""
    BAD_NUMBER = "BAD_NUMBER"
    """A number is out of its bounds."""
    BAD_VALUE = "BAD_VALUE"
    """A value does not fit the kind of its attribute."""
    BAD_ATTRIBUTE = "BAD_ATTRIBUTE"
    """An attribute's fields do not go together with its kind."""
    BAD_LOCALE = "BAD_LOCALE"
    """A locale's separators, money, periods or fallback make no sense."""
    UNKNOWN_PHRASE = "UNKNOWN_PHRASE"
    """Nothing uses a phrase of this name."""
    UNKNOWN_SLOT = "UNKNOWN_SLOT"
    """A phrase has a slot that nothing fills."""
    CYCLE = "CYCLE"
    """Documents refer to each other in a circle."""
    BAD_URL = "BAD_URL"
    """An address is not a complete http or https one."""
    UNKNOWN = "UNKNOWN"
    """There is no such document, revision, release, schedule or token."""
    NO_DRAFT = "NO_DRAFT"
    """A document has no open draft."""
    NOT_LIVE = "NOT_LIVE"
    """A document is not live."""
    IN_USE = "IN_USE"
    """A document that stays live refers to one that would be live no longer."""
    TAKEN = "TAKEN"
    """A slug belongs to something else already."""
    FIXED = "FIXED"
    """A document cannot be renamed: its ident says what it is."""
    SCHEDULED = "SCHEDULED"
    """A draft, or its release, is scheduled, so that only who may schedule may change it."""
    CLOSED = "CLOSED"
    """A release was published or discarded, a schedule was done or cancelled, a token was revoked."""
    BAD_TIME = "BAD_TIME"
    """A time is past, too far away, not there in its time zone, or in a time zone that nobody knows."""
    NO_KEY = "NO_KEY"
    """Webhooks are signed, and the configuration holds no key to derive secrets from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a document.

    `type` and `ident` say which document; `file` (as the caller named its folder) and `line` (from 1) are there when it
    came from a file. `message` never repeats a text, only names and idents.
    """

    code: ProblemCode
    message: str
    steps: Steps = ()
    type: str | None = None
    ident: str | None = None
    file: str | None = None
    line: int | None = None

    @property
    def path(self) -> str:
        """The field at fault, as it would be written in a program: `values[2].low`; empty for the whole document."""
        return render(self.steps)

    def __str__(self) -> str:
        """The problem on one line: where, what, and its code."""
        document = f"{self.type} {self.ident!a}" if self.type and self.ident else self.type
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        parts = (place if self.file else document, self.path, f"{self.message} [{self.code}]")
        return ": ".join(part for part in parts if part)


def render(steps: Steps) -> str:
    """Steps as a path: `phrases["trait.yes"].en`."""
    written = "".join(_step(step) for step in steps)
    return written.removeprefix(".")


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if _PLAIN.fullmatch(step):
        return f".{step}"
    return f"[{step[:80]!a}]".replace("'", '"')
