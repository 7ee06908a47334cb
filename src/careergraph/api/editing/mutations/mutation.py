"""Mutation: the editors' verbs. Each is nullable: null comes with one coded error, of who asks or of the database."""

from careergraph.api.base.declare import root_type
from careergraph.api.editing.mutations.access_verbs import AccessVerbs
from careergraph.api.editing.mutations.bulk_verbs import BulkVerbs
from careergraph.api.editing.mutations.document_verbs import DocumentVerbs
from careergraph.api.editing.mutations.endpoint_verbs import EndpointVerbs
from careergraph.api.editing.mutations.filter_verbs import FilterVerbs
from careergraph.api.editing.mutations.import_verbs import ImportVerbs
from careergraph.api.editing.mutations.link_verbs import LinkVerbs
from careergraph.api.editing.mutations.release_verbs import ReleaseVerbs
from careergraph.api.editing.mutations.review_verbs import ReviewVerbs


@root_type(
    "The verbs of editors, each in a transaction of its own, one after the other. Each asks for the right, "
    "checks, writes, is recorded in the audit log, and tells endpoints. `docs/reference/roles.md` says who may."
)
class Mutation(
    DocumentVerbs, ReviewVerbs, BulkVerbs, LinkVerbs, ReleaseVerbs, AccessVerbs, FilterVerbs, EndpointVerbs, ImportVerbs
):
    """The verbs of all kinds."""
