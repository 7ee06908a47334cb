"""Editing: forms of every type give back what they show; conflicts, rights, and items that come, go and move."""

import json
import re
from typing import Any

from msgspec import json as msgspec_json

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import reading
from careergraph.store.documents.documents import BY_TYPE
from careergraph.store.documents.rows import read_all
from careergraph.web.admin.forms.build import Builder
from careergraph.web.admin.forms.read import Reader
from web.admin.conftest import signed_in
from web.admin.person import OWN, Fields, Person
from web.editing import SAVE, Newsroom, data, edit, standing

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def form_of(person: Person, path: str) -> list[tuple[str, str]]:
    """The fields of the form of a document."""
    response = person.get(path)
    assert response.status_code == 200, response.text[:500]
    fields = Fields(response.text).fields
    start = next(place for place, (name, _) in enumerate(fields) if name == "@base") - 1
    end = next((place for place in range(start + 1, len(fields)) if fields[place][0] == "csrf"), len(fields))
    return fields[start:end]


def changed(fields: list[tuple[str, str]], **values: str) -> list[tuple[str, str]]:
    """Fields with other values."""
    assert values.keys() - {"do"} <= dict(fields).keys(), values.keys() - dict(fields).keys()
    others = [(name, values.get(name, value)) for name, value in fields]
    return [*others, *[(name, value) for name, value in values.items() if name == "do"]]


def test_every_document_survives_its_form(newsroom: Newsroom) -> None:
    """A form that nobody touched gives back the document, of every document of the seed."""
    catalog = newsroom.careergraph.catalog_holder.load()
    with reading(newsroom.engine) as session:
        documents = [(each.TYPE, json.loads(msgspec_json.encode(each))) for each in read_all(session)]
    assert {name for name, _ in documents} >= BY_TYPE.keys() - {"pair", "image"}
    for type_name, document in documents:
        nodes = Builder(catalog).document(type_name, document)
        fields = [pair for node in nodes for pair in drawn(node)]
        read = Reader(type_name, catalog.attributes, "ann").document(fields, document)
        assert read == document, (type_name, document.get("slug"))


def drawn(node: Any) -> list[tuple[str, str]]:
    """The fields of a node, as a browser sends them."""
    kind = node.field.kind
    inside = [pair for each in node.nodes for pair in drawn(each)]
    if kind in ("text", "texts"):
        return [(f"{node.name}/{locale}", text) for locale, text in node.texts.items()]
    if kind in ("part", "values"):
        return ([(f"{node.name}/@was", node.was)] if node.was else []) + inside
    if kind == "list":
        return [(f"{node.name}/@list", "1"), *inside]
    if kind == "map":
        keys = [(each.name.replace("/@value", "/@key"), each.key) for each in node.nodes]
        return [(f"{node.name}/@list", "1"), *keys, *inside]
    return [(node.name, node.value)]


