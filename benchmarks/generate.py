"""Generated content: any number of careers, the same for the same seed, in the shape of the seeded ones.

Attributes, locales, sources and categories are those of `seed/`; skills, careers and collections are made up. A career
has eight skills, out of a pool in which every concept is related to three others, a figure for nine attributes in ten,
and a roadmap.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from careergraph.editorial.content.content_folder import read
from careergraph.store.documents.documents import (
    AttributeDocument,
    CareerDocument,
    CareerSkillPart,
    CategoryDocument,
    CollectionDocument,
    ConceptPart,
    Document,
    SkillDocument,
    SourceDocument,
    StagePart,
    ValuePart,
)

SEEDS = sorted((Path(__file__).parents[1] / "seed").iterdir())
WORDS = ("Cloud", "Data", "Model", "Grid", "Field", "Risk", "Policy", "Vision", "Speech", "Energy", "Health", "Market")
TRADES = ("Analyst", "Engineer", "Planner", "Designer", "Scientist", "Architect", "Auditor", "Operator")


def seeded() -> tuple[Document, ...]:
    """The documents of `seed/`, each as the last seed that has it says."""
    latest: dict[tuple[str, str], Document] = {}
    for folder in SEEDS:
        reading = read([folder])
        assert not reading.problems, reading.problems
        latest |= {(it.document.TYPE, it.document.ident): it.document for it in reading.entries}
    return tuple(latest.values())


def generated(careers: int, seed: int = 1) -> tuple[Document, ...]:
    """The documents of a catalog of so many generated careers."""
    random = Random(seed)
    kept = [it for it in seeded() if not isinstance(it, SkillDocument | CareerDocument | CollectionDocument)]
    skills = [_skill(random, number, _pool(careers)) for number in range(_pool(careers))]
    careers_made = [_career(random, number, kept, skills) for number in range(careers)]
    collections = [_collection(random, number, careers_made) for number in range(max(1, careers // 20))]
    return (*kept, *skills, *careers_made, *collections)


def _pool(careers: int) -> int:
    return 200 + careers // 5


def _skill(random: Random, number: int, pool: int) -> SkillDocument:
    related = {random.randrange(pool) for _ in range(3)} - {number}
    return SkillDocument(
        slug=f"skill-{number}",
        name={"en": f"{random.choice(WORDS)} skill {number}", "de": f"Fähigkeit {number}"},
        aliases={"en": [f"Skill no. {number}"]},
        related=[f"skill-{other}" for other in sorted(related)],
    )


def _career(random: Random, number: int, kept: Sequence[Document], skills: Sequence[SkillDocument]) -> CareerDocument:
    title = f"{random.choice(WORDS)} {random.choice(WORDS)} {random.choice(TRADES)} {number}"
    chosen = random.sample(skills, 8)
    categories = [it.slug for it in kept if isinstance(it, CategoryDocument)]
    return CareerDocument(
        slug=f"career-{number}",
        title={"en": title, "de": f"{title} (Beruf)"},
        summary={"en": f"What somebody does all day who works as {title}.", "de": f"Was man als {title} macht."},
        category=random.choice(categories),
        aliases={"en": [f"{title} specialist"]},
        values=list(_values(random, kept)),
        skills=[_career_skill(random, skill) for skill in chosen],
        roadmap=[_stage(stage, chosen[2 * stage : 2 * stage + 2]) for stage in range(4)],
    )


def _career_skill(random: Random, skill: SkillDocument) -> CareerSkillPart:
    text = {locale: f"{name} at {random.choice(WORDS).lower()} scale" for locale, name in skill.name.items()}
    return CareerSkillPart(
        text=text, concepts=[ConceptPart(skill=skill.slug, proposed_by="generator", accepted_by="generator")]
    )


def _stage(number: int, skills: Sequence[SkillDocument]) -> StagePart:
    title = {"en": f"Stage {number + 1}", "de": f"Stufe {number + 1}"}
    return StagePart(title=title, summary=title, months=3 * (number + 1), skills=[skill.slug for skill in skills])


def _values(random: Random, kept: Sequence[Document]) -> Iterator[ValuePart]:
    source = next(it.slug for it in kept if isinstance(it, SourceDocument))
    for attribute in kept:
        if isinstance(attribute, AttributeDocument) and random.random() < 0.9:
            yield _value(random, attribute, source)


def _value(random: Random, attribute: AttributeDocument, source: str) -> ValuePart:
    part = ValuePart(attribute=attribute.key, source=source, method={"en": "Made up for a benchmark."})
    match attribute.kind:
        case "MONEY_RANGE":
            part.low = float(random.randrange(40, 160) * 1000)
            part.high = part.low + random.randrange(10, 120) * 1000
            part.currency, part.period = "USD", "YEAR"
            part.basis = random.choice(("EDITORIAL", "EDITORIAL", "EDITORIAL", "PERCENTILES"))
        case "NUMBER":
            part.value = float(random.randrange(0, int(attribute.scale or 24)) + random.choice((0, 0.5)))
            part.unit = attribute.unit
        case "LEVEL":
            part.level = random.choice(attribute.options).key
        case "CHOICE":
            part.choice = random.choice(attribute.options).key
        case _:
            part.yes = random.random() < 0.7
    return part


def _collection(random: Random, number: int, careers: Sequence[CareerDocument]) -> CollectionDocument:
    members = random.sample(careers, min(8, len(careers)))
    return CollectionDocument(
        slug=f"collection-{number}",
        title={"en": f"Collection {number}"},
        careers=[career.slug for career in members],
    )
