"""ExternalId: the name of a career or a skill elsewhere."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.engine import content


@object_type
class ExternalId:
    """The id of a career or a skill in somebody else's scheme."""

    of: strawberry.Private[content.ExternalId]

    @field
    def scheme(self) -> str:
        """The scheme, such as `soc`, `onet` or `esco`."""
        return self.of.scheme

    @field
    def id(self) -> str:
        """The id in that scheme."""
        return self.of.id
