"""Node: what can be fetched again by its id."""

from typing import TYPE_CHECKING

import strawberry

from careergraph.api.base.describe import field, interface

if TYPE_CHECKING:
    from careergraph.api.base.view import View


@interface
class Node:
    """A document that can be fetched again by its id. Two variants of it (another locale, another date, a preview) have
    different ids; the slug is the same."""

    if TYPE_CHECKING:

        @property
        def view(self) -> View:
            """What it is read from: a field of each type."""

    @field
    def id(self) -> strawberry.ID:
        """An opaque id of this variant of the document."""
        raise NotImplementedError

    @field
    def locale(self) -> str:
        """The locale it is read in: where `de-AT` was requested and there is none, `de`."""
        return self.view.localized.locale.code
