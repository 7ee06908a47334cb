"""Viewer: who asks."""

import strawberry

from careergraph.api.base.describe import field, object_type


@object_type
class Viewer:
    """The user that the host application has signed in."""

    of: strawberry.Private[object]

    @field
    def name(self) -> str:
        """What the host calls the user: the display name, the identity, or else the user as a text."""
        for attribute in ("display_name", "identity"):
            try:
                name = getattr(self.of, attribute, None)
            except NotImplementedError:  # Starlette's BaseUser has both, and leaves them to the host
                continue
            if isinstance(name, str) and name:
                return name
        return str(self.of)
