"""Queues and releases: counts that open their lists, a release from its opening to its undoing, and rights."""

import re

from careergraph.editorial.access.actor import Role
from web.admin.conftest import signed_in
from web.admin.person import Person
from web.editing import TOMORROW, Newsroom, edit, standing

DAY = f"{TOMORROW.date()}T09:00"
QUEUES = ("review", "schedules", "deliveries", "paused", "drafts", "links", "unsourced", "stale", "undated", "missing")


def test_counts_open_their_lists(newsroom: Newsroom) -> None:
    """Each count of the start screen is that of the list that it opens, in both languages."""
    admin = signed_in(newsroom, Role.ADMIN)
    edit(newsroom.client(Role.AUTHOR), "CAREER", "electrician", category="data")
    home = admin.get("").text
    counts = re.findall(r'href="[^"]*(queues/[^"]+)" data-row>.*?<span class="n">([\d,]+)</span>', home)
    assert {path.partition("?")[0] for path, _ in counts} >= {"queues/drafts", "queues/undated", "queues/missing"}
    for path, count in counts:
        page = admin.get(path.replace("&amp;", "&"))
        assert page.status_code == 200 and "<tbody>" in page.text, path
        if "texts" in path:  # home counts the texts, and the list the documents that lack some
            assert re.search(r"<caption>[\d,]+ documents", page.text)
        else:
            assert f"<caption>{count} entr" in page.text, path
    for name in (*QUEUES, "texts"):
        assert admin.get(f"queues/{name}", **{"Accept-Language": "de"}).status_code == 200, name
    assert admin.get("queues/stale?before_day=1990-01-01").text.count("<tr>") == 0
    assert admin.get("queues/nothing").status_code == 404


def test_queues_follow_the_role_and_the_scope(newsroom: Newsroom) -> None:
    narrow = signed_in(newsroom, Role.AUTHOR, types=["skill"])
    home = narrow.get("").text
    assert "queues/links" not in home and "queues/deliveries" not in home and "Electrician" not in home
    assert narrow.get("queues/links").status_code == 404
    assert "lectrician" not in narrow.get("queues/drafts").text
    assert signed_in(newsroom, Role.EDITOR).get("queues/deliveries").status_code == 404


def test_a_release_is_opened_scheduled_published_and_undone(newsroom: Newsroom, editor: Person) -> None:
    before = standing(newsroom.client(Role.VIEWER), "CAREER", "actuary")["live"]
    edit(newsroom.client(Role.AUTHOR), "CAREER", "actuary", category="data")
    assert editor.send("releases", slug="Not A Slug", title="Winter").status_code == 422
    assert editor.send("releases", slug="winter", title="Winter").headers["location"] == "releases/winter?note=opened"
    assert "Winter" in editor.get("releases").text
    newest = standing(newsroom.client(Role.VIEWER), "CAREER", "actuary")["revision"]
    token = {"csrf": editor.csrf}
    answer = editor.post("documents/career/actuary/add-to-release", {**token, "base": str(newest), "release": "winter"})
    assert answer.status_code == 303, answer.text
    assert "Actuary" in editor.get("releases/winter").text
    page = editor.get("releases/winter/impact").text
    assert "comparisons change" in page and "None stops this release." in page
    shared = editor.send("releases/winter", to="settings/previews", do="create", name="the board <b>", mode="PINNED")
    assert shared.status_code == 200 and 'id="secret"' in shared.text and "the board &lt;b&gt;" in shared.text
    path = "releases/winter"
    late = editor.send(path, do="schedule", at="2001-01-01T09:00", zone="Europe/Berlin")
    assert late.status_code == 422 and "Nothing was done" in late.text
    assert editor.send(path, do="schedule", at=DAY, zone="Europe/Berlin").status_code == 303
    page = editor.get(path).text
    assert f"{TOMORROW.date()} 0" in page and "Europe/Berlin" in page
    assert signed_in(newsroom, Role.AUTHOR).get(path).text.count("<button") < page.count("<button")
    assert editor.send(path, do="cancel").status_code == 303
    assert editor.send(path, do="publish", state="0" * 16).status_code == 422
    assert editor.send(path, do="publish").status_code == 303
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "actuary")["live"]["category"] == "data"
    undone = editor.send(path, do="undo", slug="undo-winter")
    page = editor.get("releases/winter").text
    assert "What it published" in page and "documents/career/actuary/history" in page
    assert undone.headers["location"] == "../releases/undo-winter?note=release_undo"
    assert editor.send("releases/undo-winter", do="publish").status_code == 303
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "actuary")["live"] == before


def test_a_forged_verb_of_a_release_is_refused(newsroom: Newsroom, editor: Person) -> None:
    assert editor.send("releases", slug="spring", title="<script>alert(1)</script>").status_code == 303
    author = signed_in(newsroom, Role.AUTHOR)
    assert "<script>alert" not in author.get("releases/spring").text + author.get("releases").text
    for do in ("publish", "discard", "schedule"):
        answer = author.post("releases/spring", {"csrf": author.csrf, "do": do, "state": "x", "at": DAY, "zone": "UTC"})
        assert answer.status_code in (404, 422), (do, answer.status_code)
    assert author.post("releases", {"csrf": author.csrf, "slug": "mine", "title": "Mine"}).status_code in (404, 422)
    assert editor.post("releases/spring", {"do": "discard"}).status_code == 403
    assert "Open" in editor.get("releases/spring").text
    assert editor.get("releases/none").status_code == 404
