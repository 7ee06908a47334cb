"""Audit: the audit log, by actor, verb, document and day."""

from datetime import date
from typing import Any

from starlette.responses import Response

from careergraph.editorial.access.roles import Verb
from careergraph.store.documents.documents import BY_TYPE
from careergraph.web.admin.forms.view import FormView
from careergraph.web.admin.screens.paging import page_of
from careergraph.web.admin.screens.release_titles import titles_of
from careergraph.web.admin.screens.settings.audit_detail import AuditDetail, releases_in
from careergraph.web.admin.visit import Visit

FIELDS = ("actor", "verb", "type", "slug", "since", "until")
"""The filters, by their names in the address."""

READS = {Verb.VIEW, Verb.SAVE_FILTER, Verb.VIEW_PEOPLE, Verb.VIEW_TOKENS, Verb.VIEW_AUDIT}
"""The verbs that only read, which nobody notes."""


async def audit(visit: Visit) -> Response:
    """Show a page of the audit log, newest first. Raises Failed and Refusal."""
    visit.require(Verb.VIEW_AUDIT)
    chosen = {name: visit.query.get(name, "").strip()[:200] for name in FIELDS}
    data = await visit.ask("settings/audit", filter=_filter(chosen), **page_of(visit))
    entries = data["editor"]["audit"]
    form = FormView(visit.words, visit.catalog, visit.actor.scope)
    titles = await titles_of(visit, releases_in([each["detail"] or {} for each in entries["nodes"]]))
    return visit.render(
        "audit.html",
        entries=entries,
        detail=AuditDetail(form, titles),
        kept=chosen,
        types=BY_TYPE,
        verbs_named={name: word for name, word in visit.words.below("verb.").items() if name not in READS},
        filtered=any(chosen.values()),
        form=form,
    )


def _filter(chosen: dict[str, str]) -> dict[str, Any]:
    conditions: dict[str, Any] = {name: value for name, value in chosen.items() if value}
    if (kind := conditions.pop("type", "").lower()) in BY_TYPE:
        conditions["type"] = kind.upper()
    for name, end in (("since", "T00:00:00Z"), ("until", "T23:59:59Z")):
        if day := conditions.pop(name, None):
            try:
                conditions[name] = date.fromisoformat(day).isoformat() + end
            except ValueError:
                chosen[name] = ""
    return conditions
