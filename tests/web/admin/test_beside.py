"""What stands beside a form: the preview of a saved draft, and the documents that a field may refer to."""

import pytest

from careergraph.editorial.access.actor import Role
from web.admin.conftest import signed_in
from web.admin.person import Person
from web.editing import Newsroom, edit


def test_a_preview_shows_the_saved_draft_to_its_editors(newsroom: Newsroom, editor: Person) -> None:
    """As a page, in a frame of this site alone, with links that lead there; nobody else reads the draft anywhere."""
    edit(newsroom.client(Role.AUTHOR), "CAREER", "plumber", title={"en": "Master Plumber", "de": "Klempnermeister"})
    path = "documents/career/plumber/preview"
    page = editor.get(f"{path}?against=actuary")
    assert page.status_code == 200 and "Master Plumber" in page.text and "Actuary" in page.text
    assert "not published yet" in page.text
    assert "frame-ancestors 'self'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"].startswith(("private", "no-store"))
    assert 'href="../../../../_careergraph/pages/site.css' in page.text
    assert "Klempnermeister" in editor.get(f"{path}?locale=de").text
    assert editor.get(f"{path}?against=plumber").status_code == 400
    assert editor.get(f"{path}?against=nobody").status_code == 404
    assert "Master" not in newsroom.public.get("/compare/actuary-vs-plumber", headers={"Accept": "text/html"}).text
    assert Person(newsroom.app).get(path).status_code == 303
    limited = signed_in(newsroom, Role.AUTHOR, types=["skill"])
    assert limited.get(path).status_code == 404


@pytest.mark.parametrize("path", ["category/data", "skill/python", "career/lawyer"])
def test_pages_of_other_types_have_a_preview(editor: Person, path: str) -> None:
    assert "data-preview" in editor.get(f"documents/{path}").text
    page = editor.get(f"documents/{path}/preview")
    assert page.status_code == 200
    assert "not published yet" not in page.text, "there is no draft"


def test_references_are_suggested(newsroom: Newsroom, editor: Person) -> None:
    """Documents by title or slug; skills also by the wording of a career; only of types that one may see."""
    assert editor.get("suggest?type=career&text=plumb").json()["plumber"]
    assert len(editor.get("suggest?type=career").json()) == 12
    assert "python" in editor.get("suggest?type=skill&phrase=Programming+in+Python").json()
    assert editor.get("suggest?type=nothing").status_code == 404
    assert signed_in(newsroom, Role.AUTHOR, types=["career"]).get("suggest?type=skill").status_code == 404
