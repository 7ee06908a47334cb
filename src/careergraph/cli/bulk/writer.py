"""Write comparisons, a part at a time, and show the progress."""

import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from time import monotonic

import click

from careergraph.api.base.context import MediaLinks
from careergraph.api.changes.page_documents import DocumentProblem, PageDocument
from careergraph.api.compiler.fragment_cache import room_for_export
from careergraph.api.connections.pairs import SlugPair
from careergraph.api.schema import schema
from careergraph.cli.bulk.job import Job, Part, pairs
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError
from careergraph.store.catalogs.catalogs import Catalogs
from careergraph.store.database.database import connect
from careergraph.store.database.memory import rare_collections
from careergraph.store.files.destination import destination

ON_A_TERMINAL, ELSEWHERE = 0.2, 10.0
"""The interval of the lines, in seconds."""


class Progress:
    """Show progress: `total` comparisons, of which some exist already."""

    def __init__(self, total: int, there: int) -> None:
        self._total, self._there, self.done = total, there, 0
        self._began = monotonic()
        self._live = sys.stderr.isatty()
        self._due = self._began + (ON_A_TERMINAL if self._live else ELSEWHERE)

    def add(self, comparisons: int) -> None:
        """More comparisons are written."""
        self.done += comparisons
        now = monotonic()
        if now >= self._due:
            self._due = now + (ON_A_TERMINAL if self._live else ELSEWHERE)
            self._show()

    def end(self) -> None:
        """Nothing more comes."""
        if self._live:
            self._show()
            click.echo(err=True)

    @property
    def rate(self) -> float:
        """Comparisons a second, from the start on."""
        return self.done / max(monotonic() - self._began, 1e-9)

    def _show(self) -> None:
        have = self._there + self.done
        left = f", {(self._total - have) / self.rate:,.0f} s left" if self.done else ""
        line = f"{have:,} of {self._total:,} comparisons, {self.rate:,.0f} a second{left}"
        click.echo(f"\r{line:<78}" if self._live else line, nl=not self._live, err=True)


class Writer:
    """Writes the parts of one job."""

    def __init__(self, job: Job, catalog: Catalog) -> None:
        """Raise DocumentProblem, CodedError and OSError."""
        self._job, self._catalog = job, catalog
        self._place = destination(job.folder)
        self._document = PageDocument(schema._schema, job.text, MediaLinks(job.media_url))
        if not {"a", "b"} <= self._document.variables:
            raise DocumentProblem("the document has no variables $a and $b for the careers to compare")
        if job.region is not None and "region" not in self._document.variables:
            raise DocumentProblem("the document has no variable $region for the region whose figures are compared")
        self._pairs = pairs(catalog, job.pair_filter)

    @classmethod
    def open(cls, job: Job) -> "Writer":
        """A writer with a catalog of its own, read from the database. Raises DatabaseProblem too."""
        engine = connect(job.database)
        try:
            return cls(job, Catalogs(engine).at_version(job.version))
        finally:
            engine.dispose()

    def write(self, part: Part) -> int:
        """Write a part, and return its number of comparisons. Raises OSError and DocumentProblem."""
        places = part.places(self._job.per_file, len(self._pairs))
        chosen = self._pairs[places.start : places.stop]
        with room_for_export(), rare_collections():  # an answer leaves no garbage in a circle
            self._place.write(part.name, self._lines(chosen, part.locale), "application/x-ndjson")
        return len(chosen)

    def _lines(self, chosen: Sequence[SlugPair], locale: str) -> Iterator[bytes]:
        fixed = {"locale": locale, "region": self._job.region}
        variables = ({"a": a.slug, "b": b.slug, **fixed} for a, b in chosen)
        for answer in self._document.answers(self._catalog, _no_past, variables):
            yield answer
            yield b"\n"


def _no_past(instant: datetime) -> Catalog:
    raise CodedError(Code.BAD_DATE, "An export is of one version.")
