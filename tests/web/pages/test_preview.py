"""A page in a preview: what editors will publish, on the page that it will be on."""

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from web.editing import PREVIEW, TOMORROW, Newsroom, data, edit, key
from web.pages.site import Page

PAIR = "/compare/accountant-vs-actuary"


def test_a_draft_is_on_the_page_of_who_has_its_preview(sqlite_url: str) -> None:
    """And on nobody else's; the page says what it is, and no cache keeps it."""
    engine = connect(sqlite_url)
    newsroom = Newsroom(engine, pages=True)
    author = newsroom.client(Role.AUTHOR)
    before = newsroom.public.get(PAIR)
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    selection = {"documents": [key("CAREER", "accountant")], "expires": TOMORROW.isoformat()}
    preview = data(author, PREVIEW, **selection)
    for path in (PAIR, "/careers/accountant", "/titles.json?text=bean"):
        page = newsroom.previewing(preview["secret"]).get(path)
        assert "Bean counter" in page.text
        assert page.headers["cache-control"] == "no-store" and "etag" not in page.headers
        assert page.headers["x-careergraph-preview"] == preview["preview"]["prefix"]
        assert "Bean counter" not in newsroom.public.get(path).text
    page = newsroom.previewing(preview["secret"]).get(PAIR)
    assert "Preview: not published yet" in Page(page.text).text
    assert newsroom.public.get(PAIR).content == before.content
    newsroom.close()
    engine.dispose()
