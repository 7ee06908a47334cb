"""Replacing a reference: everything that refers to a document refers to another one, live and in drafts."""

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.outcome import Conflict, Denied, Rejected
from careergraph.editorial.verbs.documents.drafts import save_draft
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.editorial.verbs.documents.replace import MOST, Replaced, replace_reference
from careergraph.editorial.verbs.releases import add_to_release, open_release
from careergraph.store.access.audit import verify
from careergraph.store.catalogs.past import newest
from careergraph.store.documents.documents import Key
from careergraph.store.documents.rows import read_all, referring
from careergraph.store.editing.drafts import revision
from editorial.verbs.desk import AUTHOR, EDITOR, Desk, codes, scoped
from listed import entries

CATEGORY, NUMBERS = ("category", "business-finance"), ("category", "numbers")
ACCOUNTANT, ACTUARY = ("career", "accountant"), ("career", "actuary")
DATA = ("collection", "careers-in-data")
SQL, PYTHON = ("skill", "sql"), ("skill", "python")


def uses(desk: Desk, old: Key, new: str) -> dict[Key, int]:
    """The documents that a replacement would change, as somebody sees them who asks which."""
    report = desk.do(replace_reference, EDITOR, old, new, None)
    assert not report.done
    return {it.key: it.base for it in report.uses}


def replaced(desk: Desk, old: Key, new: str) -> Replaced:
    return desk.do(replace_reference, EDITOR, old, new, uses(desk, old, new))


def version_of(desk: Desk) -> int:
    info = desk.look(newest)
    assert info is not None
    return info.version


def add(desk: Desk, type_name: str, body: dict[str, object]) -> None:
    """Publishes a new document."""
    saved = desk.do(save_draft, EDITOR, type_name, body, None)
    desk.do(publish, EDITOR, [saved.key])


def test_a_category_is_replaced_in_all_that_is_live_and_drafted_as_one_version(both_desk: Desk) -> None:
    desk = both_desk
    add(desk, "category", {"slug": "numbers", "name": {"en": "Numbers"}})
    live = desk.look(referring, [CATEGORY])
    assert len(live) > 1
    desk.edit(ACCOUNTANT, title={"en": "Counter"})
    desk.do(save_draft, EDITOR, "career", {**desk.live(ACCOUNTANT), "slug": "adder"}, None)
    before = version_of(desk)
    report = replaced(desk, CATEGORY, "numbers")
    assert (report.done, report.version) == (True, before + 1)
    adder = ("career", "adder")
    assert {it.key for it in report.uses} == {*live, adder}
    by_key = {it.key: (it.places, it.live, it.drafted) for it in report.uses}
    assert (by_key[ACCOUNTANT], by_key[adder]) == ((1, True, True), (1, False, True))
    assert desk.look(referring, [CATEGORY]) == set()
    assert desk.look(referring, [NUMBERS]) == live
    assert (desk.draft(ACCOUNTANT)["category"], desk.draft(ACCOUNTANT)["title"]) == ("numbers", {"en": "Counter"})
    assert desk.draft(adder)["category"] == "numbers"
    desk.do(publish, EDITOR, [ACCOUNTANT, adder])
    assert desk.live(ACCOUNTANT)["title"] == {"en": "Counter"}
    log = desk.look(lambda it: entries(it, type="career", slug="accountant"))
    assert next(it.detail for it in log if it.verb == "replace-reference")["from"] == "business-finance"
    assert desk.look(verify).fault is None


def test_what_is_twice_in_a_list_then_is_there_once(desk: Desk) -> None:
    """Careers of a collection; links of a wording, of which the accepted one stays; skills of a stage; ties of skills,
    of which none leads to the skill itself."""
    desk.edit(DATA, careers=["actuary", "accountant"])
    proposed = {"skill": "python", "proposedBy": "model", "method": "words", "score": 0.5}
    links = [proposed, {"skill": "sql", "proposedBy": "ann", "acceptedBy": "bob"}]
    stage = {"title": {"en": "Learn"}, "summary": {"en": "Learn."}, "skills": ["sql", "python"]}
    skills = [{"text": {"en": "Databases"}, "concepts": links}, {"text": {"en": "SQL"}, "concepts": links[1:]}]
    desk.edit(ACCOUNTANT, skills=skills, roadmap=[stage])
    desk.edit(PYTHON, related=["sql", "spreadsheets"], broader=[])
    desk.do(publish, EDITOR, [DATA, ACCOUNTANT, PYTHON])
    replaced(desk, ACCOUNTANT, "actuary")
    replaced(desk, SQL, "python")
    assert desk.live(DATA)["careers"] == ["actuary"]
    career = desk.live(ACCOUNTANT)
    accepted = {"skill": "python", "proposedBy": "ann", "acceptedBy": "bob"}
    assert [it["concepts"] for it in career["skills"]] == [[accepted], [accepted]]
    assert career["roadmap"][0]["skills"] == ["python"]
    assert desk.live(PYTHON)["related"] == ["spreadsheets"]


