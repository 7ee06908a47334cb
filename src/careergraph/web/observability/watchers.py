"""Watchers: who watches the requests of an app, as its configuration says. Their packages are extras."""

from dataclasses import dataclass
from importlib import import_module
from typing import Any

from careergraph.web.catalogs.catalog_holder import CatalogHolder
from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.request_record import Watcher
from careergraph.web.observability.logs import logged
from careergraph.web.request.endpoint import Handler


@dataclass(frozen=True, slots=True)
class Watchers:
    """Those who watch, the first of them from the first to the last moment, and the page that metrics are on."""

    all: tuple[Watcher, ...] = ()
    metrics: Handler | None = None


def watchers(config: Config, runtime: CatalogHolder) -> Watchers:
    """Who watches. Raises ConfigProblem where an extra is not installed."""
    spans = (_extra("otel", "spans").Spans().watch,) if config.spans else ()
    lines = (logged,) if config.log_json else ()
    metrics = _extra("metrics", "metrics").Metrics(runtime) if config.metrics else None
    counting = () if metrics is None else (metrics.watch,)
    return Watchers((*spans, *lines, *counting), None if metrics is None else metrics.page)


def _extra(extra: str, module: str) -> Any:
    """A module of ours that needs an extra, imported only where it is asked for."""
    try:
        return import_module(f"careergraph.web.observability.{module}")
    except ModuleNotFoundError as error:
        message = f"{module} is on, and needs the package {error.name}: install careergraph[{extra}]"
        raise ConfigProblem(message) from None
