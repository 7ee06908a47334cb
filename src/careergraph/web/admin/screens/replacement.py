"""Replacement: all documents that refer to one refer to another, after a look at these and at what it changes."""

from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.editorial.verbs.documents.replace import REPLACEABLE
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.edit import load, path_of
from careergraph.web.admin.screens.lists.documents import state_of
from careergraph.web.admin.screens.outcome import refusal_of
from careergraph.web.admin.screens.verbs import keys_in
from careergraph.web.admin.visit import Data, Visit, missing


async def replacement(visit: Visit) -> Response:
    """Show what would refer to another document, or let it. Raises Failed and Refusal."""
    work = await load(visit)
    if work.type_name not in REPLACEABLE:
        raise missing()
    visit.require(Verb.REPLACE_REFERENCE, work.type_name)
    slug, refusal = visit.names["slug"], dict[str, Any]()
    posted = visit.request.method == "POST"
    by = (visit.form.get("by") if posted else visit.query.get("by", "")).strip()
    key = {"type": work.type_name.upper(), "slug": slug, "by": by}
    if posted:
        documents, note = keys_in(visit.form.all("document")), visit.form.get("note")
        if not (refusal := refusal_of(await visit.run("verbs/replace", **key, documents=documents, note=note))):
            return visit.go(f"{path_of(work.type_name, slug)}/actions", note="replace")
    report: Data = {"documents": []}
    if by:  # as they are now, also where somebody was quicker
        (report,) = (await visit.ask("verbs/replace", **key)).values()
        refusal = refusal or refusal_of(report)
    standing = work.standing or {}
    return visit.render(
        "replacement.html",
        **{"status": 200, **refusal},
        type_name=work.type_name,
        document=standing,
        title=standing["title"] or slug,
        state=state_of(standing),
        here_path=path_of(work.type_name, slug),
        by=by,
        uses=report.get("documents", ()),
        form=FormView(visit.words, visit.catalog, visit.actor.scope),
    )
