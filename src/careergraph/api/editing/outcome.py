"""Rejected and Conflict: the two ways in which a mutation can fail."""

from typing import Any

import strawberry

from careergraph.api.base.declare import Mirror, attr, child, children, computed, object_type
from careergraph.api.base.scalars import Document, Json
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import DocumentKey
from careergraph.editorial.content import diff, outcome, problem


@object_type(problem.Problem, "A problem, and its place.")
class Problem(Mirror):
    of: strawberry.Private[problem.Problem]

    code: str = attr(
        "The code that a program finds it again under; they are listed in `docs/reference/problems.md`.", "code.value"
    )
    path: str = attr(
        "The field at fault, as it would be written in a program: `values[2].low`; empty for the whole document."
    )
    message: str = attr("The message. It never repeats a text, only names and slugs.")

    @computed("The type of the document at fault; null where the problem is of none.")
    def type(self) -> DocumentType | None:
        is_document_type = self.of.type is not None and self.of.type.upper() in DocumentType.__members__
        return DocumentType(str(self.of.type).upper()) if is_document_type else None

    slug: str | None = attr(
        "The slug of the document at fault; null where the problem is of none, or of one that is not known yet.",
        "ident",
    )
    file: str | None = attr("The name of the file at fault, of an import; null where the problem is of none.")
    line: int | None = attr("The line of the file, from 1; null where the problem is of no line.")


@object_type(outcome.Rejected, "Nothing was done, because something is not as it must be.")
class Rejected(Mirror):
    problems: list[Problem] = children("All problems.")


@object_type(diff.Difference, "A field that two states of a document do not have alike.")
class Difference(Mirror):
    path: str = attr("The field. Items of a list go by their key (a value by its attribute), or else by position.")
    before: Json | None = attr("The content before; null where it was absent.", lambda of: _json(of.before))
    after: Json | None = attr("The content after; null where it is absent.", lambda of: _json(of.after))


@object_type(
    outcome.Conflict,
    "Nothing was done, because somebody else changed the document meanwhile. Nothing is lost: both "
    "states are here. Make the two one, and save again with `revision` as the base.",
)
class Conflict(Mirror):
    key: DocumentKey = child("Which document it is.")
    base: Document | None = attr(
        "The state you started from; null for no document.", lambda of: document_or_none(of.base)
    )
    yours: Document | None = attr("Your state; null for no document.", lambda of: document_or_none(of.yours))
    theirs: Document | None = attr("The present state; null for no document.", lambda of: document_or_none(of.theirs))
    revision: int = attr("The revision that is there now; 0 where there is none.")
    difference: list[Difference] = children("The fields that differ between theirs and yours.")


def document_or_none(body: outcome.Body | None) -> Document | None:
    """A body as the scalar; None for None."""
    return None if body is None else Document(dict(body))


def _json(value: Any) -> Json | None:
    return None if value is None else Json(value)
