"""View: what one field of a query reads. Everything below the field reads the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from careergraph.api.base.context import Context
from careergraph.api.base.editing_codes import EditorCode, refused
from careergraph.engine.content import Catalog, Texts
from careergraph.engine.content.locale import Text
from careergraph.engine.errors import Code, CodedError
from careergraph.engine.text.localized_catalog import LocalizedCatalog, localize


@dataclass(frozen=True, slots=True)
class View:
    """An edition of a catalog; `pinned` says that it was asked for by a date, so its ids keep the version. `preview`
    names the preview that it is read in, and so do its ids."""

    localized: LocalizedCatalog
    pinned: bool = False
    preview: str | None = None

    @property
    def catalog(self) -> Catalog:
        """The catalog that is read."""
        return self.localized.catalog

    def read(self, text: Text) -> str:
        """A text in the locale of the view."""
        return self.localized.read(text)

    def read_some(self, text: Text | None) -> str | None:
        """A text in the locale of the view; None where it is not written at all."""
        return (self.localized.read(text) or None) if text else None

    def read_all(self, texts: Texts) -> list[str]:
        """A list of texts in the locale of the view, or in the first of its fallbacks that has one."""
        return list(next((texts[it.code] for it in self.localized.locale.chain() if it.code in texts), ()))

    def falls_back(self, text: Mapping[str, object]) -> bool:
        """Whether a text is written, but not in this very locale."""
        return bool(text) and self.localized.locale.code not in text


def view_of(context: Context, locale: str | None, as_of: datetime | None = None, region: str | None = None) -> View:
    """The view a root field reads. Raises CodedError UNKNOWN_LOCALE, UNKNOWN_REGION, BAD_DATE or TOO_MANY_INSTANTS, and
    GraphQLError AS_OF_IN_PREVIEW."""
    if as_of is None:
        return View(localize(context.catalog, locale, region), preview=context.preview_name)
    if context.preview is not None:
        raise refused(EditorCode.AS_OF_IN_PREVIEW, "A preview shows what is to come, so it has no past.")
    return View(localize(catalog_at(context, as_of), locale, region), pinned=True)


def catalog_at(context: Context, instant: datetime) -> Catalog:
    """The catalog that was current at an instant. Raises CodedError BAD_DATE or TOO_MANY_INSTANTS.

    Where the clock was put back behind the last publish, the live catalog may be asked for by the instant that it says
    it was published at, though that lies ahead.
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
