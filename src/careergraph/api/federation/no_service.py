"""The rule that keeps the schema of the subgraph to itself, where clients may not query the schema."""

from typing import Any

from graphql import FieldNode, GraphQLError, ValidationRule


class NoServiceRule(ValidationRule):
    """Refuses `_service`, whose text says all that an introspection does."""

    def enter_field(self, node: FieldNode, *_: Any) -> None:
        """Report the field."""
        if node.name.value == "_service":
            self.report_error(GraphQLError("The schema cannot be queried here: introspection is off.", node))
