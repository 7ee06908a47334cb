"""The list of documents, the work queues and who uses a document: of drafts as of what is published, on both databases,
by a number of statements that does not grow with the catalog."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine, delete, select

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import reading, transaction
from careergraph.store.database.sorted_query import SortedQuery
from careergraph.store.documents.index import index_all
from careergraph.store.documents.rows import read_all
from careergraph.store.editing.queues import Lack, list_incomplete, list_links, list_stale
from careergraph.store.tables.content import Career, CareerSkillConcept, Value
from careergraph.store.tables.index import (
    DocumentIndexRow,
    DocumentWordingRow,
    DraftFigureRow,
    DraftLinkRow,
    DraftReferenceRow,
)
from web.client import Client
from web.editing import SAVE, TOMORROW, Newsroom, data, edit, key, standing
from web.editorial.test_lists import listed, statements, values

INDEX = (DocumentIndexRow, DocumentWordingRow, DraftReferenceRow, DraftFigureRow, DraftLinkRow)
PUBLISH = "mutation($d: [DocumentBaseInput!]!) { publish(documents: $d) { __typename } }"
DISCARD = """mutation($b: Int!) { discardDraft(type: CAREER, slug: "actuary", base: $b) { __typename } }"""


@pytest.fixture
def newsroom(engine: Engine) -> Iterator[Newsroom]:
    newsroom = Newsroom(engine)
    yield newsroom
    newsroom.close()


@pytest.fixture
def editor(newsroom: Newsroom) -> Client:
    return newsroom.client(Role.EDITOR)


def queue(client: Client, field: str, fields: str) -> Any:
    """A queue, whole."""
    name, _, arguments = field.partition("(")
    call = f"{name}(first: 100, {arguments}" if arguments else f"{name}(first: 100)"
    return data(client, f"{{ editor {{ queues {{ {call} {{ totalCount nodes {{ {fields} }} }} }} }} }}")["queues"][name]


def assert_counts_are_of_rows(engine: Engine) -> None:
    """What a queue counts of its indexes is how many rows it has, of all attributes as of some, and within a scope."""
    day = date(2024, 6, 1)
    with reading(engine) as session:
        for keys, within in ((None, None), (("salary", "growth"), ("career",)), ((), None), (None, ("skill",))):
            lists: list[SortedQuery[Any]] = [list_incomplete(it, within=within, attributes=keys) for it in Lack]
            lists += [list_stale(day, within=within, attributes=keys)]
            lists += [list_links(within=within, proposed_by=it) for it in (None, "words")]
            for each in lists:
                assert each.counted is not None or within == ("skill",)
                assert each.count(session) == replace(each, counted=None).count(session)


def documents(client: Client, criteria: str, fields: str = "slug", more: str = "") -> Any:
    """The documents that pass a filter."""
    return listed(client, "documents", f"filter: {{ {criteria} }}, first: 100 {more}", fields)


def test_documents_are_found_by_how_they_stand(newsroom: Newsroom, editor: Client) -> None:
    before = TOMORROW.isoformat()
    assert documents(editor, f'changedBy: "token:editor", until: "{before}"')["totalCount"] == 0
    edit(
        editor,
        "CAREER",
        "actuary",
        title={"en": "Zoo Reckoner"},
        summary={"en": "Counts llamas.", "de": "Zählt LAMAS."},
    )
    edit(editor, "SKILL", "python", name={"en": "Snake"})
    data(editor, 'mutation { submitForReview(type: CAREER, slug: "actuary", base: 2) { __typename } }')
    data(editor, 'mutation { openRelease(slug: "may", title: "May") { __typename } }')
    add = 'mutation($d: [DocumentBaseInput!]!) { addToRelease(release: "may", documents: $d) { __typename } }'
    data(editor, add, d=[key("SKILL", "python")])
    for criteria, slugs in (
        ('text: "zoo reck"', ["actuary"]),
        ('text: "llamas"', ["actuary"]),
        ('text: "zählt lamas"', ["actuary"]),
        ('text: "Versicherungs", types: [CAREER], hasDraft: true', []),
        ('text: "reckoner  zoo "', ["actuary"]),
        ('text: "reckoners"', ["actuary"]),
        ('text: " llamas ", hasDraft: true', ["actuary"]),
        ('text: "llamas counts actuar"', ["actuary"]),
        ('text: "llamas nowhere"', []),
        ('text: "50%"', []),
        ("hasDraft: true", ["actuary", "python"]),
        ("inReview: true", ["actuary"]),
        ('release: "may"', ["python"]),
        ('changedBy: "token:editor"', ["actuary", "python"]),
        (f'since: "{before}"', []),
        ("live: false", []),
        ("archived: true", []),
        ("hasDraft: true, types: [SKILL, CATEGORY]", ["python"]),
        ('hasDraft: true, lacks: "de"', ["actuary", "python"]),
        ('hasDraft: true, lacks: "en"', []),
    ):
        page = documents(editor, criteria)
        assert (values(page), page["totalCount"]) == (slugs, len(slugs)), criteria
    fields = "slug title changedBy revision isLive inReview locales { locale written missing }"
    [actuary] = documents(editor, "inReview: true", fields)["nodes"]
    assert (actuary["title"], actuary["changedBy"], actuary["isLive"]) == ("Zoo Reckoner", "token:editor", True)
    english, german = sorted(actuary["locales"], key=lambda it: str(it["locale"]), reverse=True)
    assert (english["locale"], english["missing"], german["locale"]) == ("en", 0, "de")
    assert english["written"] == german["written"] + german["missing"]
    assert german["missing"] >= 1
    by_title = documents(editor, "hasDraft: true", "title", ", orderBy: TITLE, direction: DESC")
    assert values(by_title, "title") == ["Zoo Reckoner", "Snake"]
    latest = documents(editor, "types: [CAREER, SKILL]", "slug", ", orderBy: CHANGED, direction: DESC")
    assert values(latest)[:2] == ["python", "actuary"]
    data(editor, DISCARD, b=2)
    assert documents(editor, 'text: "llamas"')["totalCount"] == 0
    assert documents(editor, 'text: "actuary", types: [CAREER]', "title")["nodes"][0]["title"] == "Actuary"


def test_rows_of_a_list_load_no_content(newsroom: Newsroom, editor: Client) -> None:
    """A hundred rows take the statements that one takes, and none of them reads a body."""
    fields = "type slug title changedAt changedBy isLive inReview archived release locales { missing }"
    counts = []
    data(editor, "{ editor { me { name } } }")
    for first in (1, 100, 1, 100, 1, 100):
        with statements() as run:
            data(editor, f"{{ editor {{ documents(first: {first}) {{ totalCount nodes {{ {fields} }} }} }} }}")
        counts.append(len([it for it in run if "SELECT" in it]))
        assert not [it for it in run if "revision.body" in it or "careergraph_career " in it]
    assert min(counts[::2]) == min(counts[1::2]) < 12  # a poll for a new version may fall into any of them


def test_figures_are_queued_by_what_they_lack(newsroom: Newsroom, editor: Client) -> None:
    """In the place of a published career its open draft counts."""
    with transaction(newsroom.engine) as session:
        career = session.scalars(select(Career.id).where(Career.slug == "actuary")).one()
        first = session.scalars(select(Value).where(Value.career_id == career).order_by(Value.position)).first()
        assert first is not None
        first.observed_on = date(1999, 5, 1)
    fields = "career { slug } title attribute source observedOn inDraft"
    stale = queue(editor, 'staleFigures(olderThan: "1999-05-02")', fields)
    assert stale["totalCount"] == 1
    assert (stale["nodes"][0]["career"], stale["nodes"][0]["inDraft"]) == ({"slug": "actuary"}, False)
    assert queue(editor, 'staleFigures(olderThan: "1999-05-01")', fields)["totalCount"] == 0
    attribute = stale["nodes"][0]["attribute"]
    values_ = standing(editor, "CAREER", "actuary")["live"]["values"]
    absent = queue(editor, "missingFigures", fields)["totalCount"]
    undated = queue(editor, "undatedFigures", fields)["totalCount"]
    drafted = deepcopy(values_)
    drafted[0] |= {"observedOn": "2026-01-01"}
    dropped = drafted.pop(next(place for place, it in enumerate(drafted) if place and "observedOn" in it))
    drafted[1] |= {"source": ""}
    last = next(it for it in reversed(drafted) if "observedOn" in it)
    last.pop("observedOn")
    edit(editor, "CAREER", "actuary", values=drafted)
    assert queue(editor, 'staleFigures(olderThan: "1999-05-02")', fields)["totalCount"] == 0
    assert queue(editor, "missingFigures", fields)["totalCount"] == absent + 1
    here = queue(editor, f'missingFigures(attributes: ["{dropped["attribute"]}"])', fields)["nodes"]
    assert {"slug": "actuary"} in [it["career"] for it in here if it["inDraft"]]
    assert all(it["source"] is None for it in here)
    [unsourced] = queue(editor, "unsourcedFigures", fields)["nodes"]
    assert (unsourced["attribute"], unsourced["source"], unsourced["inDraft"]) == (drafted[1]["attribute"], "", True)
    assert queue(editor, f'unsourcedFigures(attributes: ["{attribute}"])', fields)["totalCount"] == 0
    more = queue(editor, "undatedFigures", fields)
    assert more["totalCount"] == undated + 1
    edit(editor, "CAREER", "data-scientist", values=[drafted[0], {**drafted[2], "attribute": "unknown"}])
    assert_counts_are_of_rows(newsroom.engine)
    data(editor, DISCARD, b=2)
    assert queue(editor, 'staleFigures(olderThan: "1999-05-02")', fields) == stale
    assert queue(editor, "unsourcedFigures", fields)["totalCount"] == 0


def test_missing_figures_are_those_of_all_careers_and_attributes(newsroom: Newsroom, editor: Client) -> None:
    with reading(newsroom.engine) as session:
        every = read_all(session)
    careers = [it for it in every if it.TYPE == "career"]
    attributes = [it.ident for it in every if it.TYPE == "attribute"]
    values_ = {(it.ident, value.attribute) for it in careers for value in it.values}  # type: ignore[attr-defined]
    undated = [value for it in careers for value in it.values if value.observed_on is None]  # type: ignore[attr-defined]
    expected = len(careers) * len(attributes) - len(values_)
    assert queue(editor, "missingFigures", "title")["totalCount"] == expected > 0
    assert queue(editor, "undatedFigures", "title")["totalCount"] == len(undated)


def test_links_wait_until_somebody_accepts_them(newsroom: Newsroom, editor: Client) -> None:
    with transaction(newsroom.engine) as session:
        career = session.scalars(select(Career.id).where(Career.slug == "actuary")).one()
        rows = select(CareerSkillConcept).where(CareerSkillConcept.career_id == career)
        link = session.scalars(rows.order_by(CareerSkillConcept.skill_position)).first()
        assert link is not None
        link.accepted_by, link.proposed_by, link.score = None, "words", 0.5
        position = link.skill_position
    fields = "career { slug } title position wording skill proposedBy score inDraft"
    waiting = queue(editor, "linksToReview", fields)
    [mine] = [it for it in waiting["nodes"] if it["career"] == {"slug": "actuary"}]
    assert (mine["position"], mine["proposedBy"], mine["score"], mine["inDraft"]) == (position, "words", 0.5, False)
    assert "en" in mine["wording"]
    assert queue(editor, 'linksToReview(proposedBy: "words")', "title")["totalCount"] == 1
    edit(editor, "CAREER", "actuary", aliases={"en": ["Reckoner"]})
    drafted = queue(editor, 'linksToReview(proposedBy: "words")', fields)["nodes"]
    assert drafted == [{**mine, "inDraft": True}]
    assert_counts_are_of_rows(newsroom.engine)
    accept = """mutation($l: [LinkInput!]!) { acceptLinks(career: "actuary", links: $l) { __typename } }"""
    data(editor, accept, l=[{"position": position, "skill": mine["skill"]}])
    assert queue(editor, "linksToReview", "title")["totalCount"] == waiting["totalCount"] - 1


def test_who_uses_a_document_is_listed_live_and_drafted(newsroom: Newsroom, editor: Client) -> None:
    used = """query($t: DocumentType!, $s: String!) { editor { usedBy(type: $t, slug: $s, first: 100) {
      totalCount nodes { type slug title } } } }"""
    with reading(newsroom.engine) as session:
        every = read_all(session)
    users = sorted(it.ident for it in every if it.TYPE == "career" and it.category == "data")  # type: ignore[attr-defined]
    page = data(editor, used, t="CATEGORY", s="data")["usedBy"]
    assert (values(page), page["totalCount"]) == (users, len(users))
    before = data(editor, used, t="CAREER", s="actuary")["usedBy"]
    data(editor, SAVE, type="COLLECTION", document={"slug": "numbers", "title": {"en": "N"}, "careers": ["actuary"]})
    after = data(editor, used, t="CAREER", s="actuary")["usedBy"]
    assert after["totalCount"] == before["totalCount"] + 1
    assert {"type": "COLLECTION", "slug": "numbers", "title": "N"} in after["nodes"]
    skills = newsroom.client(Role.EDITOR, types=["career"])
    assert data(skills, used, t="CAREER", s="actuary")["usedBy"] == {"totalCount": 0, "nodes": []}
    data(editor, PUBLISH, d=[key("COLLECTION", "numbers")])
    assert data(editor, used, t="CAREER", s="actuary")["usedBy"] == after


def test_queues_of_failures_and_reviews_are_those_of_the_lists(newsroom: Newsroom, editor: Client) -> None:
    edit(editor, "CAREER", "actuary", title={"en": "Reckoner"})
    data(editor, 'mutation { submitForReview(type: CAREER, slug: "actuary", base: 2) { __typename } }')
    assert queue(editor, "draftsInReview", "slug title") == {
        "totalCount": 1,
        "nodes": [{"slug": "actuary", "title": "Reckoner"}],
    }
    assert queue(newsroom.client(Role.VIEWER, types=["skill"]), "draftsInReview", "slug")["totalCount"] == 0
    assert queue(editor, "failedSchedules", "number")["totalCount"] == 0
    admin = newsroom.client(Role.ADMIN)
    for name in ("failedDeliveries", "pausedDeliveries"):
        assert queue(admin, name, "event") == {"totalCount": 0, "nodes": []}
        answer = editor.ask(f"{{ editor {{ queues {{ {name} {{ totalCount }} }} }} }}")
        assert answer["errors"][0]["extensions"]["code"] == "FORBIDDEN"


def test_a_dashboard_of_counts_takes_a_statement_for_each(newsroom: Newsroom, editor: Client) -> None:
    names = ["linksToReview", 'staleFigures(olderThan: "2020-01-01")', "undatedFigures", "unsourcedFigures"]
    names += ["missingFigures", "draftsInReview", "failedSchedules"]
    data(editor, "{ editor { me { name } } }")
    counts = " ".join(f"{name} {{ totalCount }}" for name in names)
    query = f'{{ editor {{ queues {{ {counts} missing(locale: "de") {{ documents {{ totalCount }} }} }} }} }}'
    with statements() as run:
        data(editor, query)
    assert len([it for it in run if "count(" in it.lower()]) == len(names) + 1
    assert not [it for it in run if "revision.body" in it]


def test_the_phrases_of_a_locale_are_read_once_however_often_they_are_counted(
    newsroom: Newsroom, editor: Client
) -> None:
    data(editor, "{ editor { me { name } } }")
    missing = "count phrases { path } documents(first: 100) { totalCount nodes { count document { type } } }"
    with statements() as run:
        answer = data(editor, f'{{ editor {{ queues {{ missing(locale: "de") {{ {missing} }} }} }} }}')
    reads = [it for it in run if "FROM careergraph_locale" in it]
    assert len(reads) == 1  # of its own and of the default one
    assert answer["queues"]["missing"]["count"] > answer["queues"]["missing"]["documents"]["totalCount"]


def test_what_was_written_without_the_index_is_indexed_later(newsroom: Newsroom, editor: Client) -> None:
    """As after a migration, or a restore of a backup of an earlier version."""
    edit(editor, "CAREER", "actuary", summary={"en": "Counts llamas."})

    def content() -> list[Any]:
        with reading(newsroom.engine) as session:
            tables = [model.__table__ for model in INDEX]
            return [sorted(map(repr, session.execute(select(table)))) for table in tables]

    before = content()
    assert all(before[:4])
    with transaction(newsroom.engine) as session:
        for model in INDEX:
            session.execute(delete(model))
    assert documents(editor, 'text: "llamas"')["totalCount"] == 0
    index_all(newsroom.engine)
    assert content() == before
    assert documents(editor, 'text: "llamas"')["totalCount"] == 1
    with statements() as run:
        index_all(newsroom.engine)
    assert not [it for it in run if "INSERT" in it]


def test_a_name_that_is_none_is_no_empty_list(editor: Client) -> None:
    """A misspelt locale would look like a finished translation, and a misspelt attribute like a full set of figures."""
    stale = 'queues { staleFigures(olderThan: "2025-01-01", attributes: ["salery"]) { totalCount } }'
    for query, code, hint in (
        ('documents(filter: { lacks: "xx" }) { totalCount }', "UNKNOWN_LOCALE", "locales"),
        ('queues { missing(locale: "xx") { count } }', "UNKNOWN_LOCALE", "locales"),
        ('queues { missingFigures(attributes: ["salery"]) { totalCount } }', "UNKNOWN_ATTRIBUTE", "suggestions"),
        (stale, "UNKNOWN_ATTRIBUTE", "suggestions"),
        ('usedBy(type: SKILL, slug: "pythn") { totalCount }', "UNKNOWN", ""),
        ('documents(filter: { release: "mai" }) { totalCount }', "UNKNOWN", ""),
    ):
        [error] = editor.ask(f"{{ editor {{ {query} }} }}")["errors"]
        assert error["extensions"]["code"] == code, query
        if hint:
            assert {"de", "salary"} & set(error["extensions"][hint]), query
    edit(editor, "CAREER", "actuary", category="numbers")
    users = data(editor, '{ editor { usedBy(type: CATEGORY, slug: "numbers") { nodes { slug } } } }')["usedBy"]
    assert values(users) == ["actuary"], "what is still to come has users, too"


def test_drafts_are_found_by_who_reviews_them(newsroom: Newsroom, editor: Client) -> None:
    edit(editor, "CAREER", "actuary", title={"en": "Reckoner"})
    data(newsroom.client(Role.ADMIN), "{ editor { me { name } } }")
    submit = """mutation { submitForReview(type: CAREER, slug: "actuary", base: 2, assignee: "token:admin") {
      __typename } }"""
    assert data(editor, submit)["__typename"] == "ChangedDocument"
    assert values(documents(editor, 'assignee: "token:admin"')) == ["actuary"]
    assert values(documents(editor, 'assignee: "token:editor"')) == []
