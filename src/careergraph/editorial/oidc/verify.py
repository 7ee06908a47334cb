"""Verify: whether a token was signed by the provider, for us, for now. Needs the extra `oidc`."""

from collections.abc import Callable, Mapping, Sequence
from time import time
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from careergraph.editorial.oidc.keys import Keys
from careergraph.editorial.oidc.person import Person, person_of
from careergraph.editorial.oidc.settings import Settings

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "Ed25519", "EdDSA")
"""Signatures with a private key that only the provider has. One with a shared key, or none at all, proves nothing."""
LONGEST = 16 * 1024
"""No token is longer, in characters."""
LEEWAY = 30
"""How far the clocks of the provider and ours may be apart, in seconds."""


class Provider:
    """A provider that people sign in with. May be shared by threads; verifying may block while keys are fetched."""

    def __init__(self, settings: Settings, keys: Keys | None = None, clock: Callable[[], float] = time) -> None:
        self._settings, self._keys, self._clock = settings, keys or Keys(settings), clock

    def verify(self, token: str) -> Person | None:
        """Whom a token is of; None where it proves nothing, for whatever reason. Raises Unavailable."""
        try:
            claims = self._claims(token)
        except (JoseError, ValueError, TypeError, KeyError, RecursionError):
            return None
        return None if claims is None else person_of(claims, self._settings)

    def _claims(self, token: str) -> Mapping[str, Any] | None:
        if len(token) > LONGEST or not token.isascii() or token.count(".") != 2:
            return None
        header = jws.extract_compact(token.encode()).headers()
        if header.get("alg") not in ALGORITHMS:
            return None
        name = header.get("kid")
        keys = _usable(self._keys.current(), name) or _usable(self._keys.current(unknown=True), name)
        if not keys:
            return None
        found = jwt.decode(token, KeySet.import_key_set({"keys": keys}), algorithms=list(ALGORITHMS))
        self._check(found.claims)
        return found.claims

    def _check(self, claims: dict[str, Any]) -> None:
        """Raises JoseError for claims of another issuer, for others, or not of now."""
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._settings.issuer},
            aud={"essential": True, "value": self._settings.audience},
            exp={"essential": True},
            sub={"essential": True},
        )
        registry.validate(claims)
        if not isinstance(claims["sub"], str) or not claims["sub"].isprintable():
            raise ValueError("the subject is no text")


def _usable(keys: Sequence[dict[str, Any]], name: object) -> list[dict[str, Any]]:
    """The keys that a token may be signed with: that of the name, or all where it names none."""
    signing = [it for it in keys if it.get("use", "sig") == "sig" and it.get("kty") in ("RSA", "EC", "OKP")]
    return [it for it in signing if name is None or it.get("kid") == name]
