"""Selected: a field of an operation, with the object that it is selected of."""

from collections.abc import Mapping
from typing import NamedTuple

from graphql.execution.collect_fields import FieldDetailsList

Object = Mapping[str, str]
"""The places of an object (`of`, `view`, perhaps `parent`), each with the local variable that holds it."""


class Selected(NamedTuple):
    """A selected field: its nodes, the object that it is of, and whether its value is a GraphQL object already."""

    details: FieldDetailsList
    source: Object
    computed: bool
