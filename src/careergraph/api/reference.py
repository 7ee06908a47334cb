"""The pages of the reference that follow from code: written here, kept in `docs/reference/`, and compared by a test."""

from collections.abc import Mapping
from enum import StrEnum

from careergraph.api.base.codes import GraphQLCode
from careergraph.api.base.describe import GENERATED, members
from careergraph.api.base.editing_codes import EditorCode
from careergraph.api.costs_page import costs_page
from careergraph.editorial.content.problem import ProblemCode
from careergraph.engine.errors import Code
from careergraph.engine.text.statement import Rule


def pages(*more: type[StrEnum]) -> Mapping[str, str]:
    """Every generated page, by its file name in `docs/reference/`. `more` are the codes of layers above."""
    return {
        "costs.md": costs_page(),
        "errors.md": errors_page(*more),
        "problems.md": problems_page(),
        "rules.md": rules_page(),
    }


def errors_page(*more: type[StrEnum]) -> str:
    """The codes that an entry of `errors` can carry: of the engine, of GraphQL, of the layers above, of editing."""
    return _page(
        "Error codes",
        "Every entry of `errors` in an answer has one of these codes in `extensions.code`, and what else is named here "
        "beside it in `extensions`. A root field that cannot be answered is null, with one error; the rest of the "
        "answer stands. Messages never repeat stored content or the query.",
        _table(Code, GraphQLCode, *more, EditorCode),
    )


def problems_page() -> str:
    """The codes that content, or a verb, can be refused with."""
    return _page(
        "Problems of content",
        "What `careergraph check` and `careergraph load` report, and each of the `problems` of a `Rejected`, has one "
        "of these codes. Nothing was changed then.",
        _table(ProblemCode),
    )


def rules_page() -> str:
    """The rules of statements."""
    return _page(
        "Rules of statements",
        "A statement names its rule in `rule`. With `outcome` and `facts`, which stand in the order given here, a "
        "program can check the sentence without reading it.",
        _table(Rule),
    )


def _page(title: str, introduction: str, table: Mapping[str, str]) -> str:
    rows = [f"| `{name}` | {text} |" for name, text in table.items()]
    return "\n".join([f"# {title}", GENERATED, "", introduction, "", *_HEAD, *rows]) + "\n"


_HEAD = ("| name | what it means |", "|---|---|")


def _table(*enums: type[StrEnum]) -> Mapping[str, str]:
    """The docstring of each member by its value, in order; one that comes again keeps its first docstring."""
    table: dict[str, str] = {}
    for enum in enums:
        texts = members(enum)
        for member in enum:
            table.setdefault(member.value, texts[member.name])
    return table
