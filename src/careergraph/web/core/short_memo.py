"""Memos of what headers say: clients send a few short ones, and whoever sends long ones fills no memory with them."""

from collections.abc import Callable
from functools import lru_cache
from typing import Generic, TypeVar

Header = TypeVar("Header", bytes, str)
Meaning = TypeVar("Meaning")

LONGEST = 200
"""The longest header whose meaning is remembered, in bytes or characters."""

MOST = 256
"""The number of headers whose meanings are remembered."""


class ShortMemo(Generic[Header, Meaning]):
    """A function of a header that remembers the meanings of the last short ones."""

    def __init__(self, read: Callable[[Header], Meaning]) -> None:
        self._read: Callable[[Header], Meaning] = read
        self.remembered = lru_cache(MOST)(read)

    def __call__(self, header: Header) -> Meaning:
        return (self.remembered if len(header) <= LONGEST else self._read)(header)
