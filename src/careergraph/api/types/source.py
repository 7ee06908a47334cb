"""Source: where figures come from."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.enums import SourceKind
from careergraph.engine.content import source


@object_type
class Source:
    """Where figures come from, and on what terms they may be shown."""

    of: strawberry.Private[source.Source]

    @field
    def slug(self) -> str:
        """The slug of the source."""
        return self.of.slug

    @field
    def title(self) -> str:
        """The title of the publication."""
        return self.of.title

    @field
    def publisher(self) -> str:
        """Who published it."""
        return self.of.publisher

    @field
    def kind(self) -> SourceKind:
        """How far its figures are from a measurement."""
        return self.of.kind

    @field
    def url(self) -> str | None:
        """Where it can be read; null where that is not known."""
        return self.of.url

    @field
    def licence(self) -> str | None:
        """The licence its figures are used under; null where none is stated."""
        return self.of.licence

    @field
    def credit(self) -> str | None:
        """The line that its licence asks to be shown; null where it asks for none."""
        return self.of.credit

    @field
    def vintage(self) -> str | None:
        """Its edition, such as a year or a release; null where it has none."""
        return self.of.vintage
