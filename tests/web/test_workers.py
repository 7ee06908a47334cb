"""Several workers on one port: each answers, one that dies is replaced, the work is done once, all end together."""

import os
import signal
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import httpx
import pytest

from careergraph.web import workers
from careergraph.web.catalogs import background
from careergraph.web.core.config import Config
from careergraph.web.server import listening
from waiting import CEILING, wait_until
from web.test_server import lines_of, serving

SEVERAL = """
import sys
from careergraph.web import server
if __name__ == "__main__":
    config = server.Config(database_url=sys.argv[2], poll_seconds=0.1)
    server.serve(config, port=int(sys.argv[1]), workers=2)
"""


def children(pid: int) -> set[int]:
    """The server processes below one: what else a spawn starts only tracks resources."""
    pids = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    return {int(it) for it in pids if b"spawn_main" in command_of(it)}


def command_of(pid: str) -> bytes:
    """The command line of a process; none of one that ended meanwhile."""
    with suppress(FileNotFoundError, ProcessLookupError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="no /proc here")
def test_a_worker_that_dies_is_replaced_and_all_end_together(sqlite_url: str) -> None:
    with serving(program=SEVERAL, database=sqlite_url) as process:
        (first,) = lines_of(process, 1)
        address = first.removeprefix("careergraph is listening on ")
        before = children(process.pid)
        assert len(before) == 2, first
        os.kill(min(before), signal.SIGKILL)
        wait_until(lambda: len(children(process.pid) - before) == 1, "another worker")
        after = children(process.pid)
        for _ in range(4):
            answer = httpx.get(f"{address}/graphql", params={"query": "{ __typename }"}, timeout=CEILING)
            assert answer.json()["data"] == {"__typename": "Query"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(CEILING) == 0
        assert process.stdout is not None and "is listening" not in process.stdout.read()  # it was said once
        assert not [pid for pid in after if Path(f"/proc/{pid}").exists()]


def fail(worker: workers.Worker, listener: Any) -> None:
    raise SystemExit(3 if worker.config.work else 4)


def test_workers_that_cannot_start_end_the_server(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """And the one scheduler is the process that watches: what workers get has none."""
    started: list[bool] = []

    def note(config: Config) -> tuple[background.Job, ...]:
        started.append(config.work)
        return ()

    monkeypatch.setattr(workers, "scheduled_work", note)
    config = Config(database_url=sqlite_url)
    with listening("127.0.0.1", 0) as listener:
        worker = workers.Worker(config, "127.0.0.1", print, get_context("spawn").Lock(), welcomes=False, alone=False)
        assert workers.serve_workers(worker, listener, 2, fail) is False
    assert started == [True]
    assert len(background.scheduled_work(config)) == 1 and background.scheduled_work(config.replace(work=False)) == ()
