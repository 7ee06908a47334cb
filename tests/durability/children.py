"""Children: processes that a test starts, listens to and kills."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

TESTS = Path(__file__).parents[1]
MODULES = ("psycopg", "durability.publisher", "durability.racer", "durability.server", "durability.worker")
"""What every child needs. Importing it takes longer than a child lives."""


class Child:
    """One process, by what it says. It is dead for certain once it says no more."""

    def __init__(self, pid: int, pipe: int) -> None:
        self.pid = pid
        self._pipe = pipe
        self._rest = b""

    def listen(self) -> dict[str, Any] | None:
        """Waits for the next message; None once the process is dead. A line that its death cut off is no message."""
        while b"\n" not in self._rest:
            fresh = os.read(self._pipe, 65_536)
            if not fresh:
                os.close(self._pipe)
                return None
            self._rest += fresh
        line, _, self._rest = self._rest.partition(b"\n")
        message: dict[str, Any] = json.loads(line)
        assert "error" not in message, message["error"]
        return message

    def last_words(self) -> list[dict[str, Any]]:
        """All that it has yet to say, until it is dead."""
        return list(iter(self.listen, None))

    def kill(self) -> list[dict[str, Any]]:
        """SIGKILL, and what it said before that and nobody heard yet."""
        os.kill(self.pid, signal.SIGKILL)
        return self.last_words()


class Nursery:
    """Starts child processes."""

    def __init__(self, orders: socket.socket) -> None:
        self._orders = orders

    def child(self, call: str, **arguments: Any) -> Child:
        """Starts `call`, a `module:function` that takes a `Say` first, in a process of its own."""
        return self._order({"call": call, "with": arguments, "stay": False})

    def warm(self, call: str, **arguments: Any) -> None:
        """Has the nursery do something itself, so that children find its caches filled. Not for what starts threads."""
        self._order({"call": call, "with": arguments, "stay": True}).last_words()

    def _order(self, order: dict[str, Any]) -> Child:
        reading, writing = os.pipe()
        socket.send_fds(self._orders, [json.dumps(order).encode()], [writing])
        os.close(writing)
        return Child(int(self._orders.recv(64)), reading)


@contextmanager
def nursery() -> Iterator[Nursery]:
    """A nursery; its own children must be dead when it closes."""
    mine, theirs = socket.socketpair()
    path = os.pathsep.join((str(TESTS.parent / "src"), str(TESTS)))
    command = [sys.executable, "-m", "durability.nursery", str(theirs.fileno()), *MODULES]
    with mine, theirs:
        process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": path}, pass_fds=[theirs.fileno()])
        theirs.close()
        try:
            yield Nursery(mine)
        finally:
            mine.close()
            process.wait(10)
