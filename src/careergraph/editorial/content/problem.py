"""Problems of content: the fault, its place, and a code for programs."""

import re
from dataclasses import dataclass

from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.documents.references import Steps as Steps


class ProblemCode(DescribedEnum):
    """Every code that content, or a verb, can be refused with."""

    UNREADABLE = "UNREADABLE", "A content file or folder is unreadable or missing."
    OUTSIDE = "OUTSIDE", "A content file is a link that leads out of its folder."
    UNKNOWN_FOLDER = "UNKNOWN_FOLDER", "No document type has a folder of this name."
    UNKNOWN_FILE = "UNKNOWN_FILE", "A folder of content files has a file that is not JSON."
    TOO_LARGE = "TOO_LARGE", "A content file is larger than the limit."
    NOT_UTF8 = "NOT_UTF8", "A content file is not UTF-8 text."
    BAD_JSON = "BAD_JSON", "A content file is not JSON."
    DUPLICATE_KEY = "DUPLICATE_KEY", "An object of a content file has a key twice, so one value would be lost."
    BAD_SHAPE = "BAD_SHAPE", "A document lacks a field, or has an unknown field or one of the wrong type."
    MISSING_TEXT = "MISSING_TEXT", "A text is not written in the default locale, or is blank."
    BAD_TEXT = "BAD_TEXT", "A text has a control character, or half of a surrogate pair."
    TOO_LONG = "TOO_LONG", "A text or a list is longer than the limit."
    BAD_IDENT = "BAD_IDENT", "A slug, a key or the code of a locale has the wrong form."
    DUPLICATE = "DUPLICATE", "Something unique is there twice."
    UNKNOWN_REFERENCE = "UNKNOWN_REFERENCE", "A document refers to one that is neither live nor submitted with it."
    BAD_CHOICE = "BAD_CHOICE", "A field is not one of its allowed words."
    BAD_NUMBER = "BAD_NUMBER", "A number is out of bounds."
    BAD_VALUE = "BAD_VALUE", "A value does not fit the kind of its attribute."
    BAD_ATTRIBUTE = "BAD_ATTRIBUTE", "An attribute's fields do not fit its kind."
    BAD_LOCALE = (
        "BAD_LOCALE",
        "A locale's separators, money, periods or fallback are invalid, or a publish names locales that cannot be.",
    )
    UNKNOWN_PHRASE = "UNKNOWN_PHRASE", "There is no phrase of this name."
    UNKNOWN_SLOT = "UNKNOWN_SLOT", "A phrase has an unknown slot."
    CYCLE = "CYCLE", "Documents refer to each other in a circle."
    BAD_URL = "BAD_URL", "An address is not a complete http or https one."
    BAD_IMAGE = (
        "BAD_IMAGE",
        "A picture has no file, one that was never uploaded or is described otherwise, or both a slug and an address.",
    )
    UNKNOWN = "UNKNOWN", "There is no such document, revision, release, schedule or token."
    NO_DRAFT = "NO_DRAFT", "A document has no open draft."
    NOT_LIVE = "NOT_LIVE", "A document is not live."
    IN_USE = "IN_USE", "A document that stays live refers to one that would be removed."
    TAKEN = "TAKEN", "A slug belongs to another document."
    FIXED = "FIXED", "A document of this type cannot be renamed, or replaced by another one."
    CHANGED = (
        "CHANGED",
        "A release, or what a verb on many documents is for, is not what it was when you saw it, or others change a "
        "document again and again.",
    )
    UNDOES = "UNDOES", "Loading a content file would undo what somebody did since; an option of the command allows it."
    TOO_MANY = (
        "TOO_MANY",
        "A bulk verb was called with more documents than the limit; or a person has too many filters.",
    )
    EMPTY = "EMPTY", "No document is named, or none matches; or a name is empty."
    IN_RELEASE = "IN_RELEASE", "A draft is in another release: take it out of that first."
    SCHEDULED = (
        "SCHEDULED",
        "It, or its release, is scheduled: only those who may schedule may change it, and nobody schedules it twice.",
    )
    CLOSED = (
        "CLOSED",
        "A release was published or discarded, a schedule was run or cancelled, a token was revoked, or "
        "a comment was resolved.",
    )
    BAD_TIME = (
        "BAD_TIME",
        "A time is past, too far away, skipped in its time zone, with another offset than its zone has then, or in an "
        "unknown time zone.",
    )
    NOT_IN_REVIEW = "NOT_IN_REVIEW", "A draft was not handed in for review, or was saved since."
    NOT_APPROVED = "NOT_APPROVED", "A draft needs more approvals, by others than its authors, before it is published."
    OWN_DRAFT = "OWN_DRAFT", "Who wrote on a draft cannot approve it."
    REFUSED_BY_HOST = "REFUSED_BY_HOST", "A check of the host refuses what would be saved or published; it says why."
    HOOK_FAILED = "HOOK_FAILED", "A check of the host failed, so that nothing was done; the host's log says why."
    HOOK_TIMEOUT = "HOOK_TIMEOUT", "A check of the host took too long, so that nothing was done."
    BAD_TABLE = "BAD_TABLE", "A table, an archive, a profile or an option of an import cannot be used."
    OLDER_RELEASE = (
        "OLDER_RELEASE",
        "An import is of an edition that is older than one that is there already; an option allows it.",
    )
    NOT_PERMITTED = (
        "NOT_PERMITTED",
        "An import, or one document of a bulk verb, would change what its author may not change.",
    )
    STOPPED = "STOPPED", "The process of an import ended before the import did."
    NO_KEY = "NO_KEY", "Webhooks are signed, and the configuration has no key to derive secrets from."


@dataclass(frozen=True, slots=True)
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
        """The field at fault as a path: `values[2].low`; empty for the whole document."""
        return render(self.steps)

    def __str__(self) -> str:
        """Return the problem on one line: its place, its message and its code."""
        document = f"{self.type} {self.ident!a}" if self.type and self.ident else self.type
        place = self.file if self.line is None else f"{self.file}:{self.line}"
        parts = (place if self.file else document, self.path, f"{self.message} [{self.code}]")
        return ": ".join(part for part in parts if part)


def render(steps: Steps) -> str:
    """Steps as a path: `phrases["trait.yes"].en`."""
    written = "".join(_step(step) for step in steps)
    return written.removeprefix(".")


def parse(path: str) -> Steps:
    """Return the steps of a path that `render` wrote; those of one in another form are the whole text."""
    steps: list[str | int] = []
    for match in _STEP.finditer(path):
        name, position, quoted_key = match.groups()
        steps.append(name or (int(position) if position else quoted_key))
    return tuple(steps) if render(tuple(steps)) == path else (path,)


_STEP = re.compile(r'\.?([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,9})\]|\["([^"]*)"\]')
_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")


def _step(step: str | int) -> str:
    if isinstance(step, int):
        return f"[{step}]"
    if _PLAIN.fullmatch(step):
        return f".{step}"
    return f"[{step[:80]!a}]".replace("'", '"')
