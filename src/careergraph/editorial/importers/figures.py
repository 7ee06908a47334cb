"""Read a table of figures of your own, one a row, for existing careers."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
from careergraph.editorial.importers.decimal_points import DecimalPoints
from careergraph.editorial.importers.figure import NotAFigure, figure_of, is_further
from careergraph.editorial.importers.source_data import ProposedDocument, Section, SourceData, Tell, Uses
from careergraph.editorial.importers.tables.shape import Shape, Shaped
from careergraph.store.documents.documents import AttributeDocument, CareerDocument, Key, SourceDocument

IMPORTER = "figures"

FIGURES = Shape(
    name="figures",
    columns={
        "career": ("career", "external id"),
        "attribute": ("attribute",),
        "value": ("value",),
        "source": ("source",),
    },
    extra={
        **{name: (name,) for name in ("unit", "method", "region", "basis", "share", "further")},
        **{name: (name.replace("_", " "),) for name in ("low_percentile", "high_percentile")},
        "date": ("date", "observedOn"),
        "suppress": ("suppress", "suppressed"),
        "published_for": ("publishedFor",),
        "published_for_title": ("publishedForTitle",),
        "low": ("interval low",),
        "high": ("interval high",),
        "sample": ("sample size",),
    },
    cost="nothing can be imported",
    required=True,
)
_COLUMNS = ("career", "attribute", "source", *("value", "unit", "basis", "low", "high"))
_ENDS = ("low_percentile", "high_percentile", "share")
_MORE = ("date", "method", "region", "published_for", "published_for_title", "sample", "suppress", "further")


MOST_NAMES = 10_000
"""The names of careers, attributes and sources that are remembered: those of a table come again and again."""


@dataclass(slots=True)
class _Row:
    line: int
    cells: dict[str, str]


def read_figures(table: Shaped, snapshot: DatabaseSnapshot, tell: Tell) -> SourceData:
    """Read a table of figures. Raises BadTable where it cannot be read, and Rejected with all problems of its rows."""
    return _Reading(table, snapshot, Uses(tell)).read()


class _Reading:
    def __init__(self, table: Shaped, snapshot: DatabaseSnapshot, uses: Uses) -> None:
        self._table, self._snapshot, self._uses = table, snapshot, uses
        self._attributes = DocumentIndex(snapshot.live).attributes
        self._problems: list[Problem] = []
        self._points = DecimalPoints()
        self._found: dict[Key, dict[str, Section]] = {}
        often = lru_cache(MOST_NAMES)  # of no method, which would keep all of this until it is collected
        self._career = often(partial(_look_up_career, snapshot))
        self._slug = often(partial(_look_up_slug, snapshot))

    def read(self) -> SourceData:
        columns = (*_COLUMNS, *_ENDS, *_MORE)
        for line, cells, use in self._uses.rows(self._table, *columns):
            use.used += 1
            self._row(_Row(line, dict(zip(columns, cells, strict=True))))
        if problems := [*self._problems, *self._points.problems()]:
            raise Rejected(sorted(problems, key=lambda it: it.line or 0))
        return SourceData(
            importer=IMPORTER,
            vintage=self._table.table.path.name.partition(".")[0],
            documents=tuple([_document(key, sections) for key, sections in sorted(self._found.items())]),
            listed=None,
            uses=tuple(self._uses.every),
            prevails=True,
        )

    def _row(self, row: _Row) -> None:
        cells = row.cells
        career, source = self._career(cells["career"]), self._slug(SourceDocument.TYPE, cells["source"])
        attribute = self._slug(AttributeDocument.TYPE, cells["attribute"])
        if career is None or attribute is None or source is None:
            self._problems += self._problems_of(row)
            return
        try:
            value = figure_of(self._attributes[attribute], source, row.cells)
            further = is_further(row.cells)
            self._points.note(self._attributes[attribute], row.cells, self._table.name, row.line)
        except NotAFigure as bad:
            self._problem(row, ProblemCode.BAD_VALUE, bad.message, bad.column)
            return
        section = f"3 {attribute} {value['region']}" if further else f"2 {attribute}"
        if section in self._found.get(career, {}):
            message = f"the career has another row for the attribute{' and the region' if further else ''}"
            self._problem(row, ProblemCode.DUPLICATE, message, "attribute")
            return
        self._found.setdefault(career, {})[section] = {"regionalValues" if further else "values": [value]}

    def _problems_of(self, row: _Row) -> Iterator[Problem]:
        if self._career(row.cells["career"]) is None:
            message = f"there is no career {quoted(row.cells['career'])}, and none with such an external id (scheme:id)"
            yield self._problem_at(row, ProblemCode.UNKNOWN_REFERENCE, message, "career")
        for kind in (AttributeDocument.TYPE, SourceDocument.TYPE):
            if self._slug(kind, row.cells[kind]) is None:
                message = f"there is no {kind} {quoted(row.cells[kind])}"
                yield self._problem_at(row, ProblemCode.UNKNOWN_REFERENCE, message, kind)

    def _problem(self, row: _Row, code: ProblemCode, message: str, column: str) -> None:
        self._problems.append(self._problem_at(row, code, message, column))

    def _problem_at(self, row: _Row, code: ProblemCode, message: str, column: str) -> Problem:
        return Problem(code, message, (column,), file=self._table.name, line=row.line)


def _look_up_career(snapshot: DatabaseSnapshot, named: str) -> Key | None:
    """A career by its slug, of now or before, or by scheme and id as in onet:15-1252.00."""
    key = snapshot.current_key((CareerDocument.TYPE, named))
    if key in snapshot.live:
        return key
    scheme, _, identifier = named.partition(":")
    key_by_id = snapshot.by_external_id.get((CareerDocument.TYPE, scheme, identifier))
    return key_by_id if key_by_id in snapshot.live else None


def _look_up_slug(snapshot: DatabaseSnapshot, kind: str, named: str) -> str | None:
    """The slug of today of an attribute or a source; None where there is none."""
    key = snapshot.current_key((kind, named))
    return key[1] if key in snapshot.live else None


def _document(key: Key, sections: dict[str, Any]) -> ProposedDocument:
    return ProposedDocument(
        ident=f"career/{key[1]}", type=key[0], slug=key[1], variant="x", sections=sections, shared=True, partial=True
    )