def test_a_source_is_replaced_in_every_figure(desk: Desk) -> None:
    figures = [it for it in desk.live(ACCOUNTANT)["values"] if it["source"] == "bls-oews"]
    other = next(it.ident for it in desk.look(read_all) if it.TYPE == "source" and it.ident != "bls-oews")
    report = replaced(desk, ("source", "bls-oews"), other)
    assert next(it.places for it in report.uses if it.key == ACCOUNTANT) == len(figures)
    assert desk.look(referring, [("source", "bls-oews")]) == set()
    values = {it["attribute"]: it["source"] for it in desk.live(ACCOUNTANT)["values"]}
    assert {values[it["attribute"]] for it in figures} == {other}


def test_what_a_release_publishes_is_replaced_too(desk: Desk) -> None:
    """A draft in a release, and a newer one that is not in it."""
    desk.do(open_release, EDITOR, "may", "May")
    desk.edit(DATA, careers=["accountant"], title={"en": "First"})
    desk.do(add_to_release, EDITOR, "may", [DATA])
    desk.edit(DATA, careers=[], title={"en": "Second"})
    replaced(desk, ACCOUNTANT, "actuary")
    state = desk.state(DATA)
    assert state.release == "may" and state.release_revision is not None
    first = desk.look(revision, DATA, state.release_revision)
    assert first is not None and first.body is not None
    assert (first.body["careers"], first.body["title"]) == (["actuary"], {"en": "First"})
    assert desk.draft(DATA)["title"] == {"en": "Second"}


def test_what_somebody_changed_meanwhile_is_a_conflict_and_nothing_is_done(both_desk: Desk) -> None:
    desk = both_desk
    add(desk, "category", {"slug": "numbers", "name": {"en": "Numbers"}})
    seen, before = uses(desk, CATEGORY, "numbers"), version_of(desk)
    desk.edit(ACCOUNTANT, title={"en": "Counter"})
    with pytest.raises(Conflict) as conflict:
        desk.do(replace_reference, EDITOR, CATEGORY, "numbers", seen)
    assert conflict.value.key == ACCOUNTANT
    assert {it.path for it in conflict.value.difference} == {"title.en", "title.de"}
    seen = uses(desk, CATEGORY, "numbers")
    late = desk.do(save_draft, EDITOR, "career", {**desk.live(ACCOUNTANT), "slug": "adder"}, None).key
    for bases, named in ((seen, late), ({**seen, late: 1, NUMBERS: 1}, NUMBERS)):
        with pytest.raises(Rejected) as changed:
            desk.do(replace_reference, EDITOR, CATEGORY, "numbers", bases)
        assert [(it.code.value, it.type, it.ident) for it in changed.value.problems] == [("CHANGED", *named)]
    desk.load_over(ACCOUNTANT, title={"en": "Loaded"})
    with pytest.raises(Conflict):
        replaced(desk, CATEGORY, "numbers")
    assert version_of(desk) == before + 1
    assert desk.look(referring, [NUMBERS]) == set()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (("locale", "de"), "en", "FIXED"),
        (("attribute", "salary"), "growth", "FIXED"),
        (DATA, "running-a-business", "FIXED"),
        (CATEGORY, "business-finance", "BAD_CHOICE"),
        (CATEGORY, "nobody", "UNKNOWN"),
        (("category", "nobody"), "business-finance", "UNKNOWN"),
    ],
)
def test_what_cannot_be_replaced_is_refused(desk: Desk, old: Key, new: str, code: str) -> None:
    with pytest.raises(Rejected) as refused:
        desk.do(replace_reference, EDITOR, old, new, None)
    assert codes(refused) == [code]


def test_live_documents_are_not_led_to_a_draft_nor_pairs_to_other_careers(desk: Desk) -> None:
    desk.do(save_draft, EDITOR, "category", {"slug": "numbers", "name": {"en": "Numbers"}}, None)
    with pytest.raises(Rejected) as refused:
        desk.do(replace_reference, EDITOR, CATEGORY, "numbers", None)
    assert [(it.code.value, it.ident) for it in refused.value.problems] == [("NOT_LIVE", "numbers")]
    desk.do(save_draft, EDITOR, "pair", {"a": "accountant", "b": "actuary", "introduction": {"en": "Both."}}, None)
    with pytest.raises(Rejected) as pairs:
        desk.do(replace_reference, EDITOR, ACCOUNTANT, "biostatistician", None)
    assert [(it.code.value, it.ident) for it in pairs.value.problems] == [("FIXED", "accountant-vs-actuary")]


def test_a_scope_holds_for_every_document(desk: Desk) -> None:
    """A source of some attributes is replaced by whoever may change these, and only them."""
    seen = uses(desk, CATEGORY, "data")
    for actor in (AUTHOR, scoped(Role.EDITOR, types=["category"]), scoped(Role.EDITOR, attributes=["salary"])):
        with pytest.raises(Denied):
            desk.do(replace_reference, actor, CATEGORY, "data", seen)
    assert desk.do(replace_reference, scoped(Role.EDITOR, types=["category", "career"]), CATEGORY, "data", seen).done


def test_the_number_of_documents_is_limited(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("careergraph.editorial.verbs.documents.replace.MOST", 1)
    with pytest.raises(Rejected) as refused:
        desk.do(replace_reference, EDITOR, CATEGORY, "data", None)
    assert codes(refused) == ["TOO_MANY"]
    assert MOST == 1_000