def test_a_wage_is_changed_published_and_reverted(newsroom: Newsroom, editor: Person) -> None:
    """The first minute: save, see what changes, publish, see it in the history, go back."""
    path = "documents/career/actuary"
    fields = form_of(editor, path)
    low = dict(fields)["values/salary/low"]
    answer = editor.post(path, changed(fields, **{"values/salary/low": "61000", "do": "changes"}))
    assert answer.headers["location"] == "../../documents/career/actuary/changes"
    page = editor.get(path + "/changes").text
    assert "61,000" in page and f"{path.rpartition('/')[2]}/impact" in page
    impact = editor.get(path + "/impact", **{"X-Careergraph-Admin": "part"}).text
    assert "comparisons change" in impact and "<html" not in impact
    following = re.search(r'impact\?(after=[^"]+)" data-more', impact)
    assert following is not None and impact.count("<li>") == 25
    rest = editor.get(f"{path}/impact?{following[1].replace('&amp;', '&')}").text
    assert "<html" in rest and 0 < rest.count('<li><span class="where">') <= 25
    assert editor.send(path + "/changes", to=path + "/publish", note="New wages").status_code == 303
    assert standing(newsroom.client(Role.VIEWER), "CAREER", "actuary")["live"]["values"][0]["low"] == 61000
    past = editor.get(path + "/history").text
    assert "New wages" in past and "Published" in past and "/careers/actuary" in past
    assert f"{path}/past?number=1" in past
    german = editor.get(path + "/history", **{"Accept-Language": "de"}).text
    assert "Gehaltsspanne (United States): 78.570–" in german and "→ 61.000–" in german and "<p>Neu</p>" in german
    seen = {query: editor.get(f"{path}/past?{query}").text for query in ("at=2999-01-01", "at=2000-01-01", "number=1")}
    assert "61,000" in seen["at=2999-01-01"].partition('id="since"')[0]
    assert "Readers had nothing of it" in seen["at=2000-01-01"] and "61,000" not in seen["at=2000-01-01"]
    was, _, since = seen["number=1"].partition('id="since"')
    assert "61,000" not in was and f"{int(low):,}" in was and "61,000" in since
    assert editor.get(path + "/past?number=99").status_code == 404
    assert editor.send(path + "/history", to=path + "/revert").status_code == 303
    assert editor.send(path + "/changes", to=path + "/publish").status_code == 303
    assert dict(form_of(editor, path))["values/salary/low"] == low


def test_nothing_wrong_is_saved(editor: Person) -> None:
    """What is wrong is said beside its field, and what was typed is still there."""
    path = "documents/career/biostatistician"
    fields = form_of(editor, path)
    response = editor.post(path, changed(fields, **{"values/salary/low": "much", "title/en": HOSTILE + "x" * 400}))
    assert response.status_code == 422
    assert 'value="much"' in response.text and 'class="problem"' in response.text
    assert "<script>alert" not in response.text and "<img" not in response.text
    assert dict(form_of(editor, path)) == dict(fields)


def test_what_stops_a_new_career_is_said_in_the_words_of_its_form(newsroom: Newsroom, editor: Person) -> None:
    """Not by the place of a figure in the document; and its comparisons have its title, though it is not live."""
    figure = {"attribute": "demand-score", "value": 11, "unit": "points", "source": "editorial-estimate"}
    career = {"slug": "drone-pilot", "title": {"en": "Drone Pilot"}, "category": "data", "values": [figure]}
    author = newsroom.client(Role.AUTHOR)
    assert data(author, SAVE, type="CAREER", document=career)["__typename"] == "SavedDraft"
    path = "documents/career/drone-pilot"
    refused = editor.send(path + "/changes", to=path + "/publish")
    for page in (editor.get(path + "/impact").text, refused.text):
        assert "<b>Demand score · Value</b>: 11 is outside of the scale" in page and "values[0]" not in page
        assert "<b>Summary</b>: " in page
    whole = {"value": 9, "observedOn": "2026-01-01", "method": {"en": "Asked around."}}
    edit(author, "CAREER", "drone-pilot", summary={"en": "Flies drones."}, values=[figure | whole])
    assert "Accountant vs Drone Pilot" in editor.get(path + "/impact").text
    assert editor.send("releases", slug="drones", title="Drones").status_code == 303
    newest = str(standing(newsroom.client(Role.VIEWER), "CAREER", "drone-pilot")["revision"])
    assert editor.post(path + "/add-to-release", {"csrf": editor.csrf, "base": newest, "release": "drones"})
    assert "Accountant vs Drone Pilot" in editor.get("releases/drones/impact").text
    edit(author, "CAREER", "drone-pilot", values=[figure])
    newest = str(standing(newsroom.client(Role.VIEWER), "CAREER", "drone-pilot")["revision"])
    assert editor.post(path + "/add-to-release", {"csrf": editor.csrf, "base": newest, "release": "drones"})
    assert "<b>Figures · 1 · Value</b>: 11 is outside of the scale" in editor.get("releases/drones/impact").text


