"""Actions of a document and bulk verbs: what the buttons do, what their reports say, and who has them."""

import re
from html import escape
from pathlib import Path

from careergraph.editorial.access.actor import Role
from careergraph.web.admin import operations
from web.admin.conftest import signed_in
from web.admin.person import Fields, Person
from web.editing import PUBLISH, SAVE, TOMORROW, Newsroom, data, edit, key, standing

SUBMIT = """mutation($slug: String!, $base: Int!) {
  submitForReview(type: SKILL, slug: $slug, base: $base) { __typename } }"""


def test_what_is_saved_after_a_draft_was_scheduled_is_said_to_be_left_out(newsroom: Newsroom, editor: Person) -> None:
    """The schedule publishes the revision that somebody saw; in the form and beside the schedule it is said which."""
    author, path = newsroom.client(Role.AUTHOR), "documents/skill/sql"
    saved = edit(author, "SKILL", "sql", aliases={"en": ["Structured queries"]})
    when = {"at": f"{TOMORROW.date()}T09:00", "zone": "Europe/Berlin", "action": "PUBLISH"}
    fields = dict(Fields(editor.get(f"{path}/actions").text).fields)
    fields = {name: text for name, text in fields.items() if name != "locales"}
    assert editor.post(f"{path}/schedule", fields | when).status_code == 303
    left_out = f"Revision {saved['revision']} is published then"
    assert left_out not in editor.get(f"{path}/actions").text + editor.get(path).text
    edit(author, "SKILL", "sql", aliases={"en": ["Queries"]})
    assert left_out in editor.get(f"{path}/actions").text and left_out in editor.get(path).text


def test_a_document_is_assigned_scheduled_renamed_and_put_away(newsroom: Newsroom, editor: Person) -> None:
    author = newsroom.client(Role.AUTHOR)
    saved = edit(author, "SKILL", "python", aliases={"en": ["Py"]})
    data(author, SUBMIT, slug="python", base=saved["revision"])
    path = "documents/skill/python"
    page = editor.get(f"{path}/actions").text
    assert "Who reviews it" in page and "Documents that refer to it" in page
    assert editor.send(f"{path}/actions", to=f"{path}/assign", assignee="nobody:known").status_code == 422
    assert editor.send(f"{path}/actions", to=f"{path}/assign", assignee="").status_code == 303
    when = {"at": f"{TOMORROW.date()}T09:00", "zone": "Europe/Berlin", "action": "PUBLISH", "locales": "en"}
    late = editor.send(f"{path}/actions", to=f"{path}/schedule", **(when | {"at": "2001-01-01T09:00"}))
    assert late.status_code == 422 and "Nothing was done" in late.text
    left = [pair for pair in Fields(late.text).fields if pair[0] in {"at", "locales"}]
    assert left == [("at", "2001-01-01T09:00"), ("locales", "en")], "nobody types them again"
    assert "<option selected>Europe/Berlin" in late.text and "data-zone" not in late.text
    assert editor.send(f"{path}/actions", to=f"{path}/schedule", **when).status_code == 303
    assert f"{TOMORROW.date()} 0" in editor.get(f"{path}/actions").text
    assert editor.send(f"{path}/actions", to=f"{path}/cancel-schedule").status_code == 303
    taken = editor.send(f"{path}/actions", to=f"{path}/rename", new="sql")
    assert taken.status_code == 422 and dict(Fields(taken.text).fields)["new"] == "sql"
    answer = editor.send(f"{path}/actions", to=f"{path}/rename", new="python-language")
    assert answer.headers["location"].startswith("../../../documents/skill/python-language/actions")
    path = "documents/skill/python-language"
    refused = editor.send(f"{path}/actions", to=f"{path}/archive")
    assert refused.status_code == 422 and "Nothing was done" in refused.text
    assert editor.get("documents/collection/entry-level/actions").status_code in (200, 404)


