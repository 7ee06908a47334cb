"""A small schema and catalogs in memory, to test the web layer without a database."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import strawberry
from starlette.requests import Request

from careergraph.engine.content import Career, Catalog, Category, Collection
from careergraph.engine.content.locale import Locale
from careergraph.engine.errors import Code, CodedError
from careergraph.web.app import CareerGraph
from careergraph.web.core.config import Config


@dataclass(frozen=True)
class Seen:
    """What a resolver sees of its request."""

    catalog: Catalog
    as_of: Callable[[datetime], Catalog]
    user: object | None
    request: Request


@strawberry.type
class Statement:
    """A sentence."""

    text: str


@strawberry.type
class Comparison:
    """Two careers."""

    title: str
    summary: list[Statement]


@strawberry.input(one_of=True)
class Test:
    """A test of one kind."""

    flag: bool | None = strawberry.UNSET
    choice: str | None = strawberry.UNSET


@strawberry.type
class Query:
    """The stub's reads."""

    @strawberry.field
    def comparison(self, info: strawberry.Info[Seen, None], a: str, b: str) -> Comparison | None:
        """A comparison, refused for an unknown slug."""
        careers = info.context.catalog.careers
        for slug in (a, b):
            if slug not in careers:
                raise CodedError(Code.UNKNOWN_CAREER, "No published career has this slug.", suggestions=list(careers))
        title = f"{careers[a].title['en']} vs {careers[b].title['en']}"
        return Comparison(title=title, summary=[Statement(text=f"A comparison of {title}.")])

    @strawberry.field
    def versions(self, info: strawberry.Info[Seen, None]) -> list[int]:
        """The version of the request's catalog, several times."""
        return [info.context.catalog.version for _ in range(3)]

    @strawberry.field
    def who(self, info: strawberry.Info[Seen, None]) -> str | None:
        """The user's name."""
        return None if info.context.user is None else str(getattr(info.context.user, "display_name", info.context.user))

    @strawberry.field
    def broken(self) -> int | None:
        """A bug."""
        raise RuntimeError("secret: the password is hunter2")

    @strawberry.field
    def breakages(self) -> list["Breakable"]:
        """The same bug, many times."""
        return [Breakable() for _ in range(5)]

    @strawberry.field
    def missing(self) -> int:
        """A null where the schema allows none."""
        return None  # type: ignore[return-value]

    @strawberry.field
    def day(self, on: datetime, test: Test | None = None) -> str:
        """An instant, read and written again."""
        return on.isoformat()

    @strawberry.field
    def nested(self, lists: list[list[int]] | None = None) -> int:
        """How many."""
        return sum(map(len, lists or []))


@strawberry.type
class Breakable:
    """Something whose field is broken."""

    @strawberry.field
    def part(self) -> int | None:
        """A bug."""
        raise RuntimeError("the same bug")


@strawberry.type
class Mutation:
    """The stub's writes."""

    @strawberry.mutation
    def touch(self) -> int:
        """A write."""
        return 1


SCHEMA = strawberry.Schema(Query, mutation=Mutation)


LONG = "Something with a name that is rather long, number"
"""A title that makes answers worth compressing."""


def pairs(count: int, name: str = "Pairs") -> str:
    """A query of so many comparisons; each name makes it another one."""
    fields = [f'c{n}: comparison(a: "career-{n}", b: "career-0") {{ title summary {{ text }} }}' for n in range(count)]
    return f"query {name} {{ {' '.join(fields)} }}"


def catalog(version: int = 1, careers: int = 3, title: str = "Career") -> Catalog:
    """A catalog of `careers` careers, the first two of them in a collection."""
    when = datetime(2026, 1, 1, tzinfo=UTC)
    category = Category(slug="trade", name={"en": "Trade"}, summary={"en": "Trades."})
    items = [
        Career(slug=f"career-{n}", title={"en": f"{title} <{n}>"}, summary={}, category=category, published_at=when)
        for n in range(careers)
    ]
    collection = Collection(slug="first", title={}, summary={}, careers=tuple(item.slug for item in items[:2]))
    locales = [Locale(code="en", name="English")]
    return Catalog.of(
        version=version,
        published_at=when,
        locales=locales,
        careers=items,
        collections=[collection],
        categories=[category],
    )


@dataclass
class Shelf:
    """Catalogs in memory: a test puts another one up, or breaks the reading."""

    published: Catalog = field(default_factory=catalog)
    fails: Exception | None = None
    reads: int = 0
    problem: Exception | None = None

    def current(self) -> Catalog:
        """The catalog that is up."""
        self.reads += 1
        if self.fails is not None:
            raise self.fails
        return self.published

    def as_of(self, instant: datetime) -> Catalog:
        """The same catalog at any time."""
        return self.published


def stub(
    config: Config | None = None, shelf: Shelf | None = None, *, show_cost: bool = False, **more: Any
) -> CareerGraph:
    """The app over the stub schema and a shelf; answers are without their cost unless it is asked for."""
    catalogs = shelf or Shelf()
    settings = (config or Config()).replace(show_cost=show_cost)
    return CareerGraph(settings, open_catalogs=lambda _: catalogs, schema=SCHEMA, make_context=Seen, **more)
