"""Moment: a time as an editor gives it, in a time zone, to an instant in UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from careergraph.editorial.outcome import Rejected, rejected
from careergraph.editorial.problem import ProblemCode
from careergraph.editorial.world import shown

FARTHEST = timedelta(days=3660)
"""Nothing is scheduled farther away than this: such a year is a slip of the finger."""


def instant_of(at: datetime, zone: str, now: datetime | None = None) -> datetime:
    """The instant that clocks in `zone` (`Europe/Berlin`, `UTC`) show `at`; of an hour that comes twice the first one.

    `at` has no offset of its own, or the one that holds in the zone then. Raises Rejected (BAD_TIME) for another one,
    for an hour that the zone skips, and for a time that is past or more than ten years away.
    """
    place = _zone(zone)
    instant = at.replace(tzinfo=place).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) != at.replace(tzinfo=None):
        raise _bad(f"clocks in {zone} skip this hour")
    if at.tzinfo is not None:
        if at.utcoffset() not in {at.replace(tzinfo=place, fold=fold).utcoffset() for fold in (0, 1)}:
            raise _bad(f"this is not the offset of {zone} at that time")
        instant = at.astimezone(UTC)
    return future(instant, now)


def future(instant: datetime, now: datetime | None = None) -> datetime:
    """The same instant, if it is to come and not too far away. Raises Rejected."""
    now = now or datetime.now(UTC)
    if instant <= now:
        raise _bad("the time is past")
    if instant > now + FARTHEST:
        raise _bad("the time is more than ten years away")
    return instant


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise _bad(f"there is no time zone {shown(name)}, such as Europe/Berlin or UTC") from None


def _bad(message: str) -> Rejected:
    return rejected(ProblemCode.BAD_TIME, message, steps=("at",))
