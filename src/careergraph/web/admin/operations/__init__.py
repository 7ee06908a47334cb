"""The operations of the admin: a `.graphql` file each, of the schema that everybody else asks too."""

from functools import cache
from importlib.resources import files

from graphql import parse, print_ast, separate_operations


@cache
def operation(file: str, name: str | None = None) -> str:
    """The text of the operation of a file; of several that share fragments, of the one of a name."""
    text = files(__name__).joinpath(f"{file}.graphql").read_text(encoding="utf-8")
    return text if name is None else print_ast(separate_operations(parse(text))[name])
