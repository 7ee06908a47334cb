"""Endpoints: where events are sent, what was delivered, and sending again."""

from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.editorial.webhooks.kinds import KINDS
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.visit import Data, Visit, missing

STATES = ("PENDING", "DELIVERED", "FAILED")
"""The states of deliveries, each a view of the list."""
VERBS = ("pause", "resume", "remove", "rotate")
"""The verbs on an endpoint, by what its buttons send."""


async def endpoints(visit: Visit) -> Response:
    """Show the endpoints, or add one, whose secret is shown once. Raises Failed and Refusal."""
    visit.require(Verb.MANAGE_ENDPOINTS)
    refusal, created = {}, None
    if visit.request.method == "POST":
        events = [kind for kind in visit.form.all("events") if kind]
        options: dict[str, Any] = {"events": events} if events else {}
        result = await visit.run("settings/add_endpoint", url=visit.form.get("url").strip(), **options)
        if not (refusal := refusal_of(result)):
            created = result
    every = await _every(visit)
    return visit.render("settings/endpoints.html", endpoints=every, created=created, kinds=KINDS, **refusal)


async def endpoint(visit: Visit) -> Response:
    """Show an endpoint with its deliveries; pause, resume or remove it, or send again. Raises Failed and Refusal."""
    visit.require(Verb.MANAGE_ENDPOINTS)
    number = visit.names["number"]
    current = next((each for each in await _every(visit) if str(each["number"]) == number), None)
    if current is None:
        raise missing()
    refusal, created = {}, None
    if visit.request.method == "POST":
        result = await _act(visit, current["number"])
        if not (refusal := refusal_of(result)):
            if result["__typename"] != "EndpointSecret":
                return _go_on(visit, number)
            created = result
    view = visit.query.get("view", "")
    conditions: Data = {"endpoint": current["number"]} | ({"state": [view]} if view in STATES else {})
    deliveries = (await visit.ask("settings/deliveries", filter=conditions, **page_of(visit)))["editor"]["deliveries"]
    return visit.render(
        "settings/endpoint.html",
        endpoint=current,
        deliveries=deliveries,
        view=view if view in STATES else "",
        states=STATES,
        created=created,
        **refusal,
    )


async def _every(visit: Visit) -> list[Data]:
    every: list[Data] = (await visit.ask("settings/endpoints"))["editor"]["endpoints"]["nodes"]
    return every


async def _act(visit: Visit, number: int) -> Data:
    """Raises Failed and Refusal."""
    action = visit.form.get("do")
    if action == "redeliver":
        return await visit.run("queues/redeliver", event=visit.form.number("event") or 0, number=number)
    if action not in VERBS:
        raise missing()
    name = "rotate_secret" if action == "rotate" else f"{action}_endpoint"
    return await visit.run(f"settings/{name}", number=number)


def _go_on(visit: Visit, number: str) -> Response:
    action = visit.form.get("do")
    return visit.go("settings/endpoints" + ("" if action == "remove" else f"/{number}"), note=action)
