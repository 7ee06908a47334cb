"""Times: the day and hour that a form says, in a zone."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from careergraph.web.admin.visit import Visit

_MINUTES = len("2026-05-01T09:00")


@cache
def zones() -> tuple[str, ...]:
    """The time zones to choose from: those of places, and UTC."""
    places = (name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "SystemV/")))
    return ("UTC", *sorted(places))


def time_of(visit: Visit) -> dict[str, Any]:
    """The arguments `at` and `zone` of a schedule, from the form."""
    at = visit.form.get("at")
    return {"at": f"{at}:00" if len(at) == _MINUTES else at, "zone": visit.form.get("zone")}
