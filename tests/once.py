"""What the apps of tests make of the same input again and again, made once for a process: it is no other the next time.

Neighbours are measured once for each content, SQL is compiled once for each kind of database, and templates are
compiled once. Whoever tests how one of these is made calls it himself.
"""

from collections.abc import Callable
from dataclasses import fields
from functools import partial
from typing import Any

import jinja2
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from careergraph.engine.content import Career, Catalog
from careergraph.engine.similarity import neighbours
from careergraph.engine.similarity.incremental import Measured, measured
from careergraph.store.database import database
from careergraph.web.admin import rendering
from careergraph.web.pages.rendering import render

CATALOGS, STATEMENTS = 16, 2000
"""How many are kept."""
PARTS = [it.name for it in fields(Career) if it.name != "published_at"]


def make_once() -> None:
    """Let this process do so."""
    vars(neighbours)["measured"] = partial(_measured, measured, {})
    vars(database)["create_engine"] = partial(_engine, create_engine, {})
    for module in (render, rendering):
        vars(module)["Environment"] = partial(jinja2.Environment, bytecode_cache=Templates())


def _measured(
    measure: Callable[[Catalog], Measured], earlier: dict[object, tuple[Catalog, Measured]], catalog: Catalog
) -> Measured:
    key = tuple([(slug, *career.title.values(), *career.summary.values()) for slug, career in catalog.careers.items()])
    before, near = earlier.pop(key, (None, None))
    if before is None or near is None or _content(before) != _content(catalog):
        before, near = catalog, measure(catalog)
    earlier[key] = before, near
    if len(earlier) > CATALOGS:
        del earlier[next(iter(earlier))]
    return near


def _content(catalog: Catalog) -> tuple[object, ...]:
    """All that the neighbours of a catalog are found by, in its order: not when a career was published."""
    careers = [[getattr(career, name) for name in PARTS] for career in catalog.careers.values()]
    return catalog.default_locale, careers, list(catalog.skills.items()), catalog.attributes


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
