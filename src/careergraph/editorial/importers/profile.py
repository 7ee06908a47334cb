"""Profiles: what an import makes of a source's tables, as content. Keys of attributes, names of sources and categories,
and the wording of methods stand there, not in code; `profiles/` holds those that come with the package.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from careergraph.store.documents.documents import CategoryDocument, SourceDocument, Text

PROFILES = Path(__file__).parent / "profiles"

Kind = TypeVar("Kind", bound=msgspec.Struct)


class BadProfile(Exception):
    """A profile is not what it must be."""


class Entry(msgspec.Struct, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A part of a profile."""


class Figure(Entry, kw_only=True, tag_field="rule"):
    """A figure that a rule makes for an attribute. `source` is one of the profile's, `method` has slots in braces."""

    attribute: str
    source: str
    method: Text
    region: str | None = None


class Percentiles(Figure, kw_only=True, tag="percentiles"):
    """A money range from the 10th to the 90th percentile of annual wages, which it names. Slots: `{soc}` `{title}`
    `{year}`."""

    currency: str


class Share(Figure, kw_only=True, tag="share"):
    """A share from 0 to 1 of a column, as a whole percent. Slots: `{code}`."""

    column: str


class Zone(Figure, kw_only=True, tag="zone"):
    """The level that a job zone stands for. Slots: `{code}`."""

    levels: dict[str, str]


class Category(Entry, kw_only=True):
    """The level that a category of answers stands for, and its name for the method."""

    key: str
    name: str


class MostFrequent(Figure, kw_only=True, tag="most-frequent"):
    """The level of the answer that was given most often to a question (`element`, `scale`). Slots: `{code}` `{name}`
    `{share}`; `interval` is put behind where the source gives one, with the slots `{low}` and `{high}`. The figure has
    the share and its interval too."""

    element: str
    scale: str
    levels: dict[str, Category]
    interval: Text


class Technologies(Figure, kw_only=True, tag="technologies", rename={"kind": "class"}):
    """Yes from `least` technologies of a class in demand, no where there is none, no figure between. Slots: `{code}`
    `{n}`."""

    kind: str
    least: int


Rule = Percentiles | Share | Zone | MostFrequent | Technologies


class SkillRule(Entry, kw_only=True):
    """Which rows of a table (`ratings` or `technologies`) are skills of a career, and how they are worded.

    Of ratings, those of `elements` (by the beginning of their id) on a `scale`, from `least` on. Slots: `{name}`
    `{slug}`.
    """

    table: str
    slug: str
    text: Text
    family: Text
    elements: list[str] = []
    scale: str = ""
    least: float = 0.0


class Release(Entry, kw_only=True):
    """What is known of a release by its number."""

    vintage: str
    date: str


class OnetProfile(Entry, kw_only=True):
    """What an import of O*NET makes of its tables. `database` is the source of the database itself, `categories` are by
    the first two digits of SOC codes, `decimals` are what separates decimals in languages that write no point."""

    importer: str
    database: str
    sources: dict[str, SourceDocument]
    categories: dict[str, CategoryDocument]
    figures: list[Rule]
    skills: list[SkillRule]
    releases: dict[str, Release] = {}
    decimals: dict[str, str] = {}


class EscoProfile(Entry, kw_only=True):
    """What an import of ESCO makes of its tables. `categories` are by the first digit of ISCO codes, `families` by the
    kind of a skill."""

    importer: str
    source: SourceDocument
    categories: dict[str, CategoryDocument]
    families: dict[str, Text] = {}


def fill(text: str, slots: Mapping[str, str]) -> str:
    """A wording of a profile with its slots filled. Raises BadProfile for a slot that nothing fills."""
    try:
        return text.format_map(slots)
    except (KeyError, IndexError, ValueError, AttributeError):
        names = ", ".join(f"{{{slot}}}" for slot in slots)
        raise BadProfile(f"the profile words {text[:80]!a}, of which the slots are {names}") from None


def read_profile(kind: type[Kind], path: Path) -> Kind:
    """A profile from its file. Raises BadProfile."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise BadProfile(f"{path.name}: cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise BadProfile(f"{path.name}: {error}") from None
