"""Posting: to the address that was checked, no farther, no longer, and only to who the certificate says it is."""

import socket
import ssl
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from careergraph.editorial.webhooks.address import Destination
from careergraph.editorial.webhooks.post import MOST_ADDRESSES, SHORTEST, TOO_LONG, Answer, post
from editorial.webhooks.receiver import Receiver
from waiting import CEILING


def to(port: int, host: str = "hook.example", *, secure: bool = False) -> Destination:
    """A name that nobody could look up, with the address that was checked."""
    return Destination(url="", secure=secure, host=host, port=port, target="/x?y=z", addresses=("127.0.0.1",))


def hear(connection: socket.socket) -> None:
    """Reads the whole request: closing with some of it unread would be rude, and resets the connection."""
    heard = b""
    while not heard.endswith(b'{"a": 1}'):
        heard += connection.recv(65536)


def send(destination: Destination, timeout: float = CEILING, deadline: float = CEILING) -> Answer:
    return post(destination, {"Content-Type": "application/json"}, b'{"a": 1}', timeout, deadline)


@contextmanager
def listening(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A port at which somebody talks as they like to whoever connects."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                connection, _ = server.accept()
                with connection:
                    connection.settimeout(CEILING)
                    talk(connection)

        thread = Thread(target=serve)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            with suppress(OSError):
                server.shutdown(socket.SHUT_RDWR)
            thread.join()


def test_it_connects_to_the_checked_address_and_names_the_host(receiver: Receiver) -> None:
    port = int(receiver.url.split(":")[2].split("/")[0])
    assert send(to(port)) == Answer(status=204)
    (message,) = receiver.messages
    assert (message.headers["host"], message.path, message.raw) == (f"hook.example:{port}", "/x?y=z", b'{"a": 1}')


def test_a_proxy_of_the_environment_is_not_used(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy would look the name up once more."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send(to(int(receiver.url.split(":")[2].split("/")[0]))).taken


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(receiver: Receiver, status: int) -> None:
    receiver.answers = [status]
    receiver.headers = {"Location": receiver.url}
    answer = send(to(int(receiver.url.split(":")[2].split("/")[0])))
    assert (answer.status, answer.taken, answer.error) == (status, False, "redirects are not followed")
    assert len(receiver.messages) == 1


def test_nobody_there_is_an_answer_too() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    answer = send(to(port))
    assert answer.status is None and "refused" in str(answer.error)


def test_many_addresses_where_nobody_answers_take_no_longer_than_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else a name with hundreds of addresses would hold a sender for an hour, long beyond its lease."""
    waits: list[float] = []

    def nobody(place: object, wait: float) -> socket.socket:
        waits.append(wait)
        sleep(wait)
        raise TimeoutError("timed out")

    monkeypatch.setattr(socket, "create_connection", nobody)
    far = Destination(url="", secure=True, host="h", port=443, target="/", addresses=("192.0.2.1",) * 500)
    assert post(far, {}, b"", 0.9, 2.0) == Answer(status=None, error="timed out")
    assert len(waits) == MOST_ADDRESSES
    assert sum(waits) <= 0.9 + MOST_ADDRESSES * SHORTEST


def test_the_next_address_is_tried_where_one_refuses(receiver: Receiver) -> None:
    port = int(receiver.url.split(":")[2].split("/")[0])
    assert send(replace(to(port), addresses=("127.0.0.2", "127.0.0.1"))) == Answer(status=204)


def say_nothing(connection: socket.socket) -> None:
    """Reads until the other side has had enough, and says nothing."""
    while connection.recv(1000):
        pass


def test_who_says_nothing_is_not_waited_for() -> None:
    with listening(say_nothing) as port:
        answer = send(to(port), timeout=0.5)
    assert answer == Answer(status=None, error="timed out")


def test_who_dawdles_is_cut_off() -> None:
    """One byte at a time keeps every timeout between two bytes happy."""

    def dawdle(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nX: ")
        with suppress(OSError):
            while True:
                connection.sendall(b"x")
                connection.settimeout(0.1)
                with suppress(TimeoutError):
                    if not connection.recv(1000):
                        return

    with listening(dawdle) as port:
        answer = send(to(port), deadline=0.5)
    assert answer == Answer(status=None, error=TOO_LONG)


@pytest.mark.parametrize(
    "content",
    [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 500, b"\x00" * 70000],
)
def test_nonsense_is_an_answer_too(content: bytes) -> None:
    def talk(connection: socket.socket) -> None:
        hear(connection)
        connection.sendall(content)

    with listening(talk) as port:
        answer = send(to(port))
    assert answer.status is None
    assert answer.error and "\n" not in answer.error and len(answer.error) <= 200


def test_an_endless_answer_is_not_read() -> None:
    def talk(connection: socket.socket) -> None:
        hear(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000000000\r\n\r\n")
        with suppress(OSError):
            while True:
                connection.sendall(b"x" * 65536)

    with listening(talk) as port:
        assert send(to(port), deadline=5.0).taken


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for hook.example that signs itself, with its key."""
    file = tmp_path_factory.mktemp("tls") / "pair.pem"
    names = ["-subj", "/CN=hook.example", "-addext", "subjectAltName=DNS:hook.example"]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names]
    try:
        subprocess.run([*command, "-keyout", file, "-out", f"{file}.crt"], check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl to make a certificate with")
    file.write_text(file.read_text() + Path(f"{file}.crt").read_text())
    return file


def talking_tls(certificate: Path) -> Callable[[socket.socket], None]:
    def talk(connection: socket.socket) -> None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        with suppress(OSError), context.wrap_socket(connection, server_side=True) as secure:
            hear(secure)
            secure.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    return talk


def test_a_certificate_that_nobody_vouches_for_is_refused(certificate: Path) -> None:
    with listening(talking_tls(certificate)) as port:
        answer = send(to(port, secure=True))
    assert answer.status is None and str(answer.error).startswith("the certificate is not good")


@pytest.mark.parametrize(("host", "taken"), [("hook.example", True), ("other.example", False)])
def test_a_certificate_must_be_for_the_host(
    certificate: Path, monkeypatch: pytest.MonkeyPatch, host: str, taken: bool
) -> None:
    """Connecting to an address must not mean that any name at that address will do."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with listening(talking_tls(certificate)) as port:
        assert send(to(port, host, secure=True)).taken is taken
