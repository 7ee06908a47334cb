"""People: who signed in as an editor, the display names of those who wrote something, the filters
that a person keeps, and reviews of drafts."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import strawberry

from careergraph.api.base.arguments import Info
from careergraph.api.base.declare import Mirror, attr, computed, input_field, input_type, object_type
from careergraph.api.base.scalars import Json
from careergraph.api.editing.enums import DocumentType, Role
from careergraph.api.editing.transaction import database_of, read
from careergraph.store.access import people, saved_filters
from careergraph.store.editing import reviews
from careergraph.store.editing.drafts import DocumentState


@object_type(people.Person, "Somebody who signed in as an editor: a user of the host, a person of a provider, a token.")
class Person(Mirror):
    name: str = attr("The name that revisions and the audit log keep.")
    display_name: str = attr(
        "The name for people to read, as of the last sign-in; `name` where there is none.",
        lambda of: of.display_name or of.name,
    )
    role: Role = attr("The role at the last sign-in.", lambda of: Role(of.role))
    types: list[DocumentType] | None = attr(
        "The document types that the role was limited to; null for all.",
        lambda of: None if of.types is None else [it for it in DocumentType if it.value.lower() in of.types],
    )
    last_seen_at: datetime = attr("When the person was last seen, to the hour.")
    erased_at: datetime | None = attr("When the display name was erased; null where it was not.")


@input_type("A filter of people. All conditions that are set must hold.")
class PersonFilter:
    text: str | None = input_field("With this text in the name or the display name.", default=None)
    role: Role | None = input_field("In this role.", default=None)


@object_type(saved_filters.SavedFilter, "A filter that you keep for a screen. Nobody else sees it.")
class SavedFilter(Mirror):
    screen: str = attr("The screen that it narrows down, such as `documents`.")
    name: str = attr("Its name, of which there is one for each screen.")
    filter: Json = attr("The filter, as it was saved.", lambda of: Json(of.filter))
    saved_at: datetime = attr("When it was saved last.")


@input_type("A filter of saved filters.")
class SavedFilterFilter:
    screen: str | None = input_field("Of this screen.", default=None)


def display_name(name_of: Callable[[Any], str | None]) -> Callable[..., str | None]:
    """Return the source of a field: the display name of a person, by a function that returns the name; None without a
    person. Each person is read once in an operation."""

    def read_name(of: Any, info: Info) -> str | None:
        name, names = name_of(of), info.context.display_names
        if name is not None and name not in names:
            names |= read(info, lambda it: people.display_names(it, [name]))
        return None if name is None else names[name]

    return read_name


@object_type(reviews.Approval, "That somebody other than its authors approved a draft. The next save takes it away.")
class Approval(Mirror):
    revision: int = attr("The revision that was approved.")
    author: str = attr("The name of who approved it.")
    author_name: str | None = attr("The display name of who approved it.", display_name(lambda of: of.author))
    created_at: datetime = attr("When.")


@object_type(reviews.Comment, "What somebody said on a field of a document. It outlives new saves.")
class Comment(Mirror):
    number: int = attr("Its number, to resolve it by.")
    revision: int = attr("The revision that it was made for.")
    path: str = attr("The field, as in problems and differences; empty for the whole document.")
    text: str = attr("The text.")
    author: str = attr("The name of who made it.")
    author_name: str | None = attr("The display name of who made it.", display_name(lambda of: of.author))
    created_at: datetime = attr("When it was made.")
    resolved_at: datetime | None = attr("When it was resolved; null where it is open.")
    resolved_by: str | None = attr("The name of who resolved it; null where it is open.")
    resolved_by_name: str | None = attr(
        "The display name of who resolved it; null where it is open.", display_name(lambda of: of.resolved_by)
    )


@input_type("A filter of comments. All conditions that are set must hold.")
class CommentFilter:
    resolved: bool | None = input_field("Only resolved ones, or only the others.", default=None)
    revision: int | None = input_field("Made for this revision.", default=None)
    author: str | None = input_field("By this person.", default=None)


@object_type(DocumentState, "How the open draft of a document stands with those who review it.")
class Review(Mirror):
    of: strawberry.Private[DocumentState]

    submitted_at: datetime | None = attr(
        "When the draft was handed in; null where it is not in review.",
        lambda of: of.submitted_at if of.review else None,
    )
    submitted_by: str | None = attr(
        "The name of who handed it in; null where it is not in review.",
        lambda of: of.submitted_by if of.review else None,
    )
    submitted_by_name: str | None = attr(
        "The display name of who handed it in; null where it is not in review.",
        display_name(lambda of: of.submitted_by if of.review else None),
    )
    assignee: str | None = attr(
        "The name of who is to review it; null where it is not in review, or nobody in particular is.",
        lambda of: of.assignee if of.review else None,
    )
    assignee_name: str | None = attr(
        "The display name of who is to review it; null where it is not in review, or nobody in particular is.",
        display_name(lambda of: of.assignee if of.review else None),
    )
    sent_back_at: datetime | None = attr("When the draft was sent back; null where it was not, or was handed in again.")
    sent_back_by: str | None = attr("The name of who sent it back; null where it was not, or was handed in again.")
    sent_back_by_name: str | None = attr(
        "The display name of who sent it back; null where it was not, or was handed in again.",
        display_name(lambda of: of.sent_back_by),
    )
    sent_back_reason: str | None = attr("Why it was sent back; null where it was not, or was handed in again.")
    contributors: list[str] = attr(
        "The names of who wrote on the open draft, and cannot approve it; none where there is none.",
        lambda of: list(of.contributors),
    )

    @computed("How many approvals by others a draft of the type needs, by the configuration, before it is published.")
    def needed_approvals(self, info: Info) -> int:
        return database_of(info).workflow.approvals.get(self.of.key[0], 0)

    @computed("The approvals of the open draft, oldest first.", cost=2)
    def approvals(self, info: Info) -> list[Approval] | None:
        key, draft = self.of.key, self.of.draft
        if draft is None:
            return []
        return [Approval(it) for it in read(info, lambda session: reviews.approvals(session, key, draft), key=key)]
