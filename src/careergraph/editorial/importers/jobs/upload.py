"""Uploads: the tables in uploaded files, unpacked."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from careergraph.editorial.importers.jobs.archive import MAX_UNPACKED, BadArchive, is_archive, top_folder, unpack
from careergraph.editorial.importers.jobs.files import file_of
from careergraph.editorial.importers.sources import ReadInput, esco_source, figures_source, onet_source, table_source
from careergraph.store.editing.import_jobs import Importer
from careergraph.store.editing.uploads import Upload


@contextmanager
def work_folder(folder: Path, number: int) -> Iterator[Path]:
    """A folder for the unpacked tables of a job, empty at first and gone afterwards."""
    place = folder / f"work-{number}"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(mode=0o700, parents=True)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


class Unpacked:
    """The uploads of one job, unpacked into a folder."""

    def __init__(self, uploads: Path, work: Path, rows: Mapping[str, Upload]) -> None:
        self._uploads, self._work, self._rows, self._remaining = uploads, work, rows, MAX_UNPACKED
        self._numbers = count(1)

    def folder(self, idents: Sequence[str]) -> Path:
        """Return a folder with the files of some uploads, named after the first one. Raises BadArchive."""
        first = self._rows[idents[0]]
        file = file_of(self._uploads, first.ident)
        names = [Path(first.name).stem, top_folder(file) if is_archive(file) else ""]
        place = self._work / str(next(self._numbers)) / " ".join(filter(None, names))[:LONGEST]
        place.mkdir(parents=True)
        for ident in idents:
            self._put(self._rows[ident], place)
        return place

    def file(self, ident: str) -> Path:
        """Return the one file of an upload. Raises BadArchive."""
        place = self._work / str(next(self._numbers)) / Path(self._rows[ident].name).stem
        place.mkdir(parents=True)
        self._put(self._rows[ident], place)
        files = list(place.iterdir())
        if len(files) != 1:
            raise BadArchive(f"the archive {self._rows[ident].name} holds {len(files)} files where one is needed")
        return files[0]

    def _put(self, upload: Upload, place: Path) -> None:
        source = file_of(self._uploads, upload.ident)
        if is_archive(source):
            self._remaining -= unpack(source, place, self._remaining)
        elif (target := place / upload.name).exists():
            raise BadArchive(f"there are two files {upload.name}")
        else:
            _link(source, target)


def _link(source: Path, target: Path) -> None:
    """Give a file another name, by which its year or release is told."""
    try:
        target.hardlink_to(source)
    except OSError:  # the file system has no links
        shutil.copyfile(source, target)


LONGEST = 60
"""The longest name of a folder for unpacked files, in characters."""


def source_of(kind: Importer, options: Mapping[str, Any], unpacked: Unpacked) -> ReadInput:
    """Return the source of an import. Raises BadArchive and MissingOption."""
    tables, release = options["tables"], options.get("release")
    profile = unpacked.file(options["profile"]) if options.get("profile") else None
    if kind is Importer.FIGURES:
        return figures_source(unpacked.file(tables[0]))
    if kind is Importer.TABLE and profile is not None:
        return table_source([unpacked.folder([it]) for it in tables], profile)
    if kind is Importer.ESCO:
        return esco_source([unpacked.folder([it]) for it in tables], release, options.get("only"), profile)
    parts = {name: unpacked.file(options[name]) if options.get(name) else None for name in ("wages", "exposure")}
    return onet_source(
        unpacked.folder(tables), **parts, release=release, wages_year=options.get("wagesYear"), profile=profile
    )
