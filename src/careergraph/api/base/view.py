"""View: the localized catalog that a root field reads, and all fields below it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated

import msgspec

from careergraph.api.base.arguments import AsOf, Info, Locale, Region
from careergraph.api.base.codes import EditorCode, refused
from careergraph.api.base.context import MEDIA, Context, MediaLinks
from careergraph.api.base.declaration import FromArguments
from careergraph.engine.content import Catalog, Texts
from careergraph.engine.content.locale import Text
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize

MOST_VIEWS = 50
"""The views that a context keeps: many requests share one."""


class View(msgspec.Struct, frozen=True):
    """A localized catalog. `pinned` is true where it was requested by a date, so ids keep the version. `preview`
    names the preview that it is read in, and so do its ids. `media` are the addresses of images."""

    localized: LocalizedCatalog
    pinned: bool = False
    preview: str | None = None
    media: MediaLinks = MEDIA

    @property
    def catalog(self) -> Catalog:
        """The catalog that is read."""
        return self.localized.catalog

    def read(self, text: Text) -> str:
        """Return a text in the locale of the view."""
        return self.localized.read(text)

    def read_some(self, text: Text | None) -> str | None:
        """Return a text in the locale of the view; None where it is not written at all."""
        return (self.localized.read(text) or None) if text else None

    def read_all(self, texts: Texts) -> list[str]:
        """Return a list of texts in the locale of the view, or in the first of its fallbacks that has one."""
        return list(next((texts[it.code] for it in self.localized.locale.chain() if it.code in texts), ()))

    def falls_back(self, text: Mapping[str, object]) -> bool:
        """Return whether a text is written, but not in this very locale."""
        return bool(text) and self.localized.locale.code not in text


def view_of(info: Info, locale: Locale = None, as_of: AsOf = None, region: Region = None) -> View:
    """Return the view that a root field reads. Raises CodedError UNKNOWN_LOCALE, UNKNOWN_REGION, BAD_DATE or
    TOO_MANY_INSTANTS, and GraphQLError AS_OF_IN_PREVIEW."""
    context = info.context
    if as_of is None:
        if (view := context.views.get(locale)) is None or region is not None:
            view = View(localize(context.catalog, locale, region), preview=context.preview_name, media=context.media)
            if region is None and len(context.views) < MOST_VIEWS:
                context.views[locale] = view
        return view
    if context.preview is not None:
        raise refused(EditorCode.AS_OF_IN_PREVIEW, "A preview shows unpublished content, so it has no past.")
    return View(localize(catalog_at(context, as_of), locale, region), pinned=True, media=context.media)


LocalView = Annotated[View, FromArguments(view_of, "locale")]
RegionalView = Annotated[View, FromArguments(view_of, "locale", "region")]
DatedView = Annotated[View, FromArguments(view_of)]
"""Parameters of root fields: the view by locale, region and date."""


def catalog_at(context: Context, instant: datetime) -> Catalog:
    """Return the catalog that was current at an instant. Raises CodedError BAD_DATE or TOO_MANY_INSTANTS.

    If the clock was set back after the last publish, the live catalog has an instant in the future, which is accepted.
    """
    if instant.tzinfo is None:
        raise CodedError(Code.BAD_DATE, "The instant needs a time zone, such as Z or +02:00.")
    live = context.catalog
    now = datetime.now(UTC)
    if instant > max(now, live.published_at):
        raise CodedError(Code.BAD_DATE, "The instant lies in the future.")
    try:
        instant = instant.astimezone(UTC)
    except OverflowError:
        raise CodedError(Code.BAD_DATE, "The instant lies outside of the calendar.") from None
    catalog = context.catalog_as_of(instant)
    if catalog.published_at > instant and catalog.published_at <= now:
        raise CodedError(Code.BAD_DATE, "The instant lies before the first catalog.")
    return catalog
