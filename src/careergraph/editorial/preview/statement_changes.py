"""The statements of a comparison whose texts change, each with the facts that change them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from careergraph.editorial.content.comparison_fingerprint import ComparisonFingerprint, fact_key
from careergraph.engine.content import Catalog
from careergraph.engine.text.statement import Fact, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A changed fact; None where it is absent."""

    before: Fact | None
    after: Fact | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementChange:
    """A statement that appears (`before` is None), vanishes (`after` is None) or turns into another one. No `causes`:
    its facts are as they were, and its wording or its rule of outcome changed."""

    section: str
    before: Statement | None
    after: Statement | None
    catalogs: tuple[Catalog, Catalog] = field(repr=False, compare=False)

    @property
    def causes(self) -> tuple[Cause, ...]:
        """The changed facts."""
        return tuple(_causes(self.before, self.after, *self.catalogs))


def changed_statements(
    old: ComparisonFingerprint, new: ComparisonFingerprint, before: Catalog, after: Catalog
) -> Iterator[StatementChange]:
    """Yield the statements with changed texts, those on one subject together."""
    for section, statements in new.statements.items():
        kept = {key for key, _ in statements} & {key for key, _ in old.statements[section]}
        gone = [it for key, it in old.statements[section] if key not in kept]
        come = [it for key, it in statements if key not in kept]
        for one, other in _pair_up(gone, come):
            if one is not None and other is not None and one.text == other.text:
                continue  # its facts alone changed: the rows show it
            yield StatementChange(section=section, before=one, after=other, catalogs=(before, after))


def _pair_up(gone: list[Statement], come: list[Statement]) -> Iterator[tuple[Statement | None, Statement | None]]:
    """Pair each statement that vanishes with one that appears: about the same attribute, or of the same rule."""
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
