"""The seam to compiled plans: how one is made, and what it does. Whatever it does not cover is executed as usual."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeAlias

from graphql import DocumentNode, GraphQLSchema


class Plan(Protocol):
    """One operation, compiled."""

    def run(self, variables: Mapping[str, Any] | None, context: Any) -> bytes | None:
        """The JSON of `{"data": ...}`; None where standard execution has to answer."""
        ...


Planner: TypeAlias = Callable[[GraphQLSchema, DocumentNode, str | None], Plan | None]
"""Compiles the operation of that name; None where it cannot be compiled."""
