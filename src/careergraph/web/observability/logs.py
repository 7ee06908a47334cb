"""Logs as JSON, one object a line: what happened, and in which request."""

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
"""Who asks for these asks all the time; that they did is for DEBUG."""
_CELLS = ("method", "route", "status", "operation", "cost", "kept", "version", "codes")
_REQUEST: ContextVar[RequestRecord | None] = ContextVar("careergraph_request", default=None)


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON: `time` (UTC), `level`, `logger`, `message`, in a request its id as `request`
    and its `trace`, where there is a fault its `traceback`; of an answered request also what its notes say."""

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
def logged(request_record: RequestRecord) -> Iterator[None]:
    """Puts the request's id into all lines that are logged meanwhile, and logs the request once it is answered.

    That a client got something wrong is INFO: whoever is called by an ERROR has something to do.
    """
    token = _REQUEST.set(request_record)
    try:
        yield
    finally:
        level = logging.DEBUG if request_record.route in QUIET else logging.INFO
        if LOG.isEnabledFor(level):
            cells = {name: getattr(request_record, name) for name in _CELLS} | {
                "ms": round(request_record.seconds * 1000, 3)
            }
            LOG.log(
                level,
                "%s %s %d",
                request_record.method,
                request_record.route,
                request_record.status,
                extra={"cells": cells},
            )
        _REQUEST.reset(token)


def log_json() -> None:
    """Has everything that the process logs from INFO on written to standard error as JSON lines."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonLines())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
