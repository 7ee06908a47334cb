"""The operations of the admin: a `.graphql` file each, of the schema that everybody else asks too."""

from functools import cache
from importlib.resources import files


@cache
def operation(name: str) -> str:
    """The text of an operation."""
    return files(__name__).joinpath(f"{name}.graphql").read_text(encoding="utf-8")
