"""What the apps of tests make of the same input again and again, made once for a process: it is no other the next time.

SQL is compiled once for each kind of database; templates and the files that migrations share are compiled once;
certificates are read once; and a document of GraphQL that fits a schema fits it still.
"""

import runpy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import CodeType
from typing import Any
from weakref import WeakKeyDictionary

import jinja2
import pytest
from graphql import ASTValidationRule, DocumentNode, GraphQLError, GraphQLSchema
from httpx._transports import default
from jinja2.bccache import Bucket
from sqlalchemy import Engine, create_engine
from sqlalchemy.util import LRUCache

from careergraph.store.database import database
from careergraph.web.admin import rendering as admin_rendering
from careergraph.web.execution import document_cache
from careergraph.web.pages.rendering import rendering

Rules = tuple[type[ASTValidationRule], ...]

STATEMENTS = 2000
"""How many compiled statements are kept."""


def make_once() -> None:
    """Let this process do so."""
    vars(database)["create_engine"] = partial(_engine, create_engine, {})
    for module in (rendering, admin_rendering):
        vars(module)["Environment"] = partial(jinja2.Environment, bytecode_cache=Templates())
    vars(default)["create_ssl_context"] = cache(vars(default)["create_ssl_context"])
    vars(runpy)["_get_code_from_file"] = Compiled(vars(runpy)["_get_code_from_file"])
    vars(document_cache)["validate"] = Validation(vars(document_cache)["validate"])


@contextmanager
def each_time() -> Iterator[None]:
    """Have documents validated each time, for a test that measures how long that takes."""
    validation: Validation = vars(document_cache)["validate"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_cache, "validate", validation.validate)
        yield


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
        self._code: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take the code, if that was compiled of the same source."""
        bucket.code = self._code.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        assert bucket.code is not None
        self._code[bucket.key, bucket.checksum] = bucket.code


class Compiled:
    """What `runpy` compiles of files: once each, unless somebody wrote one anew."""

    def __init__(self, compile_file: Callable[..., Any]) -> None:
        self._compile, self._code = compile_file, dict[tuple[Any, ...], Any]()

    def __call__(self, *names: str) -> Any:
        """The code of a file, whose path is the last of the names."""
        status = Path(names[-1]).stat()
        key = (*names, status.st_mtime_ns, status.st_size)
        if key not in self._code:
            self._code[key] = self._compile(*names)
        return self._code[key]


class Validation:
    """The validation of GraphQL documents, which remembers what fits a schema by rules, and looks at all else anew."""

    def __init__(self, validate: Callable[..., list[GraphQLError]]) -> None:
        self.validate = validate
        self._valid: WeakKeyDictionary[GraphQLSchema, set[tuple[str, Rules]]] = WeakKeyDictionary()

    def __call__(self, schema: GraphQLSchema, document: DocumentNode, rules: Rules, **more: Any) -> list[GraphQLError]:
        """What is wrong with a document."""
        valid = self._valid.setdefault(schema, set())
        key = ("" if document.loc is None else document.loc.source.body, rules)
        if key[0] and key in valid:
            return []
        if not (problems := self.validate(schema, document, rules, **more)):
            valid.add(key)
        return problems
