"""Suggest: the documents that a field may refer to, for the script of a form, while somebody types."""

from starlette.responses import JSONResponse, Response

from careergraph.editorial.access.roles import Verb
from careergraph.store.documents.documents import BY_TYPE
from careergraph.web.admin.visit import Visit, missing

MOST = 12
"""The suggestions of an answer."""
LONGEST = 200
"""The letters of a text that count."""


async def suggest(visit: Visit) -> Response:
    """Return `{"slug": title}`: the documents of a `type` that a `text` is in, drafts too; or the skills that a
    wording of a career, `phrase`, may mean, best first. Raises Failed and Refusal."""
    type_name, text = visit.query.get("type", ""), visit.query.get("text", "").strip()[:LONGEST]
    if type_name not in BY_TYPE:
        raise missing()
    visit.require(Verb.VIEW, type_name)
    if phrase := visit.query.get("phrase", "").strip()[:LONGEST]:
        data = await visit.ask("suggest", phrase=phrase, first=MOST)
        nearest = [each["skill"] for each in data["editor"]["suggest"]["ranked"]]
        return JSONResponse({each["slug"]: each["name"] for each in nearest})
    filters = {"types": [type_name.upper()], "archived": False} | ({"text": text} if text else {})
    nodes = (await visit.ask("titles", filter=filters, first=MOST))["editor"]["documents"]["nodes"]
    return JSONResponse({each["slug"]: each["title"] or each["slug"] for each in nodes})
