"""Short headers alone are remembered: long ones are the client's choice, and so would be the memory."""

from collections.abc import Callable
from typing import Any

import pytest

from careergraph.web.core.content_codings import accepted as codings
from careergraph.web.core.hosts import Hosts
from careergraph.web.core.media_types import accepted, forms
from careergraph.web.core.short_memo import LONGEST, MOST, ShortMemo

READERS: dict[str, tuple[ShortMemo[Any, Any], Callable[[str], object]]] = {
    "Accept": (forms, lambda more: forms(f"application/json, x/{more}".encode())),
    "Accept, as a text": (accepted, lambda more: accepted(f"application/json, x/{more}")),
    "Accept-Encoding": (codings, lambda more: codings(f"gzip, {more}".encode())),
    "Host": ((host := Hosts("careers.example")._allow), lambda more: host(more.encode())),
}


@pytest.mark.parametrize("name", READERS)
def test_only_short_headers_are_remembered(name: str) -> None:
    memo, read = READERS[name]
    before = memo.remembered.cache_info().currsize
    for number in range(50):
        assert read(f"{'y' * LONGEST}{number}") == read(f"{'y' * LONGEST}{number}")
    assert memo.remembered.cache_info().currsize == before
    first, hits = read("y"), memo.remembered.cache_info().hits
    assert read("y") == first
    assert memo.remembered.cache_info().hits == hits + 1
    assert memo.remembered.cache_info().maxsize == MOST
