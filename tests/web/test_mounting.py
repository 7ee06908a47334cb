"""careergraph inside a host: below a prefix, with the host's users, with or without the host's lifespan."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin, urlsplit

import anyio
import pytest
from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.authentication import AuthCredentials, AuthenticationBackend, SimpleUser
from starlette.middleware import Middleware
from starlette.middleware.authentication import AuthenticationMiddleware
from starlette.requests import HTTPConnection
from starlette.routing import Mount
from starlette.types import ASGIApp, Receive, Scope, Send

from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from web.client import Client
from web.stub import Shelf, stub


class Tokens(AuthenticationBackend):
    """Whoever sends a token is the user of that name."""

    async def authenticate(self, conn: HTTPConnection) -> tuple[AuthCredentials, SimpleUser] | None:
        """The user, if there is a token."""
        token = conn.headers.get("authorization", "").removeprefix("Bearer ")
        return (AuthCredentials(["authenticated"]), SimpleUser(token)) if token else None


AUTHENTICATION = Middleware(AuthenticationMiddleware, backend=Tokens())


def mounted_in_starlette(careergraph: CareerGraph) -> ASGIApp:
    return Starlette(routes=[Mount("/careers", careergraph.asgi())], middleware=[AUTHENTICATION])


def mounted_in_fastapi(careergraph: CareerGraph) -> ASGIApp:
    host = FastAPI(middleware=[AUTHENTICATION])
    host.mount("/careers", careergraph.asgi())
    return host


def routed_in_starlette(careergraph: CareerGraph) -> ASGIApp:
    return Starlette(routes=careergraph.routes(prefix="/careers"), middleware=[AUTHENTICATION])


def routed_in_fastapi(careergraph: CareerGraph) -> ASGIApp:
    host = FastAPI(middleware=[AUTHENTICATION])
    host.router.routes.extend(careergraph.routes(prefix="/careers"))
    return host


HOSTS = [mounted_in_starlette, mounted_in_fastapi, routed_in_starlette, routed_in_fastapi]


@pytest.fixture(params=HOSTS)
def host(request: pytest.FixtureRequest) -> Client:
    """A client of each kind of host, none of which runs our lifespan."""
    return Client(request.param(stub()))


def test_the_hosts_user_reaches_resolvers(host: Client) -> None:
    """A host's own authentication decides who asks; nobody is nobody, not an object that says so."""
    answer = host.post("/careers/graphql", json={"query": "{ who }"}, headers={"Authorization": "Bearer ada"})
    assert answer.json() == {"data": {"who": "ada"}}
    assert host.ask("{ who }", path="/careers/graphql") == {"data": {"who": None}}


def test_a_post_is_never_redirected(host: Client) -> None:
    """A redirected POST loses its body with many clients, so a slash at the end makes no difference."""
    for path in ("/careers/graphql", "/careers/graphql/"):
        assert host.post(path, json={"query": "{ versions }"}).status_code == 200


def test_without_its_slash_a_mount_leads_to_the_page(host: Client) -> None:
    """Whoever types the address of the mount finds the page there, with what stood behind it."""
    response = host.get("/careers?x=1")
    target = urlsplit(urljoin("http://host/careers", response.headers["location"]))
    assert (response.status_code in (307, 308), *target[1:4]) == (True, "host", "/careers/", "x=1")


