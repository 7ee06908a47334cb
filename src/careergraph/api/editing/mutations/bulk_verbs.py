"""The verbs on many documents at once, as mutations."""

from typing import Annotated

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.declaration import FromArguments
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.editing.arguments import OfBases, OfDocument, OfNote, bases_of, bounded, filter_of_documents
from careergraph.api.editing.bulk import BulkReport, Replacement
from careergraph.api.editing.document import DocumentFilter
from careergraph.api.editing.enums import BulkAction
from careergraph.api.editing.keys import DocumentBaseInput
from careergraph.api.editing.outcome import Conflict, Rejected
from careergraph.api.editing.transaction import consider, run_publish, run_publish_or_reject
from careergraph.editorial.access.actor import Actor
from careergraph.editorial.verbs.bulk import Action, Task, bulk
from careergraph.editorial.verbs.bulk_matching import Matching, bulk_matching
from careergraph.editorial.verbs.documents.replace import Replaced, replace_reference
from careergraph.store.documents.documents import Key

BULK = 2_000
"""The cost of a verb on many documents."""


Filter = Annotated[DocumentFilter, argument("Which documents.")]
Confirm = Annotated[
    str | None,
    argument("The `confirmation` of the dry run, within 15 minutes. Without it nothing is done but to tell."),
]
What = Annotated[BulkAction, argument("What to do to each document.")]
ToRelease = Annotated[str | None, argument("The slug of the release, for `ADD_TO_RELEASE`.")]
AtVersion = Annotated[int | None, argument("The version of the catalog to go back to, for `REVERT`.")]
Partly = Annotated[bool, argument("Whether to do what can be done; otherwise all of it is done, or nothing.")]
DryRun = Annotated[bool, argument("Whether to find out only what it would do.")]
Why = Annotated[str, argument("Why; it is kept in the history and in the audit log of each document.")]

Other = Annotated[str, argument("The slug of the document, of the same type, to refer to instead.")]
Seen = Annotated[
    list[DocumentBaseInput] | None,
    argument("All documents that refer to it, each as you saw it; without them nothing is done but to tell which."),
]

ReplaceReferenceResult = Annotated[
    Replacement | Rejected | Conflict, union("ReplaceReferenceResult", "How replacing a reference can end.")
]
BulkResult = Annotated[BulkReport | Rejected, union("BulkResult", "How a bulk verb can end.")]


def task_of(
    action: What, release: ToRelease = None, version: AtVersion = None, partly: Partly = False, note: Why = ""
) -> Task:
    """Return the task of a bulk verb."""
    return Task(action=Action(action.value), release=release, version=version, partly=partly, note=bounded(note))


def some_bases(documents: Seen = None) -> dict[Key, int] | None:
    """Return the revisions that the actor saw, by document; None for none."""
    return None if documents is None else bases_of(documents)


OfSomeBases = Annotated[dict[Key, int] | None, FromArguments(some_bases)]
OfTask = Annotated[Task, FromArguments(task_of)]


@root_type("The verbs on many documents at once.")
class BulkVerbs:
    @computed(
        "Does one verb on up to 500 documents, each as you saw it, in one transaction. It needs the right to each of "
        "them.",
        cost=BULK,
    )
    def bulk(self, info: Info, bases: OfBases, task: OfTask, dry_run: DryRun = False) -> BulkResult | None:
        return run_publish_or_reject(info, lambda it, actor: bulk(it, actor, bases, task, dry_run=dry_run), BulkReport)

    @computed(
        "Finds out what one verb would do to the documents within one's scope that match a filter, up to 500. With the "
        "`confirmation` of that dry run it is done, if the same documents match at the same revisions.",
        cost=BULK,
    )
    def bulk_matching(self, info: Info, matching: Filter, task: OfTask, confirm: Confirm = None) -> BulkResult | None:
        which = Matching(**filter_of_documents(info, matching))
        return run_publish_or_reject(info, lambda it, actor: bulk_matching(it, actor, which, task, confirm), BulkReport)

    @computed(
        "Lets all documents that refer to a skill, a category, a source or a career refer to another one, live and in "
        "drafts, as one version. What is twice in a list then is there once.",
        cost=BULK,
    )
    def replace_reference(
        self, info: Info, key: OfDocument, by: Other, bases: OfSomeBases, note: OfNote
    ) -> ReplaceReferenceResult | None:
        def replace(session: Session, actor: Actor) -> Replaced:
            return replace_reference(session, actor, key, by, bases, note)

        if bases is not None:
            return run_publish(info, replace, Replacement)
        uses = consider(info, replace)  # no writer waits for who only looks
        return uses if isinstance(uses, Rejected) else Replacement(uses)
