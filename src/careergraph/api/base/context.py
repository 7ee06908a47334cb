"""Context: what every resolver can see of a request."""

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import datetime

from careergraph.editorial.access.actor import Actor
from careergraph.editorial.access.editing_database import Desk
from careergraph.engine.content import Catalog
from careergraph.engine.errors import Code, CodedError

News = Callable[[int], AsyncIterator[Catalog]]
"""Gives the catalog whenever it has another version than before, at first than the one given."""


async def no_news(since: int) -> AsyncIterator[Catalog]:
    """No news, where nothing tells of any."""
    nothing: tuple[Catalog, ...] = ()
    for catalog in nothing:
        yield catalog


def no_version(version: int) -> Catalog:
    """The way to versions where there is none: what is read has no history."""
    raise CodedError(Code.BAD_VERSION, "The catalog has no such version.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The preview that a request is answered from: the prefix of its token, which is no secret, and when it ends."""

    name: str
    expires_at: datetime


MOST_INSTANTS = 2
"""Of how many instants and versions of the past one operation reads catalogs: each may have to be built first."""


@dataclass(frozen=True, slots=True)
class Context:
    """The catalog that the request is answered from, the way to catalogs of the past, and who asks.

    `as_of` gives the catalog that was current at an instant; it raises CodedError BAD_DATE where there was none yet.
    `at_version` gives the catalog of a version; it raises CodedError BAD_VERSION where there was none of that number.
    `news` tells of new versions.
    `user` is whoever the host's own authentication signed in, None where nobody is; `request` is the host's request.
    `actor` is what the user, or an access token, is to the editors, None for everybody else; `desk` is the way to the
    editors' database. With a `preview`, drafts are laid over `catalog`.
    """

    catalog: Catalog
    as_of: Callable[[datetime], Catalog]
    user: object | None = None
    request: object | None = None
    actor: Actor | None = None
    desk: Desk | None = None
    preview: Preview | None = None
    at_version: Callable[[int], Catalog] = no_version
    news: News = no_news
    past: set[datetime | int] = field(default_factory=set, repr=False, compare=False)
    """The instants and versions that were asked for so far."""

    def catalog_as_of(self, instant: datetime) -> Catalog:
        """The catalog that was current at an instant. Raises CodedError BAD_DATE or TOO_MANY_INSTANTS."""
        self._count(instant)
        return self.as_of(instant)

    def catalog_of(self, version: int) -> Catalog:
        """The catalog of a version. Raises CodedError BAD_VERSION or TOO_MANY_INSTANTS."""
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
