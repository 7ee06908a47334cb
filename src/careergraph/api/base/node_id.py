"""Ids: opaque names of documents. Two variants of a document (another locale, date or region) have different ids."""

from base64 import urlsafe_b64decode
from binascii import b2a_base64
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import strawberry

from careergraph.api.base.arguments import MOST_REPRESENTATIONS
from careergraph.api.base.context import Context
from careergraph.api.base.declare import Mirror, attr, interface
from careergraph.api.base.view import View, catalog_at
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.localized_catalog import localize

LONGEST = 8000
"""Characters of an id or a cursor that are looked at: none that is handed out comes near."""


_ENCODER = msgspec.json.Encoder()
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


class NodeId(NamedTuple):
    """The content of an id: type, locale and slugs of the document; for a catalog of the past its version and
    the instant of its publication; in a preview the preview's name; and the region where one was chosen."""

    type: str
    locale: str
    slugs: tuple[str, ...]
    version: int | None = None
    instant: datetime | None = None
    preview: str | None = None
    region: str | None = None

    def encode(self) -> strawberry.ID:
        """The id."""
        # what an id does not hold is left off its end, so that ids did not change when previews and regions came
        return strawberry.ID(pack(self if self.region else self[:-1] if self.preview else self[:-2]))

    def view(self, context: Context) -> View:
        """Return the view that the document is read in. Raises CodedError BAD_ID where there is none,
        TOO_MANY_INSTANTS where it is one too many."""
        if self.preview != context.preview_name:
            raise bad_id()
        try:
            if self.instant is None:
                localized = localize(context.catalog, self.locale, self.region)
                return self._exact(View(localized, preview=self.preview, media=context.media))
            catalog = catalog_at(context, self.instant)
            view = View(localize(catalog, self.locale, self.region), pinned=True, media=context.media)
        except CodedError as problem:
            if problem.code is Code.TOO_MANY_INSTANTS:
                raise
            raise bad_id() from None
        if catalog.version != self.version:
            raise bad_id()
        return self._exact(view)

    def _exact(self, view: View) -> View:
        """The view, where it is in the very locale that the id names. Raises CodedError BAD_ID."""
        if view.localized.locale.code != self.locale:
            raise bad_id()
        return view


def node_id(type_name: str, view: View, *slugs: str) -> strawberry.ID:
    """The id of a document as it is seen in a view."""
    localized = view.localized
    locale, region = localized.locale.code, localized.region
    if view.pinned:
        catalog = localized.catalog
        return NodeId(type_name, locale, slugs, catalog.version, catalog.published_at, region=region).encode()
    if view.preview or region:
        return NodeId(type_name, locale, slugs, preview=view.preview, region=region).encode()
    return strawberry.ID(pack((type_name, locale, slugs, None, None)))  # what `encode` gives, with nothing between


def document_id(description: str, type_name: str, *paths: str) -> Any:
    """Declare the id of a document: that of a type, by the slugs at these paths of its engine value."""
    read: Callable[[Any], Any] = attrgetter(*paths)
    if len(paths) == 1:
        return attr(description, lambda of, view: node_id(type_name, view, read(of)))
    return attr(description, lambda of, view: node_id(type_name, view, *read(of)))


def decode(id: str) -> NodeId:
    """Return the content of an id. Raises CodedError BAD_ID for one that is not of this API."""
    try:
        node_id = msgspec.json.decode(unpack(id), type=NodeId)
    except (ValueError, msgspec.MsgspecError, RecursionError):
        raise bad_id() from None
    dated = node_id.instant is not None
    if node_id.encode() != id or (node_id.version is not None) != dated or (dated and node_id.preview):
        raise bad_id()
    return node_id


def count_instants(ids: object) -> int:
    """Count the instants of the past in the ids of an argument: one id, a list, or a list of representations with ids.
    Other texts count nothing."""
    return len({it.instant for it in _decoded(ids)} - {None})


def count_regions(ids: object) -> int:
    """Count the ids of an argument that name a region, likewise."""
    return len([it for it in _decoded(ids) if it.region is not None])


def _decoded(ids: object) -> Iterator[NodeId]:
    for item in ids[:MOST_REPRESENTATIONS] if isinstance(ids, list) else [ids]:
        text = item.get("id") if isinstance(item, dict) else item
        if isinstance(text, str):
            with suppress(CodedError):
                yield decode(text)


def bad_id() -> CodedError:
    """The refusal of an id."""
    return CodedError(Code.BAD_ID, "The id was not handed out by this API.")


def pack(content: object) -> str:
    """JSON content as an opaque text."""
    return b2a_base64(_ENCODER.encode(content), newline=False).translate(_URL_SAFE, b"=").decode("ascii")


def unpack(text: str) -> bytes:
    """The JSON in an opaque text. Raises ValueError where it is none."""
    if len(text) > LONGEST:
        raise ValueError("too long")
    return urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))


@interface(
    "A document that can be fetched again by its id. Two variants of it (another locale, another date, a preview) have "
    "different ids; the slug is the same."
)
class Node(Mirror):
    id: strawberry.ID = attr("An opaque id of this variant of the document.")
    locale: str = attr(
        "The locale that it is read in: `de` where `de-AT` was requested and there is none.",
        "view.localized.locale.code",
    )
