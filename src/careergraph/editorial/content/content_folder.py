"""Content folders: read them into documents, and export documents to them.

A content folder has a folder for each document type (`careers/`, `skills/` ...) with `*.json` files: one document, or a
list of documents. Files that begin with a dot, and files at the top (a README), are ignored.
"""

import json
import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

from careergraph.editorial.content.content_file import MAX_BYTES, BadFile, Item, Positions, items, shape, text_of
from careergraph.editorial.content.problem import Problem, ProblemCode, Steps
from careergraph.store.catalogs.past import newest, version_info
from careergraph.store.documents.documents import DOCUMENTS, Document
from careergraph.store.documents.rows import read_all

RECORD = "export.json"
"""The file at the top of an exported folder that names its version of the catalog."""

FOLDERS = {document.FOLDER: document for document in DOCUMENTS}
"""The document type of each folder."""


@dataclass(frozen=True)
class ContentFile:
    """A content file's name, with the folder as the caller named it, and its text."""

    name: str
    text: str

    @cached_property
    def positions(self) -> Positions:
        """The positions of its fields."""
        return Positions(self.text)

    def place(self, problem: Problem, steps: Steps) -> Problem:
        """Return a problem of the document at some steps of this file, with its line."""
        return replace(problem, file=self.name, line=self.positions.line((*steps, *problem.steps)))


@dataclass(frozen=True, slots=True)
class Entry:
    """A document, its file, and the steps to it from the top of that file."""

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

    @property
    def documents(self) -> tuple[Document, ...]:
        """The documents of the entries."""
        return tuple([entry.document for entry in self.entries])


def read(folders: Iterable[Path]) -> Reading:
    """Read all documents of some content folders. An unreadable file is a problem, not an exception."""
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
    """Read a file's bytes, one more than allowed at most. A link must stay in the folder; a pipe or device is never
    opened."""
    if not path.resolve().is_relative_to(top.resolve()):
        raise BadFile(ProblemCode.OUTSIDE, "the file is a link that leads out of its folder")
    if not stat.S_ISREG(path.stat().st_mode):
        raise BadFile(ProblemCode.UNKNOWN_FILE, "not a regular file")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _content_files(folder: Path) -> list[Path]:
    return sorted(child for child in folder.iterdir() if not child.name.startswith("."))


def _name(top: Path, path: Path) -> str:
    """Return a path for messages: relative to the folder, without characters that could break the line."""
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


class Obstructed(Exception):
    """The folder has content files that are not live: loading it would restore them. The message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The result of exporting: the number of documents, the files written because they differed, and the files
    removed."""

    documents: int
    written: int
    removed: int


def export(session: Session, folder: Path, *, prune: bool = False) -> Exported:
    """Write the live documents into a folder. Raises OSError, and Obstructed unless stale files may be removed
    (`prune`)."""
    texts = {folder / document.FOLDER / f"{document.ident}.json": to_text(document) for document in read_all(session)}
    stale = _stale(folder, texts)
    if stale and not prune:
        raise Obstructed(f"{folder} holds files of no live document, such as {stale[0]}; --prune removes them")
    count = sum(_write(path, text) for path, text in texts.items())
    for path in stale:
        path.unlink()
    if (info := newest(session)) is not None:
        _write(folder / RECORD, msgspec.json.encode(_Record(*info)).decode() + "\n")
    return Exported(documents=len(texts), written=count, removed=len(stale))


class _Record(msgspec.Struct, rename="camel"):
    version: int
    published_at: datetime


def exported_version(session: Session, folder: Path) -> int | None:
    """Return the version that a folder was exported at; None where it was not, or from another database."""
    try:
        record = msgspec.json.decode(_bytes(folder, folder / RECORD), type=_Record)
    except (OSError, BadFile, msgspec.MsgspecError):
        return None
    info = version_info(session, record.version)
    return record.version if info is not None and info.published_at == record.published_at else None


def _stale(folder: Path, texts: Mapping[Path, str]) -> list[Path]:
    paths = (path for name in FOLDERS for path in folder.glob(f"{name}/[!.]*.json"))
    return sorted(path for path in paths if path not in texts)


def _write(path: Path, text: str) -> bool:
    """Write a file atomically; return False if it has the text already."""
    body = text.encode()
    if path.is_file() and path.read_bytes() == body:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        fresh.write_bytes(body)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return True
