"""Pages of other sites: which may read answers, and that they never do so with a visitor's cookies."""

from careergraph.web.config import Config
from web.client import Client
from web.stub import stub

SITE = "https://careers.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}


def test_pages_of_the_named_origins_may_read() -> None:
    """By GET without further leave, by POST after a preflight."""
    client = Client(stub(Config(cors_origins=f"{SITE}, https://other.example")).asgi())
    asked = client.request("OPTIONS", "/graphql", headers={"Origin": SITE, **PREFLIGHT})
    assert asked.status_code == 200
    assert asked.headers["access-control-allow-origin"] == SITE
    for found in (
        client.post("/graphql", json={"query": "{ versions }"}, headers={"Origin": SITE}),
        client.get("/graphql?query={versions}", headers={"Origin": SITE, "Sec-Fetch-Site": "cross-site"}),
    ):
        assert found.status_code == 200
        assert found.headers["access-control-allow-origin"] == SITE
        assert "origin" in found.headers["vary"].lower()
        assert "ETag" in found.headers["access-control-expose-headers"]
        assert "access-control-allow-credentials" not in found.headers


def test_pages_of_others_may_not() -> None:
    client = Client(stub(Config(cors_origins=SITE)).asgi())
    evil = {"Origin": "https://evil.example"}
    assert client.request("OPTIONS", "/graphql", headers={**evil, **PREFLIGHT}).status_code == 400
    found = client.post("/graphql", json={"query": "{ versions }"}, headers=evil)
    assert "access-control-allow-origin" not in found.headers
    assert client.get("/graphql?query={versions}", headers=evil).status_code == 403


def test_anybody_may_where_the_configuration_says_so() -> None:
    client = Client(stub(Config(cors_origins="*")).asgi())
    found = client.get("/graphql?query={versions}", headers={"Origin": "https://any.example"})
    assert (found.status_code, found.headers["access-control-allow-origin"]) == (200, "*")


def test_a_cache_keeps_answers_with_leave_to_read_apart() -> None:
    """Else a page would be given what a program asked for before it: an answer that no page may read."""
    for origins in (SITE, "*"):
        plain = Client(stub(Config(cors_origins=origins), pure=True).asgi()).get("/graphql?query={versions}")
        assert "public" in plain.headers["cache-control"]
        varies = "origin" in plain.headers["vary"].lower().split(", ")
        assert varies or plain.headers.get("access-control-allow-origin") == "*"
