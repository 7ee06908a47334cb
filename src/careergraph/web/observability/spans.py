"""Spans for OpenTelemetry, one a request. Needs the extra `otel`; where they go is the process's own setting."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from careergraph import __version__
from careergraph.web.core.request_record import RequestRecord
from careergraph.web.request.endpoint import REQUEST_ID


class Spans:
    """Makes a span of each request, within the trace that its headers name."""

    def __init__(self) -> None:
        self._tracer = trace.get_tracer("careergraph", __version__)

    @contextmanager
    def watch(self, notes: RequestRecord) -> Iterator[None]:
        """A span as long as the request."""
        context = propagate.extract(_headers(notes))
        name = f"{notes.method} {notes.route}"
        with self._tracer.start_as_current_span(name, context=context, kind=SpanKind.SERVER) as span:
            where = span.get_span_context()
            notes.trace = f"{where.trace_id:032x}" if where.is_valid else None
            try:
                yield
            finally:
                _describe(span, notes)


def _headers(notes: RequestRecord) -> Mapping[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in notes.scope["headers"]}


def _describe(span: Span, notes: RequestRecord) -> None:
    """Says what the request was, in the words of OpenTelemetry's conventions where it has some."""
    said = {
        "http.request.method": notes.method,
        "http.route": notes.route,
        "http.response.status_code": notes.status,
        "graphql.operation.name": notes.operation,
        "careergraph.request.id": notes.scope.get(REQUEST_ID),
        "careergraph.cost": notes.cost,
        "careergraph.kept": notes.kept,
        "careergraph.catalog.version": notes.version,
        "careergraph.error.codes": notes.codes or None,
    }
    span.set_attributes({name: value for name, value in said.items() if value is not None})
    if notes.status >= 500:
        span.set_status(Status(StatusCode.ERROR))
