"""The arguments that several fields of the editors' side share, and parameters that are made of them."""

from datetime import datetime
from typing import Annotated

from careergraph.api.base.arguments import Info
from careergraph.api.base.declaration import FromArguments
from careergraph.api.base.declare import argument
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import DocumentBaseInput, DocumentKeyInput
from careergraph.api.editing.transaction import actor_of
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.preview.selection import Selection
from careergraph.store.documents.documents import Key

Type = Annotated[DocumentType, argument("The type of the document.")]
Slug = Annotated[str, argument("The slug of the document; of an attribute its key, of a locale its code.")]
Types = Annotated[list[DocumentType] | None, argument("Only documents of these types.")]
Documents = Annotated[list[DocumentKeyInput], argument("The documents.")]
SomeDocuments = Annotated[list[DocumentKeyInput] | None, argument("The documents.")]
Drafts = Annotated[list[DocumentBaseInput], argument("The documents, each with the revision that you saw.")]
SomeDrafts = Annotated[list[DocumentBaseInput] | None, argument("The documents, each with the revision that you saw.")]
SeenBase = Annotated[
    int,
    argument(
        "The newest revision that you saw (`EditorDocument.revision`). If there is another one now, the answer is a "
        "Conflict with the difference."
    ),
]
SeenRelease = Annotated[
    str, argument("The state of the release that you saw (`Release.state`). If it is another one now, nothing is done.")
]
Locales = Annotated[
    list[str] | None,
    argument(
        "Only texts in these locales; all else stays as it is live, figures too, and remains a draft. By default all, "
        "and what is the same in all locales."
    ),
]
Without = Annotated[
    list[str] | None, argument("Locales that come later: their texts stay as they are live, and remain a draft.")
]
Note = Annotated[str, argument("Why; it is kept in the history and in the audit log.")]
ReleaseSlug = Annotated[str, argument("The slug of the release.")]
At = Annotated[
    datetime,
    argument(
        "The time as clocks in `zone` show it, such as `2026-05-01T09:00:00`. An offset, where it has one, "
        "must be that of the zone then."
    ),
]
Zone = Annotated[str, argument("The time zone, such as `Europe/Berlin` or `UTC`.")]
Prefix = Annotated[str, argument("The prefix that the token is known by.")]
Number = Annotated[int, argument("Its number.")]
Below = Annotated[int | None, argument("Only those of numbers below this: the last one of the page before.")]
ReleaseArgument = Annotated[str | None, argument("The slug of a release, in place of documents.")]
After = Annotated[DocumentKeyInput | None, argument("Only those behind this: the last one of the page before.")]


def key_of(type: Type, slug: Slug) -> Key:
    """Return the key of a document."""
    return type.value.lower(), slug


def keys_of(documents: Documents) -> tuple[Key, ...]:
    """Return the keys of documents."""
    return tuple([key_of(it.type, it.slug) for it in documents])


def bases_of(documents: Drafts) -> dict[Key, int]:
    """Return the revisions that the actor saw, by document."""
    return {key_of(it.type, it.slug): it.base for it in documents}


def some_bases_of(documents: SomeDrafts = None) -> dict[Key, int]:
    """Return the revisions that the actor saw, by document; none without documents."""
    return bases_of(documents or [])


def locale_filter_of(locales: Locales = None, without: Without = None) -> LocaleFilter:
    """Return the locales whose texts go live."""
    return LocaleFilter.of(locales, without)


def selection_of(documents: SomeDocuments = None, release: ReleaseArgument = None) -> Selection:
    """Return the selection of a release, or else of some documents."""
    return Selection(release=release, keys=() if release is not None else keys_of(documents or []))


def key_before(after: After = None) -> Key | None:
    """Return the key that a page begins behind; None for the first page."""
    return None if after is None else key_of(after.type, after.slug)


def types_within_scope(info: Info, types: Types = None) -> frozenset[str] | None:
    """Return the requested types within the actor's scope; None for all."""
    mine = actor_of(info).scope.types
    if types is None:
        return mine
    requested = frozenset(it.value.lower() for it in types)
    return requested if mine is None else requested & mine


OfDocument = Annotated[Key, FromArguments(key_of)]
OfDocuments = Annotated[tuple[Key, ...], FromArguments(keys_of)]
OfBases = Annotated[dict[Key, int], FromArguments(bases_of)]
OfSomeBases = Annotated[dict[Key, int], FromArguments(some_bases_of)]
InLocales = Annotated[LocaleFilter, FromArguments(locale_filter_of)]
Selected = Annotated[Selection, FromArguments(selection_of)]
Behind = Annotated[Key | None, FromArguments(key_before)]
OfTypes = Annotated[frozenset[str] | None, FromArguments(types_within_scope)]
"""Parameters of resolvers, made of these arguments."""
