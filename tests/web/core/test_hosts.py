"""Hosts: requests for another name than the server's are refused, in whatever form they name it."""

import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from careergraph.web.core.config import Config, ConfigProblem
from careergraph.web.server import local, settings
from waiting import CEILING
from web.client import Client
from web.conftest import running
from web.request.test_connections import WITHOUT_BOTH
from web.stub import stub
from web.test_server import PROGRAM, lines_of, serving

OURS = [
    "localhost",
    "localhost:8000",
    "LOCALHOST.",
    "127.0.0.1:8000",
    "127.0.0.2",
    "[::1]",
    "[::1]:8000",
    " localhost ",
    "localhost\t",
]
FOREIGN = [
    "evil.example",
    "evil.example:8000",
    "localhost.evil.example",
    "evil-localhost",
    "192.168.0.7",
    "127.0.0.1.evil.example",
    "localhost:80@evil.example",
    "localhost, evil.example",
    "[::1].evil.example",
    "[::2]",
    "",
]
ROUTES = ["/", "/graphql?query={versions}", "/graphiql", "/schema.graphql", "/healthz", "/readyz", "/nothing"]


def answer(port: int, request: str) -> tuple[int, str]:
    """The status and the body that a raw request is answered with; the connection ends with it."""
    with socket.create_connection(("127.0.0.1", port), timeout=CEILING) as connection:
        connection.sendall(request.replace("\n", "\r\n").encode("latin-1"))
        received = b""
        while chunk := connection.recv(65_536):
            received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    return int(head.split()[1]), body.decode()


@pytest.fixture(scope="module", params=[PROGRAM, WITHOUT_BOTH], ids=["httptools", "h11"])
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """The port of our own server on a loopback address, with each parser of HTTP."""
    with serving(program=request.param) as process:
        port = urlsplit(lines_of(process, 1)[0].removeprefix("careergraph is listening on ")).port
        assert port is not None
        yield port


@pytest.mark.parametrize("host", OURS)
def test_on_loopback_this_machine_is_answered(port: int, host: str) -> None:
    assert answer(port, f"GET /healthz HTTP/1.1\nHost: {host}\nConnection: close\n\n") == (200, '{"status":"up"}')


@pytest.mark.parametrize("host", FOREIGN)
def test_on_loopback_other_hosts_are_refused(port: int, host: str) -> None:
    """DNS rebinding: a page whose name leads here would be of the same origin as our answers."""
    status, body = answer(port, f"GET /healthz HTTP/1.1\nHost: {host}\nConnection: close\n\n")
    assert (status, "HOST_NOT_ALLOWED" in body) == (421, True) or (status, host) == (400, "localhost, evil.example")


@pytest.mark.parametrize("path", ROUTES)
def test_the_rule_holds_for_every_route(path: str) -> None:
    client = Client(stub(Config(allowed_hosts="localhost")).asgi())
    response = client.get(path, headers={"Host": "evil.example"})
    assert response.status_code == 421
    assert response.json()["errors"][0]["extensions"] == {"code": "HOST_NOT_ALLOWED"}
    assert response.headers["cache-control"] == "no-store" and response.headers["x-request-id"]
    assert client.get(path, headers={"Host": "localhost:8000"}).status_code in (200, 303, 404)


def test_two_hosts_are_none(port: int) -> None:
    """Whichever of them is taken, the other would have been meant somewhere on the way."""
    status, body = answer(port, "GET /healthz HTTP/1.1\nHost: localhost\nHost: evil.example\nConnection: close\n\n")
    assert status in (400, 421) and "up" not in body


def test_a_program_that_names_no_host_is_answered(port: int) -> None:
    """Old health checks; no browser speaks HTTP/1.0."""
    assert answer(port, "GET /healthz HTTP/1.0\n\n") == (200, '{"status":"up"}')


@pytest.mark.parametrize(
    ("target", "status", "expected"),
    [
        ("http://localhost/healthz", 200, '{"status":"up"}'),
        ("HTTP://LOCALHOST:8000/healthz?x=1", 200, '{"status":"up"}'),
        ("https://[::1]/%68ealthz", 200, '{"status":"up"}'),
        ("http://127.0.0.1/graphql?query=%7B%20careers%3Aversions%20%7D", 200, '{"data":{"careers":[1,1,1]}}'),
        ("http://127.0.0.1/graphql/?query=%7Bversions%7D", 200, '{"data":{"versions":[1,1,1]}}'),
        ("http://localhost", 200, "<h1>careergraph</h1>"),
        ("http://localhost?query=x", 200, "<h1>careergraph</h1>"),
        ("http://localhost/a%2Fb", 404, "NOT_FOUND"),
        ("http://evil.example/healthz", 421, "HOST_NOT_ALLOWED"),
        ("http://localhost@evil.example/healthz", 421, "HOST_NOT_ALLOWED"),
    ],
)
def test_an_absolute_target_is_answered_as_its_path_is(port: int, target: str, status: int, expected: str) -> None:
    """RFC 9112, 3.2.2: a server must take it, and must not heed the `Host` beside it."""
    other = "evil.example" if status == 200 else "localhost"
    answered = answer(port, f"GET {target} HTTP/1.1\nHost: {other}\nConnection: close\n\n")
    assert (answered[0], expected in answered[1]) == (status, True), answered


