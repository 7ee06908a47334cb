"""For who listens to a screen or uses keys alone: names, tables, headings, mistakes, and where the focus goes on."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from careergraph.editorial.access.actor import Role
from web.admin.conftest import signed_in
from web.admin.person import Person
from web.admin.test_edit import changed, form_of
from web.admin.tour import FURTHER, SCREENS, furnish
from web.editing import Newsroom, edit
from web.pages.site import Page

NAMED = ("aria-label", "aria-labelledby", "title", "alt")


@pytest.fixture(scope="module")
def admin(newsroom: Newsroom) -> Person:
    """An administrator before a desk on which something lies everywhere."""
    furnish(newsroom)
    return signed_in(newsroom, Role.ADMIN)


def focus(html: str) -> str:
    """The id or the action of the element that has the focus when the page comes; there is one at most."""
    html = html.partition("<dialog")[0]
    assert html.count(" autofocus") <= 1
    match = re.search(r"<[^>]* autofocus[^>]*>", html)
    if match is None:
        return ""
    names: dict[str, str] = dict(re.findall(r'(id|value|role)="([^"]*)"', match[0]))
    return names.get("id") or names.get("role") or names.get("value", "")


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_screen_can_be_listened_to(admin: Person, language: str) -> None:
    """No id is there twice, references lead somewhere, fields have names, tables heads, headings skip no level."""
    for path in SCREENS + FURTHER:
        html = admin.get(path, **{"Accept-Language": language}).text
        page = Page(html)
        idents = Counter(each["id"] for _, each in page.elements if "id" in each)
        assert [ident for ident, n in idents.items() if n > 1] == [], path
        references = [
            ident
            for _, each in page.elements
            for name in ("aria-describedby", "aria-labelledby", "for", "list")
            for ident in (each.get(name) or "").split()
        ]
        assert set(references) <= idents.keys(), (path, set(references) - idents.keys())
        labelled = {each.get("for") for each in page.all("label")}
        inside = set(re.findall(r'<label[^>]*><input[^>]*name="([^"]*)"', html))
        for tag in ("input", "select", "textarea"):
            for each in page.all(tag):
                if each.get("type") not in ("hidden", "submit"):
                    has_name = labelled & {each.get("id")} or each.keys() & {*NAMED} or each.get("name") in inside
                    assert has_name or "data-keys" in each, (path, each)
        for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
            head = table.partition("<tbody>")[0]
            columns = re.search(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2], re.DOTALL)
            assert columns is not None
            assert head.count("<th ") == len(re.findall(r"<t[hd][ >]", columns[1])), (path, head)
        levels = [int(tag[1]) for tag, _ in Page(html.partition("<main")[2].partition("</main>")[0]).elements
                  if re.fullmatch("h[1-6]", tag)]  # fmt: skip
        assert levels.count(1) == 1 == levels[0], (path, levels)
        assert all(below - above <= 1 for above, below in pairwise(levels)), (path, levels)


def test_mistakes_are_listed_with_links_to_their_fields(editor: Person) -> None:
    """The list has the focus; a field says what is wrong with it, and its language is the one to see."""
    path = "documents/career/radiologist"
    for name, text, ident, label, language in (
        ("values/salary/low", "much", "f-values-salary-low", "Salary range · Low end", "en"),
        ("title/de", "x" * 400, "f-title-de", "Title · Deutsch", "de"),
    ):
        html = editor.post(path, changed(form_of(editor, path), **{name: text})).text
        assert focus(html) == "alert"
        summary = html.partition('role="alert"')[2].partition("</div>")[0]
        assert re.findall(r'href="#([^"]+)">([^<]+)</a>', summary) == [(ident, label)]
        field = re.search(rf'<(?:input|textarea)[^>]* id="{ident}"[^>]*>', html)
        assert field is not None and 'aria-invalid="true"' in field[0]
        described = re.search(r'aria-describedby="([^"]+)"', field[0])
        assert described is not None and all(f'id="{each}"' in html for each in described[1].split())
        assert re.search(rf'id="locale-\d" name="@locale" value="{language}" checked', html)


def test_who_adds_moves_or_removes_an_item_goes_on_there(editor: Person) -> None:
    """Without script too: in the new item, on the button that was pressed, or on what came in the place of it."""
    path = "documents/career/plumber"
    fields = form_of(editor, path)
    last = max(int(name.split("/")[1]) for name, _ in fields if name.startswith("skills/") and name != "skills/@list")

    def after(action: str, fields: list[tuple[str, str]] = fields) -> str:
        return focus(editor.post(path, changed(fields, do=action)).text)

    assert after("add:part@skills") == f"f-skills-{last + 1}-text-en"
    assert after("add:part@skills", changed(fields, **{"@locale": "de"})) == f"f-skills-{last + 1}-text-de"
    assert after("down:skills/0") == "down:skills/1"
    assert after("up:skills/1") == "down:skills/0", "it is the first and moves no further up"
    assert after(f"down:skills/{last - 1}") == f"up:skills/{last}"
    assert after("remove:skills/0") == "remove:skills/0"
    assert after(f"remove:skills/{last}") == f"remove:skills/{last - 1}"
    assert after("add:skills/0/part@concepts").startswith("f-skills-0-concepts-")
    assert after("add:nothing") == after("up:nothing/x") == ""
    path, action = "documents/skill/python", "remove:broader/0"
    assert after(action, form_of(editor, path)) == "add:text@broader"
    path = "documents/locale/de"
    assert after("add:map@phrases", form_of(editor, path)).endswith("-key")


def test_a_queue_goes_on_at_the_row_that_was_left(newsroom: Newsroom, admin: Person) -> None:
    """The next one stands there; the language and the page of the list stay, too."""
    open_links = [{"skill": slug, "proposedBy": "lexical"} for slug in ("sql", "python", "java")]
    edit(newsroom.client(Role.AUTHOR), "CAREER", "lawyer", skills=[{"text": {"en": "Code"}, "concepts": open_links}])
    path = "queues/links"
    html = admin.get(path).text
    assert html.count('value="accept"') == 3 and focus(html) == ""
    row = re.findall(r'<form method="post" action="[^"]*queues/links.*?</form>', html)[1]
    fields = dict(re.findall(r'name="([^"]*)" value="([^"]*)"', row)) | {"do": "accept"}
    assert re.search(r'aria-describedby="row-1"', row)
    answer = admin.post(f"{path}?locale=de", fields)
    assert answer.headers["location"] == "../queues/links?note=accept&at=1&locale=de"
    for at, focused in (("1", 1), ("9", 1), ("0", 0)):
        rows = admin.get(f"{path}?at={at}").text.partition("<tbody>")[2].partition("</tbody>")[0].split("<tr>")[1:]
        assert [" autofocus" in each for each in rows] == [place == focused for place in range(2)]
    assert focus(admin.get(f"{path}?at=x").text) == ""
