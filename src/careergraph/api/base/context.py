"""Context: the parts of a request that every resolver can read."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.preview.opened import Opened
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError

if TYPE_CHECKING:
    from careergraph.editorial.access.editing_database import Desk

News = Callable[[int], AsyncIterator[Catalog]]
"""Yields the catalog whenever its version changes, first where it differs from the argument."""


async def no_news(since: int) -> AsyncIterator[Catalog]:
    """Yield nothing, where there is no source of news."""
    nothing: tuple[Catalog, ...] = ()
    for catalog in nothing:
        yield catalog


def no_version(version: int) -> Catalog:
    """Refuse every version, where the catalog has no history."""
    raise CodedError(Code.BAD_VERSION, "The catalog has no such version.")


class MediaLinks(NamedTuple):
    """The addresses of the files of images: those below `base`, with the `ticket` of a preview that may read them."""

    base: str = "/media"
    ticket: str = ""

    def url(self, name: str) -> str:
        """Return the address of a file."""
        return f"{self.base}/{name}?preview={self.ticket}" if self.ticket else f"{self.base}/{name}"


MEDIA = MediaLinks()
"""The addresses where no other is configured."""

MOST_INSTANTS = 2
"""The maximum of instants and versions of the past that one operation reads: each may have to be built first."""


@dataclass(frozen=True, slots=True)
class Context:
    """The catalog of a request, functions that return catalogs of the past, and the user.

    `as_of` returns the catalog that was current at an instant, or raises CodedError BAD_DATE.
    `at_version` returns the catalog of a version, or raises CodedError BAD_VERSION.
    `news` yields the catalogs of new versions.
    `user` is whoever the host's own authentication signed in, None where nobody is; `request` is the host's request.
    `actor` is what the user, or an access token, is to the editors, None for everybody else; `desk` is the way to the
    editors' database. With a `preview`, drafts are laid over `catalog`. `media` are the addresses of images.
    """

    catalog: Catalog
    as_of: Callable[[datetime], Catalog]
    user: object | None = None
    request: object | None = None
    actor: Actor | None = None
    desk: "Desk | None" = None
    preview: Opened | None = None
    media: MediaLinks = MEDIA
    at_version: Callable[[int], Catalog] = no_version
    news: News = no_news
    past: set[datetime | int] = field(default_factory=set, repr=False, compare=False)
    """The instants and versions that the operation read so far."""
    display_names: dict[str, str] = field(default_factory=dict, repr=False, compare=False)
    """The display names of people that the operation read so far, by name."""

    views: dict[str | None, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """The views of the catalog so far, by the requested locale; not those of regions, of which few are kept."""

    def catalog_as_of(self, instant: datetime) -> Catalog:
        """Return the catalog that was current at an instant. Raises CodedError BAD_DATE or TOO_MANY_INSTANTS."""
        self._count(instant)
        return self.as_of(instant)

    def catalog_of(self, version: int) -> Catalog:
        """Return the catalog of a version. Raises CodedError BAD_VERSION or TOO_MANY_INSTANTS."""
        self._count(version)
        return self.at_version(version)

    def _count(self, asked_for: datetime | int) -> None:
        if asked_for not in self.past and len(self.past) >= MOST_INSTANTS:
            message = f"One operation reads catalogs of at most {MOST_INSTANTS} instants or versions of the past."
            raise CodedError(Code.TOO_MANY_INSTANTS, message, maximum=MOST_INSTANTS)
        self.past.add(asked_for)

    @property
    def preview_name(self) -> str | None:
        """The name of the preview, where there is one."""
        return None if self.preview is None else self.preview.name

    @property
    def private(self) -> bool:
        """Whether the answer is for this reader alone: it must never be cached, nor come from a cache."""
        return self.user is not None or self.actor is not None or self.preview is not None

    @property
    def blocks(self) -> bool:
        """Whether resolvers may wait for the database, so that they must not run on the event loop."""
        return self.actor is not None and self.desk is not None
