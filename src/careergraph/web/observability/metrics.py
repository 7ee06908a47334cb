"""Metrics for Prometheus. Needs the extra `metrics`."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Histogram, PlatformCollector, ProcessCollector
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from careergraph.api.compiler.fallback import fallback_counts
from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.request_record import RequestRecord

BUCKETS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Upper ends of the buckets of durations, in seconds: most responses take less than a millisecond."""


class Metrics:
    """The metrics of one app. Labels have values of the server's own only, so their number is bounded."""

    def __init__(self, catalog_holder: CatalogHolder) -> None:
        self.registry = CollectorRegistry()
        for collector in (
            ProcessCollector(registry=None),
            PlatformCollector(registry=None),
            _State(catalog_holder),
            _Fallbacks(),
        ):
            self.registry.register(collector)
        self._requests = Counter(
            "careergraph_requests", "Requests that were answered.", ("route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "careergraph_request_seconds",
            "How long requests took, in seconds.",
            ("route",),
            buckets=BUCKETS,
            registry=self.registry,
        )
        self._kept = Counter(
            "careergraph_kept_answers", "Requests that were answered with a kept answer.", registry=self.registry
        )
        self._cost = Counter("careergraph_cost", "What operations that were run cost.", registry=self.registry)
        self._counters: dict[tuple[str, int], tuple[Counter, Histogram]] = {}
        self._errors = Counter("careergraph_errors", "Errors in answers.", ("code",), registry=self.registry)

    @contextmanager
    def watch(self, request_record: RequestRecord) -> Iterator[None]:
        """Count a request."""
        yield
        self.count(request_record)

    def count(self, request_record: RequestRecord) -> None:
        """Count a request that is answered. Labels are looked up once: that takes longer than to count."""
        key = request_record.route, request_record.status
        if (counters := self._counters.get(key)) is None:
            counters = self._counters[key] = self._requests.labels(*key), self._seconds.labels(request_record.route)
        requests, seconds = counters
        requests.inc()
        seconds.observe(request_record.seconds)
        if request_record.cached:
            self._kept.inc()
        if request_record.cost:
            self._cost.inc(request_record.cost)
        for code in request_record.codes:
            self._errors.labels(code).inc()

    async def page(self, request: Request) -> Response:
        """The page that Prometheus reads."""
        return Response(generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


class _State(Collector):
    """The state of the catalog in memory. Sends no query to the database."""

    def __init__(self, catalog_holder: CatalogHolder) -> None:
        self._catalog_holder = catalog_holder

    def collect(self) -> Iterable[Metric]:
        """The gauges."""
        stale = float(self._catalog_holder.problem is not None)
        yield GaugeMetricFamily("careergraph_stale", "1 while the database cannot be read.", stale)
        catalog = self._catalog_holder.last
        if catalog is not None:
            yield GaugeMetricFamily("careergraph_catalog_version", "The version of the catalog.", catalog.version)
            count = len(catalog.careers)
            yield GaugeMetricFamily("careergraph_catalog_careers", "The careers in the catalog.", count)
            published = catalog.published_at.timestamp()
            yield GaugeMetricFamily("careergraph_catalog_published", "When it was published, in Unix time.", published)


class _Fallbacks(Collector):
    """The queries of this process that no plan answered."""

    def collect(self) -> Iterable[Metric]:
        """Return the counter, by reason."""
        counter = CounterMetricFamily(
            "careergraph_plan_fallbacks", "Queries that were left to standard execution.", labels=["reason"]
        )
        for reason, count in fallback_counts().items():
            counter.add_metric([reason.value], count)
        yield counter
