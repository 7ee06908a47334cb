"""Mutation: the editors' verbs. Each is nullable: null comes with one coded error, of who asks or of the database."""

from careergraph.api.describe import object_type
from careergraph.api.editor.access_verbs import AccessVerbs
from careergraph.api.editor.document_verbs import DocumentVerbs
from careergraph.api.editor.endpoint_verbs import EndpointVerbs
from careergraph.api.editor.link_verbs import LinkVerbs
from careergraph.api.editor.release_verbs import ReleaseVerbs


@object_type
class Mutation(DocumentVerbs, LinkVerbs, ReleaseVerbs, AccessVerbs, EndpointVerbs):
    """What editors can do: one verb each, in a transaction of its own, one after the other. Each asks for the right,
    checks, writes, is recorded in the audit log, and tells endpoints. `docs/reference/roles.md` says who may."""
