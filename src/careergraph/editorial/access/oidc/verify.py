"""Verify: whether a token was signed by the provider, for us, for now. Needs the extra `oidc`."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import time
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import BadSignatureError, JoseError
from joserfc.jwk import ECKey, OKPKey, RSAKey

from careergraph.editorial.access.oidc.fetch import Unavailable
from careergraph.editorial.access.oidc.keys import Fetching, Keys, RawKeys
from careergraph.editorial.access.oidc.settings import Person, Settings, person_of

EDWARDS = ("Ed25519", "EdDSA")
"""Two names of one algorithm."""
KEY_OF = {
    **dict.fromkeys(("RS256", "RS384", "RS512", "PS256", "PS384", "PS512"), ("RSA", None)),
    "ES256": ("EC", "P-256"),
    "ES384": ("EC", "P-384"),
    "ES512": ("EC", "P-521"),
    **dict.fromkeys(EDWARDS, ("OKP", "Ed25519")),
}
"""Signatures with a private key that only the provider has, and the type and curve of their keys. A signature with a
shared key, or none at all, proves nothing."""
LONGEST = 16 * 1024
"""The longest token, in characters."""
LONGEST_NAME = 256
"""The longest name of a key, in characters."""
MOST_TRIED = 20
"""The most keys that are tried for a token that names none."""
LEEWAY = 30
"""The tolerance between the clocks of the provider and ours, in seconds."""

_TYPES: Mapping[str, type[RSAKey | ECKey | OKPKey]] = {"RSA": RSAKey, "EC": ECKey, "OKP": OKPKey}
_SPOILT = (JoseError, ValueError, TypeError, KeyError, RecursionError)
"""The exceptions of the library for a malformed token or key."""


@dataclass(frozen=True, slots=True)
class _Key:
    """A key for signatures, with its description by the provider."""

    name: str | None
    algorithm: str | None
    type: tuple[str, str | None]
    key: RSAKey | ECKey | OKPKey

    def fits(self, algorithm: str) -> bool:
        """Return whether signatures of an algorithm may be by this key."""
        if KEY_OF[algorithm] not in (self.type, (self.type[0], None)):
            return False
        return self.algorithm in (None, algorithm) or {self.algorithm, algorithm} == set(EDWARDS)


class Provider:
    """A provider for sign-in. May be shared by threads; verifying never waits for the provider."""

    def __init__(self, settings: Settings, keys: Keys | None = None, clock: Callable[[], float] = time) -> None:
        self._settings, self._keys, self._clock = settings, keys or Keys(settings), clock
        self._imported: tuple[RawKeys, tuple[_Key, ...]] = ((), ())

    def prepare(self) -> None:
        """Fetch the keys before the first token needs them. Does not wait."""
        with suppress(Fetching, Unavailable):
            self._keys.current()

    def verify(self, token: str) -> Person | None:
        """Return the person of a token; None for an invalid one, for whatever reason.

        Raises Fetching where the keys have to be fetched first, and Unavailable.
        """
        claims = self._claims(token, {"aud": {"essential": True, "value": self._settings.audience}})
        return None if claims is None else person_of(claims, self._settings)

    def verify_sign_in(self, token: str, client: str, nonce: str) -> Mapping[str, Any] | None:
        """Return the claims of the token that a client was given for one sign-in, the one of the nonce; None for an
        invalid one. Raises as `verify` does."""
        party = {"value": client}
        required = {"aud": {"essential": True, **party}, "nonce": {"essential": True, "value": nonce}, "azp": party}
        claims = self._claims(token, required)
        if claims is not None and claims["aud"] not in (client, [client]) and "azp" not in claims:
            return None  # for several, and it is not said that it was given to us
        return claims

    def _claims(self, token: str, required: Mapping[str, Any]) -> Mapping[str, Any] | None:
        try:
            return self._read(token, required)
        except _SPOILT:
            return None

    def _read(self, token: str, required: Mapping[str, Any]) -> Mapping[str, Any] | None:
        if len(token) > LONGEST or not token.isascii() or token.count(".") != 2:
            return None
        header = jws.extract_compact(token.encode()).headers()
        algorithm, name = header.get("alg"), header.get("kid")
        if algorithm not in KEY_OF or not isinstance(name, str | None) or len(name or "") > LONGEST_NAME:
            return None
        named = [key for key in self._current() if name in (None, key.name)]
        claims = _signed_claims(token, [key for key in named if key.fits(algorithm)], algorithm)
        if claims is not None:
            self._check(claims, required)
        elif name is None or not named:
            self._keys.look_for(name)
        return claims

    def _current(self) -> tuple[_Key, ...]:
        raw = self._keys.current()
        imported = self._imported
        if imported[0] is not raw:
            imported = self._imported = raw, tuple(_signing_keys(raw))
        return imported[1]

    def _check(self, claims: dict[str, Any], required: Mapping[str, Any]) -> None:
        """Raise JoseError for claims of another issuer, for others, not of now, or without what is required."""
        registry = jwt.JWTClaimsRegistry(
            now=int(self._clock()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self._settings.issuer},
            exp={"essential": True},
            sub={"essential": True},
            **required,
        )
        registry.validate(claims)
        if not isinstance(claims["sub"], str) or not claims["sub"].isprintable():
            raise ValueError("the subject is not a text")


def _signed_claims(token: str, keys: Iterable[_Key], algorithm: str) -> dict[str, Any] | None:
    """The claims of a token that was signed with one of the keys; None for one that was not."""
    for key in list(keys)[:MOST_TRIED]:
        try:
            return jwt.decode(token, key.key, algorithms=[algorithm]).claims
        except BadSignatureError:
            continue
    return None


def _signing_keys(raw: RawKeys) -> Iterable[_Key]:
    """The keys for signatures. One that makes no sense is left out: the others are as good without it."""
    for entry in raw:
        kind, name, algorithm = str(entry.get("kty")), entry.get("kid"), entry.get("alg")
        if entry.get("use", "sig") != "sig" or kind not in _TYPES:
            continue
        if not all(text is None or isinstance(text, str) for text in (name, algorithm)):
            continue
        try:
            key = _TYPES[kind].import_key({**entry})
        except _SPOILT:
            continue
        yield _Key(name, algorithm, (kind, None if kind == "RSA" else entry.get("crv")), key)
