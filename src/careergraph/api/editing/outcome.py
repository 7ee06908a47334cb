"""Rejected and Conflict: the two ways in which a mutation can end other than done."""

from typing import Any

import strawberry

from careergraph.api.base.describe import field, object_type
from careergraph.api.base.scalars import Document, Json
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import DocumentKey
from careergraph.editorial.content import diff, outcome, problem


@object_type
class Problem:
    """One thing that is wrong, and where."""

    of: strawberry.Private[problem.Problem]

    @field
    def code(self) -> str:
        """The code that a program finds it again under; they are listed in `docs/reference/problems.md`."""
        return self.of.code.value

    @field
    def path(self) -> str:
        """The field at fault, as it would be written in a program: `values[2].low`; empty for the whole document."""
        return self.of.path

    @field
    def message(self) -> str:
        """What is wrong. It never repeats a text, only names and slugs."""
        return self.of.message

    @field
    def type(self) -> DocumentType | None:
        """The type of the document at fault; null where the problem is of none."""
        is_document_type = self.of.type is not None and self.of.type.upper() in DocumentType.__members__
        return DocumentType(str(self.of.type).upper()) if is_document_type else None

    @field
    def slug(self) -> str | None:
        """The slug of the document at fault; null where the problem is of none, or of one that is not known yet."""
        return self.of.ident


@object_type
class Rejected:
    """Nothing was done, because something is not as it must be."""

    of: strawberry.Private[outcome.Rejected]

    @field
    def problems(self) -> list[Problem]:
        """All that is wrong."""
        return [Problem(it) for it in self.of.problems]


@object_type
class Difference:
    """A field that two states of a document do not have alike."""

    of: strawberry.Private[diff.Difference]

    @field
    def path(self) -> str:
        """The field. Items of a list go by what they are known by (a value by its attribute), or else by position."""
        return self.of.path

    @field
    def before(self) -> Json | None:
        """What it was; null where it was absent."""
        return _json(self.of.before)

    @field
    def after(self) -> Json | None:
        """What it is; null where it is absent."""
        return _json(self.of.after)


@object_type
class Conflict:
    """Nothing was done, because somebody else changed the document meanwhile. Nothing is lost: both states are here.
    Make the two one, and save again with `revision` as the base."""

    of: strawberry.Private[outcome.Conflict]

    @field
    def key(self) -> DocumentKey:
        """Which document it is."""
        return DocumentKey(self.of.key)

    @field
    def base(self) -> Document | None:
        """What you started from; null for no document."""
        return document_or_none(self.of.base)

    @field
    def yours(self) -> Document | None:
        """What you have; null for no document."""
        return document_or_none(self.of.yours)

    @field
    def theirs(self) -> Document | None:
        """What is there now; null for no document."""
        return document_or_none(self.of.theirs)

    @field
    def revision(self) -> int:
        """The revision that is there now; 0 where there is none."""
        return self.of.revision

    @field
    def difference(self) -> list[Difference]:
        """What leads from theirs to yours."""
        return [Difference(it) for it in self.of.difference]


def document_or_none(body: outcome.Body | None) -> Document | None:
    """A body as the scalar."""
    return None if body is None else Document(dict(body))


def _json(value: Any) -> Json | None:
    return None if value is None else Json(value)
