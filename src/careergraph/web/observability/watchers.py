"""Watchers: the logs, metrics and traces of an app, as configured. Their packages are extras."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.config import Config
from careergraph.web.core.extras import import_extra
from careergraph.web.core.request_record import RequestRecord, Watcher
from careergraph.web.observability.logs import log_request
from careergraph.web.request.endpoint import Handler


@dataclass(frozen=True, slots=True)
class Watchers:
    """The watchers, outermost first, and the handler of the page of metrics. `count` counts a request, and does all
    that the watcher of metrics does."""

    all: tuple[Watcher, ...] = ()
    metrics: Handler | None = None
    count: Callable[[RequestRecord], None] | None = None

    @property
    def only_count(self) -> bool:
        """Whether nobody watches a request while it runs."""
        return len(self.all) == (self.count is not None)


def make_watchers(config: Config, catalog_holder: CatalogHolder) -> Watchers:
    """The configured watchers. Raises ConfigProblem for an extra that is not installed."""
    spans = (_extra("otel", "spans").Spans().watch,) if config.observability.spans else ()
    lines = (log_request,) if config.observability.log_json else ()
    metrics = _extra("metrics", "metrics").Metrics(catalog_holder) if config.observability.metrics else None
    counting = () if metrics is None else (metrics.watch,)
    every_watcher = (*spans, *lines, *counting)
    return Watchers(every_watcher) if metrics is None else Watchers(every_watcher, metrics.page, metrics.count)


def _extra(extra: str, module: str) -> Any:
    return import_extra(f"careergraph.web.observability.{module}", extra, f"{module} is on, and")
