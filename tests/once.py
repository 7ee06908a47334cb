"""What the apps of tests make of the same input again and again, made once for a process: it is no other the next time.

SQL is compiled once for each kind of database, and templates are compiled once.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from careergraph.store.database import database
from careergraph.web.admin import rendering as admin_rendering
from careergraph.web.pages.rendering import rendering

STATEMENTS = 2000
"""How many compiled statements are kept."""


def make_once() -> None:
    """Let this process do so."""
    vars(database)["create_engine"] = partial(_engine, create_engine, {})
    for module in (rendering, admin_rendering):
        vars(module)["Environment"] = partial(jinja2.Environment, bytecode_cache=Templates())


def _engine(make: Callable[..., Engine], statements: dict[str, "Statements"], *arguments: Any, **more: Any) -> Engine:
    engine = make(*arguments, **more)
    vars(engine)["_compiled_cache"] = statements.setdefault(engine.dialect.name, Statements(STATEMENTS))
    return engine


class Statements(LRUCache[Any, Any]):
    """Compiled statements of all engines of a dialect: the first part of a key is the dialect of one engine."""

    def get(self, key: Any, default: Any = None) -> Any:
        """A statement."""
        return super().get(key[1:], default)

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key[1:], value)


class Templates(jinja2.BytecodeCache):
    """Compiled templates of all environments with the same options."""

    def __init__(self) -> None:
        self._code: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code, if that was compiled of the same source."""
        if bucket.key in self._code:
            bucket.bytecode_from_string(self._code[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self._code[bucket.key] = bucket.bytecode_to_string()
