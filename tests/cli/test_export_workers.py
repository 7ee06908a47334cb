"""An export on the workers of a Dask scheduler: real processes, of which one is killed half-way."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli.exporting import ENVIRONMENT, contents, finish, outputs, start
from waiting import wait_until


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[str]:
    """HOST:PORT of a scheduler without workers."""
    file = tmp_path / "scheduler.address"
    program = f"""
import asyncio, pathlib, distributed

async def main():
    async with distributed.Scheduler(host="127.0.0.1", port=0, dashboard=False) as scheduler:
        pathlib.Path({str(file)!r}).write_text(scheduler.address)
        await scheduler.finished()

asyncio.run(main())
"""
    process = subprocess.Popen((sys.executable, "-c", program), env=ENVIRONMENT, stderr=subprocess.DEVNULL)
    wait_until(lambda: file.exists() and file.read_text() != "")
    yield file.read_text().removeprefix("tcp://")
    process.kill()
    process.wait()


def test_a_killed_worker_costs_no_line(scheduler: str, sqlite_url: str, tmp_path: Path) -> None:
    """Every line is there, once, with the bytes that one process writes; nothing unfinished is left."""
    document = tmp_path / "short.graphql"
    finish(start(str(tmp_path / "alone"), sqlite_url, document, "--processes", "1"))
    folder, workers = tmp_path / "together", [_worker(scheduler, tmp_path) for _ in range(2)]
    try:
        export = start(str(folder), sqlite_url, document, "--engine", f"dask://{scheduler}")
        wait_until(lambda: len(list(folder.glob("en/*.jsonl"))) > 10)
        workers[0].kill()
        assert export.poll() is None, "it was over before a worker was killed"
        assert f"({len(_lines(tmp_path / 'alone')):,} comparisons" in finish(export)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
    assert contents(folder) == contents(tmp_path / "alone")
    assert len(_lines(folder)) == len(set(_lines(folder)))


def test_a_problem_of_a_worker_is_one_line(scheduler: str, sqlite_url: str, tmp_path: Path) -> None:
    """So is a scheduler that is not there."""
    document, folder = tmp_path / "short.graphql", tmp_path / "out"
    folder.mkdir()
    (folder / "de").write_text("")
    worker = _worker(scheduler, tmp_path)
    try:
        export = start(
            str(folder), sqlite_url, document, "--locale", "de", "--locale", "en", "--engine", f"dask://{scheduler}"
        )
        message = outputs(export)[1].splitlines()[-1]
    finally:
        worker.kill()
        worker.wait()
    assert export.returncode == 1
    assert message.startswith("careergraph: ") and "out/de" in message
    lost = start(str(tmp_path / "lost"), sqlite_url, document, "--engine", "dask://127.0.0.1:9")
    assert "careergraph: Dask: " in outputs(lost)[1]
    assert lost.returncode == 1


def _worker(scheduler: str, tmp_path: Path) -> subprocess.Popen[bytes]:
    options = ("--no-nanny", "--nthreads", "1", "--no-dashboard", "--local-directory", str(tmp_path))
    command = (sys.executable, "-m", "distributed.cli.dask_worker", f"tcp://{scheduler}", *options)
    return subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def _lines(folder: Path) -> list[str]:
    return [line for it in sorted(folder.glob("en/*.jsonl")) for line in it.read_text().splitlines()]
