"""Pages of other sites: which may read answers, and that they never do so with a visitor's cookies."""

import pytest

from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.core.origins import LOOPBACK_ORIGINS
from careergraph.web.server import local
from web.client import Client
from web.stub import stub

SITE = "https://careers.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


def test_pages_of_the_named_origins_may_read() -> None:
    """By GET without further leave, by POST after a preflight."""
    client = Client(stub(Config.of(cors_origins=f"{SITE}, https://other.example")).asgi())
    preflight = client.request("OPTIONS", "/graphql", headers={"Origin": SITE, **PREFLIGHT})
    assert preflight.status_code == 200
    assert preflight.headers["access-control-allow-origin"] == SITE
    for response in (
        client.post("/graphql", json={"query": "{ versions }"}, headers={"Origin": SITE}),
        client.get("/graphql?query={versions}", headers={"Origin": SITE, "Sec-Fetch-Site": "cross-site"}),
    ):
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == SITE
        assert "origin" in response.headers["vary"].lower()
        assert "ETag" in response.headers["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in response.headers


def test_pages_of_others_may_not() -> None:
    client = Client(stub(Config.of(cors_origins=SITE)).asgi())
    evil = {"Origin": "https://evil.example"}
    assert client.request("OPTIONS", "/graphql", headers={**evil, **PREFLIGHT}).status_code == 400
    response = client.post("/graphql", json={"query": "{ versions }"}, headers=evil)
    assert "access-control-allow-origin" not in response.headers
    assert client.get("/graphql?query={versions}", headers=evil).status_code == 403


def test_anybody_may_where_the_configuration_says_so() -> None:
    client = Client(stub(Config.of(cors_origins="*")).asgi())
    response = client.get("/graphql?query={versions}", headers={"Origin": "https://any.example"})
    assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, "*")


def test_a_cache_keeps_answers_with_leave_to_read_apart() -> None:
    """Else a page would be given what a program asked for before it: an answer that no page may read."""
    for origins in (SITE, "*"):
        plain = Client(stub(Config.of(cors_origins=origins), pure=True).asgi()).get("/graphql?query={versions}")
        assert "public" in plain.headers["cache-control"]
        varies = "origin" in plain.headers["vary"].lower().split(", ")
        assert varies or plain.headers.get("access-control-allow-origin") == "*"


TRACING = "traceparent, tracestate, baggage, sentry-trace"
APOLLO = "apollographql-client-name, apollographql-client-version, x-apollo-operation-name, apollo-require-preflight"


def preflight(client: Client, origin: str, headers: str) -> int:
    request = {"Origin": origin, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": headers}
    return client.request("OPTIONS", "/graphql", headers=request).status_code


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]"])
@pytest.mark.parametrize("port", ["", ":80", ":3000", ":65535"])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_on_loopback_pages_of_this_machine_may_read(scheme: str, host: str, port: str) -> None:
    """A front-end's development server is another origin; never with cookies, though."""
    client = Client(stub(local(Config(), "127.0.0.1")).asgi(), Host="localhost:8000")
    origin = f"{scheme}://{host}{port}"
    assert preflight(client, origin, "content-type") == 200
    for response in (
        client.post("/graphql", json={"query": "{ versions }"}, headers={"Origin": origin}),
        client.get("/graphql?query={versions}", headers={"Origin": origin, "Sec-Fetch-Site": "same-site"}),
    ):
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (200, origin)
        assert "access-control-allow-credentials" not in response.headers


@pytest.mark.parametrize(
    "origin",
    [
        "http://localhost.evil.example",
        "http://localhost:3000.evil.example",
        "http://evil.example:3000",
        "http://localhost:",
        "http://localhost:3000/",
        "http://localhost:123456",
        "http://127.0.0.1x",
        "http://127x0x0x1",
        "ftp://localhost",
        "null",
        "http://[::2]:3000",
    ],
)
def test_on_loopback_other_pages_may_not(origin: str) -> None:
    client = Client(stub(local(Config(), "127.0.0.1")).asgi(), Host="localhost:8000")
    assert preflight(client, origin, "content-type") == 400
    response = client.post("/graphql", json={"query": "{ versions }"}, headers={"Origin": origin})
    assert "access-control-allow-origin" not in response.headers
    assert client.get("/graphql?query={versions}", headers={"Origin": origin}).status_code == 403


def test_on_loopback_the_setting_adds_to_them() -> None:
    client = Client(stub(local(Config.of(cors_origins=SITE), "::1")).asgi(), Host="localhost:8000")
    assert [preflight(client, it, "content-type") for it in (SITE, "http://localhost:5173")] == [200, 200]
    everybody = Client(stub(local(Config.of(cors_origins="*"), "::1")).asgi(), Host="localhost:8000")
    assert preflight(everybody, "https://any.example", "content-type") == 200


def test_what_clients_and_tracing_add_passes_a_preflight() -> None:
    """Else a front-end that turns tracing on finds every request blocked by its browser."""
    client = Client(stub(Config.of(cors_origins=SITE)).asgi())
    for headers in (TRACING, APOLLO, "If-None-Match, Authorization, X-Careergraph-Preview, X-Request-Id"):
        assert preflight(client, SITE, headers) == 200
    assert preflight(client, SITE, "x-tenant") == 400
    more = Client(stub(Config.of(cors_origins=SITE, cors_headers="X-Tenant, B3")).asgi())
    assert preflight(more, SITE, f"x-tenant, b3, {TRACING}") == 200


@pytest.mark.parametrize(
    "settings",
    [
        {"cors_origins": "careers.example"},
        {"cors_origins": "https://careers.example/"},
        {"cors_origins": "https://*.example"},
        {"cors_origins": "https://a.example https://b.example"},
        {"cors_headers": "x tenant"},
        {"cors_headers": "*"},
    ],
)
def test_an_origin_or_a_header_that_is_none_is_named(settings: dict[str, str]) -> None:
    """It would never match, and nobody would know why."""
    with pytest.raises(ConfigProblem, match=next(iter(settings))):
        Config.of(**settings)


def test_the_origins_of_this_machine_are_those_of_three_hosts() -> None:
    assert LOOPBACK_ORIGINS.count("://") == 6
