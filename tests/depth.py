"""How deep tests look that draw at random, or judge what is many: CAREERGRAPH_DEPTH=deep has `.ci/run` see more.

Whatever is looked at is held against the same bounds at either depth.
"""

import os
from typing import TypeVar

Depth = TypeVar("Depth")

DEEP = os.environ.get("CAREERGRAPH_DEPTH") == "deep"


def depth(ordinary: Depth, deep: Depth) -> Depth:
    """How many cases, every how many-th of them, or which, are looked at."""
    return deep if DEEP else ordinary
