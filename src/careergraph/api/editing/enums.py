"""The enums of the editors' side: mirrors of those of `editorial` and `store`."""

from typing import TYPE_CHECKING

from careergraph.api.base.declare import mirror_enum
from careergraph.api.base.document_key import DocumentType as DocumentType
from careergraph.editorial.access import actor
from careergraph.editorial.content import field_changes
from careergraph.editorial.preview import change_kind
from careergraph.editorial.verbs import bulk
from careergraph.engine.described_enum import DescribedEnum
from careergraph.store.access import tokens
from careergraph.store.editing import import_jobs, import_reports, listing, releases, revisions, schedules
from careergraph.store.events import deliveries


class ImpactActions(DescribedEnum):
    """The verbs whose impact can be told before."""

    PUBLISH = "PUBLISH", "Their drafts are published."
    UNPUBLISH = "UNPUBLISH", "They are unpublished."
    ARCHIVE = "ARCHIVE", "They are archived."
    RENAME = "RENAME", "One document gets the slug `newSlug`."
    REPLACE = "REPLACE", "Live documents refer to the document `newSlug` in the place of one."


class EscoPart(DescribedEnum):
    """The parts of ESCO that can be imported alone."""

    SKILLS = "SKILLS", "The skill concepts."
    OCCUPATIONS = "OCCUPATIONS", "The occupations."


if TYPE_CHECKING:
    from careergraph.editorial.access.actor import Role as Role

    ScheduleAction = schedules.Action
    RevisionCause = revisions.Cause
    FieldChangeKind = field_changes.FieldChangeKind
    BulkAction = bulk.Action
    ScheduleStatus = schedules.Status
    ScheduleOrder = schedules.Order
    ReleaseStatus = releases.Status
    ReleaseOrder = releases.Order
    DocumentOrder = listing.Order
    TokenOrder = tokens.Order
    ImpactAction = ImpactActions
    ChangeKind = change_kind.ChangeKind
    DeliveryState = deliveries.State
    Importer = import_jobs.Importer
    ImportState = import_jobs.JobState
    ImportItemKind = import_reports.ItemKind
    ImportPart = EscoPart
else:
    Role = mirror_enum(actor.Role, "The role of an editor. Each role has the rights of those before it.")
    ScheduleAction = mirror_enum(schedules.Action, "The action of a schedule.", "ScheduleAction")
    RevisionCause = mirror_enum(revisions.Cause, "What made a revision.", "RevisionCause")
    FieldChangeKind = mirror_enum(field_changes.FieldChangeKind, "How a part of a document changed.")
    BulkAction = mirror_enum(bulk.Action, "What a bulk verb does to each document.", "BulkAction")
    ScheduleStatus = mirror_enum(schedules.Status, "How a schedule stands.", "ScheduleStatus")
    ScheduleOrder = mirror_enum(schedules.Order, "The sort keys of schedules.", "ScheduleOrder")
    ReleaseStatus = mirror_enum(releases.Status, "How a release stands.", "ReleaseStatus")
    ReleaseOrder = mirror_enum(releases.Order, "The sort keys of releases.", "ReleaseOrder")
    DocumentOrder = mirror_enum(listing.Order, "The sort keys of documents.", "DocumentOrder")
    TokenOrder = mirror_enum(tokens.Order, "The sort keys of access tokens and previews.", "TokenOrder")
    ImpactAction = mirror_enum(ImpactActions, "What would be done to documents.", "ImpactAction")
    ChangeKind = mirror_enum(
        change_kind.ChangeKind, "The most important thing that changes on the page of a comparison."
    )
    DeliveryState = mirror_enum(deliveries.State, "How a delivery stands.", "DeliveryState")
    Importer = mirror_enum(import_jobs.Importer, "What an import reads.", "Importer")
    ImportState = mirror_enum(import_jobs.JobState, "How an import stands.", "ImportState")
    ImportItemKind = mirror_enum(
        import_reports.ItemKind, "What the report of an import says of a document.", "ImportItemKind"
    )
    ImportPart = mirror_enum(EscoPart, "A part of ESCO.", "ImportPart")
