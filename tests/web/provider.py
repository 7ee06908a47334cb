"""A provider of sign-ins on this machine: it has keys, lists them, signs tokens, and can misbehave."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any

from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from waiting import CEILING

AUDIENCE = "careergraph"
DISCOVERY = "/.well-known/openid-configuration"

Key = RSAKey | ECKey | OKPKey


@dataclass
class Provider:
    """`pages` are what it answers with, by path, as soon as its `door` is open; `asked` is what it was asked for."""

    issuer: str
    keys: dict[str, Key] = field(default_factory=dict)
    pages: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    door: Event = field(default_factory=Event)

    def add(self, name: str, key: Key) -> None:
        """Lists another key."""
        self.keys[name] = key
        listed = [{**it.as_dict(private=False), "kid": kid, "use": "sig"} for kid, it in self.keys.items()]
        self.says(DISCOVERY, {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys"})
        self.says("/keys", {"keys": listed})

    def says(self, path: str, content: object, status: int = 200, **headers: str) -> None:
        """Answers with something from now on."""
        self.pages[path] = status, json.dumps(content).encode(), headers

    def token(self, name: str = "one", /, header: dict[str, Any] | None = None, **claims: Any) -> str:
        """A token of somebody, by default good for a minute."""
        now = int(time.time())
        payload = {"iss": self.issuer, "aud": AUDIENCE, "sub": "ann", "iat": now, "exp": now + 60, **claims}
        key = self.keys[name]
        head = {"alg": algorithm_of(key), "kid": name, **(header or {})}
        claims = {claim: it for claim, it in payload.items() if it is not None}
        head = {field: it for field, it in head.items() if it is not None}
        return jwt.encode(head, claims, key, algorithms=[head["alg"]])


def algorithm_of(key: Key) -> str:
    """The signatures that a key is for, where nobody says otherwise."""
    if isinstance(key, RSAKey):
        return "RS256"
    return "Ed25519" if isinstance(key, OKPKey) else {"P-256": "ES256", "P-384": "ES384"}[key.curve_name]


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined] # put there below
        provider.requests.append(self.path)
        provider.door.wait(CEILING)
        status, body, headers = provider.pages.get(self.path, (404, b"{}", {}))
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name, text)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of each request."""


@contextmanager
def running() -> Iterator[Provider]:
    """A provider that listens on 127.0.0.1, with one key."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    provider = Provider(f"http://127.0.0.1:{server.server_address[1]}")
    provider.door.set()
    server.provider = provider  # type: ignore[attr-defined] # for the handler
    provider.add("one", ECKey.generate_key("P-256"))
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
