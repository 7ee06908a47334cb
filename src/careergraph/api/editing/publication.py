"""SavedDraft and Publication: what saving and publishing did."""

from typing import Annotated, TypeAlias

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.describe import field, object_type
from careergraph.api.base.field_meta import traits
from careergraph.api.editing.ask import read
from careergraph.api.editing.document import EditorDocument
from careergraph.api.editing.keys import DocumentKey
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.editing import publication
from careergraph.editorial.verbs.documents import save_draft
from careergraph.store.editing.drafts import state


@object_type
class SavedDraft:
    """A draft that was written down. What is live stays as it is."""

    of: strawberry.Private[save_draft.Saved]

    @field
    def revision(self) -> int:
        """The revision that it is now: the `base` of the next save."""
        return self.of.revision

    @field
    @traits(weight=2)
    def document(self, info: Info) -> EditorDocument | None:
        """The document."""
        return EditorDocument(read(info.context, Verb.VIEW, self.of.key, lambda it: state(it, self.of.key)))


@object_type
class Publication:
    """What became live, or is live no longer, all of it at once."""

    of: strawberry.Private[publication.Published]

    @field
    def version(self) -> int | None:
        """The version of the catalog that it made; null where nothing changed that is live."""
        return self.of.version

    @field
    def changed(self) -> list[DocumentKey]:
        """The documents that are live otherwise than before, or no longer."""
        return [DocumentKey(it) for it in self.of.changed]


SaveDraftResult: TypeAlias = Annotated[
    SavedDraft | Rejected | Conflict,
    strawberry.union("SaveDraftResult", description="How saving a draft can end."),
]
RevertResult: TypeAlias = Annotated[
    SavedDraft | Rejected,
    strawberry.union("RevertResult", description="How going back to a revision can end."),
]
DocumentResult: TypeAlias = Annotated[
    EditorDocument | Rejected,
    strawberry.union(
        "DocumentResult", description="How a verb on a draft can end: with the document as it stands then."
    ),
]
PublishResult: TypeAlias = Annotated[
    Publication | Rejected | Conflict,
    strawberry.union("PublishResult", description="How publishing, and renaming, can end."),
]
UnpublishResult: TypeAlias = Annotated[
    Publication | Rejected,
    strawberry.union("UnpublishResult", description="How taking a document from what is live can end."),
]
