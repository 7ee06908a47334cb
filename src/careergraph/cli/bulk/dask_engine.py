"""Write parts on the workers of a running Dask scheduler (extra `dask`).

A worker that is lost loses its unfinished parts, and those whose result was not fetched yet: others write them again,
with the same bytes. The workers need the same careergraph, and have to reach the database and the destination.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from threading import Lock
from typing import Any

import distributed

from careergraph.cli.bulk.job import Job, Part
from careergraph.cli.bulk.worker_pool import CrewProblem, Told, problems_of_a_part
from careergraph.cli.bulk.writer import Writer
from careergraph.engine.version import ENGINE

PATIENCE = 10.0
"""How long to wait for the scheduler, and for its first worker, in seconds."""

_connect: Callable[..., Any] = distributed.Client
_as_completed: Callable[..., Any] = distributed.as_completed
_lock = Lock()


def write_on_workers(job: Job, parts: Sequence[Part], scheduler: str, report: Told) -> None:
    """Write parts on the workers of a scheduler at `HOST:PORT`. Raises CrewProblem."""
    with _problems(), _connect(f"tcp://{scheduler}", timeout=PATIENCE, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=PATIENCE)
        futures = client.map(write_part, [job] * len(parts), parts, [ENGINE] * len(parts), pure=False)
        finished = _as_completed(futures, loop=client.loop, with_results=True)
        del futures  # the result of a fetched part need not be worked out again when its worker is lost
        for _, comparisons in finished:
            report(comparisons)


def write_part(job: Job, part: Part, engine: str) -> int:
    """Write a part on a worker, and return its number of comparisons. Raises CrewProblem."""
    if engine != ENGINE:
        raise CrewProblem(f"a worker has the engine {ENGINE}, and not {engine}: install the same careergraph there")
    with problems_of_a_part():
        return _writer(job).write(part)


def _writer(job: Job) -> Writer:
    with _lock:  # the threads of a worker share one catalog
        return _open(job)


@lru_cache(maxsize=1)
def _open(job: Job) -> Writer:
    return Writer.open(job)


@contextmanager
def _problems() -> Iterator[None]:
    """Raise CrewProblem for whatever a scheduler or a worker raises."""
    try:
        yield
    except CrewProblem:
        raise
    except Exception as error:
        reason = " ".join(str(error).split())[:200]
        raise CrewProblem(f"Dask: {reason or type(error).__name__}") from error
