"""Every kind of value, through one query that spreads them all."""

from typing import Any

from api.asking import answer, ask

CAREER = """query($slug: String!, $locale: String) { career(slug: $slug, locale: $locale) { values {
  __typename display observedOn method publishedFor region
  attribute { key label kind better unit levels options { key label } position }
  source { slug title publisher kind url licence credit vintage }
  ... on MoneyRange { low high currency period basis }
  ... on Number { value unit scale interval }
  ... on Level { rank label }
  ... on Flag { yes }
  ... on Choice { key label }
} } }"""


def _values(locale: str | None = None) -> dict[str, Any]:
    career = answer(CAREER, slug="carpenter", locale=locale)["career"]
    return {value["attribute"]["key"]: value for value in career["values"]}


def test_every_kind_has_its_fields() -> None:
    values = _values()
    pay = values["pay"]
    assert (pay["low"], pay["high"]) == (30000, 45000)
    assert (pay["currency"], pay["period"], pay["basis"]) == ("EUR", "YEAR", "POSTED")
    assert pay["display"] == "€30,000–€45,000/yr"
    months = values["months"]
    assert (months["value"], months["unit"], months["scale"], months["interval"]) == (36, "months", 60, [30, 40])
    assert (values["barrier"]["rank"], values["barrier"]["label"]) == (0, "Low")
    assert values["travel"]["yes"] is False
    assert (values["place"]["key"], values["place"]["label"]) == ("in", "Indoors")
    assert [values[key]["__typename"] for key in values] == ["MoneyRange", "Number", "Level", "Flag", "Choice"]


def test_every_value_has_its_source() -> None:
    for value in _values().values():
        assert value["source"] == {
            "slug": "survey",
            "title": "Survey",
            "publisher": "Bureau",
            "kind": "MEASURED",
            "url": "https://example.org/survey",
            "licence": "CC0",
            "credit": "By the bureau",
            "vintage": "2025",
        }
        assert (value["observedOn"], value["method"], value["region"]) == ("2025-05-01", "Asked", "North")


def test_attributes_tell_their_levels_and_options() -> None:
    attributes = answer("{ attributes { key kind better unit levels options { key } position } }")["attributes"]
    by_key = {it["key"]: it for it in attributes}
    assert [it["position"] for it in attributes] == [1, 2, 3, 4, 5]
    assert by_key["barrier"]["levels"] == ["Low", "High"]
    assert by_key["barrier"]["options"] == [{"key": "low"}, {"key": "top"}]
    assert by_key["place"]["levels"] is None
    assert by_key["place"]["options"] == [{"key": "in"}, {"key": "out"}]
    assert by_key["pay"]["levels"] is None and by_key["pay"]["options"] is None
    months = by_key["months"]
    assert (months["unit"], months["better"], months["kind"]) == ("months", "LOWER", "NUMBER")


def test_values_read_in_a_locale() -> None:
    values = _values("de")
    assert values["barrier"]["display"] == "Niedrig"
    assert values["months"]["attribute"]["label"] == "Monate"
    assert values["pay"]["attribute"]["label"] == "Pay"
    assert "30.000" in values["pay"]["display"]


def test_one_value_by_its_attribute() -> None:
    query = 'query($key: String!) { career(slug: "nurse") { slug value(attribute: $key) { display } } }'
    assert answer(query, key="barrier")["career"]["value"] == {"display": "High"}
    assert answer(query, key="months")["career"]["value"] is None


def test_an_unknown_attribute_is_refused_with_suggestions() -> None:
    result = ask('{ career(slug: "nurse") { slug value(attribute: "barier") { display } } }')
    assert result.data == {"career": {"slug": "nurse", "value": None}}
    assert result.errors[0]["extensions"] == {"code": "UNKNOWN_ATTRIBUTE", "suggestions": ["barrier"]}
