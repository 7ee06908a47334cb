"""A job: the comparisons to export, how they are divided into parts, and the manifest of their folder."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import product
from typing import Any, NamedTuple

import msgspec

from careergraph.api.base.view import View
from careergraph.api.connections.comparison_page import ComparisonFilter, couples_by_slug
from careergraph.api.connections.pairs import SlugPair
from careergraph.engine.content import Catalog
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.version import ENGINE
from careergraph.store.files.destination import Destination


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """The comparisons of a version in some locales, each as its response to a document, with the figures of `region` if
    given. `folder` is a path, or an address of fsspec; the addresses of images begin with `media_url`."""

    database: str
    version: int
    text: str
    locales: tuple[str, ...]
    region: str | None
    pair_filter: ComparisonFilter = field(hash=False)
    folder: str
    per_file: int
    media_url: str


class Part(NamedTuple):
    """A part of the comparisons in one locale. Its file exists if and only if it is complete."""

    locale: str
    number: int

    @property
    def name(self) -> str:
        """The name of its file in the folder of the export."""
        return f"{self.locale}/{self.number:06}.jsonl"

    def places(self, per_file: int, count: int) -> range:
        """The places of its pairs among so many."""
        return range(self.number * per_file, min(count, (self.number + 1) * per_file))


class Shard(NamedTuple):
    """One of `of` shares of the parts: every part is in exactly one, and always in the same."""

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


def pairs(catalog: Catalog, pair_filter: ComparisonFilter) -> Sequence[SlugPair]:
    """The comparisons that pass a filter, in the order of their slugs. Raises CodedError."""
    return couples_by_slug(View(localize(catalog)), pair_filter)


def parts(job: Job, count: int, shard: Shard) -> list[Part]:
    """A shard's parts of so many comparisons."""
    numbers = range(-(-count // job.per_file))
    return [Part(*it) for it in product(job.locales, numbers)][shard.number - 1 :: shard.of]


NAME = "manifest.json"


class Different(Exception):
    """The folder has another export. The message is one line."""


class Manifest(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The settings that determine all files of a folder. `document` is the SHA-256 of the document."""

    version: int
    engine: str
    document: str
    locales: tuple[str, ...]
    filter: dict[str, Any]
    comparisons: int
    per_file: int
    region: str | None = None


def read(place: Destination) -> Manifest | None:
    """Read the manifest of a folder; None if there is none. Raises OSError and Different."""
    try:
        return None if (body := place.read(NAME)) is None else msgspec.json.decode(body, type=Manifest)
    except msgspec.MsgspecError:
        raise Different(f"{NAME} is not one of ours") from None


def manifest_of(job: Job, comparisons: int) -> Manifest:
    """The manifest of a job."""
    return Manifest(
        version=job.version,
        engine=ENGINE,
        document=sha256(job.text.encode()).hexdigest(),
        locales=job.locales,
        region=job.region,
        filter={name: value for name, value in asdict(job.pair_filter).items() if value is not None},
        comparisons=comparisons,
        per_file=job.per_file,
    )


def claim(place: Destination, mine: Manifest) -> None:
    """Write the manifest into a folder, unless it has the same already. Raises OSError, and Different for another
    one."""
    existing = read(place)
    if existing is None:
        place.write(NAME, (msgspec.json.format(msgspec.json.encode(mine), indent=2), b"\n"), "application/json")
    elif existing != mine:
        names = [name for name in mine.__struct_fields__ if getattr(existing, name) != getattr(mine, name)]
        raise Different(f"the folder holds an export that differs in {', '.join(names)}; give another folder")
