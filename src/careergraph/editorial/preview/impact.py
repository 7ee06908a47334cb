"""Impact: which comparisons change between two catalogs, and how, told before anything is published.

A comparison changes where a statement, a row of its glance, its skills, its collections or the editor's own text does.
Only pairs that can be affected are computed: those with a career that is not the same in every part that a comparison
reads (its own fields, or the skills, category, attributes and sources that they lead to), or whose collections or pair
document changed; where a locale changed, all.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from careergraph.editorial.content.comparison_fingerprint import ComparisonFingerprint, fact_key, fingerprint_of
from careergraph.editorial.preview.affected_pages import Pair, collected_careers, noted_pairs, same, same_locales
from careergraph.engine.content import Catalog
from careergraph.engine.text.statement import Fact, Statement

MOST = 50_000
"""More pairs than this are not computed, so that nobody waits for minutes; the impact then says so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A fact that is not the same any longer; None where it is not there."""

    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChange:
    """A statement that appears (`before` is None), vanishes (`after` is None) or turns into another one. No `causes`:
    its facts are as they were, and its wording or its rule of outcome changed."""

    section: str
    before: Statement | None
    after: Statement | None
    causes: tuple[Cause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonChange:
    """A comparison that is not the same: `sections` are the parts that changed. `statements` are in the first locale
    in which any differ, that of the default first. A comparison that comes or goes has no statements here."""

    a: str
    b: str
    appears: bool = False
    vanishes: bool = False
    sections: tuple[str, ...] = ()
    statements: tuple[StatementChange, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What changes. `affected` pairs might, of which `examined` were computed and `changed` do, those that `appear` and
    `vanish` included; `complete` says whether these are all. `first` are the first changes, by slug."""

    careers: tuple[str, ...]
    affected: int
    examined: int
    changed: int
    appear: int
    vanish: int
    complete: bool
    first: tuple[ComparisonChange, ...]


def impact(before: Catalog, after: Catalog, first: int = 20, most: int = MOST) -> Impact:
    """Compares two catalogs by their comparisons, and returns the first changes in full."""
    careers = _affected_careers(before, after)
    pairs = sorted(_pairs(before, after, careers))
    changes = [change for pair in pairs[:most] if (change := _change(before, after, pair)) is not None]
    return Impact(
        careers=tuple(sorted(careers)),
        affected=len(pairs),
        examined=min(len(pairs), most),
        changed=len(changes),
        appear=sum(change.appears for change in changes),
        vanish=sum(change.vanishes for change in changes),
        complete=len(pairs) <= most,
        first=tuple(changes[:first]),
    )


def _affected_careers(before: Catalog, after: Catalog) -> set[str]:
    """The careers whose comparisons may change, by slug."""
    every = before.careers.keys() | after.careers.keys()
    if not same_locales(before, after):
        return set(every)
    slugs = {slug for slug in every if not same(before.careers.get(slug), after.careers.get(slug))}
    return slugs | (set(collected_careers(before, after)) & every)


def _pairs(before: Catalog, after: Catalog, careers: Iterable[str]) -> set[Pair]:
    """The pairs that may change, each in the order of the alphabet."""
    affected = set(careers)
    others = (before.careers.keys() | after.careers.keys()) - affected
    pairs = set(combinations(sorted(affected), 2))
    pairs |= {(min(one, other), max(one, other)) for one in affected for other in others}
    return pairs | set(noted_pairs(before, after))


def _change(before: Catalog, after: Catalog, pair: Pair) -> ComparisonChange | None:
    a, b = pair
    was, will = _holds(before, pair), _holds(after, pair)
    if not (was and will):
        return ComparisonChange(a=a, b=b, appears=will, vanishes=was) if was or will else None
    for locale in dict.fromkeys((after.default_locale, *after.locales)):
        old, new = (
            fingerprint_of(before, pair, locale if locale in before.locales else None),
            fingerprint_of(after, pair, locale),
        )
        if sections := [name for name in new.keys if old.keys[name] != new.keys[name]]:
            changed = tuple(_statements(old, new, before, after))
            return ComparisonChange(a=a, b=b, sections=tuple(sections), statements=changed)
    return None


def _holds(catalog: Catalog, pair: Pair) -> bool:
    return all(slug in catalog.careers for slug in pair)


def _statements(
    old: ComparisonFingerprint, new: ComparisonFingerprint, before: Catalog, after: Catalog
) -> Iterator[StatementChange]:
    """Statements that are not the same, those on the same subject side by side."""
    for section, statements in new.statements.items():
        kept = {key for key, _ in statements} & {key for key, _ in old.statements[section]}
        gone = [it for key, it in old.statements[section] if key not in kept]
        come = [it for key, it in statements if key not in kept]
        for one, other in _pair_up(gone, come):
            yield StatementChange(
                section=section, before=one, after=other, causes=tuple(_causes(one, other, before, after))
            )


def _pair_up(gone: list[Statement], come: list[Statement]) -> Iterator[tuple[Statement | None, Statement | None]]:
    """Pairs each statement that vanishes with one that appears: about the same attribute, or after the same rule."""
    rest = list(come)
    for old in gone:
        new = next((it for it in rest if _subject(it) == _subject(old)), None)
        if new is not None:
            rest.remove(new)
        yield old, new
    yield from ((None, it) for it in rest)


def _subject(statement: Statement) -> object:
    keys = [fact.attribute.key for fact in statement.facts if fact.attribute is not None]
    return keys[0] if keys else statement.rule


def _causes(old: Statement | None, new: Statement | None, before: Catalog, after: Catalog) -> Iterator[Cause]:
    """The facts of either statement that are not so in the other catalog."""
    seen = set()
    sides = [it.facts for it in (old, new) if it is not None]
    for place in dict.fromkeys(_place(fact, index) for facts in sides for index, fact in enumerate(facts)):
        one, other = (_fact(place, it, catalog) for it, catalog in ((old, before), (new, after)))
        keys = tuple(None if it is None else fact_key(it) for it in (one, other))
        if keys[0] != keys[1] and keys not in seen:
            seen.add(keys)
            yield Cause(before=one, after=other)


Place = tuple[str, str | None, str | None, int | None]


def _place(fact: Fact, index: int) -> Place:
    """The subject of a fact: a career's attribute, its skill, or the position of a count."""
    attribute = fact.attribute.key if fact.attribute else None
    skill = fact.skill.slug if fact.skill else None
    return fact.career.slug, attribute, skill, None if attribute or skill else index


def _fact(place: Place, statement: Statement | None, catalog: Catalog) -> Fact | None:
    """The fact at a place: as the statement has it, else as the catalog has it."""
    slug, attribute, skill, index = place
    facts = enumerate(statement.facts if statement else ())
    if (fact := next((fact for at, fact in facts if _place(fact, at) == place), None)) is not None:
        return fact
    career = catalog.careers[slug]
    if attribute is not None and (value := career.value(attribute)) is not None:
        return Fact(career, value.attribute, value)
    concepts = chain.from_iterable(it.concepts for it in career.skills)
    concept = next((it for it in concepts if it.slug == skill), None)
    return None if concept is None or index is not None else Fact(career, skill=concept)
