"""Logs, metrics and spans: right where they are on, and nowhere in the way where they are off."""

import json
import logging
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode
from prometheus_client.parser import text_string_to_metric_families

from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.graphql import GraphQL
from careergraph.web.observability.logs import JsonLines
from web.client import Client
from web.stub import Shelf, stub

PAIR = '{ comparison(a: "career-0", b: "career-1") { title } }'
TYPO = "{ comparisn { title } }"
REQUEST = "request-0123456789"


def samples(client: Client) -> dict[str, float]:
    """What /metrics says, by name and labels."""
    response = client.get("/metrics")
    assert response.headers["content-type"].startswith("text/plain; version=")
    values = {}
    for family in text_string_to_metric_families(response.text):
        for sample in family.samples:
            values[" ".join([sample.name, *[f"{name}={text}" for name, text in sorted(sample.labels.items())]])] = (
                sample.value
            )
    return values


class TestMetrics:
    """What Prometheus reads."""

    def test_requests_answers_costs_and_errors_are_counted(self) -> None:
        client = Client(stub(Config.of(metrics=True), pure=True).asgi())
        for _ in range(3):
            client.ask(PAIR)
        client.ask(TYPO)
        client.get("/graphql", params={"query": "mutation { touch }"})
        client.get("/nowhere")
        metrics = samples(client)
        assert metrics["careergraph_requests_total route=/graphql status=200"] == 4
        assert metrics["careergraph_requests_total route=/graphql status=405"] == 1
        assert metrics["careergraph_requests_total route=elsewhere status=404"] == 1
        assert metrics["careergraph_request_seconds_count route=/graphql"] == 5
        assert metrics["careergraph_kept_answers_total"] == 1, "kept at the second time, sent at the third"
        assert metrics["careergraph_cost_total"] == 22, "two operations that were run"
        assert metrics["careergraph_errors_total code=GRAPHQL_VALIDATION_FAILED"] == 1
        assert metrics["careergraph_errors_total code=METHOD_NOT_ALLOWED"] == 1
        assert metrics["process_resident_memory_bytes"] > 0

    def test_queries_that_no_plan_answers_are_counted_by_reason(self) -> None:
        client = Client(stub(Config.of(metrics=True), pure=True).asgi())
        name = "careergraph_plan_fallbacks_total reason=host"
        before = samples(client)[name]
        client.ask(PAIR)
        assert samples(client)[name] == before, "it is compiled when it comes again"
        client.ask(PAIR)
        assert samples(client)[name] == before + 1, "the schema is a host's"

    def test_the_state_of_the_catalog_is_told(self) -> None:
        shelf = Shelf()
        client = Client(stub(Config.of(metrics=True, poll_seconds=0), shelf).asgi())
        assert "careergraph_catalog_version" not in samples(client)
        client.ask(PAIR)
        metrics = samples(client)
        assert (metrics["careergraph_catalog_version"], metrics["careergraph_catalog_careers"]) == (1, 3)
        assert metrics["careergraph_catalog_published"] == shelf.published.published_at.timestamp()
        assert metrics["careergraph_stale"] == 0
        shelf.fails = OSError("the disk is gone")
        client.ask(PAIR)
        assert samples(client)["careergraph_stale"] == 1

    def test_what_clients_write_is_no_label(self) -> None:
        """Labels of which clients make up ever new ones would use up the memory of whoever keeps the metrics."""
        client = Client(stub(Config.of(metrics=True)).asgi())
        before = len(samples(client))
        for number in range(20):
            client.ask(f"query Secret{number} {{ who }}")
            client.get(f"/secret{number}", headers={"X-Request-Id": f"secret-secret-{number}"})
        metrics = samples(client)
        assert "ecret" not in " ".join(metrics)
        assert len(metrics) - before < 80


