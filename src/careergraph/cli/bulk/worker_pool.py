"""Processes that write parts side by side. None waits for another, and each ends soon after its parent."""

import gc
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import cast

from careergraph.api.changes.page_documents import DocumentProblem
from careergraph.cli.base.messages import reason_of
from careergraph.cli.bulk.job import Job, Part
from careergraph.cli.bulk.writer import Writer
from careergraph.engine.errors import CodedError
from careergraph.store.database.database import DatabaseProblem

PER_PROCESS = 10_000
"""The comparisons per process from which another one pays: each imports the engine and reads the catalog for itself.
`benchmarks/export.py` measures it."""

Told = Callable[[int], None]
"""Called with the comparisons of each part that is written."""


class CrewProblem(Exception):
    """A part could not be written. The message is one line."""


def processes_for(comparisons: int, cores: int) -> int:
    """Return the fastest number of processes for so many comparisons."""
    return max(1, min(cores, comparisons // PER_PROCESS))


def write_alone(writer: Writer, parts: Sequence[Part], report: Told) -> None:
    """Write parts in this process, which does nothing else afterwards. Raises CrewProblem."""
    gc.freeze()  # the catalog stays: looking through it for garbage takes as long as some hundred comparisons
    with problems_of_a_part():
        for part in parts:
            report(writer.write(part))


def write_together(job: Job, parts: Sequence[Part], processes: int, report: Told) -> None:
    """Write parts in so many processes. Raises CrewProblem."""
    context = multiprocessing.get_context("spawn")
    crew: dict[Connection, BaseProcess] = {}
    try:
        with _deaf_to_interrupts():
            for number in range(processes):
                ours, theirs = context.Pipe(duplex=False)
                process: BaseProcess = context.Process(
                    target=work, args=(job, parts[number::processes], theirs), daemon=True
                )
                process.start()
                theirs.close()
                crew[ours] = process
        _listen(crew, report)
    finally:
        for ours, process in crew.items():
            ours.close()  # a process that is still at work finds its pipe closed after its part, and ends
            process.join()


def work(job: Job, parts: Sequence[Part], pipe: Connection) -> None:
    """Write parts in a process of its own. Send the number of comparisons after each part, or a problem as a text."""
    with suppress(BrokenPipeError):
        try:
            with problems_of_a_part():
                writer = Writer.open(job)
            write_alone(writer, parts, pipe.send)
            pipe.send(None)
        except CrewProblem as problem:
            pipe.send(str(problem))


def _listen(crew: dict[Connection, BaseProcess], report: Told) -> None:
    open_ = list(crew)
    while open_:
        for ready in cast("list[Connection]", wait(open_)):
            try:
                message = ready.recv()
            except EOFError:
                crew[ready].join()
                raise CrewProblem(f"a process ended with code {crew[ready].exitcode}; run it again to go on") from None
            if isinstance(message, str):
                raise CrewProblem(message)
            if message is None:
                open_.remove(ready)
            else:
                report(message)


@contextmanager
def problems_of_a_part() -> Iterator[None]:
    """Raise CrewProblem for a failure of a part."""
    try:
        yield
    except OSError as error:
        if isinstance(error, BrokenPipeError):
            raise
        raise CrewProblem(reason_of(error)) from None
    except (DocumentProblem, DatabaseProblem, CodedError) as problem:
        raise CrewProblem(str(problem)) from None


@contextmanager
def _deaf_to_interrupts() -> Iterator[None]:
    """Start processes that ignore Ctrl-C: they finish their part, and end when the parent is gone."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
