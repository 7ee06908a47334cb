"""Query: the root fields of the public schema, those of editors among them."""

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import computed, root_type
from careergraph.api.editing.editor import Editor
from careergraph.api.editing.transaction import actor_of
from careergraph.api.query import QUERIES, ReadersQuery


@root_type(QUERIES)
class Query(ReadersQuery):
    @computed("The editors' view: drafts, history, releases, the effects of a publish. For editors only.", private=True)
    def editor(self, info: Info) -> Editor | None:
        actor_of(info)
        return Editor()
