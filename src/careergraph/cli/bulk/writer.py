"""Writer: answers comparisons and writes them, a part at a time."""

import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from careergraph.api.changes.page_documents import DocumentProblem, PageDocument
from careergraph.api.connections.pairs import SlugPair
from careergraph.api.schema import schema
from careergraph.cli.bulk.job import Job, Part, pairs
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect

UNFINISHED = ".unfinished"
"""How the names of files end that are being written, or were when somebody pulled the plug."""


class Writer:
    """Writes the parts of one job."""

    def __init__(self, job: Job, catalog: Catalog) -> None:
        """Raises DocumentProblem and CodedError."""
        self._job, self._catalog = job, catalog
        self._document = PageDocument(schema._schema, job.text)
        if not {"a", "b"} <= self._document.variables:
            raise DocumentProblem("the document has no variables $a and $b for the careers to compare")
        self._pairs = pairs(catalog, job.pair_filter)

    @classmethod
    def open(cls, job: Job) -> "Writer":
        """A writer with a catalog of its own, read from the database. Raises DatabaseProblem."""
        engine = connect(job.database)
        try:
            return cls(job, Catalogs(engine).at_version(job.version))
        finally:
            engine.dispose()

    def write(self, part: Part) -> int:
        """Writes a part, and answers how many comparisons it has. Raises OSError and DocumentProblem."""
        path = part.path(self._job.folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        places = part.places(self._job.per_file, len(self._pairs))
        chosen = self._pairs[places.start : places.stop]
        fresh = path.with_name(f"{path.name}.{os.getpid()}{UNFINISHED}")
        try:
            self._fill(fresh, chosen, part.locale)
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
        return len(chosen)

    def _fill(self, path: Path, chosen: Sequence[SlugPair], locale: str) -> None:
        answer = self._document.answer
        with path.open("wb") as file:
            for a, b in chosen:
                file.write(answer(self._catalog, _no_past, a=a.slug, b=b.slug, locale=locale))
                file.write(b"\n")
            file.flush()
            os.fsync(file.fileno())  # what counts as done must be there after a power cut too


def sweep(folder: Path, mine: Sequence[Part]) -> None:
    """Removes what interrupted runs left of these parts. Raises OSError."""
    for directory in {part.path(folder).parent for part in mine}:
        names = {part.path(folder).name for part in mine}
        for path in directory.glob(f"*{UNFINISHED}"):
            if path.name.split(".jsonl")[0] + ".jsonl" in names:
                path.unlink(missing_ok=True)


def _no_past(instant: datetime) -> Catalog:
    raise CodedError(Code.BAD_DATE, "An export is of one version.")
