"""The tables of published documents. A draft is a revision and nothing else (see `editing`).

The key of a part of a document is the document and the position there, so a document is written without asking the
database for keys. A field that readers see is a JSON map by locale.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from careergraph.store.database.names import TABLE_PREFIX
from careergraph.store.tables.table import Id, Name, Position, Table, owner, part_of_career, partial_index, reference

OPEN = "accepted_by IS NULL"
"""The condition of a link to a concept that nobody accepted."""


class Locale(Table):
    """A language."""

    id: Mapped[Id]
    code: Mapped[Name]
    name: Mapped[str]
    fallback: Mapped[str | None] = mapped_column(
        ForeignKey(f"{TABLE_PREFIX}locale.code", deferrable=True, initially="DEFERRED")
    )
    plural: Mapped[str]
    decimal: Mapped[str]
    group: Mapped[str]
    money: Mapped[dict[str, str]]
    periods: Mapped[dict[str, str]]
    phrases: Mapped[dict[str, str]]


class Source(Table):
    """Where figures come from."""

    id: Mapped[Id]
    slug: Mapped[Name]
    title: Mapped[str]
    publisher: Mapped[str]
    kind: Mapped[str]
    url: Mapped[str | None]
    licence: Mapped[str | None]
    credit: Mapped[str | None]
    vintage: Mapped[str | None]


class Attribute(Table):
    """Something careers are compared by. `options` are its levels or options, in their order: `{key, label}` each."""

    id: Mapped[Id]
    key: Mapped[Name]
    label: Mapped[dict[str, str]]
    kind: Mapped[str]
    better: Mapped[str]
    position: Mapped[int]
    unit: Mapped[str | None]
    scale: Mapped[float | None]
    decimals: Mapped[int]
    options: Mapped[list[Any]]
    phrases: Mapped[dict[str, dict[str, str]]]
    in_summary: Mapped[bool]
    transition_role: Mapped[str | None]


class Category(Table):
    """A field of work."""

    id: Mapped[Id]
    slug: Mapped[Name]
    name: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]


class Skill(Table):
    """A skill concept."""

    id: Mapped[Id]
    slug: Mapped[Name]
    name: Mapped[dict[str, str]]
    aliases: Mapped[dict[str, list[str]]]
    family: Mapped[dict[str, str]]


class SkillRelation(Table):
    """An edge from a skill to a broader or a related one, as the skill's document states it."""

    __table_args__ = (CheckConstraint("kind IN ('BROADER', 'RELATED')", name="kind"),)

    skill_id: Mapped[int] = owner("skill")
    kind: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[Position]
    other_id: Mapped[int] = reference("skill")


class SkillExternalId(Table):
    """A skill's id in somebody else's scheme."""

    __table_args__ = (Index(None, "scheme", "external_id"),)

    skill_id: Mapped[int] = owner("skill")
    position: Mapped[Position]
    scheme: Mapped[str]
    external_id: Mapped[str]


class Image(Table):
    """A picture. `file` is what is known of its file, `focal_point` is `{x, y}`."""

    id: Mapped[Id]
    slug: Mapped[Name]
    alt: Mapped[dict[str, str]]
    file: Mapped[dict[str, Any] | None]
    credit: Mapped[str | None]
    focal_point: Mapped[dict[str, Any] | None]


class Career(Table):
    """A career. `image` is `{url, alt, credit}` of a picture elsewhere."""

    id: Mapped[Id]
    slug: Mapped[Name]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    category_id: Mapped[int] = reference("category")
    aliases: Mapped[dict[str, list[str]]]
    image: Mapped[dict[str, Any] | None]


class CareerImage(Table):
    """The image document that a career shows: at most one row a career."""

    career_id: Mapped[int] = owner("career")
    image_id: Mapped[int] = reference("image")


class CareerExternalId(Table):
    """A career's id in somebody else's scheme."""

    __table_args__ = (Index(None, "scheme", "external_id"),)

    career_id: Mapped[int] = owner("career")
    position: Mapped[Position]
    scheme: Mapped[str]
    external_id: Mapped[str]


