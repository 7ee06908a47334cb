"""A real receiver on 127.0.0.1 that answers as it is told, and keeps what it was sent."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

import msgspec

from careergraph.editorial.webhooks.settings import Named, Settings
from waiting import CEILING

KEY = "a key for tests, of more than 32 characters"
SETTINGS = Settings(secret_key=KEY, named=Named.read("127.0.0.0/8, ::1"), timeout=CEILING, deadline=CEILING)


@dataclass(frozen=True)
class Message:
    """A request that arrived, and the status it was answered with."""

    headers: dict[str, str]
    raw: bytes
    status: int
    path: str

    @property
    def body(self) -> dict[str, Any]:
        content: dict[str, Any] = msgspec.json.decode(self.raw)
        return content


@dataclass
class Receiver:
    """`answers` are used up one after the other; then it is 204. A callable answers by the message's body."""

    url: str
    answers: list[int] = field(default_factory=list)
    by_body: Callable[[dict[str, Any]], int] | None = None
    messages: list[Message] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock)
    heard: Event = field(default_factory=Event)
    """Set whenever a message came."""

    @property
    def taken(self) -> list[Message]:
        return [it for it in self.messages if it.status < 300]

    def answer(self, headers: dict[str, str], raw: bytes, path: str) -> int:
        with self.lock:
            status = self.answers.pop(0) if self.answers else 204
            if self.by_body is not None:
                status = self.by_body(msgspec.json.decode(raw))
            self.messages.append(Message(headers, raw, status, path))
            self.heard.set()
            return status


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    receiver: Receiver


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers["content-length"]))
        receiver = self.server.receiver
        status = receiver.answer({name.lower(): text for name, text in self.headers.items()}, raw, self.path)
        self.send_response(status)
        for name, text in receiver.headers.items():
            self.send_header(name, text)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def receiving() -> Iterator[Receiver]:
    server = _Server(("127.0.0.1", 0), _Handler)
    server.receiver = Receiver(f"http://127.0.0.1:{server.server_address[1]}/hook?a=b")
    thread = Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server.receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