class TestJsonLog:
    """One line of JSON for whatever happens."""

    @pytest.fixture
    def lines(self) -> Iterator[StringIO]:
        """What is logged, as it is written."""
        written, root = StringIO(), logging.getLogger()
        handler, level = logging.StreamHandler(written), root.level
        handler.setFormatter(JsonLines())
        root.addHandler(handler)
        root.setLevel(logging.INFO)
        yield written
        root.removeHandler(handler)
        root.setLevel(level)

    def logged(self, lines: StringIO, query: str) -> list[dict[str, object]]:
        client = Client(stub(Config.of(log_json=True)).asgi())
        client.post("/graphql", json={"query": query}, headers={"X-Request-Id": REQUEST})
        ours = [json.loads(line) for line in lines.getvalue().splitlines()]
        return [line for line in ours if str(line["logger"]).startswith("careergraph")]

    def test_a_request_is_one_line(self, lines: StringIO) -> None:
        (line,) = self.logged(lines, f"query Page {PAIR}")
        assert float(str(line.pop("ms"))) > 0
        assert str(line.pop("time")).endswith("+00:00")
        assert line == {
            "level": "INFO",
            "logger": "careergraph.request",
            "message": "POST /graphql 200",
            "request": REQUEST,
            "method": "POST",
            "route": "/graphql",
            "status": 200,
            "operation": "Page",
            "cost": 11,
            "kept": False,
            "version": 1,
        }

    def test_a_typo_of_a_client_is_no_error_and_not_written_down(self, lines: StringIO) -> None:
        (line,) = self.logged(lines, TYPO)
        assert (line["level"], line["codes"]) == ("INFO", ["GRAPHQL_VALIDATION_FAILED"])
        assert "comparisn" not in lines.getvalue()

    def test_a_fault_is_an_error_with_the_id_of_its_request(self, lines: StringIO) -> None:
        fault, request = self.logged(lines, "{ broken }")
        assert (fault["level"], request["level"]) == ("ERROR", "INFO")
        assert fault["request"] == request["request"] == REQUEST
        assert "RuntimeError" in str(fault["traceback"])
        assert request["codes"] == ["INTERNAL_ERROR"]

    def test_health_checks_are_not_worth_a_line(self, lines: StringIO) -> None:
        client = Client(stub(Config.of(log_json=True)).asgi())
        assert client.get("/healthz").status_code == client.get("/readyz").status_code == 200
        assert "careergraph" not in lines.getvalue()


class TestSpans:
    """One for each request."""

    @pytest.fixture
    def exporter(self, monkeypatch: pytest.MonkeyPatch) -> InMemorySpanExporter:
        """Where spans go."""
        exporter, provider = InMemorySpanExporter(), TracerProvider()
        provider.add_span_processor(SimpleSpanProcessor(exporter))
        monkeypatch.setattr(trace, "get_tracer_provider", lambda: provider)
        return exporter

    def test_a_request_is_a_span_of_its_trace(self, exporter: InMemorySpanExporter) -> None:
        client = Client(stub(Config.of(spans=True, log_json=True)).asgi())
        parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        client.post("/graphql", json={"query": f"query Page {PAIR}"}, headers={"traceparent": parent})
        (span,) = exporter.get_finished_spans()
        assert span.name == "POST /graphql"
        assert span.context is not None and span.parent is not None
        assert f"{span.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
        assert f"{span.parent.span_id:016x}" == "b7ad6b7169203331"
        attributes = dict(span.attributes or {})
        assert attributes["graphql.operation.name"] == "Page"
        assert (attributes["http.response.status_code"], attributes["careergraph.catalog.version"]) == (200, 1)
        assert span.status.status_code is StatusCode.UNSET

    def test_a_failure_of_the_server_is_marked(self, exporter: InMemorySpanExporter) -> None:
        client = Client(stub(Config.of(spans=True), Shelf(fails=OSError("gone"))).asgi())
        assert client.get("/graphql", params={"query": PAIR}).status_code == 503
        (span,) = exporter.get_finished_spans()
        assert span.status.status_code is StatusCode.ERROR
        assert dict(span.attributes or {})["careergraph.error.codes"] == ("NOT_READY",)


def test_where_nobody_watches_nothing_is_in_the_way() -> None:
    """Not even a wrapper, and none of the packages is imported."""
    served = stub()
    assert isinstance(next(it for it in served.routes() if getattr(it, "path", "") == "/graphql").app, GraphQL)  # type: ignore[attr-defined]
    assert Client(served.asgi()).get("/metrics").status_code == 404


@pytest.mark.parametrize(
    ("module", "package", "why", "config"),
    [
        ("observability.metrics", "prometheus_client", "metrics is on", Config.of(metrics=True)),
        ("observability.spans", "opentelemetry", "spans is on", Config.of(spans=True)),
        ("mcp.endpoint", "mcp.server.streamable_http_manager", "mcp_path is set", Config.of(mcp_path="/mcp")),
    ],
)
def test_an_extra_that_is_not_installed_is_one_line(
    module: str, package: str, why: str, config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, f"careergraph.web.{module}", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    name = package.partition(".")[0]
    with pytest.raises(ConfigProblem, match=rf"{why}, and needs the package {name}: install careergraph\["):
        stub(config)
