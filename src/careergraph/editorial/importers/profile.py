"""Profiles: how an import converts a source's tables, as content. Keys of attributes, names of sources and categories,
and the wording of methods are here, not in code; `profiles/` holds those of the package."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal, TypeVar

import msgspec

from careergraph.editorial.importers.source_data import ProposedDocument
from careergraph.store.documents.documents import AttributeDocument, CategoryDocument, SourceDocument, Text

PROFILES = Path(__file__).parent / "profiles"

Kind = TypeVar("Kind", bound=msgspec.Struct)
Mark = Literal["demand", "hot"]
"""What O*NET says of a technology: in demand for the occupation, or hot, in the advertisements of all employers. `hot`
applies to tables without the other."""


class BadProfile(Exception):
    """A profile is invalid."""


class Entry(msgspec.Struct, kw_only=True, rename="camel", forbid_unknown_fields=True):
    """A part of a profile."""


class Figure(Entry, kw_only=True, tag_field="rule"):
    """A figure that a rule computes for an attribute. `source` is one of the profile's, `method` has slots in
    braces."""

    attribute: str
    source: str
    method: Text
    region: str | None = None


class Percentiles(Figure, kw_only=True, tag="percentiles"):
    """A money range from the 10th to the 90th percentile of annual wages, which it names. Slots: `{soc}` `{title}`
    `{year}`.

    `combined` are the occupations that the source publishes one figure for, by its code, and `combined_method` words it
    for each of them. An occupation with hourly pay alone has the same percentiles of it, by `hourly_range_method`, or
    else its median, by `hourly_method`. `open_from` are the highest amounts that the source publishes, by the year and
    the period (HOUR, YEAR); the notes of a file prevail. `open_method` is appended where an end is open.
    """

    currency: str
    combined: dict[str, list[str]] = {}
    combined_method: Text = {}
    hourly_method: Text = {}
    hourly_range_method: Text = {}
    open_from: dict[str, dict[str, float]] = {}
    open_method: Text = {}


class Share(Figure, kw_only=True, tag="share"):
    """A share from 0 to 1 of a column, as a whole percent. Slots: `{code}`."""

    column: str


class Zone(Figure, kw_only=True, tag="zone"):
    """The level of a job zone. Slots: `{code}`.

    `levels` are those of the framework whose zones have these `names`; a release without a table of names has it
    `until` a release. The levels of any other framework are named by the release's own table, and make an `edition`
    (slots `{n}` `{release}`), or a `later_edition` where there is one of as many levels.
    """

    levels: dict[str, str]
    names: dict[str, str]
    until: str
    edition: Text
    later_edition: Text


class Category(Entry, kw_only=True):
    """The level of a category of answers, and its name for the method."""

    key: str
    name: str


class MostFrequent(Figure, kw_only=True, tag="most-frequent"):
    """The level of the most frequent answer to a question (`element`, `scale`), with its share. Slots: `{code}`
    `{name}` `{share}`. `tie` is appended where other answers are as frequent, of which the lowest is taken, with the
    slot `{others}`; `interval` where the source has one, with the slots `{low}` and `{high}`."""

    element: str
    scale: str
    levels: dict[str, Category]
    interval: Text
    tie: Text | None = None


class Rated(Entry, kw_only=True):
    """The rating of a skill (`element`, `scale`): `yes` from one on, `no` up to one; at `between` it agrees with
    either."""

    element: str
    scale: str
    yes: float
    no: float
    between: float


class Technologies(Figure, kw_only=True, tag="technologies", rename={"kind": "class"}):
    """Yes from `least` technologies of a class with a `mark`, no where there is none, no figure between; where a skill
    is `rated` high or low, by that. Slots: `{code}` `{n}` `{rating}`."""

    kind: str
    least: int
    mark: Mark = "demand"
    rated: Rated | None = None


Rule = Percentiles | Share | Zone | MostFrequent | Technologies


class SkillRule(Entry, kw_only=True):
    """Which rows of a table (`ratings` or `technologies`) are skills of a career, and how they are worded.

    Of ratings, those of `elements` (by the beginning of their id) on a `scale`, from `least` on; of technologies, those
    with a `mark`. Slots: `{name}` `{slug}`. `names` are wordings of their own for some, by the name in the table.
    """

    table: str
    slug: str
    text: Text
    family: Text
    elements: list[str] = []
    scale: str = ""
    least: float = 0.0
    mark: Mark = "demand"
    names: dict[str, Text] = {}


class TitleRule(Entry, kw_only=True):
    """How the titles of groups become those of one career. `professions` are words that name such in the plural and do
    not end like most of them, in small letters; `exceptions` are display titles by titles of the source."""

    professions: frozenset[str] = frozenset()
    exceptions: dict[str, str] = {}


Categories = dict[str, CategoryDocument | str]
"""Categories by the beginning of codes: the longest that matches decides. A text is the slug of one that another
beginning has, too."""


class Release(Entry, kw_only=True):
    """The name and date of a release, by its number."""

    vintage: str
    date: str


class OnetProfile(Entry, kw_only=True):
    """The conversion of O*NET. `database` is the source of the database itself, `categories` are by SOC codes,
    `attributes` come with their figures where a catalog lacks them, `decimals` are the decimal separators of languages
    that write no point."""

    importer: str
    database: str
    sources: dict[str, SourceDocument]
    categories: Categories
    figures: list[Rule]
    skills: list[SkillRule]
    titles: TitleRule = msgspec.field(default_factory=TitleRule)
    releases: dict[str, Release] = {}
    decimals: dict[str, str] = {}
    attributes: list[AttributeDocument] = []


class Republished(Entry, kw_only=True):
    """The importer and the source of tables that somebody else made of ESCO."""

    importer: str
    source: SourceDocument


class EscoProfile(Entry, kw_only=True):
    """The conversion of ESCO. `categories` are by ISCO codes, and by the codes of groups that are none of ISCO;
    `families` are by the kind of a skill. `tabiya` says what differs for tables of Tabiya."""

    importer: str
    source: SourceDocument
    categories: Categories
    families: dict[str, Text] = {}
    tabiya: Republished | None = None


def category_of(categories: Categories, code: str) -> CategoryDocument | None:
    """Return the category of a code; None where no beginning matches. Raises BadProfile for the slug of none."""
    beginnings = [code[:length] for length in range(len(code), 0, -1)]
    category = next((categories[it] for it in beginnings if it in categories), None)
    if not isinstance(category, str):
        return category
    written = [it for it in categories.values() if not isinstance(it, str) and it.slug == category]
    if not written:
        raise BadProfile(f"the profile has no category with the slug {category[:80]!a}")
    return written[0]


def fill(text: str, slots: Mapping[str, str]) -> str:
    """Return a wording of a profile with its slots filled. Raises BadProfile for a slot without a value."""
    try:
        return text.format_map(slots)
    except (KeyError, IndexError, ValueError, AttributeError):
        names = ", ".join(f"{{{slot}}}" for slot in slots)
        raise BadProfile(f"the profile words {text[:80]!a}, of which the slots are {names}") from None


def proposed(
    document: CategoryDocument | SourceDocument | AttributeDocument,
    ident: str,
    variant: str,
    slots: Mapping[str, str] | None = None,
) -> ProposedDocument:
    """Propose a category, an attribute or a source of a profile, with the slots of a source filled. Raises
    BadProfile."""
    fields: dict[str, Any] = msgspec.to_builtins(document)
    slug, known_as = fields.pop(document.IDENT), fields.pop("knownAs", ())
    if slots is not None:
        fields = {name: fill(value, slots) if isinstance(value, str) else value for name, value in fields.items()}
    return ProposedDocument(
        ident=f"{document.TYPE}/{ident}",
        type=document.TYPE,
        slug=slug,
        variant=variant,
        sections={f"0 {document.TYPE}": fields},
        names=(*document.name.values(), *known_as) if isinstance(document, CategoryDocument) else (),
        shared=not isinstance(document, SourceDocument),
    )


def read_profile(kind: type[Kind], path: Path) -> Kind:
    """Read a profile from its file. Raises BadProfile."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        raise BadProfile(f"{path.name}: cannot be read: {(error.strerror or 'no reason given').lower()}") from None
    except (msgspec.ValidationError, msgspec.DecodeError) as error:
        raise BadProfile(f"{path.name}: {error}") from None
