"""Sources: the body of a function as a syntax tree."""

import ast
import linecache
from collections.abc import Mapping
from functools import cache
from types import FunctionType

from careergraph.api.compiler.expression import Unplanned


def body_of(function: FunctionType) -> list[ast.stmt]:
    """The statements of a function behind its docstring. Raises Unplanned where its source is not at hand."""
    definition = _functions(function.__code__.co_filename).get((function.__name__, function.__code__.co_firstlineno))
    if definition is None:
        raise Unplanned(f"the source of {function.__qualname__} is not at hand")
    return definition.body[1:] if ast.get_docstring(definition, clean=False) is not None else definition.body


@cache
def _functions(path: str) -> Mapping[tuple[str, int], ast.FunctionDef]:
    """The functions of a file by their name and first line, which is that of the first decorator."""
    try:
        lines = linecache.getlines(path)
        module = ast.parse("".join(lines))
    except (OSError, SyntaxError):
        return {}
    functions = [node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)]
    return {(node.name, min([node.lineno, *[it.lineno for it in node.decorator_list]])): node for node in functions}
