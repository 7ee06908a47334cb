"""Queues: the open work, one list each; some rows have the button that does it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.screens.release_titles import titles_of
from careergraph.web.admin.visit import Data, Visit, missing

STALE_DAYS = 3 * 365
"""The age from which figures are in the queue of old ones, where the address says nothing else."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue: what its rows are, which name the file of its operation too, and the right that it needs."""

    rows: str
    verb: Verb = Verb.VIEW

    def is_for(self, visit: Visit) -> bool:
        """Return whether the actor finds it."""
        of_careers = self.rows in ("links", "figures")
        return visit.may(self.verb, "career" if of_careers else None)


QUEUES: Mapping[str, Queue] = {
    "review": Queue("documents"),
    "schedules": Queue("schedules"),
    "deliveries": Queue("deliveries", Verb.MANAGE_ENDPOINTS),
    "paused": Queue("deliveries", Verb.MANAGE_ENDPOINTS),
    "drafts": Queue("documents"),
    "links": Queue("links"),
    "unsourced": Queue("figures"),
    "stale": Queue("figures"),
    "undated": Queue("figures"),
    "missing": Queue("figures"),
    "texts": Queue("texts"),
}
"""Every queue by the last part of its address, the most urgent first."""


async def queue(visit: Visit) -> Response:
    """Show a page of a queue, or do what the button of a row says. Raises Failed and Refusal."""
    name = visit.names["queue"]
    if (chosen := QUEUES.get(name)) is None or not chosen.is_for(visit):
        raise missing()
    refusal = {}
    if visit.request.method == "POST":
        result = await _act(visit)
        if not (refusal := refusal_of(result)):
            return visit.go(f"queues/{name}", note=visit.form.get("do"), at=visit.form.number("at"), **_turned(visit))
    connection = await _page(visit, name)
    view = FormView(visit.words, visit.catalog, visit.actor.scope)
    return visit.render(
        "queue.html",
        name=name,
        rows=chosen.rows,
        documents=connection,
        kept={"locale": visit.query.get("locale"), "before_day": visit.query.get("before_day")},
        turned=_turned(visit),
        at=_row(visit),
        state_of=state_of,
        form=view,
        locale=locale_of(visit),
        day=stale_day(visit),
        attributes=visit.catalog.attributes,
        releases=await titles_of(visit, [each.get("release") for each in connection["nodes"]]),
        **refusal,
    )


def _turned(visit: Visit) -> dict[str, str]:
    """The language and the page of the address, to which somebody comes back."""
    return {name: visit.query.get(name, "") for name in ("locale", "after", "before")}


def _row(visit: Visit) -> int:
    """The row from which somebody comes back: the next one stands there now. None is -1."""
    text = visit.query.get("at", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else -1


def stale_day(visit: Visit) -> str:
    """The day before which figures are old: that of the address, or some years ago."""
    try:
        return date.fromisoformat(visit.query.get("before_day", "")).isoformat()
    except ValueError:
        return (datetime.now(UTC).date() - timedelta(days=STALE_DAYS)).isoformat()


def other_locales(visit: Visit) -> list[str]:
    """The languages that texts can lack."""
    catalog = visit.catalog
    return sorted(code for code in catalog.locales if code != catalog.default_locale)


def locale_of(visit: Visit) -> str:
    """The language of the address, or the first that texts can lack; empty where there is none."""
    codes = other_locales(visit)
    code = visit.query.get("locale", "")
    return code if code in codes else next(iter(codes), "")


async def _page(visit: Visit, name: str) -> Data:
    """Raises Failed and Refusal."""
    more: dict[str, Any] = {"stale": {"olderThan": stale_day(visit)}, "texts": {"locale": locale_of(visit)}}
    editor = (await visit.ask(f"queues/{QUEUES[name].rows}", name, **page_of(visit), **more.get(name, {})))["editor"]
    if name == "drafts":
        queue: Data = editor["queue"]
    else:
        queue = editor["queues"]["missing"]["queue"] if name == "texts" else editor["queues"]["queue"]
    return queue


async def _act(visit: Visit) -> Data:
    """Raises Failed and Refusal."""
    form, action = visit.form, visit.form.get("do")
    if action == "accept":
        link = {"position": form.number("position") or 0, "skill": form.get("skill")}
        return await visit.run("queues/accept_links", career=form.get("career"), links=[link])
    if action == "confirm":
        return await visit.run("queues/confirm", number=form.number("number") or 0)
    if action == "cancel":
        return await visit.run("releases/cancel", number=form.number("number") or 0)
    if action == "redeliver":
        numbers = {"event": form.number("event") or 0, "number": form.number("endpoint") or 0}
        return await visit.run("queues/redeliver", **numbers)
    raise missing()
