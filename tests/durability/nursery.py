"""The nursery: a process that has everything imported and forks a child for each order, so that tests can afford to
kill hundreds of them. It runs as a program; `children` is how tests talk to it."""

import gc
import json
import os
import signal
import socket
import sys
import traceback
from collections.abc import Callable
from importlib import import_module
from typing import Any

Say = Callable[[dict[str, Any]], None]
"""Tells the test something, one line each; what was said is said, even if the child dies the moment after."""


def serve(orders: socket.socket) -> None:
    """Forks a child for each order: `{"call": "module:function", "with": {...}}`, and the pipe that it speaks into.

    An order that is to `stay` is carried out by the nursery itself, so that all children after it find what it left.
    """
    while True:
        message, fds, _, _ = socket.recv_fds(orders, 65_536, 1)
        _reap()
        if not message:
            return
        order = json.loads(message)
        pid = 0 if order["stay"] else os.fork()
        if pid == 0 and not order["stay"]:
            orders.close()
            _live(order, fds[0])
        orders.sendall(f"{pid}\n".encode())
        if order["stay"]:
            _do(order, fds[0])
            gc.freeze()  # what is there now is never garbage, and children share it as long as nobody touches it
        os.close(fds[0])


def _live(order: dict[str, Any], pipe: int) -> None:
    """The whole life of a child. It never returns."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os._exit(0 if _do(order, pipe) else 1)


def _do(order: dict[str, Any], pipe: int) -> bool:
    """Carries an order out, and says how it went."""

    def say(what: dict[str, Any]) -> None:
        line = json.dumps(what).encode() + b"\n"
        while line:
            line = line[os.write(pipe, line) :]

    try:
        module, name = order["call"].split(":")
        getattr(import_module(module), name)(say, **order["with"])
    except BaseException:
        say({"error": traceback.format_exc()})
        return False
    say({"done": True})
    return True


def _reap() -> None:
    """Buries the dead."""
    try:
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
    except ChildProcessError:
        return


if __name__ == "__main__":
    for name in sys.argv[2:]:
        import_module(name)
    serve(socket.socket(fileno=int(sys.argv[1])))
