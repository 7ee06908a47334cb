"""Content codings: those of this process, and which of them a client accepts (RFC 9110, 12.5.3)."""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

from careergraph.web.core.codes import Refusal, WebCode
from careergraph.web.core.media_types import weights
from careergraph.web.core.short_memo import ShortMemo

try:
    import brotli
except ImportError:  # the extra `brotli` is not installed
    brotli = None
try:
    from isal import isal_zlib
except ImportError:  # there is none for this Python, or this processor
    isal_zlib = None  # type: ignore[assignment]


@dataclass(frozen=True, slots=True)
class Coding:
    """A content coding, by its name in `Content-Encoding`. `fast` is the level for responses that are sent once, `best`
    that for cached ones. `compress` returns the same bytes for the same content and level."""

    name: bytes
    compress: Callable[[bytes, int], bytes]
    fast: int
    best: int

    def etag_suffix(self, level: int) -> bytes:
        """The suffix of the validator of a response at a level."""
        return b"-%b%d" % (self.name, level)


@dataclass(frozen=True, slots=True)
class Accepted:
    """The codings that a client accepts: `coding` is the one of its response, None for no coding; `plain` is whether it
    accepts a response without one; `etag_suffixes` are those of the validators that it may send back."""

    coding: Coding | None
    plain: bool
    etag_suffixes: tuple[bytes, ...]


def _gzip(content: bytes, level: int) -> bytes:
    if level == ISAL:
        packed: bytes = isal_zlib.compress(content, 1, 31)
        return packed
    return zlib.compress(content, level, 31)  # one member, without a time


def _brotli(content: bytes, level: int) -> bytes:
    packed: bytes = brotli.compress(content, quality=level)
    return packed


ISAL = 0
"""The level of gzip at which ISA-L compresses in place of zlib: as small as zlib's level 1, in about half of its
time. The bytes are others, so its validators are too."""

GZIP = Coding(b"gzip", _gzip, fast=1 if isal_zlib is None else ISAL, best=9)
CODINGS: tuple[Coding, ...] = (Coding(b"br", _brotli, fast=1, best=10), GZIP) if brotli else (GZIP,)
"""The codings of this process, the smallest result first."""

PLAIN_ONLY = (b"",)
"""The suffixes of a client that accepts no coding."""


@ShortMemo
def accepted(accept_encoding: bytes) -> Accepted:
    """The codings that a client with this header accepts. Raises Refusal (NOT_ACCEPTABLE) if none can be sent."""
    named = weights(accept_encoding.decode("latin-1"))
    wildcard = named.get("*", 0.0)
    plain = named.get("identity", named.get("*", 1.0)) > 0
    offers = [(coding, _weight(coding, named, wildcard)) for coding in CODINGS]
    usable = [(coding, weight) for coding, weight in offers if weight > 0]
    if not usable and not plain:
        names = ", ".join(coding.name.decode() for coding in CODINGS)
        raise Refusal(WebCode.NOT_ACCEPTABLE, f"The answer can be sent as it is, or in one of the codings {names}.")
    coding, weight = max(usable, key=lambda offer: offer[1], default=(None, 0.0))
    if plain and named.get("identity", 0.0) > weight:
        coding = None
    suffixes = [each.etag_suffix(level) for each, _ in usable for level in (each.fast, each.best)]
    return Accepted(coding, plain, (*(PLAIN_ONLY if plain else ()), *suffixes))


def _weight(coding: Coding, named: dict[str, float], wildcard: float) -> float:
    name = coding.name.decode()
    return named.get(name, named.get(f"x-{name}", wildcard))
