"""Convert the time of an editor, in a time zone, to an instant in UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from careergraph.editorial.content.document_index import quoted
from careergraph.editorial.content.outcome import Rejected, rejection
from careergraph.editorial.content.problem import ProblemCode, Steps

AT: Steps = ("at",)
FARTHEST = timedelta(days=3660)
"""Nothing is scheduled farther away than this: such a year is a slip of the finger."""


OF_MACHINES = ("localtime", "posixrules")
"""Names that a system's files have for zones that are others on another machine."""


def instant_of(at: datetime, zone: str, now: datetime | None = None) -> datetime:
    """Return the instant at which clocks in `zone` (`Europe/Berlin`, `UTC`) show `at`, the first if there are two.

    Raises Rejected (BAD_TIME) for an unknown zone, an hour that it skips, an offset that is not that of the zone then,
    and a time that is past or more than ten years away.
    """
    place = _zone(zone)
    try:
        instant = _in_utc(at, place)
    except OverflowError:
        raise _rejection("there is no such time in UTC") from None
    return future(instant, now)


def future(instant: datetime, now: datetime | None = None, steps: Steps = AT) -> datetime:
    """Return an instant that has a time zone and is to come, but not too far away. Raises Rejected for `steps`."""
    now = now or datetime.now(UTC)
    if instant.tzinfo is None:
        raise _rejection("the time needs a time zone", steps)
    if instant <= now:
        raise _rejection("the time is past", steps)
    if instant > now + FARTHEST:
        raise _rejection("the time is more than ten years away", steps)
    return instant


def _in_utc(at: datetime, place: ZoneInfo) -> datetime:
    if at.tzinfo is not None:
        there = at.astimezone(place)
        if there.utcoffset() != at.utcoffset():
            raise _rejection(f"the offset is not that of {place.key} then: it would be {there.isoformat()}")
        return at.astimezone(UTC)
    instant = at.replace(tzinfo=place).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) != at:
        raise _rejection(f"clocks in {place.key} skip this hour")
    return instant


def _zone(name: str) -> ZoneInfo:
    try:
        if name in OF_MACHINES:
            raise ZoneInfoNotFoundError(name)
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _rejection(f"there is no time zone {quoted(name)}, such as Europe/Berlin or UTC") from None


def _rejection(message: str, steps: Steps = AT) -> Rejected:
    return rejection(ProblemCode.BAD_TIME, message, steps=steps)
