"""Parts: what is inside of documents. See `documents`, which has them all by these names too."""

from collections.abc import Mapping
from datetime import date

import msgspec

from careergraph.engine.content.attribute import Option

Text = dict[str, str]
"""A text by locale."""
Texts = dict[str, list[str]]
"""A list of texts by locale."""


class Part(msgspec.Struct, kw_only=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """Something inside of a document."""


class ExternalIdPart(Part):
    """An id in somebody else's scheme."""

    scheme: str
    id: str


class OptionPart(Part):
    """A level or an option of an attribute: how long what it stands for takes is over so many months, and up to so
    many."""

    key: str
    label: Text
    months_over: int | None = None
    months_up_to: int | None = None

    def option(self) -> Option:
        """The option as the engine has it."""
        return Option(key=self.key, label=self.label, months_over=self.months_over, months_up_to=self.months_up_to)


class ValuePart(Part):
    """A career's figure for an attribute: where it comes from, and the fields of its kind (see `engine.values`).

    A `suppressed` figure is one that its source recommends not to publish: no catalog holds it.
    """

    attribute: str
    source: str
    observed_on: date | None = None
    method: Text = {}
    published_for: str | None = None
    region: str | None = None
    sample_size: int | None = None
    suppressed: bool = False
    low: float | None = None
    high: float | None = None
    currency: str | None = None
    period: str | None = None
    basis: str | None = None
    low_percentile: int | None = None
    high_percentile: int | None = None
    value: float | None = None
    unit: str | None = None
    interval: list[float] | None = None
    level: str | None = None
    share: float | None = None
    yes: bool | None = None
    choice: str | None = None

    def figure(self) -> Mapping[str, object]:
        """The fields of the attribute's kind that are present."""
        cells = {name: getattr(self, column) for column, name in FIGURE_FIELDS.items()}
        return {name: cell for name, cell in cells.items() if cell is not None}


FIGURE_FIELDS = {
    **{name: name for name in ("low", "high", "currency", "period", "basis")},
    "low_percentile": "lowPercentile",
    "high_percentile": "highPercentile",
    **{name: name for name in ("value", "unit", "interval", "level", "share", "yes", "choice")},
}
"""The fields of a value that its attribute's kind reads: what a document calls each, by its name here."""


class ConceptPart(Part):
    """A link from a career's wording to a skill concept. A comparison uses it once somebody accepted it.

    A link that a program proposed says by which `method` and with which `score` (0 to 1), and which `model` took part.
    """

    skill: str
    proposed_by: str
    accepted_by: str | None = None
    method: str | None = None
    score: float | None = None
    model: str | None = None


class CareerSkillPart(Part):
    """A skill as the career words it; the first concept is the main one."""

    text: Text
    concepts: list[ConceptPart] = []


class ResourcePart(Part):
    """Something to learn from."""

    title: Text
    url: str


class StagePart(Part):
    """One stage of a roadmap; `skills` are slugs."""

    title: Text
    summary: Text = {}
    months: int | None = None
    skills: list[str] = []
    resources: list[ResourcePart] = []


class ImagePart(Part):
    """A picture, by address."""

    url: str
    alt: Text
    credit: str | None = None


class ProfilePart(Part):
    """What the work consists of, as a source describes it, in the default locale; `knowledge` holds how important each
    field is, by its name."""

    source: str
    tasks: list[str] = []
    activities: list[str] = []
    knowledge: dict[str, float] = {}


class RelationPart(Part):
    """The careers that a source calls related, nearest first, by their ids in a scheme."""

    source: str
    scheme: str
    ids: list[str]


class QuestionPart(Part):
    """A question about a pair that an editor answers."""

    question: Text
    answer: Text
