"""A small labour market made up at random: careers with all that neighbours are found by, or with parts of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, product
from random import Random

from careergraph.engine.content import (
    Career,
    CareerSkill,
    Catalog,
    Category,
    ExternalId,
    PairNotes,
    Profile,
    PublishedRelations,
    Skill,
)
from careergraph.engine.content.attribute import Attribute, Better, Option, ValueKind
from careergraph.engine.content.neighbour import Neighbourhoods
from careergraph.engine.content.source import Source, SourceKind
from careergraph.engine.content.value_kinds import Provenance, Value, parse_value
from careergraph.engine.similarity.features import Features
from careergraph.engine.similarity.nearest import Search
from careergraph.engine.similarity.packed_vectors import PackedVectors, things_of
from careergraph.engine.similarity.vectors import Rarity, VectorSpace
from truth.seeded import catalog as seeded

WHEN = datetime(2026, 1, 1, tzinfo=UTC)
SOURCE = Source(slug="survey", title="Survey", publisher="Bureau", kind=SourceKind.MEASURED)
CATEGORIES = tuple(Category(slug=it, name={"en": it}, summary={}) for it in ("craft", "care"))
LEVELS = tuple(Option(key=it, label={"en": it}) for it in ("low", "middle", "high"))
PAY = Attribute(key="pay", label={"en": "Pay"}, kind=ValueKind.MONEY_RANGE, better=Better.HIGHER, position=1)
RISK = Attribute(key="risk", label={"en": "Risk"}, kind=ValueKind.NUMBER, better=Better.LOWER, position=2, scale=100)
ENTRY = Attribute(
    key="entry", label={"en": "Entry"}, kind=ValueKind.LEVEL, better=Better.LOWER, position=3, options=LEVELS
)
NIGHTS = Attribute(key="nights", label={"en": "Nights"}, kind=ValueKind.FLAG, better=Better.NEITHER, position=4)
ATTRIBUTES = (PAY, RISK, ENTRY, NIGHTS)
_PARTS = ("mel", "tor", "gam", "ril", "sop"), ("ka", "di", "be", "ro"), ("n", "lt", "x", "rk", "m", "p")
WORDS = ["".join(it) for it in product(*_PARTS)]
FIELDS = ("Numbers", "People", "Machines", "Law", "Language")
SKILLS = tuple(
    Skill(
        slug=f"skill-{number}",
        name={"en": f"Skill {number}"},
        related=(f"skill-{number + 1}",) if number % 3 == 0 else (),
    )
    for number in range(12)
)


def market(seed: int, careers: int, *, pairs: Sequence[PairNotes] = ()) -> Catalog:
    """A catalog of so many careers; the same seed makes the same one."""
    random = drawing(seed)
    return catalog_of([career(random, number) for number in range(careers)], pairs=pairs)


def drawing(seed: int) -> Random:
    """Random numbers, the same for the same seed."""
    return Random(seed)  # noqa: S311 - to be repeated, not to be a secret


def catalog_of(careers: Sequence[Career], *, version: int = 1, pairs: Sequence[PairNotes] = ()) -> Catalog:
    """A catalog of these careers."""
    return Catalog.of(
        version=version,
        published_at=WHEN,
        locales=seeded().locales.values(),
        attributes=ATTRIBUTES,
        sources=[SOURCE],
        categories=CATEGORIES,
        skills=SKILLS,
        careers=careers,
        pairs=pairs,
    )


def career(random: Random, number: int) -> Career:
    """A career; every fourth has no profile, and some have no figures or no skills."""
    skills = random.sample(SKILLS, random.randrange(4))
    return Career(
        slug=f"career-{number:03}",
        title={"en": sentence(random, 2)},
        summary={"en": sentence(random, random.randrange(8))},
        aliases={"en": tuple(dict.fromkeys(sentence(random, 2) for _ in range(random.randrange(4))))},
        category=random.choice(CATEGORIES),
        published_at=WHEN,
        profile=profile(random) if number % 4 else None,
        values=tuple(values(random)),
        skills=tuple(
            CareerSkill(position=place, text={"en": skill.slug}, concepts=(skill,))
            for place, skill in enumerate(skills, 1)
        ),
        external_ids=(ExternalId(scheme="list", id=str(number)),),
        relations=(PublishedRelations(source=SOURCE, scheme="list", ids=(str(number + 2), "none", str(number + 1))),),
    )


def profile(random: Random) -> Profile:
    """What some work consists of."""
    return Profile(
        source=SOURCE,
        tasks=tuple(sentence(random, 6) for _ in range(random.randrange(5))),
        activities=tuple(f"Activity {random.randrange(15)}" for _ in range(random.randrange(6))),
        knowledge={it: random.randrange(10, 51) / 10 for it in FIELDS} if random.random() < 0.8 else {},
    )


def values(random: Random) -> list[Value]:
    """Some figures."""
    low = random.randrange(20, 90) * 1000
    fields: list[tuple[Attribute, dict[str, object]]] = [
        (PAY, {"low": low, "high": low + 9000, "currency": "EUR", "period": "YEAR", "basis": "POSTED"}),
        (RISK, {"value": random.randrange(101)}),
        (ENTRY, {"level": random.choice(LEVELS).key}),
        (NIGHTS, {"yes": random.random() < 0.5}),
    ]
    origins = [Provenance(source=SOURCE, published_for=random.choice((None, "row"))) for _ in fields]
    figures = [parse_value(*it) for it in zip(ATTRIBUTES, origins, [it for _, it in fields], strict=True)]
    return [it for it in figures if random.random() < 0.6]


def sentence(random: Random, words: int) -> str:
    """So many words."""
    return " ".join(random.choice(WORDS) for _ in range(words)).capitalize()


def neighbours_by(catalog: Catalog, rarity: Rarity) -> Neighbourhoods:
    """The neighbourhoods of a catalog, from the beginning, by weights that are kept."""
    features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
    return Search(VectorSpace(features, rarity)).all()


def require_vectors(packed: PackedVectors, catalog: Catalog, rarity: Rarity) -> None:
    """Packed vectors are to the digit those of the catalog's careers by weights that are kept."""
    features = {slug: Features(catalog, career) for slug, career in catalog.careers.items()}
    space = VectorSpace(features, rarity)
    assert packed.rows.keys() == features.keys()
    weights, counts = packed.weights(), dict(zip(packed.things, packed.counts, strict=True))
    every = Counter(chain.from_iterable(map(things_of, features.values())))
    assert {thing: count for thing, count in counts.items() if count} == every
    for slug, one in space.vectors.items():
        same = packed.unpack(slug, one.features)
        assert [[*it.items()] for it in same.parts.values()] == [[*it.items()] for it in one.parts.values()]
        assert [it for it in same.knowledge if it] == [it for it in one.knowledge if it]
        assert all(weights[it][name] == space.weights[it][name] for it in one.parts for name in one.parts[it])


def changed(random: Random, catalog: Catalog) -> Catalog:
    """A catalog in which a few careers came, went, or are otherwise; and sometimes a relation between skills."""
    careers = dict(catalog.careers)
    for _ in range(random.randrange(4)):
        number = random.randrange(200)
        match random.randrange(3):
            case 0 if careers:
                careers.pop(random.choice(sorted(careers)))
            case 1 if careers:
                slug = random.choice(sorted(careers))
                careers[slug] = _edited(random, careers[slug])
            case _:
                careers[f"career-{number:03}"] = career(random, number)
    fresh = catalog_of(list(careers.values()), version=catalog.version + 1)
    if random.random() < 0.2:
        extra = Skill(slug="extra", name={"en": "Extra"}, related=(random.choice(SKILLS).slug,))
        fresh = replace(fresh, skills={**fresh.skills, "extra": extra})
    return fresh


def _edited(random: Random, one: Career) -> Career:
    other = career(random, int(one.slug[-3:]))
    field = random.choice(("title", "summary", "aliases", "category", "profile", "values", "skills", "relations"))
    return replace(one, **{field: getattr(other, field)})
