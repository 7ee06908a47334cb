"""The REST view: what GraphQL answers, at addresses of its own, with the same headers, limits and codes."""

import json
from typing import Any

import pytest
import strawberry
from starlette.applications import Starlette
from starlette.routing import Mount

from careergraph import CareerGraph, Config
from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from careergraph.web.core.config import ConfigProblem
from truth import seeded
from web.client import Client
from web.editing import PREVIEW, TOMORROW, Newsroom, data, edit, key
from web.rest.rest_site import EVERY_KIND, RESOURCES, address, client, rest_app

CACHING = ("etag", "cache-control", "surrogate-key", "cache-tag", "vary")


@pytest.mark.parametrize("path", EVERY_KIND)
def test_it_answers_what_graphql_answers(path: str) -> None:
    """The same value, for as long, with the same tags; and compressed like it."""
    app = client()
    response = app.get(address(path))
    names = dict(zip(RESOURCES[path].names, EVERY_KIND[path].strip("/").split("/"), strict=False))
    query = {name: response.url.params.get_list(name) for name in response.url.params}
    variables: dict[str, Any] = {**names, **{name: texts[0] for name, texts in query.items()}}
    variables |= {
        name: query[name] for name in ("careers", "category") if path in ("/several", "/careers") and name in query
    }
    variables |= {"first": int(variables["first"])} if "first" in variables else {}
    parameters = {"query": RESOURCES[path].text, "variables": json.dumps(variables)}
    graphql = app.get("/graphql", params=parameters)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    (value,) = graphql.json()["data"].values()
    assert response.json() == value
    same = [name for name in CACHING if name != "etag"]
    assert [response.headers.get(name) for name in same] == [graphql.headers.get(name) for name in same]
    zipped = app.get(address(path), headers={"Accept-Encoding": "gzip"})
    assert zipped.content == response.content
    for _ in range(2):
        again = app.get(address(path), headers={"If-None-Match": response.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_every_resource_is_tried() -> None:
    assert set(EVERY_KIND) == set(RESOURCES)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "POST", "DELETE"])
def test_it_is_only_read(method: str) -> None:
    response = client().request(method, "/api/careers/plumber")
    status = {"HEAD": 200, "OPTIONS": 204}.get(method, 405)
    assert response.status_code == status
    assert response.headers.get("allow", "GET, HEAD, OPTIONS") == "GET, HEAD, OPTIONS"
    if status == 405:
        assert response.json()["code"] == "METHOD_NOT_ALLOWED"
    else:
        assert response.content == b""


@pytest.mark.parametrize(
    ("path", "status", "code", "words"),
    [
        ("/careers/plumbre", 404, "UNKNOWN_CAREER", ""),
        ("/skills/pythn", 404, "UNKNOWN_SKILL", ""),
        ("/categories/x", 404, "UNKNOWN_CATEGORY", ""),
        ("/collections/x", 404, "UNKNOWN_COLLECTION", ""),
        ("/comparisons/plumber/actuari", 404, "UNKNOWN_CAREER", ""),
        ("/comparisons/plumber/plumber", 400, "SAME_CAREER", ""),
        ("/several?careers=plumber", 400, "TOO_FEW", ""),
        ("/several", 400, "BAD_REQUEST", "The parameter careers is missing."),
        ("/careers/plumber?region=Atlantis", 400, "UNKNOWN_REGION", ""),
        ("/careers/plumber?lcoale=de", 400, "BAD_REQUEST", "there are: locale, region, asOf"),
        ("/careers/plumber?slug=actuary", 400, "BAD_REQUEST", "There is no parameter 'slug'"),
        ("/careers/plumber?locale=de&locale=en", 400, "BAD_REQUEST", "locale is given more than once."),
        ("/careers/plumber?asOf=yesterday", 400, "BAD_USER_INPUT", ""),
        ("/careers?first=ten", 400, "BAD_REQUEST", "first is a whole number, not 'ten'."),
        ("/careers?first=%D9%A3", 400, "BAD_REQUEST", "first is a whole number"),
        ("/careers?first=1000", 400, "", ""),
        ("/careers?after=x", 400, "", ""),
        ("/careers?text=%FF", 400, "BAD_REQUEST", "UTF-8"),
        ("/careers?" + "&".join(["skill=python"] * 70), 400, "BAD_REQUEST", "UTF-8"),
        ("/comparisons?minScore=much", 400, "BAD_REQUEST", "minScore is a number, not 'much'."),
        ("/nothing", 404, "NOT_FOUND", "/api/openapi.json describes the addresses that there are."),
        ("/comparisons/plumber", 404, "NOT_FOUND", "/api/openapi.json describes the addresses that there are."),
        ("", 404, "NOT_FOUND", "/api/openapi.json describes the addresses that there are."),
        ("/", 404, "NOT_FOUND", "/api/openapi.json describes the addresses that there are."),
    ],
)
def test_a_problem_says_what_is_wrong(path: str, status: int, code: str, words: str) -> None:
    """In the form of RFC 9457, with the code of the GraphQL API; nobody may cache it."""
    response = client().get("/api" + path)
    problem = response.json()
    assert (response.status_code, problem["status"]) == (status, status), problem
    assert response.headers["content-type"] == "application/problem+json"
    assert response.headers["cache-control"] == "no-store"
    assert problem["type"] == f"urn:careergraph:problem:{problem['code']}"
    assert code in problem["code"] and words in problem["detail"]
    assert problem["title"] == {400: "Bad Request", 404: "Not Found"}[status]


