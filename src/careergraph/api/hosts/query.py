"""Query: the root fields that a host's own schema may have. What belongs to editors, and the pages that changed, stay
with the schema that careergraph serves."""

from collections.abc import Iterator

from strawberry.types.base import get_object_definition
from strawberry.types.field import StrawberryField
from strawberry.utils.str_converters import to_camel_case

from careergraph.api import query
from careergraph.api.base.declare import root_type
from careergraph.api.hosts.names import path


@root_type("The published content. A field that cannot be answered is null, with one coded error.")
class Query(query.Published):
    def __init_subclass__(cls) -> None:
        """Raise TypeError where a host's field would take the place of one of ours."""
        for place in cls.__mro__:
            if place not in Query.__mro__ and (double := sorted(OURS & set(_fields(place)))):
                raise TypeError(
                    f"The field {double[0]} is in {path(place)} and in CareerGraph.Query. Call yours another name, or "
                    "make a CareerGraph.Query the type of a field."
                )


OURS = {it.graphql_name or to_camel_case(it.python_name) for it in get_object_definition(Query, strict=True).fields}
"""The names of our fields in GraphQL."""


def _fields(cls: type) -> Iterator[str]:
    """The names in GraphQL that a class itself gives to fields."""
    for name in (*vars(cls), *vars(cls).get("__annotations__", ())):
        member = vars(cls).get(name)
        own = member.graphql_name if isinstance(member, StrawberryField) else None
        yield own or to_camel_case(name)
