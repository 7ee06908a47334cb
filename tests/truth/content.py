"""Random catalogs: every kind of value, with every way in which two of them may differ."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from careergraph.engine.content import Career, CareerSkill, Catalog, Category, Collection, Skill
from careergraph.engine.content.attribute import Attribute, Better, Option, TransitionRole, ValueKind
from careergraph.engine.content.locale import Locale
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import Provenance, Value, parse_value

SOURCE = Source(slug="source", title="Source", publisher="Publisher", kind=SourceKind.EDITORIAL)
MEASURED = Source(slug="measured", title="Measured", publisher="Publisher", kind=SourceKind.MEASURED)
CATEGORIES = tuple(Category(slug=slug, name={"en": slug.title()}, summary={"en": ""}) for slug in ("alpha", "beta"))
WHEN = datetime(2026, 1, 1, tzinfo=UTC)


def _attribute(number: int, kind: ValueKind, better: Better, role: TransitionRole | None = None) -> Attribute:
    optional = kind in (ValueKind.LEVEL, ValueKind.CHOICE)
    editions: tuple[dict[str, str], ...] = ({}, {}, {}, {"en": "Second edition", "de": "Zweite Ausgabe"})
    labels = enumerate(editions) if optional else ()
    options = tuple(Option(key=f"o{rank}", label={"en": f"Option {rank}"}, edition=it) for rank, it in labels)
    own = {"flag": {"trait.yes": {"en": "You like it."}, "shared.yes": {"en": "You like it: both have it."}}}
    return Attribute(
        key=f"attribute-{number}",
        label={"en": f"Attribute {number}", "de": f"Merkmal {number}"},
        kind=kind,
        better=better,
        position=number,
        unit="units" if kind is ValueKind.NUMBER else None,
        options=options,
        phrases=own["flag"] if kind is ValueKind.FLAG else {},
        in_summary=number % 2 == 0,
        transition_role=role,
    )


ATTRIBUTES = (
    _attribute(1, ValueKind.MONEY_RANGE, Better.HIGHER),
    _attribute(2, ValueKind.MONEY_RANGE, Better.LOWER),
    _attribute(3, ValueKind.MONEY_RANGE, Better.NEITHER),
    _attribute(4, ValueKind.NUMBER, Better.HIGHER),
    _attribute(5, ValueKind.NUMBER, Better.LOWER, TransitionRole.LEARNING_MONTHS),
    _attribute(6, ValueKind.NUMBER, Better.NEITHER),
    _attribute(7, ValueKind.LEVEL, Better.LOWER, TransitionRole.ENTRY_BARRIER),
    _attribute(8, ValueKind.LEVEL, Better.HIGHER, TransitionRole.DIFFICULTY),
    _attribute(9, ValueKind.FLAG, Better.HIGHER),
    _attribute(10, ValueKind.FLAG, Better.NEITHER),
    _attribute(11, ValueKind.CHOICE, Better.NEITHER),
)

_amounts = st.one_of(st.integers(0, 5), st.floats(0, 5, allow_nan=False)).map(lambda amount: round(amount * 1000, 4))
_provenances = st.builds(
    Provenance,
    source=st.sampled_from((SOURCE, SOURCE, MEASURED)),
    published_for=st.sampled_from((None, None, None, "one", "two")),
    published_for_title=st.sampled_from((None, None, "All others")),
    region=st.sampled_from((None, None, None, "Here")),
)


@st.composite
def _open_ends(draw: st.DrawFn, ends: dict[str, float], kept: tuple[str, ...]) -> dict[str, object]:
    """An open end now and then; an open low end has the high one at the same amount."""
    if draw(st.integers(0, 3)):
        return {}
    low_may_be = "low" in kept and ("high" not in kept or ends["low"] == ends["high"])
    may_be = [*(["LOW"] if low_may_be else []), *(["HIGH"] if "high" in kept else [])]
    return {"openEnd": draw(st.sampled_from(may_be))} if may_be else {}


@st.composite
def _fields(draw: st.DrawFn, attribute: Attribute) -> dict[str, object]:
    match attribute.kind:
        case ValueKind.MONEY_RANGE:
            ends = sorted([draw(_amounts), draw(_amounts)])
            both = {"low": ends[0], "high": ends[1]}
            kept = draw(st.sampled_from((("low", "high"), ("low", "high"), ("low",), ("high",))))
            return {
                **{name: both[name] for name in kept},
                **draw(_open_ends(both, kept)),
                "currency": draw(st.sampled_from(("USD", "USD", "USD", "EUR"))),
                "period": draw(st.sampled_from(("YEAR", "YEAR", "YEAR", "MONTH"))),
                "basis": draw(st.sampled_from(("EDITORIAL", "EDITORIAL", "POSTED"))),
            }
        case ValueKind.NUMBER:
            return {"value": round(draw(st.one_of(st.integers(0, 20), st.floats(0, 20, allow_nan=False))), 4)}
        case ValueKind.LEVEL:
            return {"level": f"o{draw(st.integers(0, 3))}"}
        case ValueKind.FLAG:
            return {"yes": draw(st.booleans())}
        case ValueKind.CHOICE:
            return {"choice": f"o{draw(st.integers(0, 3))}"}


@st.composite
def _values(draw: st.DrawFn) -> tuple[Value, ...]:
    having = [attribute for attribute in ATTRIBUTES if draw(st.integers(0, 4))]
    return tuple(parse_value(it, draw(_provenances), draw(_fields(it))) for it in having)


@st.composite
def _skills(draw: st.DrawFn, concepts: tuple[Skill, ...]) -> tuple[CareerSkill, ...]:
    drawn = []
    for position in range(1, draw(st.integers(0, 8)) + 1):
        linked = draw(st.lists(st.sampled_from(concepts), max_size=3, unique_by=lambda skill: skill.slug))
        wording = draw(st.sampled_from(("Talk to people", "talk to people!", "Plan work", "Draw maps")))
        drawn.append(CareerSkill(position=position, text={"en": wording}, concepts=tuple(linked)))
    return tuple(drawn)


@st.composite
def catalogs(draw: st.DrawFn, locales: tuple[Locale, ...], careers: int = 2) -> Catalog:
    """A catalog of some careers that may have, lack, share or differ in anything."""
    slugs = [f"skill-{number}" for number in range(6)]
    edges = [draw(st.lists(st.sampled_from(slugs), max_size=2, unique=True)) for _ in slugs]
    concepts = tuple(
        Skill(slug=slug, name={"en": slug}, related=tuple(other for other in related if other != slug))
        for slug, related in zip(slugs, edges, strict=True)
    )
    return Catalog.of(
        version=1,
        published_at=WHEN,
        locales=locales,
        attributes=ATTRIBUTES,
        sources=[SOURCE, MEASURED],
        categories=CATEGORIES,
        skills=concepts,
        careers=[
            Career(
                slug=f"career-{number}",
                title={"en": f"Career {number} of all"},
                summary={"en": ""},
                category=draw(st.sampled_from(CATEGORIES)),
                published_at=WHEN,
                values=draw(_values()),
                skills=draw(_skills(concepts)),
            )
            for number in range(careers)
        ],
        collections=[Collection(slug="c", title={"en": "C"}, summary={"en": ""}, careers=("career-0", "career-1"))],
    )
