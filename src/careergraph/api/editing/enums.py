"""The enums of the editors' side: mirrors of those of `editorial` and `store`, and the document types."""

from enum import StrEnum
from typing import TYPE_CHECKING

from careergraph.api.base.describe import mirror
from careergraph.editorial.access import actor
from careergraph.store.editing import schedules
from careergraph.store.events import deliveries


class DocumentTypes(StrEnum):
    """The types of documents that editors write."""

    CAREER = "CAREER"
    """A career."""
    SKILL = "SKILL"
    """A skill concept."""
    CATEGORY = "CATEGORY"
    """A field of work."""
    ATTRIBUTE = "ATTRIBUTE"
    """What careers are compared by, with its phrases. Its slug is its key."""
    COLLECTION = "COLLECTION"
    """A list of careers."""
    SOURCE = "SOURCE"
    """Where figures come from."""
    LOCALE = "LOCALE"
    """A language with its phrases. Its slug is its code."""
    PAIR = "PAIR"
    """What an editor says of two careers. Its slug is that of the comparison, in alphabetical order."""


if TYPE_CHECKING:
    from careergraph.editorial.access.actor import Role as Role

    DocumentType = DocumentTypes
    ScheduleAction = schedules.Action
    DeliveryState = deliveries.State
else:
    DocumentType = mirror(DocumentTypes, "DocumentType")
    Role = mirror(actor.Role)
    ScheduleAction = mirror(schedules.Action, "ScheduleAction")
    DeliveryState = mirror(deliveries.State, "DeliveryState")