@pytest.mark.parametrize("stripped", [True, False])
def test_a_host_of_another_kind_finds_the_page_too(stripped: bool) -> None:
    """One without Starlette's routes, that takes the prefix off or leaves it there. No redirect leaves the prefix."""
    app = stub().asgi()

    async def host(scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"].removeprefix("/a/careers") if stripped else scope["path"]
        await app({**scope, "root_path": "/a/careers", "path": path}, receive, send)

    client = Client(host)
    for address, page in (("/a/careers", "/a/careers/"), ("/a/careers/healthz/", "/a/careers/healthz")):
        response = client.get(f"{address}?x=%20")
        target = urlsplit(urljoin(f"http://host{address}", response.headers["location"]))
        assert (response.status_code, target[1:4]) == (308, ("host", page, "x=%20"))
        assert client.get(page).status_code == 200
    assert client.post("/a/careers").json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


@pytest.mark.parametrize("page", ["/graphiql", "/healthz", "/readyz", "/schema.graphql"])
def test_with_a_slash_too_many_a_page_is_found(host: Client, page: str) -> None:
    """A redirect to a relative address, or one with our prefix; following it once leads to the page."""
    response = host.get(f"/careers{page}/?x=%20")
    assert response.status_code in (307, 308)
    target = urlsplit(urljoin(f"http://host/careers{page}/", response.headers["location"]))
    assert (target.netloc, target.path, target.query) == ("host", f"/careers{page}", "x=%20")
    assert host.get(target.path).status_code == 200


def test_the_endpoint_with_a_slash_is_the_endpoint(host: Client) -> None:
    for path in ("/careers/graphql", "/careers/graphql/"):
        assert host.get(f"{path}?query={{versions}}").json() == {"data": {"versions": [1, 1, 1]}}


@pytest.mark.parametrize(
    "path", ["/nothing/", "//evil.example/", "/graphiql//", "/healthz/x/", "/evil.example/graphiql/"]
)
def test_an_address_that_is_none_leads_nowhere(path: str) -> None:
    response = Client(stub().asgi()).request("GET", f"http://host{path}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")


@pytest.mark.parametrize("path", ["/graphql", "/metrics", "/readyz", "/graphiql", "/nothing"])
@pytest.mark.parametrize("end", ["%0A", "%0a/", "/%0A", "%0Amore"])
def test_a_line_break_belongs_to_the_path(path: str, end: str) -> None:
    """A pattern that ends with `$` would take `/metrics%0A`, which a proxy that hides `/metrics` lets pass; and where
    no route of ours takes a path, Starlette leads to another with the host of the request in it."""
    careergraph = stub(Config.of(metrics=True))
    response = Client(careergraph.asgi()).request("GET", f"http://host{path}{end}")
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (404, "NOT_FOUND")
    routed = Client(Starlette(routes=careergraph.routes(prefix="/careers")))
    assert routed.request("GET", f"http://host/careers{path}{end}").status_code == 404


def test_pages_and_links_work_below_the_prefix(host: Client) -> None:
    """Links are relative, so whatever prefix the host chose, they lead to our own pages."""
    home = host.get("/careers/")
    assert home.status_code == 200 and 'href="graphiql"' in home.text and "<h1>careergraph</h1>" in home.text
    page = host.get("/careers/graphiql").text
    assert 'data-endpoint="graphql"' in page
    sources = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert len(sources) == 1
    for source in sources:
        assert host.get(f"/careers/{source}").status_code == 200
    for path in ("/careers/healthz", "/careers/readyz", "/careers/schema.graphql"):
        assert host.get(path).status_code == 200


def test_a_root_path_changes_no_link() -> None:
    """Behind a proxy that strips a prefix the host has a root path; relative links need not know it."""
    client = Client(stub().asgi())
    assert (
        client.get("/graphiql").text
        == Client(Starlette(routes=[Mount("/x/y", stub().asgi())])).get("/x/y/graphiql").text
    )


def test_the_lifespan_helper_loads_the_catalog_before_the_first_request() -> None:
    """A mounted app's own lifespan never runs: a host puts ours into its own, as a whole or with others."""
    shelf = Shelf()
    careergraph = stub(shelf=shelf)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with careergraph.lifespan():
            yield

    for host in (
        Starlette(lifespan=lifespan),
        Starlette(lifespan=careergraph.lifespan),
        FastAPI(lifespan=careergraph.lifespan),
    ):
        shelf.reads, careergraph.catalog_holder._due = 0, 0.0
        anyio.run(live, host)
        assert shelf.reads == 1


async def live(app: ASGIApp) -> None:
    """Starts an app and stops it, as a server does."""
    sent: list[str] = []
    messages = iter(("lifespan.startup", "lifespan.shutdown"))

    async def receive() -> dict[str, Any]:
        return {"type": next(messages)}

    async def send(message: Any) -> None:
        sent.append(message["type"])

    await app({"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}, receive, send)
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


def test_a_database_that_is_not_there_does_not_stop_the_host(caplog: pytest.LogCaptureFixture) -> None:
    """The host has other things to do; careergraph says that it is not ready."""
    careergraph = stub(shelf=Shelf(fails=RuntimeError("down")))
    anyio.run(live, Starlette(lifespan=careergraph.lifespan))
    assert Client(careergraph.asgi()).get("/readyz").status_code == 503


def test_an_asynchronous_authenticate_is_awaited() -> None:
    """A host may have to ask a database who somebody is."""

    async def authenticate(connection: HTTPConnection) -> str:
        return connection.headers["x-who"]

    client = Client(stub(Config(authenticate=authenticate)).asgi())
    response = client.post("/graphql", json={"query": "{ who }"}, headers={"X-Who": "grace"})
    assert response.json() == {"data": {"who": "grace"}}


def test_paths_are_settings() -> None:
    """A host may have its own /graphql."""
    config = Config.of(graphql_path="/api/v1/query", graphiql_path="/tools/try", schema_path="/api/sdl")
    client = Client(stub(config).asgi())
    assert client.ask("{ versions }", path="/api/v1/query") == {"data": {"versions": [1, 1, 1]}}
    page = client.get("/tools/try").text
    assert 'data-endpoint="../api/v1/query"' in page and 'src="../_careergraph/main-' in page
    assert client.get("/graphql").status_code == 404
