"""SavedFilter: a filter of a list that a person keeps."""

from datetime import datetime

from careergraph.api.base.declare import Mirror, attr, input_field, input_type, object_type
from careergraph.api.base.scalars import Json
from careergraph.store.access import saved_filters


@object_type(saved_filters.SavedFilter, "A filter that you keep for a screen. Nobody else sees it.")
class SavedFilter(Mirror):
    screen: str = attr("The screen that it narrows down, such as `documents`.")
    name: str = attr("Its name, of which there is one for each screen.")
    filter: Json = attr("The filter, as it was saved.", lambda of: Json(of.filter))
    saved_at: datetime = attr("When it was saved last.")


@input_type("A filter of saved filters.")
class SavedFilterFilter:
    screen: str | None = input_field("Of this screen.", default=None)
