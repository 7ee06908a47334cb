"""The readers' part of the schema: whether a document means more than that."""

import re

from graphql import (
    BREAK,
    DocumentNode,
    FieldNode,
    GraphQLSchema,
    NamedTypeNode,
    Node,
    OperationDefinitionNode,
    OperationType,
    Visitor,
    VisitorAction,
    visit,
)

from careergraph.api.readers_schema import EDITORS_FIELDS


def needs_whole(document: DocumentNode, text: str) -> bool:
    """Return whether a document means another schema than a part of it, even if it fits that."""
    kinds = {it.operation for it in document.definitions if isinstance(it, OperationDefinitionNode)}
    return OperationType.MUTATION in kinds or _INTROSPECTION.search(text) is not None


_INTROSPECTION = re.compile(r"\b__(?:schema|type)\b")


def names_more(document: DocumentNode, part: GraphQLSchema) -> bool:
    """Return whether a document names what a whole schema may have beside a part of it: another type, or a field of
    editors. Any other document fits both or neither, as the types of the part are the same in both."""
    names = _Names(part)
    visit(document, names)
    return names.more


class _Names(Visitor):
    """Looks for names that a part of the schema does not have."""

    def __init__(self, part: GraphQLSchema) -> None:
        super().__init__()
        self._types, self.more = part.type_map, False

    def enter(self, node: Node, *_: object) -> VisitorAction:
        """Look at one node, and at no further one once a name is there."""
        if isinstance(node, NamedTypeNode):
            self.more = node.name.value not in self._types
        elif isinstance(node, FieldNode):
            self.more = node.name.value in EDITORS_FIELDS
        return BREAK if self.more else None
