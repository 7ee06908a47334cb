"""The process of one import: it is told what to run on its standard input, and ends when that is closed, so that it
outlives no worker."""

import os
import sys
from pathlib import Path
from threading import Thread

import msgspec

from careergraph.editorial.importers.jobs.order import AGAIN, Order
from careergraph.editorial.importers.jobs.run import run
from careergraph.store.database.database import DatabaseProblem, connect
from careergraph.store.database.memory import rare_collections
from careergraph.store.editing.import_jobs import LeaseLost

ORPHANED = 76
"""The exit code where the worker is gone."""


def main() -> int:
    """Run the job of the order on standard input. Return the exit code."""
    order = msgspec.json.decode(sys.stdin.buffer.readline(), type=Order)
    Thread(target=_end_with_worker, daemon=True).start()
    engine = connect(order.database)
    try:
        with rare_collections():
            run(engine, Path(order.folder), order.lease, only_plan=order.only_plan)
    except LeaseLost:
        return 0
    except DatabaseProblem as problem:
        print(f"careergraph: {problem}", file=sys.stderr)
        return AGAIN
    finally:
        engine.dispose()
    return 0


def _end_with_worker() -> None:
    while os.read(0, 1):  # not through a buffer, which would be locked when the process ends
        pass
    os._exit(ORPHANED)


if __name__ == "__main__":
    sys.exit(main())
