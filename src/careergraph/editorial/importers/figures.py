"""Read a table of figures of your own, one a row, for existing careers."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from careergraph.editorial.content.document_index import DocumentIndex, quoted
from careergraph.editorial.content.outcome import Rejected
from careergraph.editorial.content.problem import Problem, ProblemCode
from careergraph.editorial.importers.database_snapshot import DatabaseSnapshot
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
        self._found: dict[Key, dict[str, Section]] = {}

    def read(self) -> SourceData:
        columns = (*_COLUMNS, *_ENDS, *_MORE)
        for line, cells, use in self._uses.rows(self._table, *columns):
            use.used += 1
            self._row(_Row(line, dict(zip(columns, cells, strict=True))))
        if self._problems:
            raise Rejected(self._problems)
        return SourceData(
            importer=IMPORTER,
            vintage=self._table.table.path.name.partition(".")[0],
            documents=tuple([_document(key, sections) for key, sections in sorted(self._found.items())]),
            listed=None,
            uses=tuple(self._uses.every),
            prevails=True,
        )

    def _row(self, row: _Row) -> None:
        problems = list(self._problems_of(row))
        if problems:
            self._problems += problems
            return
        career, attribute = (
            self._career(row.cells["career"]),
            self._current_slug(AttributeDocument.TYPE, row, "attribute"),
        )
        assert career is not None  # noqa: S101 - it is no problem, so it is there
        source = self._current_slug(SourceDocument.TYPE, row, "source")
        try:
            value = figure_of(self._attributes[attribute], source, row.cells)
            further = is_further(row.cells)
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
            if (kind, self._current_slug(kind, row, kind)) not in self._snapshot.live:
                message = f"there is no {kind} {quoted(row.cells[kind])}"
                yield self._problem_at(row, ProblemCode.UNKNOWN_REFERENCE, message, kind)

    def _career(self, named: str) -> Key | None:
        """A career by its slug, of now or before, or by scheme and id as in onet:15-1252.00."""
        key = self._snapshot.current_key((CareerDocument.TYPE, named))
        if key in self._snapshot.live:
            return key
        scheme, _, identifier = named.partition(":")
        key_by_id = self._snapshot.by_external_id.get((CareerDocument.TYPE, scheme, identifier))
        return key_by_id if key_by_id in self._snapshot.live else None

    def _current_slug(self, kind: str, row: _Row, column: str) -> str:
        return self._snapshot.current_key((kind, row.cells[column]))[1]

    def _problem(self, row: _Row, code: ProblemCode, message: str, column: str) -> None:
        self._problems.append(self._problem_at(row, code, message, column))

    def _problem_at(self, row: _Row, code: ProblemCode, message: str, column: str) -> Problem:
        return Problem(code, message, (column,), file=self._table.name, line=row.line)


def _document(key: Key, sections: dict[str, Any]) -> ProposedDocument:
    return ProposedDocument(
        ident=f"career/{key[1]}", type=key[0], slug=key[1], variant="x", sections=sections, shared=True, partial=True
    )
