"""Export: what is live becomes a content folder, one document a file, the same bytes for the same content."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from careergraph.editorial.content.content_folder import FOLDERS, to_text
from careergraph.store.documents.rows import read_all


class Obstructed(Exception):
    """The folder holds content files that are not live: loading it would bring them back. The message is one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """The result of exporting: the number of documents, the files written because they differed, and the files
    removed."""

    documents: int
    written: int
    removed: int


def export(session: Session, folder: Path, *, prune: bool = False) -> Exported:
    """Writes what is live into a folder. Raises OSError, and Obstructed unless stale files may be removed (`prune`)."""
    texts = {folder / document.FOLDER / f"{document.ident}.json": to_text(document) for document in read_all(session)}
    stale = _stale(folder, texts)
    if stale and not prune:
        raise Obstructed(f"{folder} holds files of no live document, such as {stale[0]}; --prune removes them")
    count = sum(_write(path, text) for path, text in texts.items())
    for path in stale:
        path.unlink()
    return Exported(documents=len(texts), written=count, removed=len(stale))


def _stale(folder: Path, texts: Mapping[Path, str]) -> list[Path]:
    paths = (path for name in FOLDERS for path in folder.glob(f"{name}/[!.]*.json"))
    return sorted(path for path in paths if path not in texts)


def _write(path: Path, text: str) -> bool:
    """Writes a file whole or not at all; False where it holds the text already."""
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
