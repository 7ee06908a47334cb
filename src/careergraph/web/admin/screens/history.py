"""History: the revisions of a document, what each of them changed, and the way back to one."""

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.web.admin.screens.edit import load, path_of, view_of
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.visit import Visit


async def history(visit: Visit) -> Response:
    """Show the revisions, newest first; with `from` and `to` what differs between two. Raises Failed and Refusal."""
    work = await load(visit)
    standing = work.standing or {}
    key = {"type": work.type_name.upper(), "slug": standing["slug"]}
    before = number_in(visit, "before")
    locale = visit.words.language if visit.words.language in visit.catalog.locales else DEFAULT_LOCALE
    revisions = (await visit.ask("history", **key, before=before, locale=locale))["editor"]["document"]["history"]
    opened, difference = number_in(visit, "to"), None
    if opened is not None:
        data = await visit.ask("differences", **key, **{"from": number_in(visit, "from"), "to": opened})
        difference = data["editor"]["document"]["difference"]
    return visit.render(
        "history.html",
        type_name=work.type_name,
        document=standing,
        title=standing["title"] or standing["slug"],
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        revisions=revisions,
        opened=opened,
        difference=difference,
        form=view_of(visit, work),
        may_revert=visit.may(Verb.REVERT, work.type_name),
        live_address=live_address(visit, work.type_name, standing),
    )


def live_address(visit: Visit, type_name: str, standing: dict[str, object]) -> str | None:
    """The public page of a live document; None where it has none."""
    folder = {"career": "careers", "skill": "skills", "category": "categories", "collection": "collections"}
    folder |= {"pair": "compare"}
    if not standing["isLive"] or type_name not in folder or not visit.frame["pages"]:
        return None
    return f"{visit.frame['site']}{folder[type_name]}/{standing['slug']}"


def number_in(visit: Visit, name: str) -> int | None:
    """A parameter of the address as a whole number; None where it is none."""
    text = visit.query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
