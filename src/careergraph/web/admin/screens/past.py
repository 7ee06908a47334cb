"""Past: a document as it was, in a revision or as readers had it at the end of a day, and what differs since."""

from datetime import date

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.web.admin.forms.build import Builder
from careergraph.web.admin.screens.edit import Work, load, path_of, view_of
from careergraph.web.admin.screens.history import number_in
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.visit import Data, Visit, missing

MOST_PAGES = 20
"""The most pages of a history that are looked through for a day."""


async def past(visit: Visit) -> Response:
    """Show a revision by its `number`, or the one that was live at the end of a day, `at`. Raises Failed and
    Refusal."""
    work = await load(visit)
    standing = work.standing or {}
    number, day = number_in(visit, "number"), _day(visit)
    if number is None and day is not None:
        number = await _published(visit, work, day)
    seen = None if number is None else await _seen(visit, work, number)
    document = (seen or {}).get("document")
    return visit.render(
        "past.html",
        type_name=work.type_name,
        document=standing,
        title=standing["title"] or standing["slug"],
        state=state_of(standing),
        here_path=path_of(work.type_name, standing["slug"]),
        day="" if day is None else day.isoformat(),
        seen=seen,
        nodes=[] if document is None else Builder(visit.catalog).document(work.type_name, document),
        form=view_of(visit, work),
        may_revert=visit.may(Verb.REVERT, work.type_name),
    )


async def _seen(visit: Visit, work: Work, number: int) -> Data:
    """A revision, and with `since` what differs between it and the newest. Raises Failed and Refusal."""
    data = (await visit.ask("past", "Past", **_key(visit, work), number=number, to=work.revision))["editor"]
    if (revision := data["revision"]) is None:
        raise missing()
    return {**revision, "since": data["document"]["difference"]}


async def _published(visit: Visit, work: Work, day: date) -> int | None:
    """The number of the revision that was live at the end of a day, in UTC; None where none was."""
    before = None
    for _ in range(MOST_PAGES):
        data = await visit.ask("past", "Published", **_key(visit, work), before=before)
        page = data["editor"]["document"]["history"]
        for each in page:
            if each["version"] is not None and each["createdAt"][:10] <= day.isoformat():
                return int(each["number"])
        if not page:
            return None
        before = page[-1]["firstNumber"]
    return None


def _key(visit: Visit, work: Work) -> dict[str, str]:
    return {"type": work.type_name.upper(), "slug": visit.names["slug"]}


def _day(visit: Visit) -> date | None:
    try:
        return date.fromisoformat(visit.query.get("at", ""))
    except ValueError:
        return None
