"""The description of the REST view: each response is what it says, and nothing that it does not say."""

from copy import deepcopy
from typing import Any

import jsonschema_rs
import pytest
import schemathesis

from web.rest.rest_site import EVERY_KIND, RESOURCES, address, client

DESCRIPTION: dict[str, Any] = client().get("/api/openapi.json").json()


def closed(schema: Any) -> Any:
    """The schema, with no members but those that it names."""
    if isinstance(schema, list):
        return [closed(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    copy = {name: closed(each) for name, each in schema.items()}
    return {**copy, "additionalProperties": False} if copy.get("type") == "object" and "properties" in copy else copy


def check(schema: dict[str, Any], value: object) -> None:
    components = {"components": closed(DESCRIPTION["components"])}
    jsonschema_rs.Draft202012Validator({**closed(schema), **components}, validate_formats=True).validate(value)


def responses(path: str) -> dict[str, Any]:
    described: dict[str, Any] = DESCRIPTION["paths"][path]["get"]["responses"]
    return described


@pytest.mark.parametrize("path", EVERY_KIND)
def test_a_response_is_what_is_described(path: str) -> None:
    schema = responses(path)["200"]["content"]["application/json"]["schema"]
    check(schema, client().get(address(path)).json())


@pytest.mark.parametrize("slug", ["accountant", "software-developer", "musician"])
@pytest.mark.parametrize("locale", ["en", "de"])
def test_comparisons_of_all_sorts_are_what_is_described(slug: str, locale: str) -> None:
    schema = responses("/comparisons/{a}/{b}")["200"]["content"]["application/json"]["schema"]
    check(schema, client().get(f"/api/comparisons/{slug}/ai-model-routing-engineer?locale={locale}").json())


def test_a_description_that_is_wrong_is_noticed() -> None:
    """The checks above can fail: a member too few, one too many."""
    schema = responses("/careers/{slug}")["200"]["content"]["application/json"]["schema"]
    value = client().get("/api/careers/plumber").json()
    for broken in (
        {**value, "more": 1},
        {name: value[name] for name in value if name != "title"},
        {**value, "title": 1},
    ):
        with pytest.raises(jsonschema_rs.ValidationError):
            check(deepcopy(schema), broken)


def test_a_problem_is_what_is_described() -> None:
    problem = client().get("/api/careers/plumbre").json()
    jsonschema_rs.Draft202012Validator(DESCRIPTION["components"]["schemas"]["Problem"]).validate(problem)


def test_it_names_every_resource_and_parameter() -> None:
    assert DESCRIPTION["openapi"] == "3.1.0" and DESCRIPTION["servers"] == [{"url": "/api"}]
    described = {
        path: {each["name"]: (each["in"], each["required"]) for each in methods["get"]["parameters"]}
        for path, methods in DESCRIPTION["paths"].items()
    }
    assert described.keys() == RESOURCES.keys()
    assert described["/comparisons/{a}/{b}"] == {
        "a": ("path", True),
        "b": ("path", True),
        "locale": ("query", False),
        "region": ("query", False),
        "asOf": ("query", False),
    }
    assert described["/search"]["text"] == ("query", True)
    titles = {methods["get"]["operationId"] for methods in DESCRIPTION["paths"].values()}
    assert titles == {it.title for it in RESOURCES.values()}


def test_it_is_a_description_by_the_schema_of_openapi() -> None:
    """Of 3.1, which is not only JSON Schema: a parameter without its place is none."""
    schemathesis.openapi.from_dict(DESCRIPTION).validate()
    broken = deepcopy(DESCRIPTION)
    del broken["paths"]["/search"]["get"]["parameters"][0]["in"]
    with pytest.raises(jsonschema_rs.ValidationError):
        schemathesis.openapi.from_dict(broken).validate()


def test_it_is_kept_by_its_digest() -> None:
    response = client().get("/api/openapi.json")
    assert response.headers["content-type"].startswith("application/json")
    again = client().get("/api/openapi.json", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304
