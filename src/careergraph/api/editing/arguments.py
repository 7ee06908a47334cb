"""The arguments that several fields of the editors' side share, parameters that are made of them, and checks that what
they name is there: a misspelt name is no empty list."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime
from typing import Annotated, Any

from sqlalchemy.orm import Session

from careergraph.api.base.arguments import Info
from careergraph.api.base.codes import EditorCode, refused
from careergraph.api.base.declaration import FromArguments
from careergraph.api.base.declare import argument
from careergraph.api.editing.connection import conditions
from careergraph.api.editing.enums import DocumentType
from careergraph.api.editing.keys import DocumentBaseInput, DocumentKeyInput
from careergraph.api.editing.transaction import actor_of, read, sees
from careergraph.editorial.access.recorded import RECORDED
from careergraph.editorial.access.roles import Verb
from careergraph.editorial.content.locale_filter import LocaleFilter
from careergraph.editorial.editing.document_state import is_present
from careergraph.editorial.preview.selection import Selection
from careergraph.editorial.webhooks.kinds import KINDS
from careergraph.engine.content.did_you_mean import close_slugs
from careergraph.engine.errors import Code, CodedError
from careergraph.store.access.audit import has_verb
from careergraph.store.database.sorted_query import SortedQuery
from careergraph.store.documents.documents import AttributeDocument, Key, LocaleDocument
from careergraph.store.editing.drafts import state
from careergraph.store.editing.listing import present_idents
from careergraph.store.editing.releases import release
from careergraph.store.events.endpoints import endpoints
from careergraph.store.events.outbox import has_kind, newest_event

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
Note = Annotated[str, argument("Why, in up to 2,000 characters; it is kept in the history and in the audit log.")]
LONGEST_NOTE = 2_000
"""The longest note, in characters: it is in each entry of the audit log."""
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
    """Return the selection of a release, or of some documents."""
    return Selection(release=release, keys=keys_of(documents or []))


def note_of(note: Note = "") -> str:
    """Return a note. Raises CodedError TEXT_TOO_LONG."""
    return bounded(note)


def bounded(note: str) -> str:
    """Return a note that is not too long. Raises CodedError TEXT_TOO_LONG."""
    if len(note) > LONGEST_NOTE:
        message = f"A note has at most {LONGEST_NOTE:,} characters."
        raise CodedError(Code.TEXT_TOO_LONG, message, maximum=LONGEST_NOTE)
    return note


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


def require_locale(info: Info, code: str) -> None:
    """Require a locale that is live, or that the actor sees as a draft. Raises CodedError UNKNOWN_LOCALE."""
    live = info.context.catalog.locales
    if code not in live and not _is_drafted(info, LocaleDocument.TYPE, code):
        raise CodedError(Code.UNKNOWN_LOCALE, "The catalog is not written in this locale.", locales=list(live))


def require_attributes(info: Info, keys: Iterable[str] | None) -> None:
    """Require attributes that are live, or that the actor sees as drafts. Raises CodedError UNKNOWN_ATTRIBUTE."""
    catalog = info.context.catalog
    for key in keys or ():
        if key not in catalog.attributes and not _is_drafted(info, AttributeDocument.TYPE, key):
            close = close_slugs(catalog, "attributes", key)
            raise CodedError(Code.UNKNOWN_ATTRIBUTE, "No attribute has this key.", suggestions=close)


def require_document(info: Info, key: Key, users: SortedQuery[Any]) -> None:
    """Require a document that there is, or was, or that has users: drafts may refer to one that is still to come.
    Raises GraphQLError UNKNOWN, and FORBIDDEN for an actor without the right to see it."""
    document = read(info, lambda it: state(it, key), key=key)
    if not (document.has_history or is_present(document) or read(info, users.count)):
        raise refused(EditorCode.UNKNOWN, "There is no such document, and none refers to one of this name.")


def filter_of_documents(info: Info, criteria: object | None) -> dict[str, Any]:
    """Return the conditions of a filter of documents. Raises CodedError UNKNOWN_LOCALE and BAD_DATE, and GraphQLError
    UNKNOWN for a release that there is not."""
    fields = filter_with_release(info, criteria)
    if "lacks" in fields:
        require_locale(info, fields["lacks"])
    return fields


def filter_with_release(info: Info, criteria: object | None, verb: Verb = Verb.VIEW) -> dict[str, Any]:
    """Return the conditions of a filter that may name a release. Raises CodedError BAD_DATE, and GraphQLError UNKNOWN
    for a release that there is not."""
    fields = conditions(criteria)
    if "release" in fields and read(info, lambda it: release(it, fields["release"]), verb=verb) is None:
        raise refused(EditorCode.UNKNOWN, "There is no release of this slug.")
    return fields


def filter_of_entries(info: Info, criteria: object | None) -> dict[str, Any]:
    """Return the conditions of a filter of the audit log. Raises CodedError BAD_DATE, and GraphQLError BAD_USER_INPUT
    for a verb that is never recorded, and was not by an earlier version."""
    fields = conditions(criteria)
    _require(info, fields, "verb", RECORDED, has_verb, Verb.VIEW_AUDIT)
    return fields


def filter_of_events(info: Info, criteria: object | None) -> dict[str, Any]:
    """Return the conditions of a filter of events. Raises CodedError BAD_DATE, and GraphQLError BAD_USER_INPUT for a
    kind that there is not."""
    fields = conditions(criteria)
    _require(info, fields, "kind", KINDS, has_kind, Verb.MANAGE_ENDPOINTS)
    return fields


def filter_of_deliveries(info: Info, criteria: object | None) -> dict[str, Any]:
    """Return the conditions of a filter of deliveries. Raises CodedError BAD_DATE, and GraphQLError BAD_USER_INPUT for
    a kind, an endpoint or an event that there is not. An event that is long gone is no such."""
    fields = filter_of_events(info, criteria)
    if "endpoint" in fields:
        numbers = read(info, lambda it: [one.number for one in endpoints(it)], verb=Verb.MANAGE_ENDPOINTS)
        _require(info, fields, "endpoint", numbers)
    if "event" in fields:
        newest = read(info, newest_event, verb=Verb.MANAGE_ENDPOINTS)
        if not 1 <= fields["event"] <= newest:
            raise refused(EditorCode.BAD_USER_INPUT, f"There is no such event yet: the newest is {newest}.")
    return fields


def _require(  # noqa: PLR0913, PLR0917 - a condition, and what may stand there
    info: Info,
    fields: Mapping[str, Any],
    name: str,
    right: Collection[Any],
    occurs: Callable[[Session, Any], bool] | None = None,
    verb: Verb = Verb.VIEW,
) -> None:
    """Require a condition to name something right, or something that occurs all the same. Raises GraphQLError
    BAD_USER_INPUT."""
    value = fields.get(name)
    if value is None or value in right:
        return
    if occurs is None or not read(info, lambda it: occurs(it, value), verb=verb):
        raise refused(EditorCode.BAD_USER_INPUT, f"No {name} is called that.", argument=name, right=sorted(right))


def _is_drafted(info: Info, type_name: str, ident: str) -> bool:
    if not sees(info, (type_name, ident)):
        return False
    return ident in read(info, lambda session: present_idents(session, type_name))


OfNote = Annotated[str, FromArguments(note_of)]
OfDocument = Annotated[Key, FromArguments(key_of)]
OfDocuments = Annotated[tuple[Key, ...], FromArguments(keys_of)]
OfBases = Annotated[dict[Key, int], FromArguments(bases_of)]
OfSomeBases = Annotated[dict[Key, int], FromArguments(some_bases_of)]
InLocales = Annotated[LocaleFilter, FromArguments(locale_filter_of)]
Selected = Annotated[Selection, FromArguments(selection_of)]
Behind = Annotated[Key | None, FromArguments(key_before)]
OfTypes = Annotated[frozenset[str] | None, FromArguments(types_within_scope)]
"""Parameters of resolvers, made of these arguments."""
