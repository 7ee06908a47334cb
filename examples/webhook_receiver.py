"""Receives webhooks of careergraph with nothing but the standard library: verifies first, answers, then acts.

CAREERGRAPH_WEBHOOK_SECRET=whsec_... python examples/webhook_receiver.py 8001
"""

import hmac
import json
import os
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOLERANCE = 300
"""A message that was signed longer ago than this, in seconds, may be an old one that somebody sends again."""
LARGEST = 1024 * 1024


class Forged(Exception):
    """Not a message that careergraph just sent."""


def verify(secret: str, headers: Mapping[str, str], body: bytes, now: float | None = None) -> dict[str, Any]:
    """The message, if it is genuine. `body` is what arrived, byte for byte. Raises Forged."""
    try:
        message_id, timestamp = headers["webhook-id"], int(headers["webhook-timestamp"])
        signatures = headers["webhook-signature"].split()
    except (KeyError, ValueError):
        raise Forged("a header is missing or makes no sense") from None
    if abs((time.time() if now is None else now) - timestamp) > TOLERANCE:
        raise Forged("too old, or from the future")
    key = b64decode(secret.removeprefix("whsec_"))
    digest = hmac.digest(key, f"{message_id}.{timestamp}.".encode() + body, "sha256")
    expected = f"v1,{b64encode(digest).decode()}"
    # While a secret is replaced there are two signatures, and either will do.
    if not any(hmac.compare_digest(expected.encode(), signature.encode()) for signature in signatures):
        raise Forged("no signature fits")
    message: dict[str, Any] = json.loads(body)
    return message


class Receiver(ThreadingHTTPServer):
    """A server that keeps what it received. A message may arrive more than once: its id tells."""

    def __init__(self, port: int, secret: str) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.secret = secret
        self.received: dict[str, dict[str, Any]] = {}


class Handler(BaseHTTPRequestHandler):
    """Answers 204 to what is genuine, also when it comes again, and 400 to all else."""

    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("content-length") or 0), LARGEST))
        try:
            message = verify(self.server.secret, {name.lower(): text for name, text in self.headers.items()}, body)
        except Forged as forged:
            self.send_error(400, str(forged))
            return
        if self.server.received.setdefault(self.headers["webhook-id"], message) is message:
            data = message["data"]
            print(message["type"], "version", data.get("version"), data.get("careers"), flush=True)
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing of each request."""


if __name__ == "__main__":
    if not os.environ.get("CAREERGRAPH_WEBHOOK_SECRET") or len(sys.argv) != 2:
        sys.exit(
            "CAREERGRAPH_WEBHOOK_SECRET=whsec_... python webhook_receiver.py PORT: `careergraph webhook add` prints it"
        )
    Receiver(int(sys.argv[1]), os.environ["CAREERGRAPH_WEBHOOK_SECRET"]).serve_forever()
