"""The arguments that several fields of the editors' side share, described once."""

from datetime import datetime
from typing import Annotated

import strawberry

from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import DocumentKeyInput

Type = Annotated[DocumentType, strawberry.argument(description="The type of the document.")]
Slug = Annotated[
    str, strawberry.argument(description="The slug of the document; of an attribute its key, of a locale its code.")
]
Keys = Annotated[list[DocumentKeyInput], strawberry.argument(description="The documents.")]
SomeKeys = Annotated[list[DocumentKeyInput] | None, strawberry.argument(description="The documents.")]
Note = Annotated[str, strawberry.argument(description="Why; it is kept in the history and in the audit log.")]
ReleaseSlug = Annotated[str, strawberry.argument(description="The slug of the release.")]
At = Annotated[
    datetime,
    strawberry.argument(
        description="The time as clocks in `zone` show it, such as `2026-05-01T09:00:00`. An offset, where it has one, "
        "must be that of the zone then."
    ),
]
Zone = Annotated[str, strawberry.argument(description="The time zone, such as `Europe/Berlin` or `UTC`.")]
Prefix = Annotated[str, strawberry.argument(description="The prefix that the token is known by.")]
Number = Annotated[int, strawberry.argument(description="Its number.")]
Below = Annotated[
    int | None, strawberry.argument(description="Only those of numbers below this: the last one of the page before.")
]
ReleaseArgument = Annotated[
    str | None, strawberry.argument(description="The slug of a release, in place of documents.")
]
After = Annotated[
    DocumentKeyInput | None, strawberry.argument(description="Only those behind this: the last one of the page before.")
]
