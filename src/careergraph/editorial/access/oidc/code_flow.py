"""Sign in at a provider in the browser: the authorization code flow, with PKCE, a state and a nonce.

What a sign-in has to remember is one secret, which the browser keeps: the state, the nonce and the verifier are made of
it. So an answer that was begun in another browser, or long ago, fits no secret, and no server has to know of another.
"""

import logging
import secrets
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from threading import Lock
from time import monotonic, time
from typing import Any
from urllib.parse import quote_plus, urlencode

from careergraph.editorial.access.oidc.fetch import Unavailable, address_in, decode, discover, exchange, named_by
from careergraph.editorial.access.oidc.settings import Client, Settings

LOG = logging.getLogger("careergraph.oidc")
SECONDS = 600
"""The longest time that somebody may take at the provider, in seconds."""
FRESH = 600.0
"""The age from which the provider's description is fetched again, in seconds."""
PATIENCE = 5.0
"""The least time between two fetches of it that fail, in seconds."""
LONGEST_CODE = 4096
"""The longest code, in characters."""


class SignInProblem(StrEnum):
    """Why a sign-in at the provider came to nothing."""

    STALE = "STALE"
    """It was not begun in this browser, or too long ago, or was answered before."""
    REFUSED = "REFUSED"
    """The provider did not let the person in, or the person did not want to."""
    CODE = "CODE"
    """The provider does not take its own code, as when it was used before; or not our client."""
    TOKEN = "TOKEN"  # noqa: S105 - a problem, no secret
    """The provider's token is not signed by it, for us, for now and for this sign-in."""
    NO_ROLE = "NO_ROLE"
    """The person is none who may edit."""
    UNREACHABLE = "UNREACHABLE"
    """The provider does not answer."""


class Failed(Exception):
    """A sign-in that came to nothing. The message is for the log, and holds no secret."""

    def __init__(self, problem: SignInProblem, message: str = "") -> None:
        super().__init__(message)
        self.problem = problem


class CodeFlow:
    """The sign-ins of one client. May be shared by threads; `begin` and `redeem` block while the provider is asked, and
    raise Unavailable."""

    def __init__(
        self, settings: Settings, client: Client, clock: Callable[[], float] = time, send: Any = exchange
    ) -> None:
        self._settings, self.client, self._clock, self._send = settings, client, clock, send
        self._lock = Lock()
        self._page: Mapping[str, Any] = {}
        self._until = 0.0

    def begin(self) -> tuple[str, str]:
        """The provider's address to send a browser to, and the secret that the browser keeps meanwhile."""
        secret = f"{int(self._clock())}.{secrets.token_urlsafe(32)}"
        query = {
            "response_type": "code",
            "client_id": self.client.ident,
            "redirect_uri": self.client.redirect,
            "scope": self.client.scopes,
            "state": _of(secret, "state"),
            "nonce": self.nonce(secret),
            "code_challenge": _encode(sha256(_of(secret, "verifier").encode()).digest()),
            "code_challenge_method": "S256",
        }
        address = address_in(self._description(), "authorization_endpoint", self._settings)
        return f"{address}{'&' if '?' in address else '?'}{urlencode(query)}", secret

    def nonce(self, secret: str) -> str:
        """The nonce that the token of a sign-in must have."""
        return _of(secret, "nonce")

    def code_in(self, answer: Mapping[str, str], secret: str) -> str:
        """The code that a browser brings back, whose cookie has a secret. Raises Failed."""
        begun, _, rest = secret.partition(".")
        fresh = begun.isdigit() and len(begun) < 12 and 0 <= self._clock() - int(begun) <= SECONDS
        if not rest or not fresh or not compare_digest(_of(secret, "state").encode(), answer.get("state", "").encode()):
            raise Failed(SignInProblem.STALE)
        if answer.get("iss", self._settings.issuer) != self._settings.issuer:
            raise Failed(SignInProblem.TOKEN, "another issuer answered")
        code = answer.get("code", "")
        if "error" in answer or not 0 < len(code) <= LONGEST_CODE:
            raise Failed(SignInProblem.REFUSED, ascii(answer.get("error", "no code"))[:60])
        return code

    def redeem(self, code: str, secret: str) -> str:
        """The token that the provider gives for a code. Raises Failed."""
        fields = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self.client.redirect,
            "code_verifier": _of(secret, "verifier"),
        }
        page = self._description()
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        if self.client.secret and _takes_basic(page):
            pair = f"{quote_plus(self.client.ident)}:{quote_plus(self.client.secret)}"
            headers["Authorization"] = f"Basic {b64encode(pair.encode()).decode()}"
        else:
            fields |= {"client_id": self.client.ident}
            fields |= {"client_secret": self.client.secret} if self.client.secret else {}
        address = address_in(page, "token_endpoint", self._settings)
        status, body = self._send(address, named_by(self._settings), urlencode(fields).encode(), headers)
        if status in (400, 401, 403):
            raise Failed(SignInProblem.CODE, f"the token endpoint answered {status} {_error_in(body)}")
        token = decode(body).get("id_token") if status == 200 else None
        if not isinstance(token, str):
            raise Unavailable(f"the token endpoint answered {status}, and no token")
        return token

    def _description(self) -> Mapping[str, Any]:
        with self._lock:
            now = monotonic()
            if now >= self._until:
                self._page, self._until = {}, now + PATIENCE
                self._page = discover(self._settings)
                self._until = now + FRESH
            if not self._page:
                raise Unavailable("the provider could not be asked lately")
            return self._page


def _of(secret: str, what: str) -> str:
    """A text of 43 characters that only who has the secret can make, another one for each use."""
    return _encode(sha256(f"careergraph sign-in {what} {secret}".encode()).digest())


def _encode(digest: bytes) -> str:
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def _takes_basic(page: Mapping[str, Any]) -> bool:
    """Return whether the client's secret goes into a header, as it does where the provider says nothing."""
    ways = page.get("token_endpoint_auth_methods_supported")
    return not isinstance(ways, list) or "client_secret_basic" in ways or "client_secret_post" not in ways


def _error_in(body: bytes) -> str:
    """The code of the provider's error, for the log."""
    try:
        return ascii(decode(body).get("error", ""))[:60]
    except Unavailable:
        return ""
