"""The verbs on one's own saved filters, as mutations."""

from typing import Annotated

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.base.scalars import Json
from careergraph.api.editing.mutations.document_verbs import WRITE
from careergraph.api.editing.outcome import Rejected
from careergraph.api.editing.people import SavedFilter
from careergraph.api.editing.transaction import run_verb_or_reject
from careergraph.editorial.verbs.access.saved_filters import delete_filter, save_filter

Screen = Annotated[str, argument("The screen that it narrows down, such as `documents`: up to 50 letters and hyphens.")]
Name = Annotated[str, argument("Its name, for people: up to 100 characters.")]
Content = Annotated[Json, argument("The filter: a JSON object of up to 4,000 bytes, such as the `filter` of a list.")]
SavedFilterResult = Annotated[
    SavedFilter | Rejected, union("SavedFilterResult", "How saving or deleting a filter can end.")
]


@root_type("The verbs on one's own saved filters.")
class FilterVerbs:
    @computed("Saves a filter for yourself, in the place of one of the same screen and name. At most 100.", cost=WRITE)
    def save_filter(self, info: Info, screen: Screen, name: Name, filter: Content) -> SavedFilterResult | None:
        return run_verb_or_reject(info, lambda it, actor: save_filter(it, actor, screen, name, filter), SavedFilter)

    @computed("Deletes a filter of your own.", cost=WRITE)
    def delete_filter(self, info: Info, screen: Screen, name: Name) -> SavedFilterResult | None:
        return run_verb_or_reject(info, lambda it, actor: delete_filter(it, actor, screen, name), SavedFilter)
