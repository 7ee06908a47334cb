"""The fingerprint of a comparison in one locale: keys that are equal if the content is.

Objects of two catalogs are never identical, and a deep comparison would include fields that no comparison shows.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from careergraph.engine.comparison.compare import Comparison, compare
from careergraph.engine.comparison.glance import GlanceRow
from careergraph.engine.content import Career, CareerSkill, Catalog
from careergraph.engine.content.locale import Locale, Text
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.value import Value
from careergraph.engine.text.localized_catalog import localize
from careergraph.engine.text.statement import Fact, Statement

Key = tuple[object, ...]
ValueKey = Callable[[Value], Key]


@dataclass(frozen=True, slots=True)
class ComparisonFingerprint:
    """The content of a comparison: a comparable key for each section, and the statements of the sections that have
    some."""

    keys: Mapping[str, object]
    statements: Mapping[str, tuple[tuple[Key, Statement], ...]]


def fingerprint_of(catalog: Catalog, pair: tuple[str, str], locale: str | None) -> ComparisonFingerprint:
    """The aspects of a comparison. Raises CodedError for careers or a locale that the catalog lacks."""
    comparison, value_key = compare(catalog, *pair, locale), _once_each()
    keyed = {
        section: tuple([(statement_key(it, value_key), it) for it in statements])
        for section, statements in _statements(comparison)
    }
    keys: dict[str, object] = {section: tuple([key for key, _ in entries]) for section, entries in keyed.items()}
    keys["description"] = comparison.description
    return ComparisonFingerprint(keys | dict(_other_sections(catalog, comparison, value_key)), keyed)


def differing_section(before: Catalog, after: Catalog, pair: tuple[str, str], locale: str | None) -> str | None:
    """Return a section in which the fingerprints of a comparison in two catalogs differ, None without any; what is
    quick to compare comes first. Raises CodedError for careers or a locale that a catalog lacks."""
    was, will = (compare(catalog, *pair, locale) for catalog in (before, after))
    if _rows_differ(was, will):
        return "glance"
    others = zip(_other_sections(before, was), _other_sections(after, will), strict=True)
    if (section := next((name for (name, old), (_, new) in others if old != new), None)) is not None:
        return section
    if was.description != will.description:
        return "description"
    sections = zip(_statements(was), _statements(will), strict=True)
    differing = (name for (name, old), (_, new) in sections if [*map(statement_key, old)] != [*map(statement_key, new)])
    return next(differing, None)


@dataclass(frozen=True, slots=True)
class Face:
    """The parts of a career in every comparison: its `texts`, and its `figures` and skills."""

    texts: Key
    figures: Key


def face_of(catalog: Catalog, career: Career, locale: str) -> Face:
    """The face of a career. Two comparisons differ if those of either career do. Raises CodedError UNKNOWN_LOCALE."""
    localized = localize(catalog, locale)
    read, display = localized.read, localized.display
    figures = [(it.attribute.key, read(it.attribute.label), _value_key(it), display(it)) for it in career.values]
    regional = [(it.attribute.key, _value_key(it), display(it)) for it in career.regional]
    words = sorted(_word(it, read) for it in career.skills)
    return Face((read(career.title), read(career.category.name)), (*figures, None, *regional, None, *words))


def _rows_differ(was: Comparison, will: Comparison) -> bool:
    """Return whether the rows of a glance differ. Rows of the same objects need no closer look."""
    old_rows, new_rows = was.glance.rows, will.glance.rows
    return len(old_rows) != len(new_rows) or any(
        not (old.attribute is new.attribute and old.a is new.a and old.b is new.b and old.outcome is new.outcome)
        and _row_key(old, was) != _row_key(new, will)
        for old, new in zip(old_rows, new_rows, strict=True)
    )


def _other_sections(
    catalog: Catalog, comparison: Comparison, value_key: ValueKey | None = None
) -> Iterator[tuple[str, object]]:
    """The key of each section but for the description and the statements."""
    read = comparison.localized.read
    yield "title", (comparison.title, read(comparison.a.title), read(comparison.b.title))
    yield "glance", tuple([_row_key(row, comparison, value_key) for row in comparison.glance.rows])
    yield "regionalValues", tuple([_regional_key(it, comparison) for it in (comparison.a, comparison.b)])
    yield "skills", _skills_key(comparison)
    yield "collections", tuple([(it.slug, read(it.title)) for it in comparison.collections])
    yield "editorial", _notes_key(catalog, comparison)


def statement_key(statement: Statement, value_key: ValueKey | None = None) -> Key:
    """The rule, outcome, text and facts of a statement, as one comparable key."""
    facts = tuple([fact_key(fact, value_key) for fact in statement.facts])
    return statement.rule, statement.outcome, statement.text, statement.locale, statement.clause, facts


def fact_key(fact: Fact, value_key: ValueKey | None = None) -> Key:
    """A fact as one comparable key."""
    attribute = fact.attribute.key if fact.attribute else None
    value = (value_key or _value_key)(fact.value) if fact.value is not None else None
    skill = fact.skill.slug if fact.skill else None
    return fact.career.slug, attribute, value, fact.part, skill, fact.count


def locale_key(locale: Locale) -> Key:
    """A locale with its phrases, as one comparable key."""
    maps = (locale.money, locale.periods, {name: it.source for name, it in locale.phrases.items()})
    fallback = locale.fallback.code if locale.fallback else None
    plain = (locale.code, locale.name, fallback, locale.plural, locale.decimal, locale.group)
    return (*plain, *[tuple(sorted(it.items())) for it in maps])


def _statements(comparison: Comparison) -> Iterator[tuple[str, tuple[Statement, ...]]]:
    verdict = comparison.verdict
    yield "lead", comparison.lead.statements
    yield "summary", comparison.summary
    yield "notes", tuple([it.note for it in (verdict.choose_a, verdict.choose_b) if it.note is not None])
    yield "chooseA", verdict.choose_a.reasons
    yield "chooseB", verdict.choose_b.reasons
    yield "either", verdict.either
    yield "conclusion", verdict.conclusion
    yield "transitionFromA", comparison.transition(Side.A).statements
    yield "transitionFromB", comparison.transition(Side.B).statements


def _once_each() -> ValueKey:
    """Return what makes the key of each value once, as long as the value is there: most are facts of several things."""
    keys: dict[int, Key] = {}

    def value_key(value: Value) -> Key:
        if (key := keys.get(id(value))) is None:
            key = keys[id(value)] = _value_key(value)
        return key

    return value_key


def _value_key(value: Value) -> Key:
    origin = value.provenance
    fields = tuple(sorted((name, repr(field)) for name, field in value.fields().items()))
    row = origin.published_for, origin.published_for_title
    where = origin.source.slug, origin.observed_on, *row, origin.region
    return fields, *where, origin.sample_size


def _row_key(row: GlanceRow, comparison: Comparison, value_key: ValueKey | None = None) -> Key:
    localized, key_of = comparison.localized, value_key or _value_key
    values = [None if it is None else (key_of(it), localized.display(it)) for it in (row.a, row.b)]
    return row.attribute.key, localized.read(row.attribute.label), *values, row.outcome, row.obstacle


def _regional_key(career: Career, comparison: Comparison) -> Key:
    """The figures of other regions, which a comparison shows to those who choose one."""
    display = comparison.localized.display
    return tuple([(it.attribute.key, _value_key(it), display(it)) for it in career.regional])


def _skills_key(comparison: Comparison) -> Key:
    skills, read = comparison.skills, comparison.localized.read
    word = partial(_word, read=read)
    shared = tuple([(word(it.a), word(it.b)) for it in skills.shared])
    related = tuple([(word(it.a), word(it.b), it.because(comparison.localized)) for it in skills.related])
    return tuple(map(word, skills.a_only)), shared, related, tuple(map(word, skills.b_only))


def _word(skill: CareerSkill, read: Callable[[Text], str]) -> Key:
    return read(skill.text), tuple([(it.slug, read(it.name)) for it in skill.concepts])


def _notes_key(catalog: Catalog, comparison: Comparison) -> object:
    notes = catalog.pairs_notes.get(comparison.canonical_slug)
    if notes is None:
        return None
    read = comparison.localized.read
    questions = tuple([(read(it.question), read(it.answer)) for it in notes.questions])
    return read(notes.introduction), questions, notes.featured, notes.hidden
