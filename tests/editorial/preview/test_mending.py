"""Drafts that are not publishable yet: shown as far as they go; one that cannot be shown is left out, and named."""

from typing import Any

import msgspec
import pytest

from careergraph.editorial.content.problem import Problem
from careergraph.editorial.editing.validation import Surroundings
from careergraph.editorial.preview.mending import Laid, lay_over
from careergraph.store.catalogs.build import build_catalog
from careergraph.store.documents.documents import Document, Key, key_of
from editorial.verbs.test_tokens import NOW
from truth.seeded import documents

LIVE = {key_of(document): document for document in documents()}
KEY, OTHER = ("career", "accountant"), ("career", "actuary")
ATTRIBUTE, SOURCE, COLLECTION = ("attribute", "salary"), ("source", "onet"), ("collection", "careers-in-data")


def body(key: Key, **fields: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(LIVE[key])
    return {**plain, **fields}


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    return [(str(it.code), it.path) for it in problems]


def over_live(drafted: dict[Key, Any]) -> Laid:
    """Drafts laid over all live documents."""
    return lay_over(drafted, lambda *_: Surroundings(LIVE, LIVE.keys()))


def visible_documents(laid: Laid) -> list[Document]:
    """The documents of a preview."""
    return [document for document in {**LIVE, **laid.changes}.values() if document is not None]


def careers(laid: Laid) -> dict[str, Any]:
    """The careers of the catalog that can be built of it."""
    return dict(build_catalog(visible_documents(laid), 1, NOW).careers)


def test_what_is_publishable_is_shown_as_it_is() -> None:
    laid = over_live({KEY: body(KEY, title={"en": "Bean counter"}), COLLECTION: None})
    assert (laid.problems, laid.omitted) == ((), ())
    assert careers(laid)["accountant"].title == {"en": "Bean counter"}
    assert COLLECTION not in {key_of(document) for document in visible_documents(laid)}


def test_a_career_that_is_begun_is_shown_with_what_is_missing() -> None:
    fresh = {"slug": "beekeeper", "title": {"de": "Imker"}, "summary": {"en": " "}, "category": "bees"}
    skills = [{"text": {}, "concepts": [{"skill": "nothing", "proposedBy": "ann"}]}]
    laid = over_live({("career", "beekeeper"): {**fresh, "skills": skills}})
    assert places(laid.problems) == [
        ("MISSING_TEXT", "title"),
        ("MISSING_TEXT", "summary.en"),
        ("UNKNOWN_REFERENCE", "category"),
        ("MISSING_TEXT", "skills[0].text"),
        ("UNKNOWN_REFERENCE", "skills[0].concepts[0].skill"),
    ]
    assert laid.omitted == ()
    career = careers(laid)["beekeeper"]
    assert (career.title, career.summary) == ({"de": "Imker", "en": "[title]"}, {"en": "[summary]"})
    assert career.category.name == {"en": "[category]"}
    assert [(it.text, it.concepts) for it in career.skills] == [({"en": "[skills[0].text]"}, ())]


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"category": "nowhere"}, "UNKNOWN_REFERENCE"),
        ({"image": {"url": "nonsense", "alt": {"en": "A"}}}, "BAD_URL"),
        ({"roadmap": [{"title": {"en": "One"}, "months": 7000}]}, "BAD_NUMBER"),
        ({"profile": {"source": "nowhere"}}, "UNKNOWN_REFERENCE"),
        ({"title": {"en": "A", "fr": "B"}}, "UNKNOWN_REFERENCE"),
        ({"aliases": {"en": ["A", "A"]}}, "DUPLICATE"),
    ],
)
def test_what_cannot_be_shown_is_left_out(fields: dict[str, Any], code: str) -> None:
    laid = over_live({KEY: body(KEY, **fields, summary={"en": "Fresh."})})
    assert ({it[0] for it in places(laid.problems)}, laid.omitted) == ({code}, ())
    career = careers(laid)["accountant"]
    assert career.summary == {"en": "Fresh."}
    assert career.category.slug == "business-finance"


def test_figures_that_are_none_go_and_the_others_stay() -> None:
    values = body(KEY)["values"]
    bad = [{**values[0], "low": 9, "high": 1}, {**values[1], "source": "nowhere"}, {**values[2], "attribute": "x"}]
    laid = over_live({KEY: body(KEY, values=[*bad, *values[3:]])})
    kept = {it.attribute.key for it in careers(laid)["accountant"].values}
    assert kept == {it["attribute"] for it in values[3:]}
    assert len(laid.problems) == 3


def test_one_bad_draft_does_not_kill_the_others() -> None:
    """An attribute without a kind, a removal of what is in use, a document of another shape, and a pair of nobody."""
    nobody = ("pair", "accountant-vs-nobody")
    drafted = {
        KEY: body(KEY, title={"en": "Bean counter"}),
        ATTRIBUTE: body(ATTRIBUTE, kind="NONE"),
        SOURCE: None,
        OTHER: {"slug": "actuary", "colour": "red"},
        nobody: {"a": "accountant", "b": "nobody"},
    }
    laid = over_live(drafted)
    assert laid.omitted == (ATTRIBUTE, OTHER, nobody, SOURCE)
    visible: dict[Key, Document] = {key_of(document): document for document in visible_documents(laid)}
    assert [visible[key] for key in (ATTRIBUTE, OTHER, SOURCE)] == [LIVE[key] for key in (ATTRIBUTE, OTHER, SOURCE)]
    assert careers(laid)["accountant"].title == {"en": "Bean counter"}
    assert {"IN_USE", "BAD_CHOICE", "BAD_SHAPE", "UNKNOWN_REFERENCE"} <= {it[0] for it in places(laid.problems)}


def test_a_circle_is_opened() -> None:
    first, second = (f"fresh-{number}" for number in (1, 2))
    circle = {
        ("skill", first): {"slug": first, "name": {"en": "A"}, "broader": [second]},
        ("skill", second): {"slug": second, "name": {"en": "B"}, "broader": [first]},
    }
    laid = over_live(circle)
    assert laid.omitted == ()
    skills = build_catalog(visible_documents(laid), 1, NOW).skills
    assert [skills[it].broader for it in (first, second)] == [(), ()]
    assert {it[0] for it in places(laid.problems)} == {"CYCLE"}