def test_audit_comments_and_refusals_say_names(newsroom: Newsroom, editor: Person) -> None:
    """A document by its title, and a field as its form calls it."""
    author, path = newsroom.client(Role.AUTHOR), "documents/career/accountant"
    edit(author, "CAREER", "accountant", category="no-such")
    base = str(standing(author, "CAREER", "accountant")["revision"])
    remark = {"csrf": editor.csrf, "base": base, "note": "Really?", "path": "title.de"}
    assert editor.post(f"{path}/comment", remark).status_code == 303
    page = editor.get(f"{path}/changes").text
    assert "· Title · Deutsch</p><p>Really?" in page
    box = next(
        each
        for each in re.findall(r'name="document" value="([^"]+)"', editor.get("documents/career").text)
        if each.startswith("accountant@")
    )
    report = editor.post("bulk/career", {"csrf": editor.csrf, "do": "publish", "document": box}).text
    assert "<b>Category</b>: " in report and "<b>category</b>" not in report
    log = signed_in(newsroom, Role.ADMIN).get("audit?slug=accountant").text
    assert "data-row>Accountant</a>" in log and "data-row>accountant</a>" not in log


def test_a_refusal_is_a_page_whatever_was_refused(newsroom: Newsroom, editor: Person) -> None:
    """Templates name the document of a problem, so every operation asks for it."""
    edit(newsroom.client(Role.AUTHOR), "CAREER", "accountant", category="data")
    answer = editor.post("documents/career/accountant/send-back", {"csrf": editor.csrf, "base": "0", "note": ""})
    assert answer.status_code in (409, 422) and "<main" in answer.text
    remark = {"csrf": editor.csrf, "base": "0", "note": "", "path": ""}
    answer = editor.post("documents/career/accountant/comment", remark)
    assert answer.status_code == 422 and 'role="alert"' in answer.text
    folder = Path(operations.__file__).parent
    for file in folder.rglob("*.graphql"):
        for fields in re.findall(r"\bproblems \{([^}]*)\}", file.read_text(encoding="utf-8")):
            assert {"type", "slug"} <= set(fields.split()) or "file" in fields, file.name


def test_a_collection_is_called_by_its_title(newsroom: Newsroom) -> None:
    catalog = newsroom.careergraph.catalog_holder.load()
    slug, collection = next(iter(catalog.collections.items()))
    edit(newsroom.client(Role.AUTHOR), "COLLECTION", slug, title={**collection.title, "en": "Other"})
    log = signed_in(newsroom, Role.ADMIN).get(f"audit?slug={slug}").text
    assert f"data-row>{escape(collection.title['en'])}</a>" in log


def test_the_chosen_documents_are_done_after_a_report(newsroom: Newsroom, editor: Person) -> None:
    author = newsroom.client(Role.AUTHOR)
    for slug in ("accountant", "plumber"):
        edit(author, "CAREER", slug, category="data")
    boxes = re.findall(r'name="document" value="([^"]+)"', editor.get("documents/career?view=drafts").text)
    boxes = [box for box in boxes if box.startswith(("accountant@", "plumber@"))]
    assert len(boxes) == 2
    token = ("csrf", editor.csrf)
    stale = "actuary@999"
    chosen = [("document", box) for box in [*boxes, stale]]
    report = editor.post("bulk/career", [token, ("do", "publish"), *chosen])
    assert "It would be done to 2 documents." in report.text and "1 is refused." in report.text
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "accountant")["live"]["category"] != "data"
    sure = re.findall(r'name="document" value="([^"]+)"', report.text)
    assert sorted(sure) == sorted(boxes)
    done = editor.post("bulk/career", [token, ("do", "publish"), ("sure", "1"), *chosen[:2]])
    assert "Done to 2 documents." in done.text
    assert '>Plumber</a> <span class="soft">done</span>' in done.text and "can be done" not in done.text
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "accountant")["live"]["category"] == "data"
    for slug in ("accountant", "plumber", "actuary"):
        edit(author, "CAREER", slug, category="business-finance")
    every = [token, ("do", "publish"), ("every", "1"), ("view", "drafts"), ("text", "plumb")]
    report = editor.post("bulk/career", every)
    assert "It would be done to 1 document." in report.text
    confirm = re.search(r'name="confirm" value="([^"]+)"', report.text)
    assert confirm is not None
    wider = [pair for pair in every if pair[0] != "text"]
    forged = editor.post("bulk/career", [*wider, ("sure", "1"), ("confirm", confirm[1])])
    assert "Done to" not in forged.text, "what was confirmed, and nothing else"
    assert "Done to 1 document." in editor.post("bulk/career", [*every, ("sure", "1"), ("confirm", confirm[1])]).text
    live = {slug: standing(newsroom.client(Role.VIEWER), "CAREER", slug)["live"] for slug in ("plumber", "accountant")}
    assert [live[slug]["category"] for slug in ("plumber", "accountant")] == ["business-finance", "data"]
    nothing = editor.post("bulk/career", [token, ("do", "publish")])
    assert nothing.headers["location"] == "../documents/career?note=none_chosen"


