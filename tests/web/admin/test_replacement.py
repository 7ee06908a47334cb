"""Replace everywhere: which documents would refer to another one, which comparisons change, and then that."""

from re import findall

from careergraph.editorial.access.actor import Role
from web.admin.conftest import signed_in
from web.admin.person import Person
from web.editing import Newsroom, data, edit, standing

PATH = "documents/category/business-finance"
PART = {"X-Careergraph-Admin": "part"}
USED = '{ editor { usedBy(type: CATEGORY, slug: "%s") { totalCount } } }'


def uses_of(newsroom: Newsroom, slug: str) -> int:
    count: int = data(newsroom.client(Role.VIEWER), USED % slug)["usedBy"]["totalCount"]
    return count


def test_what_is_to_be_replaced_is_shown_first(newsroom: Newsroom, editor: Person) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "plumber", category="business-finance")
    count = uses_of(newsroom, "business-finance")
    assert 'href="../../../documents/category/business-finance/replace"' in editor.get(f"{PATH}/actions").text
    bare = editor.get(f"{PATH}/replace").text
    assert 'value="data"' in bare and 'value="business-finance"' not in bare and 'method="post"' not in _main(bare)
    page = editor.get(f"{PATH}/replace?by=data").text
    assert f"Replace in {count} documents" in page and page.count('name="document"') == count
    assert "documents/career/plumber" in page and "data-confirm" in page
    assert "beside.js" in page and 'data-part="../../../documents/category/business-finance/impact?by=data"' in page
    part = editor.get(f"{PATH}/impact?by=data", **PART).text
    assert "comparisons change" in part and "<html" not in part
    assert "impact?after=" in part and "by=data" in part, "the next page is of the same"
    assert uses_of(newsroom, "business-finance") == count, "nothing was done"
    german = editor.get(f"{PATH}/replace?by=data", **{"Accept-Language": "de"}).text
    assert f"In {count} Dokumenten ersetzen" in german


def test_it_is_replaced_as_it_was_seen(newsroom: Newsroom, editor: Person) -> None:
    seen = editor.get(f"{PATH}/replace?by=data").text
    assert 'value="career/accountant/1"' in seen
    edit(newsroom.client(Role.AUTHOR), "CAREER", "accountant", title={"en": "Counter"})
    fields = [("csrf", editor.csrf), ("by", "data"), ("document", "career/accountant/1")]
    stale = editor.post(f"{PATH}/replace", fields)
    assert stale.status_code == 409 and 'role="alert"' in stale.text
    assert 'value="career/accountant/2"' in stale.text, "as it is now"
    some = editor.post(f"{PATH}/replace", [*fields[:2], ("document", "career/accountant/2")])
    assert some.status_code == 422 and "Nothing was done" in some.text, "others refer to it too"
    boxes = findall(r'name="document" value="([^"]+)"', some.text)
    done = editor.post(f"{PATH}/replace", [*fields[:2], *[("document", each) for each in boxes]])
    assert done.headers["location"] == "../../../documents/category/business-finance/actions?note=replace"
    assert uses_of(newsroom, "business-finance") == 0
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "accountant")["live"]["category"] == "data"
    assert "/replace" not in editor.get(f"{PATH}/actions").text, "nothing refers to it"


def test_what_cannot_be_replaced_has_no_screen(newsroom: Newsroom, editor: Person) -> None:
    assert editor.get("documents/attribute/salary/replace").status_code == 404
    assert "/replace" not in editor.get("documents/attribute/salary/actions").text
    refused = editor.get("documents/skill/python/replace?by=nothing")
    assert refused.status_code == 422 and "nothing" in refused.text
    author = signed_in(newsroom, Role.AUTHOR)
    assert "/replace" not in author.get("documents/skill/python/actions").text
    for path in ("replace?by=sql", "impact?by=sql"):
        assert author.get(f"documents/skill/python/{path}").status_code == 404


def _main(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]
