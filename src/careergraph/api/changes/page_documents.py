"""Trusted documents: the queries of pages. They ship with the package, and `changes` compares their results."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

import msgspec
from graphql import (
    DocumentNode,
    ExecutionResult,
    GraphQLError,
    GraphQLSchema,
    get_operation_ast,
    parse,
    specified_rules,
    validate,
)
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from careergraph.api.base.context import MEDIA, Context, MediaLinks
from careergraph.api.base.errors import executed, explained
from careergraph.api.compiler import compile_plan
from careergraph.api.execution.executor import execute_document
from careergraph.engine.content import Catalog

FOLDER = Path(__file__).parent / "documents"

COMPARISON, CAREER, SKILL, CHANGES = "comparison", "career", "skill", "changes"
COLLECTION, CATEGORY = "collection", "category"
"""The names of the documents that ship with the package."""

NAMES = (COMPARISON, CAREER, SKILL, COLLECTION, CATEGORY, CHANGES)

_RULES = (*specified_rules, OneOfInputValidationRule)


class DocumentProblem(ValueError):
    """A document that cannot be answered. The message is safe to show, and says where the document is wrong."""


def text_of(name: str) -> str:
    """The text of a document that ships with the package."""
    return (FOLDER / f"{name}.graphql").read_text(encoding="utf-8")


def manifest() -> dict[str, str]:
    """The documents that ship with the package, by their SHA-256."""
    texts = [text_of(name) for name in NAMES]
    return {sha256(text.encode()).hexdigest(): text for text in texts}


class PageDocument:
    """A document with one operation, answered from any catalog as the server would: by its plan where it has one.

    May be shared by threads, of which one is answered at a time.
    """

    def __init__(self, schema: GraphQLSchema, text: str, media: MediaLinks = MEDIA) -> None:
        """Parse and check a document; `media` are the addresses of images in its answers. Raises DocumentProblem where
        it does not fit the schema."""
        self._schema, self._media = schema, media
        self._document = _checked(schema, text)
        self._plan = compile_plan(schema, self._document, None, soon=1)
        self._lock = Lock()

    def answer(self, catalog: Catalog, as_of: Callable[[datetime], Catalog], **variables: Any) -> bytes:
        """The answer's JSON, `{"data": ...}`. Raises DocumentProblem where it has errors."""
        return next(self.answers(catalog, as_of, [variables]))

    def answers(
        self, catalog: Catalog, as_of: Callable[[datetime], Catalog], each: Iterable[dict[str, Any]]
    ) -> Iterator[bytes]:
        """The answers to each of some variables, of one catalog whose views they share."""
        context = Context(catalog, as_of, media=self._media)
        for variables in each:
            with self._lock:
                planned = None if self._plan is None else self._plan.run(variables, context)
                answer = planned if planned is not None else self._executed(context, variables)
            yield answer

    @cached_property
    def variables(self) -> frozenset[str]:
        """The names of its variables."""
        operation = get_operation_ast(self._document, None)
        return frozenset(it.variable.name.value for it in (operation and operation.variable_definitions) or ())

    def _executed(self, context: Context, variables: dict[str, Any]) -> bytes:
        executor_class = self._schema._strawberry_schema.execution_context_class  # type: ignore[attr-defined]
        result = execute_document(self._schema, self._document, executor_class, context, variables)
        if not isinstance(result, ExecutionResult):
            raise DocumentProblem("the document selects an asynchronous field")
        if result.errors:
            raise DocumentProblem(_told(executed(result.errors)))
        return msgspec.json.encode({"data": result.data})


@lru_cache(maxsize=16)
def trusted(schema: GraphQLSchema, name: str) -> PageDocument:
    """Return a document that ships with the package, compiled once for each schema."""
    return PageDocument(schema, text_of(name))


def _checked(schema: GraphQLSchema, text: str) -> DocumentNode:
    try:
        document = parse(text)
    except GraphQLError as problem:
        raise DocumentProblem(_told(explained([problem]))) from None
    if problems := validate(schema, document, _RULES, max_errors=1):
        raise DocumentProblem(_told(explained(problems)))
    return document


def _told(errors: list[dict[str, Any]]) -> str:
    places = errors[0].get("locations") or [{}]
    line = places[0].get("line")
    return f"line {line}: {errors[0]['message']}" if line else str(errors[0]["message"])