def test_who_may_not_has_no_button_and_is_refused(newsroom: Newsroom, editor: Person) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "electrician", category="data")
    path = "documents/career/electrician"
    viewer, author = signed_in(newsroom, Role.VIEWER), signed_in(newsroom, Role.AUTHOR)
    seen = viewer.get("documents/career").text
    assert 'class="pick"' not in seen and 'name="document"' not in seen and "bulk/" not in seen
    listed = author.get("documents/career").text
    assert 'value="discard"' in listed and 'value="publish"' not in listed
    page = viewer.get(f"{path}/actions").text
    assert "<form" not in page[page.index("<main") : page.index("</main>")]
    for person in (viewer, author):
        token = {"csrf": person.csrf, "base": "1", "new": "x", "at": f"{TOMORROW.date()}T09:00", "zone": "UTC"}
        for verb in ("rename", "schedule", "unpublish", "archive"):
            assert person.post(f"{path}/{verb}", {**token, "action": "UNPUBLISH"}).status_code == 404, verb
        answer = person.post("bulk/career", {**token, "do": "publish", "document": "electrician@1", "sure": "1"})
        assert answer.status_code == 404
    assert editor.post("bulk/career", {"do": "discard", "document": "electrician@1"}).status_code == 403
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "electrician")["isLive"]


def test_a_release_is_called_by_its_title_where_drafts_are_added(newsroom: Newsroom, editor: Person) -> None:
    edit(newsroom.client(Role.AUTHOR), "CAREER", "lawyer", category="data")
    token = ("csrf", editor.csrf)
    fields = {"slug": "june", "title": "In June", "note": "", "csrf": editor.csrf}
    assert editor.post("releases", fields).status_code == 303
    (box,) = re.findall(r'name="document" value="(lawyer@[^"]+)"', editor.get("documents/career?view=drafts").text)
    chosen = [token, ("do", "add"), ("release", "june"), ("document", box)]
    report = editor.post("bulk/career", chosen).text
    assert 'href="../releases/june">In June</a>' in report
    editor.post("bulk/career", [*chosen, ("sure", "1")])
    assert 'releases/june">In June</a>' in editor.get("documents/career/lawyer/actions").text
    assert "In June</span>" in editor.get("documents/career/lawyer").text
    shared = {**dict(fields), "release": "june", "name": "Press", "days": "1", "do": "create"}
    state = re.search(r'name="state" value="([^"]+)"', editor.get("releases/june").text)
    assert state is not None
    assert 'releases/june">In June</a>' in editor.post("settings/previews", shared | {"state": state[1]}).text


