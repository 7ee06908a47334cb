"""AuditEntry: an entry of the audit log."""

from datetime import datetime

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, attr, computed, input_field, input_type, object_type
from careergraph.api.base.scalars import Json
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import DocumentKey, key_or_none
from careergraph.api.editing.people import display_name
from careergraph.api.editing.transaction import sees
from careergraph.store.access.audit import Entry


@object_type(Entry, "An entry of the audit log, chained to the one before by its digest.")
class AuditEntry(Mirror):
    of: strawberry.Private[Entry]

    sequence: int = attr("Its place in the log: 1 for the first.")
    at: datetime = attr("The time.")
    actor: str = attr("The name of the actor.")
    actor_name: str | None = attr("The display name of the actor.", display_name(lambda of: of.actor))
    verb: str = attr("The verb.")
    document: DocumentKey | None = attr("The document; null for a verb on none.", lambda of: key_or_none(of.key))

    @computed("Further details; of the documents in `keys` only those within one's scope.")
    def detail(self, info: Info) -> Json:
        detail = dict(self.of.detail)
        if "keys" in detail:
            detail["keys"] = [it for it in detail["keys"] if sees(info, (str(it[0]), str(it[1])))]
        return Json(detail)

    digest: str = attr("Its digest: SHA-256, in hex, of the digest before it and of the entry.")


@input_type("A filter of the audit log. All conditions that are set must hold.")
class AuditFilter:
    type: DocumentType | None = input_field("About documents of this type.", default=None)
    slug: str | None = input_field("About documents of this slug.", default=None)
    actor: str | None = input_field("Of this actor.", default=None)
    verb: str | None = input_field("Of this verb, such as `publish`.", default=None)
    since: datetime | None = input_field("At or after this time.", default=None)
    until: datetime | None = input_field("Before this time.", default=None)
