"""EditorUser: who asks, and what they may do."""

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.editing.enums import Role
from careergraph.api.editing.token import Scope
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.roles import ROLES, Verb


@object_type
class EditorUser:
    """Who asks, as the editors' desk knows them."""

    of: strawberry.Private[Actor]

    @field
    def name(self) -> str:
        """The name that revisions and the audit log keep."""
        return self.of.name

    @field
    def role(self) -> Role:
        """The role."""
        return Role(self.of.role.value)

    @field
    def scope(self) -> Scope:
        """What of the content is theirs to touch."""
        return Scope(self.of.scope)

    @field
    def verbs(self) -> list[str]:
        """What the role may do, by the names in `docs/reference/roles.md`."""
        return [verb.value for verb in Verb if verb in ROLES[self.of.role]]
