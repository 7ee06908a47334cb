"""Our own server as a process: what it says, how it stops, and what it says when it cannot start."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvloop

from careergraph.web import server
from careergraph.web.core.config import Config
from careergraph.web.server import ServeProblem, listening
from careergraph.web.workers import Worker
from waiting import CEILING

SOURCE = Path(__file__).parents[2] / "src"
TESTS = Path(__file__).parents[1]

# the real server over the stub: what is served does not matter here
PROGRAM = """
import sys
from careergraph.web import server
from web.stub import stub
server.CareerGraph = lambda config: stub(config)
try:
    server.serve(server.Config(), port=int(sys.argv[1]), say=lambda text: print(text, flush=True))
except server.ServeProblem as problem:
    sys.exit(f"careergraph: {problem}")
"""


# the real server over a database
WHOLE = """
import sys
from careergraph.web import server
config = server.Config(database_url=sys.argv[2], work=False)
server.serve(config, port=int(sys.argv[1]), say=lambda text: print(text, flush=True))
"""


@contextmanager
def serving(port: int = 0, program: str = PROGRAM, database: str = "") -> Iterator[subprocess.Popen[str]]:
    """A server of its own, ended with the block at the latest."""
    environ = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([*os.environ.get("PYTHONPATH", "").split(os.pathsep), str(SOURCE), str(TESTS)]),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(port), database],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environ,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lines_of(process: subprocess.Popen[str], lines: int) -> list[str]:
    """The next lines that the server says."""
    assert process.stdout is not None
    return [process.stdout.readline().rstrip() for _ in range(lines)]


def test_a_burst_of_connections_is_taken_at_once() -> None:
    """Else the last of them waits until the others have been answered many times over."""
    rounds, taken = 0, list[int]()

    class Connection(asyncio.Protocol):
        def connection_made(self, _: asyncio.BaseTransport) -> None:
            taken.append(rounds)

    async def burst(listener: socket.socket) -> None:
        nonlocal rounds
        loop = asyncio.get_running_loop()
        servers = [await loop.create_server(Connection, sock=it) for it in server.doubled(listener)]
        clients = [socket.create_connection(listener.getsockname()) for _ in range(server.AT_ONCE)]
        while len(taken) < len(clients):
            rounds += 1
            await asyncio.sleep(0)
        for client in clients:
            client.close()
        for each in servers:
            each.close()

    with listening("127.0.0.1", 0) as listener:
        uvloop.run(burst(listener))
    assert len(set(taken)) <= 2, taken


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc here")
def test_a_server_that_is_alone_takes_bursts() -> None:
    with serving() as process:
        lines_of(process, 1)
        sockets = [it.readlink() for it in Path(f"/proc/{process.pid}/fd").iterdir()]
    assert max(map(sockets.count, sockets)) == server.AT_ONCE


def test_it_says_where_it_is_and_what_to_try_once_it_listens() -> None:
    """The first words a newcomer reads have to be true: GraphiQL is there, and the query runs as it is printed."""
    with serving() as process:
        first, graphiql, graphql, _, curl = lines_of(process, 5)
        address = first.removeprefix("careergraph is listening on ")
        assert address.startswith("http://127.0.0.1:")
        assert graphiql.split() == ["GraphiQL", f"{address}/graphiql"]
        assert graphql.split() == ["GraphQL", f"{address}/graphql"]
        response = httpx.get(f"{address}/graphiql")
        assert response.status_code == 200 and "server" not in response.headers
        query = curl.split("'query=")[1].removesuffix("'")
        assert httpx.get(f"{address}/graphql", params={"query": query}).json()["data"]["comparison"]["title"]


def test_the_first_administrator_is_welcomed_where_only_this_machine_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[Worker] = []
    monkeypatch.setattr(server, "serve_worker", lambda worker, _: started.append(worker))
    monkeypatch.setattr(server, "serve_workers", lambda worker, *_: bool([started.append(worker)]))  # type: ignore[func-returns-value]
    for config, workers in ((Config(), 1), (Config.of(allowed_hosts="careers.example"), 1), (Config(), 2)):
        server.serve(config, port=0, workers=workers)
    assert [worker.welcomes for worker in started] == [True, False, False]


def test_sigterm_stops_it_cleanly() -> None:
    """A supervisor that stops it sees success and no traceback."""
    for number in (signal.SIGTERM, signal.SIGINT):
        with serving() as process:
            lines_of(process, 5)
            process.send_signal(number)
            _, complaints = process.communicate(timeout=CEILING)
            assert (process.returncode, complaints) == (0, "")


def test_who_listens_does_not_hold_up_the_end(sqlite_url: str) -> None:
    """A stream has no end of its own: without a word from the server, stopping it would wait until it is cut off."""
    with serving(program=WHOLE, database=sqlite_url) as process:
        address = lines_of(process, 5)[0].removeprefix("careergraph is listening on ")
        subscription = {"query": "subscription { catalogChanged { version } }"}
        with httpx.stream(
            "GET", f"{address}/graphql", params=subscription, headers={"Accept": "text/event-stream"}
        ) as stream:
            lines = stream.iter_lines()
            assert next(lines) == ":"
            process.send_signal(signal.SIGTERM)
            assert [line for line in lines if line] == ["event: complete", "data:"]
        _, complaints = process.communicate(timeout=CEILING)
        assert (process.returncode, complaints) == (0, "")


@pytest.mark.parametrize("host", ["", " ", "x" * 70, "a\0b", "300.1.1.1"])
def test_what_is_no_address_is_refused(host: str) -> None:
    """An empty variable in a script must not open the server to every network of the machine."""
    with pytest.raises(ServeProblem, match=r"^Cannot listen on .*\.$"), listening(host, 0):
        pass


def test_a_port_in_use_is_one_line() -> None:
    """The most common reason not to start needs no traceback."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with serving(port) as process:
            words, complaints = process.communicate(timeout=CEILING)
    assert (process.returncode, words) == (1, "")
    assert complaints == f"careergraph: Cannot listen on 127.0.0.1 port {port}: Address already in use.\n"