def test_a_save_says_what_stops_the_draft_from_being_published(newsroom: Newsroom, editor: Person) -> None:
    """It is a draft all the same; the form that is opened again only says what was asked of it."""
    path = "documents/career/plumber"
    fields = form_of(editor, path)
    answer = editor.post(path, changed(fields, **{"values/salary/low": "900000"}))
    assert answer.status_code == 303
    saved = editor.get(f"{path}?note=saved").text
    stops = "This stops it from being published:"
    assert stops in saved and saved.index(stops) < saved.index("<b>Salary range · Low") < saved.index("<form method")
    assert stops not in editor.get(path).text
    low = dict(fields)["values/salary/low"]
    assert editor.post(path, changed(form_of(editor, path), **{"values/salary/low": low})).status_code == 303
    assert stops not in editor.get(f"{path}?note=saved").text
    problems = "query { editor { document(type: CAREER, slug: %s) { problems { code path } } } }"
    edit(newsroom.client(Role.AUTHOR), "CAREER", "plumber", category="no-such")
    viewer = newsroom.client(Role.VIEWER)
    of_draft = data(viewer, problems % '"plumber"')["document"]["problems"]
    assert [each["path"] for each in of_draft] == ["category"]
    assert data(viewer, problems % '"actuary"')["document"]["problems"] == []


def test_what_differs_is_called_as_in_its_form(newsroom: Newsroom, editor: Person) -> None:
    """A choice by its name, a level by its label, and a document by its title, in the language of the interface."""
    values = standing(newsroom.client(Role.VIEWER), "CAREER", "actuary")["live"]["values"]
    of = {each["attribute"]: each for each in values}
    salary, education = of["salary"] | {"period": "MONTH"}, of["education"] | {"level": "associate"}
    rest = [each for name, each in of.items() if name not in ("salary", "education")]
    edit(
        newsroom.client(Role.AUTHOR),
        "CAREER",
        "actuary",
        category="engineering-trades",
        values=[salary, education, *rest],
    )
    page = editor.get("documents/career/actuary/changes").text
    for code, name in (
        ("engineering-trades", "Engineering and Trades"),
        ("MONTH", "a month"),
        ("associate", "Associate"),
    ):
        assert f"<mark>{code}</mark>" not in page and f"<mark>{name}" in page, name
    german = editor.get("documents/career/actuary/changes", **{"Accept-Language": "de"}).text
    assert "<mark>im Monat" in german and "<mark>Technik und Handwerk" in german


def test_a_conflict_shows_both_sides(newsroom: Newsroom, editor: Person) -> None:
    """Each field has both sides; the one that only one person changed is chosen, and both are kept."""
    path = "documents/skill/python"
    fields = form_of(editor, path)
    edit(newsroom.client(Role.AUTHOR), "SKILL", "python", aliases={"en": ["Py"]})
    mine = changed(fields, **{"name/de": "Python (Sprache)"})
    response = editor.post(path, mine)
    assert response.status_code == 409 and "Two people changed this" in response.text
    sides = Fields(response.text).fields
    assert ("side:name.de", "yours") in sides and ("side:aliases.en", "theirs") in sides
    lists = re.findall(r"<fieldset aria-describedby.*?</fieldset>", response.text, re.DOTALL)
    assert len(lists) == 1 and "This list is kept as a whole" in lists[0] and "<mark>Py</mark>" in lists[0]
    for tampered in ("", "[]", "{", '{"values":[{}]}', '{"values":1}'):
        others = [("@yours", tampered) if name == "@yours" else (name, value) for name, value in sides]
        assert editor.post(path, [*others, ("do", "merge")]).status_code == 400
    assert editor.post(path, [*sides, ("do", "merge")]).status_code == 303
    draft = standing(newsroom.client(Role.VIEWER), "SKILL", "python")["draft"]["document"]
    assert draft["name"]["de"] == "Python (Sprache)" and draft["aliases"] == {"en": ["Py"]}