def test_an_absolute_target_of_a_post_is_answered_too(port: int) -> None:
    body = '{"query": "{ versions }"}'
    request = (
        "POST http://localhost/graphql HTTP/1.1\nHost: localhost\nContent-Type: application/json\n"
        f"Content-Length: {len(body)}\nConnection: close\n\n{body}"
    )
    assert answer(port, request) == (200, '{"data":{"versions":[1,1,1]}}')


def test_a_question_about_the_server_itself_is_answered(port: int) -> None:
    """RFC 9112, 3.2.4."""
    assert answer(port, "OPTIONS * HTTP/1.1\nHost: localhost\nConnection: close\n\n") == (204, "")


def test_behind_a_proxy_and_inside_of_a_host_any_host_is_answered() -> None:
    for app, path in (
        (stub().asgi(), "/healthz"),
        (Starlette(routes=[Mount("/careers", stub().asgi())]), "/careers/healthz"),
        (Starlette(routes=stub().routes("/careers")), "/careers/healthz"),
    ):
        assert Client(app).get(path, headers={"Host": "careers.example"}).status_code == 200


def test_the_setting_names_hosts() -> None:
    """And holds for a host's own routes and mounts too. This machine always may ask, as health checks do."""
    config = Config(allowed_hosts="careers.example, *.preview.example, [2001:db8::1]")
    for app, path in (
        (stub(config).asgi(), "/healthz"),
        (Starlette(routes=[Mount("/careers", stub(config).asgi())]), "/careers/healthz"),
        (Starlette(routes=stub(config).routes("/careers")), "/careers/healthz"),
    ):
        client = Client(app)
        for host in ("careers.example", "Careers.Example:8443", "a.preview.example", "[2001:db8::1]:80", "127.0.0.1"):
            assert client.get(path, headers={"Host": host}).status_code == 200, host
        for host in ("preview.example", "other.example", "xcareers.example", "careers.example.evil"):
            assert client.get(path, headers={"Host": host}).status_code == 421, host


@pytest.mark.parametrize("name", ["https://careers.example", "careers.example:80", "a/b", "a b", "*.*.example", "*x"])
def test_a_host_that_is_none_is_named(name: str) -> None:
    with pytest.raises(ConfigProblem, match="allowed_hosts"):
        Config(allowed_hosts=name)


def test_only_a_server_for_this_machine_alone_is_local() -> None:
    """Behind nginx on the same machine `allowed_hosts` says so, and nothing is taken for granted."""
    for address in ("127.0.0.1", "::1"):
        assert not local(Config(), address).hosts.every
        assert local(Config(), address).cors.allowed.allow("http://localhost:3000")
    for config, address in ((Config(), "192.0.2.1"), (Config(), "::"), (Config(allowed_hosts="*"), "127.0.0.1")):
        assert local(config, address) is config and config.hosts.every and not config.cors.allowed


def test_an_absolute_target_where_uvicorn_has_a_root_path() -> None:
    """uvicorn puts it before whatever it takes for the path."""
    config = settings(stub().asgi())
    assert config.root_path == ""
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/careershttp://host/healthz",
        "raw_path": b"/careershttp://host/healthz",
        "query_string": b"",
        "root_path": "/careers",
        "headers": [],
    }

    class Shifted:
        async def __call__(self, _: object, receive: object, send: object) -> None:
            await stub().asgi()(dict(scope), receive, send)  # type: ignore[arg-type] # those of the client

    assert Client(Shifted()).get("/").json() == {"status": "up"}


def test_uvicorn_by_itself_takes_an_absolute_target() -> None:
    """A host that runs us by its own server, and not by `careergraph serve`."""
    with running(stub().asgi()) as address:
        port = urlsplit(address).port
        assert port is not None
        request = "GET http://careers.example/healthz HTTP/1.1\nHost: careers.example\nConnection: close\n\n"
        assert answer(port, request) == (200, '{"status":"up"}')
