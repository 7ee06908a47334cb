"""Node: what can be fetched again by its id."""

import strawberry

from careergraph.api.describe import field, interface


@interface
class Node:
    """A document that can be fetched again by its id. Two variants of it (another locale, another date, a preview) have
    different ids; the slug is the same."""

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the document."""
        raise NotImplementedError
