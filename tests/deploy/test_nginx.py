"""The configuration of nginx that we document, run by a real nginx in front of a real server."""

import getpass
import http.client
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Mount, Route

from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config
from careergraph.web.developer.assets import ASSETS
from deploy.programs import program
from ports import free_port
from waiting import CEILING, wait_until
from web.conftest import running
from web.stub import LONG, Shelf, catalog, pairs, stub

ROOT = Path(__file__).parents[2]
CONFIGURATION = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
PAIR = {"query": '{ comparison(a: "career-0", b: "career-1") { title } }'}
MAIN = """
user {user};
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log stderr warn;
events {{ worker_connections 64; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/careergraph.conf;
}}
"""


def adapted(folder: Path, server: str, port: int) -> str:
    """Our configuration, with the addresses, the folder and the patience of a test in the place of its own."""
    changes = {
        "server 127.0.0.1:8000 ": f"server {server} ",
        "listen 80;": f"listen 127.0.0.1:{port};",
        "/var/cache/nginx/careergraph": f"{folder}/cache",
        "client_header_timeout 10s;": "client_header_timeout 1s;",
    }
    text = CONFIGURATION
    for ours, tests in changes.items():
        assert text.count(ours) == 1, ours
        text = text.replace(ours, tests)
    return text


@contextmanager
def nginx(folder: Path, server: str) -> Iterator[str]:
    """The address of an nginx in front of a server."""
    port = free_port()
    (folder / "careergraph.conf").write_text(adapted(folder, server, port))
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=getpass.getuser()))
    command = [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]
    checked = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert checked.returncode == 0 and "[warn]" not in checked.stderr, checked.stderr
    process = subprocess.Popen(command, stderr=subprocess.PIPE)
    try:
        _wait_for(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.communicate(timeout=CEILING)


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    def listens() -> bool:
        assert process.poll() is None, "nginx ended"
        with closing(socket.socket()) as probe:
            return probe.connect_ex(("127.0.0.1", port)) == 0

    wait_until(listens, "nginx listens")


@pytest.fixture(scope="module")
def shelf() -> Shelf:
    """The catalogs behind the server."""
    return Shelf()


@pytest.fixture(scope="module")
def server(shelf: Shelf) -> Iterator[str]:
    """The host and port of a server."""
    ours = stub(Config.of(poll_seconds=0, metrics=True, max_age_seconds=1, stale_seconds=0), shelf, pure=True).asgi()

    async def client(request: Request) -> Response:
        return PlainTextResponse(request.client.host if request.client else "")

    app = Starlette(routes=[Route("/client", client), Mount("/", ours)])
    with running(app) as address:
        yield address.removeprefix("http://")


@pytest.fixture(scope="module")
def address(server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of nginx in front of it."""
    with nginx(tmp_path_factory.mktemp("nginx"), server) as url:
        yield url


def get(address: str, **headers: str) -> httpx.Response:
    return httpx.get(f"{address}/graphql?{urlencode(PAIR)}", headers=headers)


def test_answers_are_kept_as_long_as_they_say(address: str, shelf: Shelf) -> None:
    """And no longer: what was published meanwhile is asked for when the second is over."""
    first = get(address)
    second = next(response for _ in range(20) if (response := get(address)).headers["x-cache"] == "HIT")
    assert first.status_code == second.status_code == 200
    assert first.headers["x-cache"] == "MISS"
    assert first.content == second.content
    assert first.headers["surrogate-key"] == second.headers["surrogate-key"] != ""
    assert first.headers["x-request-id"] != second.headers["x-request-id"]
    career = shelf.published.careers["career-0"]
    careers = [replace(career, title={"en": "Renamed"}), *list(shelf.published.careers.values())[1:]]
    before, shelf.published = shelf.published, replace(catalog(2), careers={it.slug: it for it in careers})
    time.sleep(2.1)
    renewed = get(address)
    assert renewed.headers["x-cache"] in ("EXPIRED", "REVALIDATED") and "Renamed" in renewed.text
    shelf.published = before


def test_the_endpoint_with_a_slash_is_the_endpoint(address: str) -> None:
    """It is kept, limited and passed by alike: no second way in has other rules."""
    where = f"{address}/graphql/?{urlencode(PAIR)}"
    first = httpx.get(where)
    second = next(response for _ in range(20) if (response := httpx.get(where)).headers["x-cache"] == "HIT")
    assert (first.status_code, first.content) == (second.status_code, second.content)
    assert first.status_code == 200 and first.json()["data"]["comparison"]["title"]
    private = httpx.get(where, headers={"Authorization": "Bearer host"})
    assert private.headers["x-cache"] == "BYPASS" and private.headers["x-request-id"]
    assert httpx.post(f"{address}/graphql/", json={"query": "mutation { touch }"}).json() == {"data": {"touch": 1}}


def test_who_has_an_answer_already_is_told_so(address: str) -> None:
    tag = get(address).headers["etag"]
    assert get(address, **{"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("ours", [True, False], ids=["by the server", "by nginx"])
def test_answers_are_compressed_and_known_again(tmp_path: Path, *, ours: bool) -> None:
    """By the server, or by nginx where the server leaves it to that; each form is known again, kept or not."""
    path = "/graphql?" + urlencode({"query": pairs(20)})
    app = stub(
        Config.of(compression=ours, max_age_seconds=60), Shelf(catalog(careers=20, title=LONG)), pure=True
    ).asgi()
    with running(app) as server, nginx(tmp_path, server.removeprefix("http://")) as address:
        plain = httpx.get(address + path, headers={"Accept-Encoding": "identity"})
        assert plain.status_code == 200, "its list of documents is longer than nginx reads by default"
        bodies = {plain.headers["etag"]: plain.content}
        for _ in range(5):
            with httpx.stream("GET", address + path, headers={"Accept-Encoding": "gzip"}) as response:
                packed = b"".join(response.iter_raw())
            assert response.headers["content-encoding"] == "gzip"
            assert "Accept-Encoding" in ", ".join(response.headers.get_list("vary"))
            reader = zlib.decompressobj(31)
            assert reader.decompress(packed) == plain.content and reader.eof and not reader.unused_data
            tag = response.headers["etag"]
            assert tag not in bodies or bodies[tag] == packed
            assert tag.startswith('W/"') is not ours
            bodies[tag] = packed
            again = httpx.get(address + path, headers={"Accept-Encoding": "gzip", "If-None-Match": tag})
            assert (again.status_code, again.content) == (304, b"")
        assert response.headers["x-cache"] == "HIT"
        assert httpx.get(f"{address}{ASSETS}/home.css").headers["content-encoding"] in ("gzip", "br")


@pytest.mark.parametrize("header", [{"Authorization": "Bearer host"}, {"X-Careergraph-Preview": "cg_x"}])
def test_what_is_for_one_reader_is_never_kept(address: str, header: dict[str, str]) -> None:
    get(address)
    assert [get(address, **header).headers["x-cache"] for _ in range(2)] == ["BYPASS", "BYPASS"]


def test_a_mutation_goes_through_and_is_not_kept(address: str) -> None:
    for _ in range(2):
        response = httpx.post(f"{address}/graphql", json={"query": "mutation { touch }"})
        assert response.json() == {"data": {"touch": 1}}
        assert "x-cache" not in response.headers or response.headers["x-cache"] != "HIT"


def test_events_pass_as_they_come(tmp_path: Path, sqlite_url: str) -> None:
    """The first one while the connection stays open; and nobody who asks for the same waits for its end."""
    config = Config.of(database_url=sqlite_url, work=False, max_age_seconds=1)
    with running(CareerGraph(config).asgi()) as server, nginx(tmp_path, server.removeprefix("http://")) as address:
        query = urlencode({"query": "subscription { catalogChanged(since: 0) { version } }"})
        for _ in range(2):
            stream = http.client.HTTPConnection(address.removeprefix("http://"), timeout=CEILING)
            stream.request("GET", f"/graphql?{query}", headers={"Accept": "text/event-stream"})
            response = stream.getresponse()
            lines = [response.readline() for _ in range(4)]
            assert response.status == 200 and b'"version":1' in b"".join(lines), lines
            assert response.headers["x-cache"] == "BYPASS"
            stream.close()


def test_what_is_internal_is_hidden(address: str, server: str) -> None:
    for path in ("/metrics", "/readyz"):
        assert httpx.get(f"{address}{path}").status_code == 404
        assert httpx.get(f"http://{server}{path}").status_code == 200
    assert httpx.get(f"{address}/healthz").status_code == 200
    assert "nginx/" not in httpx.get(f"{address}/healthz").headers["server"]


def test_the_server_sees_the_address_of_the_client(address: str) -> None:
    """What the client says of it is not believed: limits of rate go by address."""
    assert httpx.get(f"{address}/client", headers={"X-Forwarded-For": "8.8.8.8"}).text == "127.0.0.1"


def test_a_body_that_is_too_large_does_not_reach_the_server(address: str) -> None:
    assert httpx.post(f"{address}/graphql", content=b"x" * 300_000).status_code == 413


def test_an_upload_reaches_the_server(address: str) -> None:
    """Which asks who sends it; it is larger than any other body may be."""
    response = httpx.put(f"{address}/uploads/t.csv", content=b"x" * 300_000)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (401, "UNAUTHENTICATED")


def test_an_image_reaches_the_server(address: str) -> None:
    """Which has no store of images here."""
    response = httpx.put(f"{address}/media", content=b"x" * 9_000_000)
    assert (response.status_code, response.json()["errors"][0]["extensions"]["code"]) == (501, "NO_MEDIA")
    assert httpx.put(f"{address}/media", content=b"x" * 11_000_000).status_code == 413


def test_who_sends_headers_slowly_is_let_go(address: str) -> None:
    """The server itself cannot do this; it keeps nobody waiting who is behind nginx."""
    host, port = address.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=CEILING) as slow:
        slow.sendall(b"GET /graphql?query=%7B__typename%7D HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        try:
            heard = slow.recv(1000)
        except ConnectionResetError:
            heard = b""
    assert heard == b"" or b"408" in heard


def test_where_the_server_is_gone_kept_answers_go_on(tmp_path: Path) -> None:
    with running(stub(Config.of(max_age_seconds=1, stale_seconds=0), pure=True).asgi()) as server:
        context = nginx(tmp_path, server.removeprefix("http://"))
        address = context.__enter__()
        kept = get(address)
    try:
        time.sleep(2.1)
        stale = get(address)
        assert (stale.status_code, stale.headers["x-cache"], stale.content) == (200, "STALE", kept.content)
        other = http.client.HTTPConnection(address.removeprefix("http://"), timeout=CEILING)
        other.request("GET", "/graphql?query=%7Bother%7D")
        assert other.getresponse().status == 502
        other.close()
    finally:
        context.__exit__(None, None, None)
