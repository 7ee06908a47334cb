"""A provider of sign-ins on this machine: it has keys, lists them, signs tokens, and can misbehave."""

import json
import time
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, OKPKey, RSAKey

from waiting import CEILING

AUDIENCE = "careergraph"
DISCOVERY = "/.well-known/openid-configuration"

Key = RSAKey | ECKey | OKPKey


@dataclass
class Provider:
    """`pages` are what it answers with, by path, as soon as its `door` is open; `requests` are what it was asked for;
    `changes` are claims of the tokens that it gives for codes, the `status` of the answer, or what makes a token."""

    issuer: str
    keys: dict[str, Key] = field(default_factory=dict)
    pages: dict[str, tuple[int, bytes, dict[str, str]]] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    door: Event = field(default_factory=Event)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    client_secret: str = ""
    changes: dict[str, Any] = field(default_factory=dict)

    def authorize(self, address: str) -> dict[str, str]:
        """Signs somebody in at the address that a browser was sent to, and says what the browser brings back."""
        sent = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.issuer}/authorize?") and sent["response_type"] == "code"
        assert sent["code_challenge_method"] == "S256" and "openid" in sent["scope"].split()
        code = f"code-{len(self.codes)}"
        self.codes[code] = sent
        return {"code": code, "state": sent["state"]}

    def redeem(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, str]]:
        """The token for a code, once, for who has the verifier and the secret."""
        sent = self.codes.pop(form["code"], None)
        basic = b64encode(f"{AUDIENCE}:{self.client_secret}".encode()).decode()
        if self.client_secret and authorization != f"Basic {basic}":
            return 401, {"error": "invalid_client"}
        challenge = urlsafe_b64encode(sha256(form["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        if sent is None or sent["code_challenge"] != challenge or sent["redirect_uri"] != form["redirect_uri"]:
            return 400, {"error": "invalid_grant"}
        changes = {"roles": ["chiefs"], "nonce": sent["nonce"], **self.changes}
        forge, status = changes.pop("forge", self.token), changes.pop("status", 200)
        return status, {"id_token": forge(**changes), "token_type": "Bearer", "access_token": "x"}

    def add(self, name: str, key: Key) -> None:
        """Lists another key."""
        self.keys[name] = key
        listed = [{**it.as_dict(private=False), "kid": kid, "use": "sig"} for kid, it in self.keys.items()]
        places = {"jwks_uri": "keys", "authorization_endpoint": "authorize", "token_endpoint": "token"}
        self.says(DISCOVERY, {"issuer": self.issuer} | {name: f"{self.issuer}/{at}" for name, at in places.items()})
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

    def do_POST(self) -> None:
        provider: Provider = self.server.provider  # type: ignore[attr-defined] # put there below
        form = dict(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
        status, content = provider.redeem(form, self.headers.get("Authorization", ""))
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

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