def test_details_of_the_audit_log_and_refusals_are_in_words(newsroom: Newsroom, editor: Person) -> None:
    """A release by its title, a language, a document and a time as screens have them; nothing that is empty."""
    admin = signed_in(newsroom, Role.ADMIN)
    titles = {"en": "Nurse Practitioner", "de": "Pflegekraft"}
    edit(newsroom.client(Role.AUTHOR), "CAREER", "nurse-practitioner", title=titles)
    admin.post("releases", {"slug": "july", "title": "In July", "note": "", "csrf": admin.csrf})
    path = "documents/career/nurse-practitioner"
    base = str(standing(newsroom.client(Role.VIEWER), "CAREER", "nurse-practitioner")["revision"])
    put = {"csrf": editor.csrf, "base": base, "release": "july"}
    assert editor.post(f"{path}/add-to-release", put).status_code == 303
    remark = {"csrf": editor.csrf, "base": base, "note": "Really?", "path": "title.de"}
    assert editor.post(f"{path}/comment", remark).status_code == 303
    assert editor.post(f"{path}/take-out", {"csrf": editor.csrf, "base": base}).status_code == 303
    when = {"csrf": editor.csrf, "base": base, "at": "2030-07-01T09:00", "zone": "Europe/Berlin", "locales": "de"}
    late = editor.post(f"{path}/schedule", {**when, "at": "2999-07-01T09:00", "action": "PUBLISH"})
    assert "<b>Day and time</b>: the time is more than ten years away" in late.text
    assert editor.post(f"{path}/schedule", {**when, "action": "PUBLISH"}).status_code == 303
    log = admin.get("audit?slug=nurse-practitioner").text
    for label, text in (
        ("Release", "In July"),
        ("Release before", "In July"),
        ("Field", "Title · Deutsch"),
        ("Only texts in", "Deutsch"),
        ("What", "Publish"),
        ("When", "2030-07-01 09:00 Europe/Berlin (07:00 UTC)"),
    ):
        assert f"<dt>{label}</dt><dd>{text}</dd>" in log, (label, log[log.index("<tbody") :])
    assert "<dd></dd>" not in log and "<dd>null</dd>" not in log and "[" not in log[log.index("<tbody") :]
    narrow = {"csrf": admin.csrf, "name": "narrow", "role": "AUTHOR", "types": "career", "do": "create"}
    assert admin.post("settings/tokens", narrow).status_code == 200
    assert "<dt>Role</dt><dd>Author</dd>" in admin.get("audit?verb=create-token").text


def test_drafts_that_refer_to_a_document_are_named_before_it_goes(newsroom: Newsroom, editor: Person) -> None:
    client = newsroom.client(Role.EDITOR)
    saved = data(client, SAVE, type="CATEGORY", document={"slug": "welding", "name": {"en": "Welding"}})
    data(client, PUBLISH, documents=[{**key("CATEGORY", "welding"), "base": saved["revision"]}])
    path = "documents/category/welding"
    assert "refers to it, and cannot" not in editor.get(f"{path}/actions").text
    edit(client, "CAREER", "pharmacist", category="welding")
    page = editor.get(f"{path}/actions").text
    warning = "1 draft refers to it, and cannot be published as it is once that is gone."
    assert page.count(warning) == 3, "above both buttons, and where each asks whether one is sure"
    assert "documents/career/pharmacist" in page
    seen = str(standing(client, "CATEGORY", "welding")["revision"])
    chosen = [("csrf", editor.csrf), ("do", "archive"), ("document", f"welding@{seen}")]
    assert warning in editor.post("bulk/category", chosen).text
    assert warning not in editor.post("bulk/category", [*chosen[:1], ("do", "discard"), chosen[2]]).text
    assert editor.send(f"{path}/actions", to=f"{path}/archive", base=seen).status_code == 303
    refused = data(client, PUBLISH, documents=[{**key("CAREER", "pharmacist"), "base": 2}])
    assert refused["__typename"] == "Rejected"
