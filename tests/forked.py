"""Processes of imports that need not start Python anew: a server has all of it imported, and forks each of them.

What runs is the same, in a process of its own, on the pipes that the worker gave it; only the seconds before are saved.
"""

import gc
import os
import socket
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from select import select

from careergraph.editorial.importers.jobs.process import main

TESTS = Path(__file__).parent
CLIENT = """
import os, socket, sys
with socket.socket(socket.AF_UNIX) as server:
    server.connect(sys.argv[1])
    socket.send_fds(server, [b"."], [0, 1, 2])
    code = int(server.recv(16) or b"1")
if code < 0:
    os.kill(os.getpid(), -code)
sys.exit(code)
"""
"""Stands in for the process: has it forked with its own standard streams, and ends as it ends."""


@contextmanager
def forking() -> Iterator[tuple[str, ...]]:
    """The command that runs an import. The server ends with this process, however that ends."""
    path = os.pathsep.join((str(TESTS.parent / "src"), str(TESTS)))
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as listener:
        listener.bind(f"{folder}/forked")
        listener.listen()
        process = subprocess.Popen(
            [sys.executable, "-m", "forked", str(listener.fileno())],
            env={**os.environ, "PYTHONPATH": path},
            pass_fds=[listener.fileno()],
            stdin=subprocess.PIPE,
        )
        with process:
            yield sys.executable, "-I", "-S", "-c", CLIENT, f"{folder}/forked"
            process.kill()


def serve(listener: socket.socket) -> None:
    """Fork a process for each that connects, until standard input is closed."""
    while sys.stdin not in select([listener, sys.stdin], [], [])[0]:
        with listener.accept()[0] as client:
            if os.fork() == 0:
                listener.close()
                _guard(client)
        _bury()


def _guard(client: socket.socket) -> None:
    """Fork the process, and tell its exit code, which is negative for a signal. Never return."""
    _, streams, _, _ = socket.recv_fds(client, 1, 3)
    child = os.fork()
    if child == 0:
        client.close()
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
            os.close(stream)
        os._exit(_run())
    for stream in streams:
        os.close(stream)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with suppress(OSError):  # whoever asked was killed
        client.send(str(code).encode())
    os._exit(0)


def _run() -> int:
    try:
        return main()
    except BaseException:
        traceback.print_exc()
        return 1
    finally:
        sys.stderr.flush()


def _bury() -> None:
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    import psycopg as psycopg  # as connecting would

    gc.freeze()
    serve(socket.socket(fileno=int(sys.argv[1])))
