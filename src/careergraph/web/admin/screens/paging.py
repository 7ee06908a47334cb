"""Paging: which page of a list an address names."""

from typing import Any

from careergraph.web.admin.visit import Visit

PER_PAGE = 50
"""The items of a page."""


def page_of(visit: Visit) -> dict[str, Any]:
    """The arguments of a connection for the page in the address."""
    if before := visit.query.get("before"):
        return {"last": PER_PAGE, "before": before}
    after = visit.query.get("after")
    return {"first": PER_PAGE} | ({"after": after} if after else {})
