"""Impact: the comparisons that publishing would change, with their sentences, as a part that comes later."""

from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.edit import Work, load, path_of, view_of
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.screens.picture import companions
from careergraph.web.admin.visit import Data, Visit, missing
from careergraph.web.core.codes import Refusal

PER_PAGE = 25
"""The comparisons of a page."""


async def impact(visit: Visit) -> Response:
    """Show those of a draft, to a script without the frame around them. Raises Failed and Refusal."""
    work = await load(visit)
    if by := visit.query.get("by", ""):
        return await _impact_of_replacement(visit, work, by)
    if (standing := work.standing) is None or not standing["hasDraft"]:
        raise missing()
    key = {"type": work.type_name.upper(), "slug": standing["slug"]}
    along = [
        {"type": each["type"], "slug": each["slug"]} for each in await companions(visit, work.type_name, work.body)
    ]
    slug, title, view = standing["slug"], standing["title"] or standing["slug"], view_of(visit, work)
    return visit.render(
        "impact_part.html" if visit.wants_part else "impact.html",
        **await _page(visit, view, documents=[key, *along]),
        place=lambda problem: view.problem_place(problem, slug, work.body),
        type_name=work.type_name,
        title=title,
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        is_release=False,
    )


async def _impact_of_replacement(visit: Visit, work: Work, by: str) -> Response:
    """Show those of letting all live documents refer to another one. Raises Failed and Refusal."""
    visit.require(Verb.REPLACE_REFERENCE, work.type_name)
    standing = work.standing or {}
    key, view = {"type": work.type_name.upper(), "slug": standing["slug"]}, view_of(visit, work)
    return visit.render(
        "impact_part.html" if visit.wants_part else "impact.html",
        **await _page(visit, view, documents=[key], action="REPLACE", newSlug=by),
        place=lambda problem: view.problem_place(problem, standing["slug"], work.body),
        type_name=work.type_name,
        title=standing["title"] or standing["slug"],
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        is_release=False,
    )


async def release_impact(visit: Visit) -> Response:
    """Show those of a release, in the same way. Raises Failed and Refusal."""
    slug = visit.names["slug"]
    view = FormView(visit.words, visit.catalog, visit.actor.scope)
    return visit.render(
        "impact_part.html" if visit.wants_part else "releases/impact.html",
        **await _page(visit, view, release=slug),
        place=view.problem_place,
        title=slug,
        here_path=f"releases/{slug}",
        is_release=True,
    )


async def _page(visit: Visit, view: FormView, **of: Any) -> Data:
    """The values of a page of changes. Raises Failed."""
    number = _number(visit.query.get("n", ""))
    try:
        page = {"after": visit.query.get("after"), "first": PER_PAGE, "locale": visit.words.language}
        data = await visit.ask("changes", **of, **page)
        answer = data["editor"]["impact"]
    except Refusal:  # it took too long; it can be published all the same
        answer = {"__typename": "Late"}
    number += len(answer.get("changes", ()))
    return {
        "impact": answer,
        "form": view,
        "number": number,
        "by": of.get("newSlug", ""),
        "rest": answer.get("changed", 0) - number if answer.get("changes") else 0,
    }


def _number(text: str) -> int:
    """Return how many were shown before."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
