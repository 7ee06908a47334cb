"""Job: all that decides what is written where, and how it is cut into parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import NamedTuple

from careergraph.api.base.view import View
from careergraph.api.connections.comparison_page import Wanted, couples_by_slug
from careergraph.api.connections.pairs import SlugPair
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import localize


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Comparisons of one version of the catalog, in some locales, each as its answer to a document."""

    database: str
    version: int
    text: str
    locales: tuple[str, ...]
    pair_filter: Wanted
    folder: Path
    per_file: int


class Part(NamedTuple):
    """A stretch of the comparisons in one locale. Its file is there when, and only when, all of it is written."""

    locale: str
    number: int

    def path(self, folder: Path) -> Path:
        """Its file."""
        return folder / self.locale / f"{self.number:06}.jsonl"

    def places(self, per_file: int, count: int) -> range:
        """The places of its pairs among so many."""
        return range(self.number * per_file, min(count, (self.number + 1) * per_file))


class Shard(NamedTuple):
    """One share of the parts out of `of`: every part is in exactly one, and always in the same."""

    number: int = 1
    of: int = 1

    @classmethod
    def read(cls, text: str) -> "Shard":
        """The shard `i/n`, from 1/n to n/n. Raises ValueError."""
        number, slash, of = text.partition("/")
        shard = cls(int(number), int(of))
        if not slash or not 1 <= shard.number <= shard.of:
            raise ValueError
        return shard


def pairs(catalog: Catalog, pair_filter: Wanted) -> Sequence[SlugPair]:
    """The comparisons that pass a filter, in the order of their slugs. Raises CodedError."""
    return couples_by_slug(View(localize(catalog)), pair_filter)


def parts(job: Job, count: int, shard: Shard) -> list[Part]:
    """A shard's parts of so many comparisons."""
    numbers = range(-(-count // job.per_file))
    return [Part(*it) for it in product(job.locales, numbers)][shard.number - 1 :: shard.of]
