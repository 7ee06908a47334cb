"""Links that a machine proposed: they say how they came about, and count for nothing until somebody accepts them."""

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.content.outcome import Denied, Rejected
from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.verbs.documents.links import Link, accept_links, propose_links
from careergraph.editorial.verbs.documents.publish import publish
from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import localize
from careergraph.store.catalogs.catalogs import Catalogs
from editorial.verbs.desk import AUTHOR, EDITOR, VIEWER, Desk, codes, scoped

KEY = ("career", "plumber")
OTHER = "ai-data-engineer"
SKILLS = [
    {"text": {"en": "SQL"}},
    {"text": {"en": "SQL, Python and reports for the weekend"}},
    {"text": {"en": "falconry"}},
    {"text": {"en": "Dashboards"}, "concepts": [{"skill": "sql", "proposedBy": "somebody"}]},
]


def bare(desk: Desk) -> Suggester:
    """A career whose wordings lead nowhere is live; what suggests for it."""
    desk.edit(KEY, skills=SKILLS)
    desk.do(publish, EDITOR, [KEY])
    return Suggester.of(localize(current(desk)))


def current(desk: Desk) -> Catalog:
    return Catalogs(desk.engine).current()


def links(desk: Desk) -> list[list[tuple[str, object]]]:
    """The links of the draft, each as its concept and who accepted it."""
    return [
        [(link["skill"], link.get("acceptedBy")) for link in skill.get("concepts", [])]
        for skill in desk.draft(KEY)["skills"]
    ]


def test_a_proposal_says_how_it_came_about(both_desk: Desk) -> None:
    desk = both_desk
    done = desk.do(propose_links, AUTHOR, KEY[1], bare(desk))
    assert (done.proposed, done.accepted, done.unknown) == (3, 0, 1)
    assert links(desk) == [[("sql", None)], [("sql", None), ("python", None)], [], [("sql", None)]]
    first = desk.draft(KEY)["skills"][0]["concepts"][0]
    assert first == {"skill": "sql", "proposedBy": "careergraph suggest", "method": "WORDS", "score": 1.0}
    desk.do(publish, EDITOR, [KEY])
    assert desk.live(KEY)["skills"][0]["concepts"][0] == first, "what is published says so too"


def test_a_comparison_uses_accepted_links_only(desk: Desk) -> None:
    """Before and after the draft with the proposals is published."""
    desk.do(propose_links, AUTHOR, KEY[1], bare(desk))
    desk.do(publish, EDITOR, [KEY])
    proposed = current(desk)
    assert all(not skill.concepts for skill in proposed.careers[KEY[1]].skills)
    assert not compare(proposed, KEY[1], OTHER).skills.shared
    desk.do(accept_links, AUTHOR, KEY[1], [Link(1, "sql"), Link(2, "python")])
    assert links(desk)[:2] == [[("sql", "author")], [("sql", None), ("python", "author")]]
    assert not compare(current(desk), KEY[1], OTHER).skills.shared, "the draft is not live"
    desk.do(publish, EDITOR, [KEY])
    shared = compare(current(desk), KEY[1], OTHER).skills.shared
    assert "sql" in {pair.concept.slug for pair in shared if pair.concept}


def test_the_very_wording_may_be_accepted_at_once(desk: Desk) -> None:
    done = desk.do(propose_links, EDITOR, KEY[1], bare(desk), accept_exact=True)
    assert (done.proposed, done.accepted) == (3, 1)
    assert links(desk)[:2] == [[("sql", "editor")], [("sql", None), ("python", None)]], "not the parts of a list"


def test_two_concepts_of_one_wording_are_for_a_person_to_tell_apart(desk: Desk) -> None:
    """What is exact twice is not clear."""
    desk.do(publish, EDITOR, _twin(desk))
    done = desk.do(propose_links, EDITOR, KEY[1], bare(desk), accept_exact=True)
    assert done.accepted == 0


def _twin(desk: Desk) -> list[tuple[str, str]]:
    key = ("skill", "python")
    desk.edit(key, aliases={"en": ["SQL"]})
    return [key]


def test_proposing_again_changes_nothing(desk: Desk) -> None:
    suggester = bare(desk)
    first = desk.do(propose_links, AUTHOR, KEY[1], suggester)
    again = desk.do(propose_links, AUTHOR, KEY[1], suggester)
    assert (again.saved.revision, again.proposed, again.unknown) == (first.saved.revision, 0, 1)


def test_who_accepted_first_stays(desk: Desk) -> None:
    desk.do(propose_links, AUTHOR, KEY[1], bare(desk))
    desk.do(accept_links, AUTHOR, KEY[1], [Link(1, "sql")])
    desk.do(accept_links, EDITOR, KEY[1], [Link(1, "sql"), Link(2, "sql")])
    assert links(desk)[:2] == [[("sql", "author")], [("sql", "editor"), ("python", None)]]


@pytest.mark.parametrize("link", [Link(0, "sql"), Link(-1, "sql"), Link(5, "sql"), Link(1, "python"), Link(3, "sql")])
def test_what_nobody_proposed_cannot_be_accepted(desk: Desk, link: Link) -> None:
    desk.do(propose_links, AUTHOR, KEY[1], bare(desk))
    with pytest.raises(Rejected) as refused:
        desk.do(accept_links, EDITOR, KEY[1], [Link(1, "sql"), link])
    assert codes(refused) == ["UNKNOWN"]
    assert links(desk)[0] == [("sql", None)], "all or nothing"


def test_it_needs_the_right_to_write_a_draft(desk: Desk) -> None:
    suggester = bare(desk)
    for actor in (VIEWER, scoped(Role.ADMIN, types=["skill"])):
        for slug in (KEY[1], "nobody"):
            with pytest.raises(Denied):
                desk.do(propose_links, actor, slug, suggester)
            with pytest.raises(Denied):
                desk.do(accept_links, actor, slug, [Link(1, "sql")])
    with pytest.raises(Rejected):
        desk.do(propose_links, AUTHOR, "nobody", suggester)


def test_a_score_is_from_0_to_1(desk: Desk) -> None:
    wrong = {"skill": "sql", "proposedBy": "x", "score": 1.5, "model": "a\nb"}
    desk.edit(KEY, skills=[{"text": {"en": "x"}, "concepts": [wrong]}])
    with pytest.raises(Rejected) as refused:
        desk.do(publish, EDITOR, [KEY])
    assert "BAD_NUMBER" in codes(refused)
