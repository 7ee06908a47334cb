"""A server of the benchmark: a process on a core of its own, and what it uses."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from time import clock_gettime, perf_counter, sleep

HERE = (sys.executable, "-m", "careergraph")

PATIENCE = 120
"""How long a server may take to start, in seconds."""


class Server:
    """A process that listens on a port of this machine."""

    def __init__(self, name: str, process: "subprocess.Popen[bytes]", port: int) -> None:
        self.name, self.port = name, port
        self._pid = process.pid
        self._clock = (~process.pid << 3) | 2  # Linux: the clock of all CPU time of a process

    def cpu(self) -> float:
        """The CPU time that the process has used so far, in seconds."""
        return clock_gettime(self._clock)

    def rss(self) -> float:
        """The memory that the process holds now, in MB."""
        return self._memory("VmRSS")

    def peak(self) -> float:
        """The most memory that the process has held, in MB."""
        return self._memory("VmHWM")

    def _memory(self, name: str) -> float:
        lines = Path(f"/proc/{self._pid}/status").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1000

    def uses(self, package: str) -> bool:
        """Whether the process has loaded a package that is compiled, such as uvloop."""
        return f"/{package}/" in Path(f"/proc/{self._pid}/maps").read_text(encoding="utf-8")


@contextmanager
def running(name: str, command: Sequence[str], core: int | None, **settings: str) -> Iterator[Server]:
    """Starts `command ... PORT`, with settings as environment variables; ends it behind the block."""
    port = _free_port()
    pinned = [] if core is None else ["taskset", "-c", str(core)]
    environment = {**os.environ, **settings}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled already: a start does not do so
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([*pinned, *command, str(port)], stdout=output, stderr=output, env=environment)
        try:
            _wait(process, port)
            yield Server(name, process, port)
        except ConnectionError:
            output.seek(0)
            sys.stderr.buffer.write(output.read())
            raise
        finally:
            process.terminate()
            process.wait(30)


def careergraph(
    database: str, core: int | None, name: str = "careergraph", program: Sequence[str] = HERE, **settings: str
) -> AbstractContextManager[Server]:
    """Our own server, by a command of its own; without one it is that of this Python."""
    return running(name, [*program, "serve", "--database", database, "--port"], core, **settings)


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    start = perf_counter()
    while perf_counter() - start < PATIENCE:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        sleep(0.005)
    raise ConnectionError("the server did not start")
