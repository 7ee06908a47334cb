"""Lists: views, filters, order, pages, and no type that is not in scope."""

import gzip
import re
from importlib.resources import files

from careergraph.editorial.access.actor import Role
from web.admin.conftest import signed_in
from web.admin.person import Person
from web.client import Client
from web.editing import Newsroom, data, edit


def titles(html: str) -> list[str]:
    """The titles of the rows of a list."""
    return re.findall(r"data-row>([^<]+)</a>", html)


def test_every_type_has_a_list(editor: Person) -> None:
    home = editor.get("")
    assert home.status_code == 200
    page = editor.get("documents/career").text
    for name in re.findall(r'href="(?:\.\./)*documents/(\w+)"', page):
        assert editor.get(f"documents/{name}").status_code == 200, name
    assert editor.get("documents/recipe").status_code == 404


def test_views_search_order_and_pages(newsroom: Newsroom, editor: Person) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "plumber", category="data")
    drafts = editor.get("documents/career?view=drafts").text
    assert titles(drafts) == ["Plumber"] and "Live, draft" in drafts
    assert titles(editor.get("documents/career?text=plumb").text) == ["Plumber"]
    assert "Nothing matches" in editor.get("documents/career?text=zzzz").text
    first = editor.get("documents/career?order=title").text
    names = titles(first)
    assert names == sorted(names, key=str.lower) and len(names) == 50
    after = re.search(r'href="[^"]*documents/career\?([^"]*after=[^"]+)"', first)
    assert after is not None
    following = titles(editor.get(f"documents/career?{after[1].replace('&amp;', '&')}").text)
    assert following[0].lower() > names[-1].lower()
    assert titles(editor.get("documents/career?order=title&turned=1").text)[0] == following[-1]
    assert editor.get("documents/career?after=nonsense").status_code == 400
    assert editor.get("documents/career?lacks=xx").status_code == 400


def test_titles_are_in_the_language_of_the_interface(newsroom: Newsroom, editor: Person) -> None:
    """Of what is published, and of drafts, also of one that has a title in that language alone."""
    author = newsroom.client(Role.AUTHOR)
    edit(author, "CAREER", "actuary", title={"en": "Actuary", "de": "Entwurf der Aktuarin"})
    saved = data(author, SAVE, document={"slug": "imker", "title": {"de": "Imkerin"}})
    assert saved["__typename"] == "SavedDraft"
    german = {"Accept-Language": "de"}
    listed = editor.get("documents/career?order=title&view=all", **german).text
    assert "Entwurf der Aktuarin" in titles(listed) and "Buchhalter/in" in listed
    assert "Nach den Titeln in der Sprache English geordnet." in listed
    assert "Actuary" in titles(editor.get("documents/career?order=title").text)
    for path in ("documents/career?text=imker", "queues/drafts", "find?text=imker", "documents/career/imker"):
        assert ">Imkerin" in editor.get(path, **german).text, path
    queue = editor.get("queues/missing", **german).text
    assert "Accountant" not in queue


SAVE = """mutation($document: Document!) {
  saveDraft(type: CAREER, document: $document) { __typename } }"""
STORE = """mutation($filter: Json!) {
  saveFilter(screen: "admin-career", name: "odd", filter: $filter) { __typename } }"""


def test_a_view_of_ones_own_is_kept_and_removed(newsroom: Newsroom, editor: Person) -> None:
    """It is for oneself, is an address of the list, and what another program stored there is no address."""
    kept = {"view": "drafts", "text": "plumb"}
    token = {"csrf": editor.csrf}
    saved = editor.post("saved/career", {**token, **kept, "name": "My <b>", "do": "keep"})
    assert saved.headers["location"] == "../documents/career?note=filter_saved&view=drafts&text=plumb"
    page = editor.get("documents/career").text
    assert 'documents/career?view=drafts&amp;text=plumb">My &lt;b&gt;</a>' in page
    assert "My &lt;b&gt;" not in signed_in(newsroom, Role.VIEWER).get("documents/career").text
    assert 'value="forget"' in editor.get("documents/career?view=drafts&text=plumb").text
    secret = newsroom.secret(Role.AUTHOR)
    stored = {"text": ["<script>"], "href": "javascript:1", "view": "drafts"}
    data(Client(newsroom.app, Authorization=f"Bearer {secret}"), STORE, filter=stored)
    other = Person(newsroom.app)
    other.sign_in(secret)
    assert 'documents/career?view=drafts">odd</a>' in other.get("documents/career").text
    assert "filter_refused" in editor.post("saved/career", {**token, "name": ""}).headers["location"]
    gone = editor.post("saved/career", {**token, "name": "My <b>", "do": "forget"})
    assert gone.headers["location"].endswith("filter_forgotten")
    assert "My &lt;b&gt;" not in editor.get("documents/career").text


def test_documents_and_screens_are_found_from_everywhere(newsroom: Newsroom, editor: Person) -> None:
    part = {"X-Careergraph-Admin": "part"}
    page = editor.get("find?text=python", **part).text
    assert "documents/skill/python" in page and "<html" not in page
    assert 'href="imports"' in editor.get("find?text=imp").text
    assert "Nothing is found." in editor.get("find?text=%3Cscript%3Ezz").text
    narrow = signed_in(newsroom, Role.AUTHOR, types=["category"]).get("find?text=python", **part).text
    assert "skill" not in narrow


def test_a_narrow_scope_sees_its_types_alone(newsroom: Newsroom) -> None:
    person = signed_in(newsroom, Role.AUTHOR, types=["skill"])
    page = person.get("documents/skill").text
    assert "New skill" in page and "documents/career" not in page
    assert person.get("documents/career").status_code == 404
    viewer = signed_in(newsroom, Role.VIEWER).get("documents/career").text
    assert "New career" not in viewer and "documents/career/new" not in viewer


def test_stored_markup_stays_text(newsroom: Newsroom, editor: Person) -> None:
    hostile = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    edit(newsroom.client(Role.AUTHOR), "CAREER", "electrician", title={"en": hostile})
    for path in ("documents/career?view=drafts", f"documents/career?text={hostile[:9]}&by={hostile[:9]}"):
        page = editor.get(path).text
        assert "<script>alert" not in page and "<img" not in page


def test_all_of_its_script_is_small() -> None:
    """Everything that a browser ever runs, compressed."""
    scripts = [
        file for file in files("careergraph.web.admin").joinpath("static").iterdir() if file.name.endswith(".js")
    ]
    assert len(scripts) > 2
    assert sum(len(gzip.compress(file.read_bytes())) for file in scripts) <= 60_000
