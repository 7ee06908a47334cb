"""Content files: a folder of them read into documents, and documents written into a folder.

A content folder holds one folder for each document type (`careers/`, `skills/` ...), and each of those holds `*.json`:
one document, or a list of documents. Anything that begins with a dot, and files at the top (a README), are left alone.
"""

import json
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import msgspec

from careergraph.editorial.content.content_file import MAX_BYTES, BadFile, Item, items, shape, text_of
from careergraph.editorial.content.positions import Positions
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.store.documents.documents import DOCUMENTS, Document

FOLDERS = {document.FOLDER: document for document in DOCUMENTS}
"""The document type of each folder."""


@dataclass(frozen=True)
class ContentFile:
    """A content file's name, with the folder as the caller named it, and its text."""

    name: str
    text: str

    @cached_property
    def positions(self) -> Positions:
        """Where its fields stand."""
        return Positions(self.text)

    def place(self, problem: Problem, steps: Steps) -> Problem:
        """A problem of the document that stands at steps of this file, with its line."""
        return replace(problem, file=self.name, line=self.positions.line((*steps, *problem.steps)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A document and where it came from: its file, and the steps to it from the top of that file."""

    document: Document
    file: ContentFile
    steps: Steps

    def place(self, problem: Problem) -> Problem:
        """A problem of this document, with its file and line."""
        return self.file.place(problem, self.steps)


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading content folders. `broken` are the types and idents of documents without a valid shape."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    broken: frozenset[tuple[str, str]]


def read(folders: Iterable[Path]) -> Reading:
    """Everything in some content folders. What cannot be read is a problem; nothing is raised for it."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    broken: set[tuple[str, str]] = set()
    for result in (result for folder in folders for result in _folder(folder)):
        match result:
            case Entry():
                entries.append(result)
            case Problem():
                problems.append(result)
                if result.type and result.ident:
                    broken.add((result.type, result.ident))
    return Reading(tuple(entries), tuple(problems), frozenset(broken))


def _folder(folder: Path) -> Iterator[Entry | Problem]:
    try:
        children = _content_files(folder)
    except OSError as error:
        yield _unreadable(str(folder), error)
        return
    if not any(child.is_dir() for child in children):
        message = f"holds no content folder; there are {', '.join(FOLDERS)}"
        yield Problem(code=ProblemCode.UNREADABLE, message=message, file=str(folder))
    for child in children:
        document = FOLDERS.get(child.name)
        if document is not None:
            yield from _type_folder(folder, child, document)
        elif child.is_dir():
            message = f"no document type has this folder; there are {', '.join(FOLDERS)}"
            yield Problem(code=ProblemCode.UNKNOWN_FOLDER, message=message, file=_name(folder, child))


def _type_folder(top: Path, folder: Path, document: type[Document]) -> Iterator[Entry | Problem]:
    try:
        children = _content_files(folder)
    except OSError as error:
        yield _unreadable(_name(top, folder), error)
        return
    for child in children:
        if child.suffix == ".json":
            yield from _file(top, child, document)
        else:
            yield Problem(code=ProblemCode.UNKNOWN_FILE, message="not a .json file", file=_name(top, child))


def _file(top: Path, path: Path, document: type[Document]) -> Iterator[Entry | Problem]:
    name = _name(top, path)
    try:
        text = text_of(_bytes(top, path))
        parsed = items(text)
    except OSError as error:
        yield _unreadable(name, error)
    except BadFile as bad:
        yield Problem(code=bad.code, message=bad.message, type=document.TYPE, file=name, line=bad.line)
    else:
        file = ContentFile(name, text)
        for item in parsed:
            yield from _item(file, item, document)


def _item(file: ContentFile, item: Item, document: type[Document]) -> Iterator[Entry | Problem]:
    ident = _ident(item.fields)
    for result in shape(item, document):
        if isinstance(result, Document):
            yield Entry(result, file, item.steps)
        else:
            yield file.place(replace(result, type=document.TYPE, ident=ident), item.steps)


def _ident(fields: object) -> str | None:
    """The ident of a document without a valid shape: others may refer to it all the same."""
    if isinstance(fields, dict):
        for name in ("slug", "key", "code"):
            if isinstance(ident := fields.get(name), str):
                return ident
    return None


def _bytes(top: Path, path: Path) -> bytes:
    """A file's bytes, one more than allowed at most. A link stays in the folder; a pipe or device is never opened."""
    if not path.resolve().is_relative_to(top.resolve()):
        raise BadFile(ProblemCode.OUTSIDE, "the file is a link that leads out of its folder")
    if not stat.S_ISREG(path.stat().st_mode):
        raise BadFile(ProblemCode.UNKNOWN_FILE, "not a regular file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _content_files(folder: Path) -> list[Path]:
    return sorted(child for child in folder.iterdir() if not child.name.startswith("."))


def _name(top: Path, path: Path) -> str:
    """A path for people: within the folder as they named it, with nothing in it that could break the line."""
    return "".join(char if char.isprintable() else "?" for char in str(top / path.relative_to(top)))


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(code=ProblemCode.UNREADABLE, message=(error.strerror or "cannot be read").lower(), file=name)


def to_text(document: Document) -> str:
    """A document as the text of its content file: two spaces of indent, fields in the order of the format."""
    return json.dumps(_plain(msgspec.to_builtins(document)), ensure_ascii=False, indent=2) + "\n"


def _plain(node: object) -> object:
    """Whole numbers without a decimal point, as people write them; they are read as the same."""
    match node:
        case dict():
            return {name: _plain(child) for name, child in node.items()}
        case list():
            return [_plain(child) for child in node]
        case float() if node.is_integer() and abs(node) < 2**53:
            return int(node)
    return node
