"""Spans for OpenTelemetry, one a request. Needs the extra `otel`; the process configures the export."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import propagate, trace
from opentelemetry.trace import Span, SpanKind, Status, StatusCode

from careergraph import __version__
from careergraph.web.core.request_record import RequestRecord
from careergraph.web.request.endpoint import REQUEST_ID


class Spans:
    """Makes a span of each request, within the trace of its headers."""

    def __init__(self) -> None:
        self._tracer = trace.get_tracer("careergraph", __version__)

    @contextmanager
    def watch(self, request_record: RequestRecord) -> Iterator[None]:
        """A span as long as the request."""
        context = propagate.extract(_headers(request_record))
        name = f"{request_record.method} {request_record.route}"
        with self._tracer.start_as_current_span(name, context=context, kind=SpanKind.SERVER) as span:
            span_context = span.get_span_context()
            request_record.trace = f"{span_context.trace_id:032x}" if span_context.is_valid else None
            try:
                yield
            finally:
                _describe(span, request_record)


def _headers(request_record: RequestRecord) -> Mapping[str, str]:
    return {name.decode("latin-1"): value.decode("latin-1") for name, value in request_record.scope["headers"]}


def _describe(span: Span, request_record: RequestRecord) -> None:
    """Set the attributes of a span, by OpenTelemetry's names where it has some."""
    attributes = {
        "http.request.method": request_record.method,
        "http.route": request_record.route,
        "http.response.status_code": request_record.status,
        "graphql.operation.name": request_record.operation,
        "careergraph.request.id": request_record.scope.get(REQUEST_ID),
        "careergraph.cost": request_record.cost,
        "careergraph.kept": request_record.cached,
        "careergraph.catalog.version": request_record.version,
        "careergraph.error.codes": request_record.codes or None,
    }
    span.set_attributes({name: value for name, value in attributes.items() if value is not None})
    if request_record.status >= 500:
        span.set_status(Status(StatusCode.ERROR))
