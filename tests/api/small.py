"""A small catalog in two versions, made of engine values: every kind of value, and German only in part."""

from datetime import UTC, date, datetime

from careergraph.engine.content import (
    Career,
    CareerSkill,
    Catalog,
    Category,
    Collection,
    ExternalId,
    Image,
    Resource,
    RoadmapStage,
    Skill,
)
from careergraph.engine.content.attribute import Attribute, Better, Option, TransitionRole, ValueKind
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import Provenance, Value, parse_value
from careergraph.engine.errors import Code, CodedError
from truth.seeded import catalog as seeded

FIRST, SECOND = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, 12, 30, tzinfo=UTC)
"""When the two versions were published."""

ATTRIBUTES = {
    locale.key: locale
    for locale in (
        Attribute(key="pay", label={"en": "Pay"}, kind=ValueKind.MONEY_RANGE, better=Better.HIGHER, position=1),
        Attribute(
            key="months",
            label={"en": "Months", "de": "Monate"},
            kind=ValueKind.NUMBER,
            better=Better.LOWER,
            position=2,
            unit="months",
            scale=60,
            transition_role=TransitionRole.LEARNING_MONTHS,
        ),
        Attribute(
            key="barrier",
            label={"en": "Barrier"},
            kind=ValueKind.LEVEL,
            better=Better.LOWER,
            position=3,
            options=(Option(key="low", label={"en": "Low", "de": "Niedrig"}), Option(key="top", label={"en": "High"})),
        ),
        Attribute(key="travel", label={"en": "Travel"}, kind=ValueKind.FLAG, better=Better.NEITHER, position=4),
        Attribute(
            key="place",
            label={"en": "Place"},
            kind=ValueKind.CHOICE,
            better=Better.NEITHER,
            position=5,
            options=(Option(key="in", label={"en": "Indoors"}), Option(key="out", label={"en": "Outdoors"})),
        ),
    )
}
SOURCE = Source(
    slug="survey",
    title="Survey",
    publisher="Bureau",
    kind=SourceKind.MEASURED,
    url="https://example.org/survey",
    licence="CC0",
    credit="By the bureau",
    vintage="2025",
)
CRAFT, CARE = (Category(slug=it, name={"en": it.title()}, summary={"en": ""}) for it in ("craft", "care"))
WOOD = Skill(
    slug="wood",
    name={"en": "Woodwork", "de": "Holz"},
    aliases={"en": ("joinery",)},
    family={"en": "Making"},
    external_ids=(ExternalId(scheme="esco", id="w1"),),
)
TOOLS = Skill(slug="tools", name={"en": "Hand tools"}, broader=("wood",), related=("wood",))


def figure(key: str, **fields: object) -> Value:
    """A value of one of the attributes."""
    provenance = Provenance(
        source=SOURCE,
        observed_on=date(2025, 5, 1),
        method={"en": "Asked"},
        published_for=f"{key}-{sorted(fields.items())}",
        region="North",
    )
    return parse_value(ATTRIBUTES[key], provenance, fields)


def _money(low: float, high: float) -> Value:
    return figure("pay", low=low, high=high, currency="EUR", period="YEAR", basis="POSTED")


CARPENTER = Career(
    slug="carpenter",
    title={"en": "Carpenter", "de": "Schreiner"},
    summary={"en": "Makes things of wood."},
    aliases={"en": ("Joiner",)},
    category=CRAFT,
    published_at=FIRST,
    values=(
        _money(30000, 45000),
        figure("months", value=36, interval=[30, 40]),
        figure("barrier", level="low"),
        figure("travel", yes=False),
        figure("place", choice="in"),
    ),
    skills=(
        CareerSkill(position=1, text={"en": "Joining boards", "de": "Bretter fügen"}, concepts=(WOOD,)),
        CareerSkill(position=2, text={"en": "Sharpening", "de": "Schärfen"}, concepts=(TOOLS,)),
    ),
    roadmap=(
        RoadmapStage(
            title={"en": "Apprentice"},
            summary={"en": "Learn."},
            months=12,
            skills=(WOOD,),
            resources=(Resource(title={"en": "A book"}, url="https://example.org/book"),),
        ),
    ),
    image=Image(url="https://example.org/p.jpg", alt={"en": "A bench", "de": "Eine Bank"}, credit="Ann"),
    external_ids=(ExternalId(scheme="soc", id="47-2031"),),
)
NURSE = Career(
    slug="nurse",
    title={"en": "Nurse"},
    summary={"en": "Cares."},
    category=CARE,
    published_at=SECOND,
    values=(_money(35000, 40000), figure("barrier", level="top"), figure("place", choice="out")),
    skills=(CareerSkill(position=1, text={"en": "Listening"}),),
)
ROOFER = Career(
    slug="roofer",
    title={"en": "Roofer"},
    summary={"en": "Roofs."},
    category=CRAFT,
    published_at=FIRST,
    values=(_money(30000, 45000), figure("months", value=24), figure("travel", yes=True)),
    skills=(CareerSkill(position=1, text={"en": "Nailing"}, concepts=(TOOLS,)),),
)


def _catalog(version: int, published_at: datetime, careers: tuple[Career, ...]) -> Catalog:
    return Catalog.of(
        version=version,
        published_at=published_at,
        locales=seeded().locales.values(),
        attributes=ATTRIBUTES.values(),
        sources=[SOURCE],
        categories=[CRAFT, CARE],
        skills=[WOOD, TOOLS],
        careers=careers,
        collections=[
            Collection(slug="hands", title={"en": "By hand"}, summary={"en": ""}, careers=("roofer", "carpenter"))
        ],
    )


OLD = _catalog(1, FIRST, (CARPENTER, ROOFER))
NEW = _catalog(2, SECOND, (CARPENTER, NURSE, ROOFER))


def as_of(instant: datetime) -> Catalog:
    """The version that was current at an instant."""
    if instant < FIRST:
        raise CodedError(Code.BAD_DATE, "There was no catalog yet.")
    return OLD if instant < SECOND else NEW
