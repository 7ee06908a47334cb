"""Asking the schema as the web layer does: parse and validate, execute, and have the errors formatted."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from graphql import DocumentNode, ExecutionResult, GraphQLError, execute, parse, specified_rules, validate
from strawberry.schema.validation_rules.one_of import OneOfInputValidationRule

from api import small
from careergraph.api.base.context import Context
from careergraph.api.base.errors import Formatted, executed, explained
from careergraph.api.schema import schema
from truth.seeded import catalog

RULES = (*specified_rules, OneOfInputValidationRule)
SMALL = Context(small.NEW, small.as_of)
SEEDED = Context(catalog(), lambda _: catalog())


@dataclass(frozen=True)
class Answer:
    """What came back."""

    data: Any
    errors: list[Formatted]

    @property
    def codes(self) -> list[str]:
        """The codes of the errors, in order."""
        return [error["extensions"]["code"] for error in self.errors]


@lru_cache(maxsize=64)
def _prepared(query: str) -> tuple[DocumentNode | None, list[GraphQLError]]:
    try:
        document = parse(query)
    except GraphQLError as problem:
        return None, [problem]
    return document, validate(schema._schema, document, RULES)


def ask(query: str, context: Context = SMALL, **variables: object) -> Answer:
    """The answer to a query, of the small catalog unless told otherwise."""
    document, problems = _prepared(query)
    if document is None or problems:
        return Answer(None, explained(problems))
    result = execute(
        schema._schema,
        document,
        context_value=replace(context, past=set()),  # as the web layer does: one for each operation
        variable_values=variables,
        executor_class=schema.execution_context_class,
        operation_extensions=None,
    )
    assert isinstance(result, ExecutionResult)
    return Answer(result.data, executed(result.errors or ()))


def answer(query: str, context: Context = SMALL, **variables: object) -> Any:
    """The data of an answer that must have no errors."""
    result = ask(query, context, **variables)
    assert result.errors == []
    return result.data


def refusal(query: str, context: Context = SMALL, **variables: object) -> Formatted:
    """The one error of an answer in which it leaves one root field null, or which never began."""
    result = ask(query, context, **variables)
    assert len(result.errors) == 1, result.errors
    assert result.data is None or list(result.data.values()).count(None) == 1, result.data
    return result.errors[0]


def code(query: str, context: Context = SMALL, **variables: object) -> str:
    """The code of the one error of an answer."""
    return str(refusal(query, context, **variables)["extensions"]["code"])
