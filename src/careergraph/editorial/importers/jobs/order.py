"""The order that a worker gives to the process of an import, and the exit code that asks for another."""

import msgspec

from careergraph.store.editing.import_jobs import Lease

AGAIN = 75
"""The exit code where the database could not be used: the job can be run again."""


class Order(msgspec.Struct):
    """The job to run, and where."""

    database: str
    folder: str
    lease: Lease
    only_plan: bool
