"""Home: the open work, by queue, with its counts."""

from typing import NamedTuple

from starlette.responses import Response

from careergraph.web.admin.screens.queues import QUEUES, other_locales, stale_day
from careergraph.web.admin.visit import Visit


class Left(NamedTuple):
    """A queue with what is left in it; of texts the language."""

    name: str
    n: int
    locale: str | None = None


async def home(visit: Visit) -> Response:
    """Show the queues that the actor finds, with their counts. Raises Failed and Refusal."""
    editor = (await visit.ask("queues/counts", olderThan=stale_day(visit)))["editor"]
    counts = {name: each["totalCount"] for name, each in editor["queues"].items()}
    counts["drafts"] = editor["drafts"]["totalCount"]
    if QUEUES["deliveries"].is_for(visit):
        deliveries = (await visit.ask("queues/delivery_counts"))["editor"]["queues"]
        counts |= {name: each["totalCount"] for name, each in deliveries.items()}
    left = [Left(name, counts[name]) for name in QUEUES if name in counts and QUEUES[name].is_for(visit)]
    left += [Left("texts", await _texts(visit, code), code) for code in other_locales(visit)]
    return visit.render(
        "home.html",
        left=[each for each in left if each.n],
        done=[each for each in left if not each.n],
        releases=editor["releases"]["totalCount"],
        stale_day=visit.words.day(stale_day(visit)),
    )


async def _texts(visit: Visit, code: str) -> int:
    data = await visit.ask("queues/text_count", locale=code)
    count: int = data["editor"]["queues"]["missing"]["count"]
    return count
