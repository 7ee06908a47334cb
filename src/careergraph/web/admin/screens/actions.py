"""Actions: what one may do to a document as a whole: its release, its time, its reviewer, its slug, and its end."""

from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.editorial.verbs.documents.replace import REPLACEABLE
from careergraph.web.admin.screens.edit import load, path_of
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.screens.times import zones
from careergraph.web.admin.visit import Visit

RIGHTS = (
    Verb.ADD_TO_RELEASE,
    Verb.SCHEDULE,
    Verb.ASSIGN,
    Verb.CREATE_PREVIEW,
    Verb.RENAME,
    Verb.REPLACE_REFERENCE,
    Verb.UNPUBLISH,
    Verb.ARCHIVE,
    Verb.DISCARD_DRAFT,
    Verb.VIEW_AUDIT,
)


async def actions(visit: Visit) -> Response:
    """Show the actions that the actor may do. Raises Failed and Refusal."""
    return await show_actions(visit)


async def show_actions(visit: Visit, **refusal: Any) -> Response:
    """The screen, with how a verb ended, where one was refused. Raises Failed and Refusal."""
    work = await load(visit)
    standing = work.standing or {}
    people = visit.may(Verb.VIEW_PEOPLE)
    key = {"type": work.type_name.upper(), "slug": standing["slug"]}
    choices = (await visit.ask("verbs/choices", **key, people=people))["editor"]
    return visit.render(
        "actions.html",
        **{"status": 200, **refusal},
        type_name=work.type_name,
        document=standing,
        title=standing["title"] or standing["slug"],
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        rights={verb: visit.may(verb, work.type_name) for verb in RIGHTS},
        releases=choices["releases"]["nodes"],
        people=[each for each in choices["people"]["nodes"] if not each["erasedAt"]] if people else [],
        used_by=choices["usedBy"],
        replaceable=work.type_name in REPLACEABLE,
        stranded=choices["document"]["referringDrafts"],
        zones=zones(),
        locales=[(each.code, each.name) for each in visit.catalog.locales.values()],
    )
