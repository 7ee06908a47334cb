"""Loading: modules that a server imports while it answers, by one thread at a time.

Packages whose modules import each other in a circle, as SQLAlchemy's do, are not ready for two threads that import
different modules of them at once: one sees modules that the other has half done.
"""

from importlib import import_module
from threading import RLock
from types import ModuleType

_TURN = RLock()


def load(name: str) -> ModuleType:
    """Import a module, after whatever another thread loads so. Raises ModuleNotFoundError."""
    with _TURN:
        return import_module(name)
