"""Compression: each client gets the coding that it accepts, with a validator of its own; kept answers are smallest."""

import gzip
import http.client
import json
import subprocess
import sys
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode

import brotli
import pytest
from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from careergraph.api.changes.page_documents import text_of
from careergraph.web.app import CareerGraph
from careergraph.web.core import content_codings
from careergraph.web.core.codes import Refusal
from careergraph.web.core.config import Config
from careergraph.web.core.content_codings import CODINGS, GZIP, Coding, accepted
from careergraph.web.developer.assets import ASSETS, BUILT
from careergraph.web.request.endpoint import Endpoint
from careergraph.web.response.compressor import (
    MAX_INLINE,
    MAX_WAITING,
    MIN_CACHED,
    MIN_SENT,
    Compressed,
    Compressor,
)
from careergraph.web.response.page_coding import PageCoder
from waiting import CEILING, wait_until
from web.client import Client
from web.conftest import running
from web.stub import LONG, Shelf, catalog, pairs, stub

READ: dict[str, Callable[[bytes], bytes]] = {"gzip": gzip.decompress, "br": brotli.decompress}
SCRIPT = max(name for name in BUILT if name.startswith("jsonMode-"))
BEST = {coding.name.decode(): coding.etag_suffix(coding.best).decode() for coding in CODINGS}


class Fetched(NamedTuple):
    """A response whose body is as it was sent. A header that is not there is None."""

    status: int
    headers: Any
    body: bytes


class Raw:
    """A client that leaves bytes as they are."""

    def __init__(self, address: str) -> None:
        self._host = address.removeprefix("http://")

    def get(self, query: str, path: str = "/graphql", method: str = "GET", **headers: str) -> Fetched:
        """The response to a GET, of a query or of a path."""
        return self._sent(method, f"{path}?{urlencode({'query': query})}" if query else path, None, headers)

    def post(self, query: str, variables: dict[str, Any] | None = None, **headers: str) -> Fetched:
        """The response to a POST."""
        body = json.dumps({"query": query, "variables": variables})
        return self._sent("POST", "/graphql", body, {"Content-Type": "application/json"} | headers)

    def _sent(self, method: str, target: str, body: str | None, headers: dict[str, str]) -> Fetched:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        with closing(http.client.HTTPConnection(self._host, timeout=CEILING)) as connection:
            connection.request(method, target, body, {"Accept-Encoding": "identity"} | named)
            response = connection.getresponse()
            return Fetched(response.status, response.headers, response.read())


@pytest.fixture(scope="module")
def client() -> Iterator[Raw]:
    """A client of an app whose answers are functions of the catalog and the request."""
    with running(stub(Config(), Shelf(catalog(careers=30, title=LONG)), pure=True).asgi()) as address:
        yield Raw(address)


def kept(client: Raw, query: str, coding: str, **headers: str) -> Fetched:
    """The response once its answer is kept in a coding."""

    def ask() -> Fetched | None:
        response = client.get(query, Accept_Encoding=coding, **headers)
        return response if response.headers["etag"].endswith(f'{BEST[coding]}"') else None

    response = wait_until(ask, f"the answer is kept in {coding}", every=0.01)
    assert response is not None
    return response


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        ("", None),
        ("gzip", "gzip"),
        ("GZip", "gzip"),
        ("x-gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("gzip;q=0.5, identity", None),
        ("gzip;q=0, br;q=0", None),
        ("gzip;q=0", None),
        ("*", "br"),
        ("*;q=0.1, br;q=0", "gzip"),
        ("identity;q=0, *", "br"),
        ("identity;q=0, gzip", "gzip"),
        ("*;q=0, gzip", "gzip"),
        ("deflate, zstd", None),
        ("gzip;q=none", None),
        ("gzip;q=nan", None),
        ("identity", None),
    ],
)
def test_the_coding_is_what_the_client_accepts_and_likes_best(header: str, coding: str | None) -> None:
    """RFC 9110, 12.5.3: by weight, and by size where weights are equal."""
    chosen = accepted(header.encode()).coding
    assert (chosen.name.decode() if chosen else None) == coding


@pytest.mark.parametrize("header", ["identity;q=0", "*;q=0", "identity;q=0, deflate", "gzip;q=0, br;q=0, identity;q=0"])
def test_who_accepts_nothing_of_ours_is_told_so(client: Raw, header: str) -> None:
    with pytest.raises(Refusal, match="codings br, gzip"):
        accepted(header.encode())
    response = client.get(pairs(20), Accept_Encoding=header)
    assert response.status == 406
    assert json.loads(response.body)["errors"][0]["extensions"]["code"] == "NOT_ACCEPTABLE"
    assert client.get("", "/", Accept_Encoding=header).status == 406