def test_a_new_document_of_a_taken_name_is_told_so(newsroom: Newsroom, editor: Person) -> None:
    """Nobody saved meanwhile: there are no sides to choose, and what was typed stays. Sent twice, it is there once."""
    before = standing(newsroom.client(Role.VIEWER), "SKILL", "python")
    typed = changed(form_of(editor, "new/skill"), slug="python", **{"name/en": "Snake"})
    response = editor.post("new/skill", typed)
    assert response.status_code == 422 and "“python” is taken" in response.text
    assert ("name/en", "Snake") in Fields(response.text).fields
    assert standing(newsroom.client(Role.VIEWER), "SKILL", "python") == before
    typed = changed(form_of(editor, "new/skill"), slug="snake-care", **{"name/en": "Snake care"})
    for _ in range(2):
        response = editor.post("new/skill", typed)
        assert response.status_code == 303 and "/documents/skill/snake-care" in response.headers["location"]


def test_items_come_go_and_move_before_anything_is_saved(newsroom: Newsroom, editor: Person) -> None:
    path = "documents/career/ai-model-routing-engineer"
    fields = form_of(editor, path)
    before = standing(newsroom.client(Role.VIEWER), "CAREER", "ai-model-routing-engineer")
    moved = editor.post(path, changed(fields, do="down:roadmap/0"))
    assert moved.status_code == 200 and "Not saved yet" in moved.text
    sent = Fields(moved.text).fields
    titles = [value for name, value in sent if name.startswith("roadmap/") and name.endswith("/title/en")]
    assert titles[:2] == [before["live"]["roadmap"][1]["title"]["en"], before["live"]["roadmap"][0]["title"]["en"]]
    shaping = ("add:part@roadmap", "remove:skills/2", "add:skills/0/part@concepts", "up:no/7", "remove:title", "add:@")
    for action in shaping:
        assert editor.post(path, changed(fields, do=action)).status_code == 200, action
    again = standing(newsroom.client(Role.VIEWER), "CAREER", "ai-model-routing-engineer")
    assert again["revision"] == before["revision"]


def test_items_keep_what_no_form_shows_when_it_saves_itself(newsroom: Newsroom, editor: Person) -> None:
    """Moved items name the positions that they had when the page was drawn, however often it saved since."""
    path = "documents/career/rag-engineer"
    before = standing(newsroom.client(Role.VIEWER), "CAREER", "rag-engineer")["live"]["skills"]
    fields = form_of(editor, path)
    first = [pair for pair in fields if pair[0].startswith("skills/0/")]
    others = [pair for pair in fields if pair not in first]
    script = {**OWN, "X-Careergraph-Admin": "part"}
    saved = editor.post(path, [*others, *first, ("do", "save")], script)
    moved = [(name, str(saved.json()["revision"]) if name == "@base" else text) for name, text in [*others, *first]]
    assert editor.post(path, [*changed(moved, **{"title/de": "RAG"}), ("do", "save")], script).status_code == 200
    draft = standing(newsroom.client(Role.VIEWER), "CAREER", "rag-engineer")["draft"]["document"]
    assert draft["skills"] == [*before[1:], before[0]]


def test_a_new_document_of_every_type_has_a_form(editor: Person) -> None:
    for name in sorted(BY_TYPE):
        assert editor.get(f"new/{name}").status_code == 200, name
    fields = dict(Fields(editor.get("new/category").text).fields)
    created = editor.post("new/category", {**fields, "slug": "crafts", "name/en": "Crafts", "do": "save"})
    assert created.headers["location"].startswith("../documents/category/crafts")
    assert editor.get("documents/category/crafts").status_code == 200