class FigureColumns:
    """The columns of a figure; which of them are filled is the matter of its attribute's kind."""

    career_id: Mapped[int] = owner("career")
    position: Mapped[Position]
    attribute_id: Mapped[int] = reference("attribute")
    source_id: Mapped[int] = reference("source")
    observed_on: Mapped[date | None]
    method: Mapped[dict[str, str]]
    published_for: Mapped[str | None]
    published_for_title: Mapped[str | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    open_end: Mapped[str | None]
    currency: Mapped[str | None]
    period: Mapped[str | None]
    basis: Mapped[str | None]
    low_percentile: Mapped[int | None]
    high_percentile: Mapped[int | None]
    number: Mapped[float | None]
    unit: Mapped[str | None]
    interval_low: Mapped[float | None]
    interval_high: Mapped[float | None]
    level: Mapped[str | None]
    share: Mapped[float | None]
    yes: Mapped[bool | None]
    choice: Mapped[str | None]
    sample_size: Mapped[int | None]
    suppressed: Mapped[bool] = mapped_column(server_default=false())


class Value(FigureColumns, Table):
    """A career's figure for an attribute."""

    __table_args__ = (UniqueConstraint("career_id", "attribute_id"), Index(None, "career_id", "observed_on"))

    region: Mapped[str | None] = mapped_column(sort_order=1)


class RegionalValue(FigureColumns, Table):
    """A career's further figure for an attribute, of another region."""

    __table_args__ = (
        UniqueConstraint("career_id", "attribute_id", "region"),
        Index(None, "career_id", "observed_on"),
    )

    region: Mapped[str] = mapped_column(sort_order=1)


class CareerSkill(Table):
    """A skill as a career words it."""

    career_id: Mapped[int] = owner("career")
    position: Mapped[Position]
    text: Mapped[dict[str, str]]


class CareerSkillConcept(Table):
    """A link from a career's wording to a skill concept: who or what proposed it, and who accepted it."""

    __table_args__ = (
        part_of_career("career_skill", "skill_position"),
        partial_index(f"ix_{TABLE_PREFIX}career_skill_concept_open", "career_id", where=OPEN),
    )

    career_id: Mapped[Position]
    skill_position: Mapped[Position]
    position: Mapped[Position]
    skill_id: Mapped[int] = reference("skill")
    proposed_by: Mapped[str]
    accepted_by: Mapped[str | None]
    method: Mapped[str | None]
    score: Mapped[float | None]
    model: Mapped[str | None]


class RoadmapStage(Table):
    """One stage of a career's roadmap. `resources` are `{title, url}` each."""

    career_id: Mapped[int] = owner("career")
    position: Mapped[Position]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]
    months: Mapped[int | None]
    resources: Mapped[list[Any]]


class StageSkill(Table):
    """A skill that a stage of a roadmap teaches."""

    __table_args__ = (part_of_career("roadmap_stage", "stage_position"),)

    career_id: Mapped[Position]
    stage_position: Mapped[Position]
    position: Mapped[Position]
    skill_id: Mapped[int] = reference("skill")


class Collection(Table):
    """A list of careers that an editor put together."""

    id: Mapped[Id]
    slug: Mapped[Name]
    title: Mapped[dict[str, str]]
    summary: Mapped[dict[str, str]]


class CollectionCareer(Table):
    """A career of a collection."""

    collection_id: Mapped[int] = owner("collection")
    position: Mapped[Position]
    career_id: Mapped[int] = reference("career")


class CareerProfile(Table):
    """What the work of a career consists of, as a source describes it: at most one row a career."""

    career_id: Mapped[int] = owner("career")
    source_id: Mapped[int] = reference("source")
    tasks: Mapped[list[Any]]
    activities: Mapped[list[Any]]
    knowledge: Mapped[dict[str, Any]]


class CareerRelation(Table):
    """The careers that a source calls related to one, by their ids in a scheme."""

    career_id: Mapped[int] = owner("career")
    position: Mapped[Position]
    source_id: Mapped[int] = reference("source")
    scheme: Mapped[str]
    ids: Mapped[list[Any]]


class NeighbourhoodRow(Table):
    """The neighbours of a career from a version on; NULL from where on the career is not there."""

    __table_args__ = (Index(None, "slug", "version"),)

    version: Mapped[int] = owner("catalog_version", "version")
    slug: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