def test_only_what_is_below_its_path_is_its_own() -> None:
    """Other addresses that lead nowhere are answered as before, and one with a slash too many still leads on."""
    assert client().get("/apiary").json()["errors"][0]["extensions"] == {"code": "NOT_FOUND"}
    assert client().get("/api/careers/").headers["location"] == "../careers"
    mounted = Client(Starlette(routes=[Mount("/jobs", rest_app())]))
    assert "/jobs/api/openapi.json describes" in mounted.get("/jobs/api/nothing").json()["detail"]


def test_an_unknown_slug_has_suggestions() -> None:
    assert "plumber" in client().get("/api/careers/plumbre").json()["suggestions"]


def test_a_page_leads_to_the_next() -> None:
    app = client()
    titles: list[str] = []
    place = ""
    while True:
        page = app.get(f"/api/careers?first=30{place}").json()
        titles += [edge["node"]["title"] for edge in page["edges"]]
        if not page["pageInfo"]["hasNextPage"]:
            break
        place = f"&after={page['pageInfo']['endCursor']}"
    assert len(titles) == len(set(titles)) == page["totalCount"]


def test_it_speaks_the_language_that_is_asked_for() -> None:
    app = client()
    german, english = (app.get(f"/api/careers/plumber?locale={code}").json() for code in ("de-AT", "en"))
    assert german["category"]["name"] != english["category"]["name"]


def test_a_bug_is_masked_with_an_id(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the server")

    monkeypatch.setattr("careergraph.web.rest.endpoint.read_variables", fail)
    response = client().get("/api/careers/plumber")
    problem = response.json()
    assert (response.status_code, problem["code"]) == (500, "INTERNAL_ERROR")
    assert "secret" not in response.text and problem["id"] in caplog.text


def test_a_request_is_charged_as_in_graphql() -> None:
    """Under one allowance for each client; the cost is that of the operation."""
    app = client(rate_limit=2000)
    others = [it for it in seeded.catalog().careers if it not in ("plumber", "electrician")][:20]
    statuses = [app.get(f"/api/comparisons/plumber/{other}").status_code for other in others]
    assert statuses[0] == 200 and statuses[-1] == 429
    refused = app.get("/api/comparisons/plumber/electrician")
    assert refused.json()["code"] == "RATE_LIMITED" and int(refused.headers["retry-after"]) > 0


def test_pages_of_allowed_origins_may_read_it() -> None:
    app = client(cors_origins="https://careers.example")
    response = app.get("/api/careers/plumber", headers={"Origin": "https://careers.example"})
    assert response.headers["access-control-allow-origin"] == "https://careers.example"
    other = app.get("/api/careers/plumber", headers={"Origin": "https://other.example"})
    assert "access-control-allow-origin" not in other.headers


def test_it_is_off_until_a_path_names_it() -> None:
    app = CareerGraph(Config()).asgi()
    assert Client(app).get("/api/openapi.json").status_code == 404


@pytest.mark.parametrize("path", ["api", "/api/", "/api/{x}"])
def test_its_path_is_one(path: str) -> None:
    with pytest.raises(ConfigProblem, match="rest_path"):
        Config.of(rest_path=path)


def test_a_schema_of_the_hosts_has_none() -> None:
    @strawberry.type
    class Query:
        @strawberry.field
        def hello(self) -> str:
            return "there"

    with pytest.raises(ConfigProblem, match="rest_path"):
        CareerGraph(Config.of(rest_path="/api"), schema=strawberry.Schema(query=Query))


def test_a_preview_is_for_who_has_its_token(sqlite_url: str) -> None:
    engine = connect(sqlite_url)
    newsroom = Newsroom(engine, rest_path="/api")
    author = newsroom.client(Role.AUTHOR)
    before = newsroom.public.get("/api/careers/accountant")
    edit(author, "CAREER", "accountant", title={"en": "Bean counter"})
    selection = {"documents": [key("CAREER", "accountant")], "expires": TOMORROW.isoformat()}
    secret = data(author, PREVIEW, **selection)["secret"]
    preview = newsroom.previewing(secret).get("/api/careers/accountant")
    assert preview.json()["title"] == "Bean counter"
    assert preview.headers["cache-control"] == "no-store" and "etag" not in preview.headers
    assert newsroom.public.get("/api/careers/accountant").content == before.content
    bad = newsroom.previewing("cgp_nothing").get("/api/careers/accountant")
    assert bad.json()["code"] == "BAD_PREVIEW"
    newsroom.close()
    engine.dispose()


def test_two_careers_are_several() -> None:
    """As the description says, and `multiComparison`."""
    operation = client().get("/api/openapi.json").json()["paths"]["/several"]["get"]
    assert operation["summary"] == "Two to six careers side by side."
    assert client().get("/api/several?careers=plumber&careers=actuary").status_code == 200
