"""How deep tests look that draw at random, or judge what is many: CAREERGRAPH_DEPTH=deep has `.ci/run` see more.

Whatever is looked at is held against the same bounds at either depth.
"""

import os

DEEP = os.environ.get("CAREERGRAPH_DEPTH") == "deep"


def depth(ordinary: int, deep: int) -> int:
    """How many cases, or every how many-th of them, are looked at."""
    return deep if DEEP else ordinary
