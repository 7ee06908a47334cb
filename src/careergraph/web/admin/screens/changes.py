"""Changes: the fields that differ from live, and publishing; the pages that would change are a part of its own."""

from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.screens.edit import load, path_of, view_of
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.screens.picture import companions
from careergraph.web.admin.visit import Visit


async def changes(visit: Visit) -> Response:
    """Show the changes of publishing the open draft. Raises Failed and Refusal."""
    return await show_changes(visit)


async def show_changes(visit: Visit, **shown_too: Any) -> Response:
    """The screen, with how a verb ended, where one was tried."""
    work = await load(visit)
    standing = work.standing or {}
    view = view_of(visit, work)
    rights = {verb: visit.may(verb, work.type_name) for verb in _VERBS}
    return visit.render(
        "changes.html",
        status=shown_too.pop("status", 200),
        **{"problems": (), "conflicted": False, **shown_too},
        type_name=work.type_name,
        document=standing,
        title=standing["title"] or standing["slug"],
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        form=view,
        place=lambda problem: view.problem_place(problem, standing["slug"], work.body),
        rights=rights,
        companions=await companions(visit, work.type_name, work.body),
        mine=visit.actor.name in standing["review"]["contributors"],
    )


_VERBS = (Verb.PUBLISH, Verb.SUBMIT_FOR_REVIEW, Verb.APPROVE, Verb.SEND_BACK, Verb.DISCARD_DRAFT, Verb.COMMENT)
