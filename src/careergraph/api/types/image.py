"""Image: a career's picture."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.view import View
from careergraph.engine import content


@object_type
class Image:
    """A picture, by its address."""

    of: strawberry.Private[content.Image]
    view: strawberry.Private[View]

    @field
    def url(self) -> str:
        """Where the picture is."""
        return self.of.url

    @field
    def alt(self) -> str:
        """What it shows, in words."""
        return self.view.read(self.of.alt)

    @field
    def credit(self) -> str | None:
        """Whom to credit for it; null where nobody needs to be."""
        return self.of.credit
