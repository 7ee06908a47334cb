"""The garbage collector during an import, and the heaps of a server."""

import gc
import platform
import subprocess
import sys

import pytest

from careergraph.store.database.memory import RARE, rare_collections


def test_an_import_collects_rarely_and_leaves_the_collector_as_it_was() -> None:
    """A worker of a host may run on after an import that fails."""
    before = gc.get_threshold()
    with pytest.raises(ValueError, match="bad"), rare_collections():
        assert gc.get_threshold() == (RARE, *before[1:])
        raise ValueError("bad")
    assert gc.get_threshold() == before


HEAPS = """
import ctypes, threading
from careergraph.store.database.memory import share_one_heap
if {shared}:
    share_one_heap()
barrier = threading.Barrier(3)
def fill():
    barrier.wait()
    return [bytes(1000) for _ in range(1000)]
threads = [threading.Thread(target=fill) for _ in range(3)]
[it.start() for it in threads]
[it.join() for it in threads]
library = ctypes.CDLL(None)
output = ctypes.c_void_p.in_dll(library, "stdout")
library.malloc_info(0, output)
library.fflush(output)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only the GNU C library has several heaps")
@pytest.mark.parametrize("shared", [True, False])
def test_threads_of_a_server_share_one_heap(shared: bool) -> None:
    program = [sys.executable, "-c", HEAPS.format(shared=shared)]
    heaps = subprocess.run(program, capture_output=True, text=True, check=True).stdout.count("<heap nr=")
    assert (heaps == 1) == shared