def test_rights_follow_role_and_scope(newsroom: Newsroom, editor: Person) -> None:
    """Buttons that one may not press are not there, and forged requests are refused."""
    path = "documents/career/lawyer"
    fields = form_of(editor, path)
    viewer = signed_in(newsroom, Role.VIEWER)
    page = viewer.get(path).text
    assert "Save draft" not in page and "disabled" in page
    own = changed(fields, csrf=viewer.csrf)
    assert viewer.post(path, own).status_code == 404
    assert viewer.post(path + "/publish", {"csrf": viewer.csrf, "base": "1"}).status_code == 404
    author = signed_in(newsroom, Role.AUTHOR)
    edited = changed(fields, **{"csrf": author.csrf, "title/en": "Lawyer of today"})
    assert author.post(path, edited).status_code == 303
    page = author.get(path + "/changes").text
    assert "Publish now" not in page and "Send for review" in page
    assert author.send(path + "/changes", to=path + "/publish").status_code == 404
    assert author.send(path + "/changes", to=path + "/submit").status_code == 303
    reviewing = editor.get(path + "/changes").text
    assert "Approve" in reviewing and "Send back" in reviewing
    assert editor.send(path + "/changes", to=path + "/send-back", note=HOSTILE).status_code == 303
    page = author.get(path).text
    assert "&lt;script&gt;alert" in page and "<script>alert" not in page
    translator = signed_in(newsroom, Role.AUTHOR, locales=["de"])
    sent = [name for name, _ in Fields(translator.get(path).text).fields]
    assert "title/de" in sent
    forged = changed(fields, **{"csrf": translator.csrf, "values/salary/low": "1"})
    assert translator.post(path, forged).status_code == 404


def test_a_script_saves_and_is_told(editor: Person) -> None:
    """Autosave: JSON for a script, the new revision, and 401 once the session has ended."""
    path = "documents/category/data"
    fields = form_of(editor, path)
    script = {**OWN, "X-Careergraph-Admin": "part"}
    saved = editor.post(path, changed(fields, **{"name/de": "Datenberufe"}), script)
    assert saved.status_code == 200 and saved.json()["revision"] == int(dict(fields)["@base"]) + 1
    stale = editor.post(path, changed(fields, **{"name/de": "Andere"}), script)
    assert stale.status_code == 409 and stale.json()["refused"] == "Conflict"
    stranger = Person(editor._app)
    assert stranger.post(path, fields, script).status_code == 401
    assert editor.get("session", **{"X-Careergraph-Admin": "part"}).text == editor.csrf
    assert editor.get("session").status_code == 404


def test_a_past_figure_has_all_that_was_said_of_it(editor: Person) -> None:
    """An end that was open reads as one that was not, where only the amounts are shown."""
    path, end = "documents/career/lawyer", {"values/salary/openEnd": "HIGH", "values/salary/region": "Ireland"}
    assert editor.post(path, changed(form_of(editor, path), **end)).status_code == 303
    number = dict(form_of(editor, path))["@base"]
    was = editor.get(f"{path}/past?number={number}").text.partition('id="since"')[0]
    assert "The high end is open" in was and "Ireland" in was and "a year" in was


def test_a_figure_that_readers_do_not_see_says_so(editor: Person) -> None:
    path, hint = "documents/career/lawyer", "readers do not see it"
    assert hint not in editor.get(path).text
    fields = [*form_of(editor, path), ("values/salary/suppressed", "true")]
    assert editor.post(path, fields).status_code == 303
    assert editor.get(path).text.count(hint) == 1


def test_what_is_saved_already_is_no_conflict(editor: Person) -> None:
    """Such as where the answer to an autosave never came: the form still has the revision from before it."""
    path = "documents/skill/sql"
    fields = changed(form_of(editor, path), **{"name/de": "SQL (Sprache)"})
    assert editor.post(path, fields).status_code == 303
    assert editor.post(path, fields).status_code == 303
    other = changed(fields, **{"name/de": "SQL (anders)"})
    assert editor.post(path, other).status_code == 409