def test_long_headers_are_not_remembered() -> None:
    """They are the client's choice, and so would be the memory."""
    before = content_codings.accepted.remembered.cache_info().currsize
    for number in range(50):
        assert accepted(f"gzip, {'x' * 300}{number}".encode()).coding is GZIP
    assert content_codings.accepted.remembered.cache_info().currsize == before


@pytest.mark.parametrize("coding", ["gzip", "br"])
def test_every_form_has_a_validator_of_its_own(client: Raw, coding: str) -> None:
    """Same validator, same bytes; a client that has one of the forms that it accepts is told so, with its validator."""
    query = pairs(20, coding)
    plain, fast, best = client.get(query), client.get(query, Accept_Encoding=coding), kept(client, query, coding)
    assert len({it.headers["etag"] for it in (plain, fast, best)}) == 3
    assert len(plain.body) > len(fast.body) > len(best.body) and len(plain.body) > MIN_SENT
    assert plain.headers["content-encoding"] is None
    for response in (fast, best):
        assert READ[coding](response.body) == plain.body
        assert response.headers["content-encoding"] == coding
        assert response.headers["content-length"] == str(len(response.body))
        tag = response.headers["etag"]
        assert client.get(query, If_None_Match=tag).status == 200, "a client that accepts no coding cannot read it"
    for response in (plain, fast, best):
        assert "Accept-Encoding" in response.headers["vary"]
        assert response.headers["surrogate-key"] == plain.headers["surrogate-key"]
        again = client.get(query, Accept_Encoding=coding, If_None_Match=response.headers["etag"])
        assert (again.status, again.body, again.headers["etag"]) == (304, b"", response.headers["etag"])
        assert again.headers["content-encoding"] is again.headers["content-type"] is None
        assert "Accept-Encoding" in again.headers["vary"]
    only = f"{coding}, identity;q=0"
    assert client.get(query, Accept_Encoding=only, If_None_Match=plain.headers["etag"]).status == 200
    head = client.get(query, method="HEAD", Accept_Encoding=coding)
    assert (head.body, head.headers["etag"]) == (b"", best.headers["etag"])
    assert head.headers["content-length"] == str(len(best.body))
    new = kept(client, query, coding, Accept="application/graphql-response+json")
    assert new.body == best.body and new.headers["etag"] != best.headers["etag"]


def test_a_kept_answer_is_one_gzip_member_at_the_best_level(client: Raw) -> None:
    """Browsers show the first of several members and drop the rest. Everybody gets the same bytes."""
    query = pairs(20, "Member")
    plain, best = client.get(query).body, kept(client, query, "gzip").body
    reader = zlib.decompressobj(31)
    assert reader.decompress(best) == plain and reader.eof and reader.unused_data == b""
    assert best == zlib.compress(plain, 9, 31)
    assert all(client.get(query, Accept_Encoding="gzip").body == best for _ in range(3))


def test_small_answers_go_as_they_are(client: Raw) -> None:
    """Unless the client says that it accepts no such answer."""
    for _ in range(5):
        response = client.get("{ versions }", Accept_Encoding="gzip")
        assert response.headers["content-encoding"] is None and "Accept-Encoding" in response.headers["vary"]
        coded = client.get("{ versions }", Accept_Encoding="gzip, identity;q=0")
        assert gzip.decompress(coded.body) == response.body
        assert coded.headers["etag"] != response.headers["etag"]


def test_what_is_kept_is_compressed_from_a_smaller_size_on(client: Raw) -> None:
    """It is done once, and then saves each time."""
    query = pairs(9, "Kept")
    plain = client.get(query)
    assert MIN_CACHED <= len(plain.body) < MIN_SENT
    assert client.get(query, Accept_Encoding="gzip").headers["content-encoding"] is None
    assert gzip.decompress(kept(client, query, "gzip").body) == plain.body


def test_a_post_is_compressed_too(client: Raw) -> None:
    query = pairs(20, "Posted")
    packed = client.post(query, Accept_Encoding="gzip")
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == client.post(query).body


def test_what_only_one_reader_gets_is_not_compressed() -> None:
    """An answer with a secret beside a stranger's text would tell by its length whether they are alike (BREACH)."""

    def authenticate(connection: HTTPConnection) -> str | None:
        return connection.headers.get("x-who")

    query = pairs(20)
    with running(
        stub(Config(authenticate=authenticate), Shelf(catalog(careers=30, title=LONG)), pure=True).asgi()
    ) as address:
        client = Raw(address)
        assert client.get(query, Accept_Encoding="gzip").headers["content-encoding"] == "gzip"
        response = client.get(query, Accept_Encoding="gzip", X_Who="ada")
        assert response.headers["content-encoding"] is None and response.headers["cache-control"] == "no-store"
        insists = client.get(query, Accept_Encoding="gzip, identity;q=0", X_Who="ada")
        assert gzip.decompress(insists.body) == response.body, "no browser says so, and the client must read it"


