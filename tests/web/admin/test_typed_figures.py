"""What is typed: numbers that may be others, an origin without a figure, a figure from elsewhere, taken names."""

from typing import Any

import pytest

from careergraph.editorial.access.actor import Role
from careergraph.editorial.checks import phrase
from careergraph.editorial.content.problem import ProblemCode
from careergraph.engine.content.attribute import Attribute
from careergraph.engine.text.phrases import LOCALE_PHRASES
from careergraph.web.admin.forms.definition import as_text
from careergraph.web.admin.forms.read import Reader
from web.admin.person import Fields, Person
from web.admin.test_edit import changed, form_of
from web.editing import Newsroom, edit, standing


def figure(newsroom: Newsroom, slug: str, attribute: str) -> Any:
    """A figure of a career as its draft has it."""
    draft = standing(newsroom.client(Role.VIEWER), "CAREER", slug)["draft"]["document"]
    return next((each for each in draft["values"] if each["attribute"] == attribute), None)


@pytest.mark.parametrize("text", ["61,000", "61.000", "-1,250", "61 000", "1,250,000", "$61000", "1e5"])
def test_what_may_mean_thousands_is_no_number(newsroom: Newsroom, editor: Person, text: str) -> None:
    """61,000 is 61 nowhere: it is asked for again, and stays as it was typed."""
    path = "documents/career/actuary"
    fields = form_of(editor, path)
    response = editor.post(path, changed(fields, **{"values/salary/low": text}))
    assert response.status_code == 422 and "without separators of thousands" in response.text
    assert dict(Fields(response.text).fields)["values/salary/low"] == text
    assert dict(form_of(editor, path)) == dict(fields)


@pytest.mark.parametrize(
    ("text", "number"), [("61000", 61000), ("9,5", 9.5), ("9.5", 9.5), ("0.125", 0.125), ("0", 0), ("9.1250", 9.125)]
)
def test_other_numbers_are_read_as_they_are_written(attributes: dict[str, Attribute], text: str, number: float) -> None:
    read = Reader("career", attributes, "ann").document([("values/demand-score/value", text)], {})
    assert read["values"] == [{"attribute": "demand-score", "value": number}]


@pytest.mark.parametrize("number", [9.125, 61.001, 0.00001, 123456.789012, 999999999999.5, -4.5])
def test_what_a_form_shows_it_takes_back(attributes: dict[str, Attribute], number: float) -> None:
    document = {"values": [{"attribute": "demand-score", "value": number}]}
    fields = [("values/demand-score/value", as_text(number))]
    assert Reader("career", attributes, "ann").document(fields, document) == document


def test_an_origin_may_be_written_before_its_figure(newsroom: Newsroom, editor: Person) -> None:
    """It is kept as a draft, and while items come and go; a figure that is taken away goes with its origin."""
    path, method = "documents/career/lawyer", "values/demand-score/method/en"
    begun = {"values/demand-score/source": "editorial-estimate", method: "Counted by hand."}
    shaped = editor.post(path, changed(form_of(editor, path), **begun, do="add:part@skills"))
    assert dict(Fields(shaped.text).fields)[method] == "Counted by hand."
    assert editor.post(path, changed(form_of(editor, path), **begun)).status_code == 303
    assert figure(newsroom, "lawyer", "demand-score")["method"] == {"en": "Counted by hand."}
    assert dict(form_of(editor, path))[method] == "Counted by hand."
    refused = editor.send(path + "/changes", to=path + "/publish")
    assert "a number needs a value" in refused.text
    assert editor.post(path, changed(form_of(editor, path), **{"values/demand-score/value": "7"})).status_code == 303
    assert figure(newsroom, "lawyer", "demand-score")["value"] == 7
    assert editor.post(path, changed(form_of(editor, path), **{"values/demand-score/value": ""})).status_code == 303
    assert figure(newsroom, "lawyer", "demand-score") is None


def test_a_figure_from_elsewhere_is_of_nothing_that_was_hidden(newsroom: Newsroom, editor: Person) -> None:
    """Which row a figure was published for, and where, is in its form; the interval of a former figure goes with it."""
    path = "documents/career/plumber"
    form = dict(form_of(editor, path))
    assert form["values/salary/publishedForTitle"] and form["values/salary/region"] == "United States"
    before = next(each for each in form_values(newsroom, "plumber") if each["attribute"] == "education")
    assert before["interval"]
    others = {"values/salary/publishedFor": "", "values/salary/publishedForTitle": "", "values/salary/region": "Utah"}
    assert editor.post(path, changed(list(form.items()), **others)).status_code == 303
    salary = figure(newsroom, "plumber", "salary")
    assert salary["region"] == "Utah" and not salary.keys() & {"publishedFor", "publishedForTitle"}
    assert figure(newsroom, "plumber", "education") == before
    share = changed(form_of(editor, path), **{"values/education/share": "12"})
    assert editor.post(path, share).status_code == 303
    assert "interval" not in figure(newsroom, "plumber", "education")


def form_values(newsroom: Newsroom, slug: str) -> Any:
    """The live figures of a career."""
    return standing(newsroom.client(Role.VIEWER), "CAREER", slug)["live"]["values"]


def test_a_conflict_over_a_phrase_with_dots_keeps_the_side_that_was_chosen(newsroom: Newsroom, editor: Person) -> None:
    path = "documents/locale/de"
    form = form_of(editor, path)
    key = next(name for name, text in form if text == "advantage.low")
    phrases = standing(newsroom.client(Role.VIEWER), "LOCALE", "de")["live"]["phrases"]
    edit(newsroom.client(Role.AUTHOR), "LOCALE", "de", phrases={**phrases, "tie": "{label}: {value}."})
    mine = changed(form, **{key.replace("@key", "@value"): "{career}: {strength}, {bare}, {other}."})
    sides = Fields(editor.post(path, mine).text).fields
    assert ("side:phrases.advantage.low", "yours") in sides
    assert editor.post(path, [*sides, ("do", "merge")]).status_code == 303
    merged = standing(newsroom.client(Role.VIEWER), "LOCALE", "de")["draft"]["document"]["phrases"]
    assert merged == {**phrases, "tie": "{label}: {value}.", "advantage.low": "{career}: {strength}, {bare}, {other}."}


def test_no_phrase_is_lost_whose_name_is_missing_or_another_ones() -> None:
    """Each is kept, under a name that the check refuses."""
    rows = [("advantage.low", "A"), ("advantage.low", "B"), ("", "C"), ("", "D"), ("tie", ""), ("tie", "E"), ("", "")]
    fields = [
        (f"phrases/{place}/{part}", text)
        for place, row in enumerate(rows)
        for part, text in zip(("@key", "@value"), row, strict=True)
    ]
    phrases = Reader("locale", {}, "ann").document(fields, {})["phrases"]
    assert sorted(phrases.values()) == ["A", "B", "C", "D", "E"]
    assert (phrases["advantage.low"], phrases["tie"]) == ("A", "E")
    for name in phrases.keys() - {"advantage.low", "tie"}:
        assert [it.code for it in phrase.name(name, LOCALE_PHRASES, ())] == [ProblemCode.UNKNOWN_PHRASE]


@pytest.fixture
def attributes(newsroom: Newsroom) -> dict[str, Attribute]:
    """The attributes of the seed."""
    return dict(newsroom.careergraph.catalog_holder.load().attributes)
