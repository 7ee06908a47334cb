"""The verbs of reviews, as mutations."""

from typing import Annotated

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import argument, computed, root_type, union
from careergraph.api.editing.arguments import Number, OfDocument, OfNote, SeenBase
from careergraph.api.editing.mutations.document_verbs import WRITE, Assignee, DocumentResult, change_document
from careergraph.api.editing.outcome import Rejected
from careergraph.api.editing.people import Comment
from careergraph.api.editing.transaction import run_verb_or_reject
from careergraph.editorial.verbs.documents.review import (
    add_comment,
    approve,
    assign,
    reopen_comment,
    resolve_comment,
    send_back,
)

Reason = Annotated[str, argument("Why; its author reads it.")]
Field = Annotated[
    str,
    argument("The field, as in problems and differences, such as `values.salary.low`; empty for the whole document."),
]
Words = Annotated[str, argument("The text.")]
Commented = Annotated[int, argument("The revision that you comment on, the newest or an earlier one.")]

CommentResult = Annotated[Comment | Rejected, union("CommentResult", "How a verb on a comment can end.")]


@root_type("The verbs of reviews.")
class ReviewVerbs:
    @computed(
        "Takes a draft out of review, for a reason that its author reads, and with the approvals that it has.",
        cost=WRITE,
    )
    def send_back(self, info: Info, key: OfDocument, base: SeenBase, reason: Reason) -> DocumentResult | None:
        return change_document(info, key, lambda it, actor: send_back(it, actor, key, reason, base=base))

    @computed("Says who is to review a draft that was handed in; without `assignee`, nobody in particular.", cost=WRITE)
    def assign(self, info: Info, key: OfDocument, base: SeenBase, assignee: Assignee = None) -> DocumentResult | None:
        return change_document(info, key, lambda it, actor: assign(it, actor, key, assignee, base=base))

    @computed(
        "Approves a draft that others wrote. The next save takes the approval away. Drafts of a type may need some "
        "before they are published (the setting `approvals`).",
        cost=WRITE,
    )
    def approve(self, info: Info, key: OfDocument, base: SeenBase, note: OfNote) -> DocumentResult | None:
        return change_document(info, key, lambda it, actor: approve(it, actor, key, note, base=base))

    @computed("Comments on a field of a document, as of a revision.", cost=WRITE)
    def add_comment(
        self, info: Info, key: OfDocument, base: Commented, text: Words, path: Field = ""
    ) -> CommentResult | None:
        return run_verb_or_reject(info, lambda it, actor: add_comment(it, actor, key, path, text, base=base), Comment)

    @computed("Marks a comment as resolved.", cost=WRITE)
    def resolve_comment(self, info: Info, number: Number) -> CommentResult | None:
        return run_verb_or_reject(info, lambda it, actor: resolve_comment(it, actor, number), Comment)

    @computed("Marks a comment that was resolved as open again.", cost=WRITE)
    def reopen_comment(self, info: Info, number: Number) -> CommentResult | None:
        return run_verb_or_reject(info, lambda it, actor: reopen_comment(it, actor, number), Comment)
