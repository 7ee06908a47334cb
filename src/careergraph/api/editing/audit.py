"""AuditEntry: who did what."""

from datetime import datetime

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.scalars import Json
from careergraph.api.editing.ask import sees
from careergraph.api.editing.keys import DocumentKey, key_or_none
from careergraph.store.access.audit import Entry


@object_type
class AuditEntry:
    """Who did what. Each entry is chained to the one before by its digest."""

    of: strawberry.Private[Entry]

    @field
    def sequence(self) -> int:
        """Its place in the log: 1 for the first."""
        return self.of.sequence

    @field
    def at(self) -> datetime:
        """When."""
        return self.of.at

    @field
    def actor(self) -> str:
        """Who."""
        return self.of.actor

    @field
    def verb(self) -> str:
        """What was done."""
        return self.of.verb

    @field
    def document(self) -> DocumentKey | None:
        """To which document; null for what concerns none."""
        return key_or_none(self.of.key)

    @field
    def detail(self, info: Info) -> Json:
        """What else there is to say; of the documents that it names in `keys`, those within one's scope."""
        detail = dict(self.of.detail)
        if "keys" in detail:
            detail["keys"] = [it for it in detail["keys"] if sees(info.context, (str(it[0]), str(it[1])))]
        return Json(detail)

    @field
    def digest(self) -> str:
        """Its digest: SHA-256, in hex, of the digest before it and of the entry."""
        return self.of.digest
