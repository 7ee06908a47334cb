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


def test_the_page_says_what_is_missing_and_that_there_is_something_newer(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    newsroom = Newsroom(engine, pages=True)
    author = newsroom.client(Role.AUTHOR)
    edit(author, "CAREER", "accountant", title={"de": "<b>Zähler</b>"})
    edit(author, "ATTRIBUTE", "salary", kind="NONE")
    documents = [key("CAREER", "accountant"), key("ATTRIBUTE", "salary")]
    secret = data(author, PREVIEW, documents=documents, expires=TOMORROW.isoformat(), mode="PINNED")["secret"]
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    preview = newsroom.previewing(secret)
    notice = Page(preview.get(PAIR).text).text
    assert "[title]" in notice
    assert "There are newer drafts of: career accountant" in notice
    assert "Shown as published, since their drafts cannot be shown: attribute salary" in notice
    assert "career accountant: title the text must be written in the default locale, en" in notice
    assert "attribute salary: kind must be one of" in notice
    assert "Neuere Entwürfe gibt es von: career accountant" in Page(preview.get("/de" + PAIR).text).text
    assert "newer drafts" not in newsroom.public.get(PAIR).text
    newsroom.close()
    engine.dispose()
