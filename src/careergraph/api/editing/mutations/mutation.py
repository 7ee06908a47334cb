"""Mutation: the editors' verbs. Each is nullable: null comes with one coded error, of who asks or of the database."""

from careergraph.api.base.describe import object_type
from careergraph.api.editing.mutations.access_verbs import AccessVerbs
from careergraph.api.editing.mutations.document_verbs import DocumentVerbs
from careergraph.api.editing.mutations.endpoint_verbs import EndpointVerbs
from careergraph.api.editing.mutations.link_verbs import LinkVerbs
from careergraph.api.editing.mutations.release_verbs import ReleaseVerbs


@object_type
class Mutation(DocumentVerbs, LinkVerbs, ReleaseVerbs, AccessVerbs, EndpointVerbs):
    """What editors can do: one verb each, in a transaction of its own, one after the other. Each asks for the right,
    checks, writes, is recorded in the audit log, and tells endpoints. `docs/reference/roles.md` says who may."""
