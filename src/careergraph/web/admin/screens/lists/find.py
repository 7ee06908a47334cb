"""Find: documents of every type by a text, and screens by their names; for the dialog of every page a part of it."""

from starlette.responses import Response

from careergraph.web.admin.visit import Visit

MOST = 20
"""The documents that are found."""


async def find(visit: Visit) -> Response:
    """Show what a text is in: titles, slugs and drafts that the actor may see. Raises Failed and Refusal."""
    text = visit.query.get("text", "").strip()[:200]
    screens, documents = [], []
    if text:
        items = [item for _, section in visit.frame["sections"] for item, _ in section]
        screens = [item for item in items if text.lower() in visit.words(item.word).lower()]
        data = await visit.ask("find", filter={"text": text, "archived": False}, first=MOST)
        documents = data["editor"]["documents"]["nodes"]
    template = "lists/find_part.html" if visit.wants_part else "lists/find.html"
    return visit.render(template, text=text, screens=screens, documents=documents)