def test_a_hosts_answers_are_compressed_for_strangers_only() -> None:
    """What a host's own resolvers put into an answer may depend on a cookie."""
    query = pairs(20)
    with running(stub(Config(), Shelf(catalog(careers=30, title=LONG))).asgi()) as address:
        client = Raw(address)
        response = client.get(query, Accept_Encoding="gzip")
        assert response.headers["content-encoding"] == "gzip" and "Accept-Encoding" in response.headers["vary"]
        response = client.get(query, Accept_Encoding="gzip", Cookie="session=1")
        assert response.status == 200 and response.headers["content-encoding"] is None


def test_a_large_answer_is_compressed_off_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small one is not worth the way into a thread and back."""
    calls: list[tuple[int, str]] = []

    def compress(content: bytes, level: int) -> bytes:
        calls.append((len(content), threading.current_thread().name))
        return zlib.compress(content, level, 31)

    monkeypatch.setattr(content_codings, "CODINGS", (Coding(b"gzip", compress, 1, 9),))
    content_codings.accepted.remembered.cache_clear()
    try:
        with running(
            stub(Config.of(answers_bytes=0), Shelf(catalog(careers=30, title="x" * 1000)), pure=True).asgi()
        ) as address:
            for query in (pairs(20), pairs(5)):
                Raw(address).get(query, Accept_Encoding="gzip")
    finally:
        content_codings.accepted.remembered.cache_clear()
    (large, worker), (small, loop) = calls
    assert large > MAX_INLINE > small and worker != loop and "AnyIO" in worker


def test_compression_can_be_left_to_a_proxy() -> None:
    """Then answers do not vary by what a client accepts, so a proxy keeps one."""
    with running(stub(Config(compression=False), Shelf(catalog(careers=30, title=LONG)), pure=True).asgi()) as address:
        client = Raw(address)
        assert client.get(pairs(20)).status == 200
        for path in ("/graphiql", "/schema.graphql", f"{ASSETS}/home.css"):
            for header in ("gzip, br", "identity;q=0"):
                for response in (client.get("", path, Accept_Encoding=header), client.get(pairs(20))):
                    assert response.status == 200 and response.headers["content-encoding"] is None
                    assert "encoding" not in (response.headers["vary"] or "").lower()


@pytest.mark.parametrize("coding", ["gzip", "br"])
@pytest.mark.parametrize("path", ["/graphiql", "/schema.graphql", f"{ASSETS}/{SCRIPT}", f"{ASSETS}/home.css"])
def test_pages_and_files_are_compressed(client: Raw, path: str, coding: str) -> None:
    plain = client.get("", path)
    for _ in range(3):
        packed = client.get("", path, Accept_Encoding=coding)
        assert READ[coding](packed.body) == plain.body and len(packed.body) < len(plain.body)
        assert packed.headers["content-encoding"] == coding and plain.headers["content-encoding"] is None
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert packed.headers["content-length"] == str(len(packed.body))
        if (tag := packed.headers["etag"]) is not None:
            assert tag != plain.headers["etag"]
            again = client.get("", path, Accept_Encoding=coding, If_None_Match=tag)
            assert (again.status, again.body, again.headers["etag"]) == (304, b"", tag)
            assert client.get("", path, If_None_Match=tag).status == 200
    head = client.get("", path, method="HEAD", Accept_Encoding=coding)
    assert head.body == b"" and head.headers["content-encoding"] == coding


def test_events_are_not_compressed(sqlite_url: str) -> None:
    """Each is to arrive when it happens."""
    query = quote("subscription { catalogChanged(since: 0) { version } }")
    with (
        running(CareerGraph(Config(database_url=sqlite_url, work=False)).asgi()) as address,
        closing(http.client.HTTPConnection(address.removeprefix("http://"), timeout=CEILING)) as connection,
    ):
        headers = {"Accept": "text/event-stream", "Accept-Encoding": "gzip, br"}
        connection.request("GET", f"/graphql?query={query}", headers=headers)
        with connection.getresponse() as response:
            assert response.headers["content-encoding"] is None
            assert b"event: next" in b"".join(response.readline() for _ in range(4))


def test_the_page_of_a_comparison_is_a_fifth_of_its_size(seeded: str) -> None:
    """The query that sites send, on the seed."""
    client = Raw(seeded)
    body = json.loads(client.get("{ careers(first: 2) { edges { node { slug } } } }").body)
    slugs = [edge["node"]["slug"] for edge in body["data"]["careers"]["edges"]]

    def size(coding: str) -> int:
        response = client.post(text_of("comparison"), dict(zip("ab", slugs, strict=True)), Accept_Encoding=coding)
        return len(response.body)

    whole = size("identity")
    assert whole > 10_000
    for coding, times in (("gzip", 4.5), ("br", 5.5)):
        wait_until(lambda name=coding, most=whole / times: size(name) < most, f"small by {coding}")  # type: ignore[misc]


def test_what_is_compressed_counts_as_memory() -> None:
    """Kept answers stay in their bounds with all their forms."""
    limit = 120_000
    app = stub(Config.of(answers_bytes=limit), Shelf(catalog(careers=30, title=LONG)), pure=True)
    client, answers = Client(app.asgi()), app._endpoint.responses.cache
    for number in range(12):
        for _ in range(20):
            path = f"/graphql?query={quote(pairs(20, f'Q{number}'))}"
            client.get(path, headers={"Accept-Encoding": "gzip"})
            for packed in [packed for it in answers._responses.values() for packed in it.compressed.values()]:
                packed.result(CEILING)
        assert answers.bytes <= limit
        assert (
            sum(len(reply.body) for it in answers._responses.values() for reply in it.variants.values())
            <= answers.bytes
        )
    assert any(len(it.variants) == 2 for it in answers._responses.values())


def test_what_waits_to_be_compressed_is_bounded() -> None:
    """Who comes when the queue is full asks again later; nobody waits for it."""
    go = threading.Event()

    def compress(content: bytes, level: int) -> bytes:
        assert go.wait(CEILING)
        return b"x"

    coding, compressor, content = Coding(b"slow", compress, 1, 9), Compressor(), b"y" * MIN_CACHED
    places: list[Compressed] = [{} for _ in range(MAX_WAITING + 10)]
    assert all(compressor.best(packed, content, coding) is None for packed in places)
    assert sum(map(len, places)) == MAX_WAITING
    go.set()
    for packed in places[:MAX_WAITING]:
        packed[b"slow"].result(CEILING)
    assert compressor.best(places[0], content, coding) == b"x"
    assert wait_until(lambda: compressor.best(places[-1], content, coding)) == b"x"
    go.clear()
    first: Compressed = {}
    waiting: Compressed = {}
    assert all(compressor.best(packed, content, coding) is None for packed in (first, waiting))
    compressor.close()
    assert waiting[b"slow"].cancelled(), "what waited is dropped"
    go.set()
    assert compressor.best(waiting, content, coding) is None, "and begun anew"
    assert waiting[b"slow"].result(CEILING) == b"x" == compressor.best(waiting, content, coding)


def test_what_fails_to_compress_goes_as_it_is() -> None:
    def compress(content: bytes, level: int) -> bytes:
        raise MemoryError

    coding, compressor, content = Coding(b"slow", compress, 1, 9), Compressor(), b"y" * MIN_CACHED
    packed: Compressed = {}
    for _ in range(3):
        assert compressor.best(packed, content, coding) is None
        with pytest.raises(MemoryError):
            packed[b"slow"].result(CEILING)
    compressor.close()


def test_a_page_with_a_validator_of_its_own_is_weakened() -> None:
    """A strong one stands for the very bytes, and a page may come with one of a host's."""

    async def handler(request: Request) -> Response:
        return Response("x" * 2000, headers={"ETag": '"bytes"', "Vary": "Accept"})

    app = Endpoint(handler, methods=("GET",), request_id_header="X-Request-Id", coder=PageCoder(Compressor()))
    client = Client(app)
    assert client.get("/", headers={"Accept-Encoding": "identity"}).headers["etag"] == '"bytes"'
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert (packed.headers["etag"], packed.headers["vary"]) == ('W/"bytes"', "Accept, Accept-Encoding")


def test_without_brotli_there_is_gzip() -> None:
    """The extra is an extra."""
    code = (
        "import sys; sys.modules['brotli'] = None\n"
        "from careergraph.web.core.content_codings import CODINGS, accepted\n"
        "assert [it.name for it in CODINGS] == [b'gzip'] and accepted(b'br, gzip').coding.name == b'gzip'\n"
        "assert accepted(b'br').coding is None\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_isal_gzip_is_that_of_zlib() -> None:
    """There are processors that it is not built for. Its bytes are others, and so its validators."""
    code = (
        "import gzip, sys; sys.modules['isal'] = None\n"
        "from careergraph.web.core.content_codings import GZIP\n"
        "assert gzip.decompress(GZIP.compress(b'x' * 5000, GZIP.fast)) == b'x' * 5000\n"
        "print(GZIP.etag_suffix(GZIP.fast).decode())\n"
    )
    command = [sys.executable, "-c", code]
    without = subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
    assert without == "-gzip1" != GZIP.etag_suffix(GZIP.fast).decode()
    assert gzip.decompress(GZIP.compress(b"x" * 5000, GZIP.fast)) == b"x" * 5000
