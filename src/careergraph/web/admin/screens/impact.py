"""Impact: the comparisons that publishing a draft would change, with their sentences, as a part that comes later."""

from starlette.responses import Response

from careergraph.web.admin.screens.documents import state_of
from careergraph.web.admin.screens.edit import load, path_of, view_of
from careergraph.web.admin.visit import Visit, missing
from careergraph.web.core.codes import Refusal
from careergraph.web.pages.rendering.addresses import VERSUS

PER_PAGE = 25
"""The comparisons of a page."""


async def impact(visit: Visit) -> Response:
    """Show a page of them, to a script without the frame around it. Raises Failed and Refusal."""
    work = await load(visit)
    if (standing := work.standing) is None or not standing["hasDraft"]:
        raise missing()
    key = {"type": work.type_name.upper(), "slug": standing["slug"]}
    after, number = visit.query.get("after"), _number(visit.query.get("n", ""))
    try:
        data = await visit.ask("changes", documents=[key], after=after, first=PER_PAGE)
        answer = data["editor"]["impact"]
    except Refusal:  # it took too long; the draft can be published all the same
        answer = {"__typename": "Late"}
    view = view_of(visit, work)
    number += len(answer.get("changes", ()))
    return visit.render(
        "impact_part.html" if visit.wants_part else "impact.html",
        type_name=work.type_name,
        title=standing["title"] or standing["slug"],
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        impact=answer,
        title_of=lambda pair: " vs ".join(view.title_of("career", slug) for slug in pair.split(VERSUS)),
        number=number,
        rest=answer.get("changed", 0) - number if answer.get("changes") else 0,
    )


def _number(text: str) -> int:
    """How many were shown before."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
