"""Limits of rate: so much cost a minute for each client, told in the standard headers."""

import pytest
from starlette.requests import HTTPConnection

from careergraph.editorial.access.actor import Role
from careergraph.store.database.database import connect
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.execution import rate_limiter
from careergraph.web.execution.document_cache import new_document_cost
from careergraph.web.execution.rate_limiter import MAX_CLIENTS, RateLimiter, client_of
from web.client import Client
from web.editing import Newsroom
from web.stub import stub


class Clock:
    """A clock that goes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    stopped = Clock()
    monkeypatch.setattr(rate_limiter, "monotonic", stopped)
    return stopped


def test_what_was_taken_comes_back_with_time(clock: Clock) -> None:
    """The whole allowance in a minute, evenly; a refusal takes nothing and says when to come again."""
    limit = RateLimiter(60)
    limit.take("a", 50)
    with pytest.raises(Refusal) as refused:
        limit.take("a", 20)
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (429, "10")
    limit.take("b", 60)
    clock.now += 10
    limit.take("a", 20)
    assert dict(limit.headers("a")) == {
        b"ratelimit-policy": b'"cost";q=60;w=60',
        b"ratelimit": b'"cost";r=0;t=60',
    }
    clock.now += 1000
    assert dict(limit.headers("a"))[b"ratelimit"] == b'"cost";r=60;t=0'


def test_what_costs_more_than_the_allowance_waits_for_all_of_it(clock: Clock) -> None:
    limit = RateLimiter(60)
    limit.take("a", 30)
    with pytest.raises(Refusal) as refused:
        limit.take("a", 500)
    assert refused.value.headers["Retry-After"] == "30"


def test_clients_are_bounded(clock: Clock) -> None:
    """A flood of addresses takes no more memory."""
    limit = RateLimiter(60)
    for number in range(MAX_CLIENTS + 100):
        limit.take(str(number), 1)
    assert len(limit._buckets) == MAX_CLIENTS


def test_who_a_client_is() -> None:
    """A user before an address; of IPv6 the network that one subscriber has."""
    assert client_of("ada", "192.0.2.1") == "user ada"
    assert client_of(None, "192.0.2.1") != client_of(None, "192.0.2.2")
    assert client_of(None, "2001:db8::1") == client_of(None, "2001:db8::ffff:1") != client_of(None, "2001:db8:0:1::1")
    assert client_of(None, None) == client_of(None, None) != client_of(None, "testclient")


def test_an_ipv4_address_that_ipv6_maps_is_a_client_of_its_own() -> None:
    assert client_of(None, "::ffff:192.0.2.1") == client_of(None, "192.0.2.1")
    assert client_of(None, "::ffff:192.0.2.1") != client_of(None, "::ffff:192.0.2.2")


def test_requests_are_refused_until_there_is_cost_left() -> None:
    """Refused queries count too, as they cost something; the answer says what is left."""

    def authenticate(connection: HTTPConnection) -> str | None:
        return connection.headers.get("x-who")

    client = Client(stub(Config.of(rate_limit=62, authenticate=authenticate)).asgi())
    # a new document costs 3 for two letters; each operation costs 10, and its field a fifth: eleven whole units
    seen = [client.post("/graphql", json={"query": "{ versions }"}) for _ in range(6)]
    assert [response.status_code for response in seen] == [200] * 4 + [429] * 2
    assert [seen[n].headers["ratelimit"].split(";")[1] for n in (0, 3, 4)] == ["r=33", "r=0", "r=0"]
    assert seen[4].json()["errors"][0]["extensions"]["code"] == "RATE_LIMITED"
    assert int(seen[4].headers["retry-after"]) > 0
    assert client.post("/graphql", json={"query": "{"}).status_code == 429
    assert client.post("/graphql", json={"query": "{ versions }"}, headers={"X-Who": "ada"}).status_code == 200


def test_whoever_has_a_token_has_an_allowance_of_their_own(sqlite_url: str, clock: Clock) -> None:
    """Only the request itself counts for the address, before anybody knows whose token it is."""
    newsroom = Newsroom(connect(sqlite_url), rate_limit=10_000)
    asking = {"query": "{ careers { edges { node { title } } } }"}
    clients = (newsroom.public, newsroom.client(Role.EDITOR), newsroom.public)
    headers = [client.post("/graphql", json=asking).headers["ratelimit"] for client in clients]
    left = [10_000 - int(it.split("r=")[1].split(";")[0]) for it in headers]
    cost = left[0] - new_document_cost(asking["query"])
    assert cost > 100 and left[1] == cost - 1
    assert left[2] == left[0] + 1 + cost


def test_what_shared_caches_may_keep_tells_nobody_what_is_left(sqlite_url: str) -> None:
    """They would tell the next client what the first had left. Whatever is for one client tells it."""
    newsroom = Newsroom(connect(sqlite_url), rate_limit=5000, cdn_seconds=3600, pages=True)
    careers = {"query": "{ careers { edges { node { title } } } }"}
    editor = newsroom.client(Role.EDITOR)
    shared = [newsroom.public.get("/graphql", params=careers) for _ in range(3)]
    tag = {"If-None-Match": shared[0].headers["etag"]}
    shared.append(newsroom.public.get("/graphql", params=careers, headers=tag))
    shared.append(newsroom.public.request("HEAD", "/graphql", params=careers))
    shared += [newsroom.public.get(path) for path in ("/careers", "/careers/plumber", "/careers/plumber")]
    posted = [newsroom.public.post("/graphql", json=careers) for _ in range(3)]
    own = [
        newsroom.public.get("/graphql", params={"query": "{"}),
        newsroom.public.get("/graphql", params={"query": "{ nothing }"}),
        editor.get("/graphql", params=careers),
        editor.post("/graphql", json=careers),
    ]
    others = ({"query": careers["query"].replace("careers", f"n{number}: careers")} for number in range(100))
    last = next(
        response for other in others if (response := newsroom.public.get("/graphql", params=other)).status_code == 429
    )
    assert [response.status_code for response in shared] == [200, 200, 200, 304, 200, 200, 200, 200]
    assert {response.status_code for response in posted} == {200}
    for response in (*shared, *posted, *own, last):
        tells = "ratelimit" in response.headers and "ratelimit-policy" in response.headers
        public = [name for name, text in response.headers.items() if "public" in text or name == "surrogate-control"]
        assert tells is not bool(public), (response.status_code, response.headers)
    assert [bool(response.headers.get("ratelimit")) for response in shared] == [False] * 8
    assert [response.headers["cache-control"].split(",")[0] for response in posted] == ["private"] * 3
    assert int(last.headers["retry-after"]) > 0


def test_without_a_limit_nothing_is_told(client: Client) -> None:
    assert "ratelimit" not in client.post("/graphql", json={"query": "{ versions }"}).headers
