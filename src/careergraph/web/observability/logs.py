"""Logs as JSON, one object a line, with the request of each line."""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from careergraph.web.core.request_record import RequestRecord
from careergraph.web.request.endpoint import REQUEST_ID

LOG = logging.getLogger("careergraph.request")
QUIET = ("/healthz", "/readyz", "/metrics")
"""Routes that are requested all the time: their requests are logged as DEBUG."""
_CELLS = {
    **{name: name for name in ("method", "route", "status", "operation", "cost", "version", "codes")},
    "kept": "cached",
}
"""The fields of a line about a request, by the attributes of its record."""
_REQUEST: ContextVar[RequestRecord | None] = ContextVar("careergraph_request", default=None)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: `time` (UTC), `level`, `logger` and `message`; in a request its id as
    `request` and its `trace`; of an error its `traceback`; at the end of a request the fields of its record."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        request_record = _REQUEST.get()
        if request_record is not None:
            line |= {"request": request_record.scope.get(REQUEST_ID), "trace": request_record.trace}
        line |= getattr(record, "cells", {})
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value not in (None, ())}, default=str)


@contextmanager
def log_request(request_record: RequestRecord) -> Iterator[None]:
    """Put the request's id into all lines that are logged meanwhile, and log the request at its end.

    A client's mistake is INFO: an ERROR is for somebody who has to mend something.
    """
    token = _REQUEST.set(request_record)
    try:
        yield
    finally:
        level = logging.DEBUG if request_record.route in QUIET else logging.INFO
        if LOG.isEnabledFor(level):
            cells = {name: getattr(request_record, attribute) for name, attribute in _CELLS.items()}
            cells["ms"] = round(request_record.seconds * 1000, 3)
            words = request_record.method, request_record.route, request_record.status
            LOG.log(level, "%s %s %d", *words, extra={"cells": cells})
        _REQUEST.reset(token)


def log_json() -> None:
    """Write all logs of the process from INFO on to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
