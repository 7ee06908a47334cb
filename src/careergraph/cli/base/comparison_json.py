"""A comparison as JSON: every section, every statement with the facts that prove it. Names are those of the API."""

from collections.abc import Iterable

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.comparison.verdict import ChooseIf
from careergraph.engine.content import Career, CareerSkill
from careergraph.engine.content.outcome import Side
from careergraph.engine.content.value_kinds import Value
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Fact, Statement
from careergraph.engine.transition.transition import Transition

Json = dict[str, object]


def comparison_json(comparison: Comparison) -> Json:
    """The whole of a comparison."""
    localized = comparison.localized
    return {
        "slug": comparison.slug,
        "canonicalSlug": comparison.canonical_slug,
        "title": comparison.title,
        "locale": localized.locale.code,
        "region": localized.region,
        "catalogVersion": localized.catalog.version,
        "a": _career(localized, comparison.a),
        "b": _career(localized, comparison.b),
        "description": comparison.description,
        "lead": {"text": comparison.lead.text, "statements": _statements(localized, comparison.lead.statements)},
        "summary": _statements(localized, comparison.summary),
        "glance": _glance(comparison),
        "skills": _skills(comparison),
        "verdict": _verdict(comparison),
        "transitions": [_transition(localized, comparison.transition(side)) for side in Side],
        "collections": [{"slug": it.slug, "title": localized.read(it.title)} for it in comparison.collections],
    }


def _career(localized: LocalizedCatalog, career: Career) -> Json:
    return {"slug": career.slug, "title": localized.read(career.title)}


def _glance(comparison: Comparison) -> Json:
    localized = comparison.localized
    return {
        "rows": [
            {
                "attribute": {"key": row.attribute.key, "label": localized.read(row.attribute.label)},
                "a": _value(localized, row.a),
                "b": _value(localized, row.b),
                "outcome": row.outcome,
                "obstacle": row.obstacle,
            }
            for row in comparison.glance.rows
        ]
    }


def _value(localized: LocalizedCatalog, value: Value | None) -> Json | None:
    if value is None:
        return None
    provenance = value.provenance
    return {
        "display": localized.display(value),
        **value.fields(),
        "source": provenance.source.slug,
        "observedOn": provenance.observed_on.isoformat() if provenance.observed_on else None,
        "method": localized.read(provenance.method) if provenance.method else None,
        "publishedFor": provenance.published_for,
        "publishedForTitle": provenance.published_for_title,
        "region": provenance.region,
        "sampleSize": provenance.sample_size,
    }


def _skills(comparison: Comparison) -> Json:
    localized, skills = comparison.localized, comparison.skills
    return {
        "overlap": skills.overlap,
        "aOnly": [_skill(localized, skill) for skill in skills.a_only],
        "shared": [
            {
                "concept": pair.concept.slug if pair.concept else None,
                "a": _skill(localized, pair.a),
                "b": _skill(localized, pair.b),
            }
            for pair in skills.shared
        ],
        "related": [
            {"a": _skill(localized, pair.a), "b": _skill(localized, pair.b), "because": pair.because(localized)}
            for pair in skills.related
        ],
        "bOnly": [_skill(localized, skill) for skill in skills.b_only],
    }


def _skill(localized: LocalizedCatalog, skill: CareerSkill) -> Json:
    return {
        "text": localized.read(skill.text),
        "position": skill.position,
        "concepts": [concept.slug for concept in skill.concepts],
    }


def _verdict(comparison: Comparison) -> Json:
    localized, verdict = comparison.localized, comparison.verdict
    return {
        "chooseA": _choice(localized, verdict.choose_a),
        "chooseB": _choice(localized, verdict.choose_b),
        "either": _statements(localized, verdict.either),
        "conclusion": _statements(localized, verdict.conclusion),
    }


def _choice(localized: LocalizedCatalog, choice: ChooseIf) -> Json:
    note = choice.note
    return {
        "career": choice.career.slug,
        "reasons": _statements(localized, choice.reasons),
        "note": None if note is None else _statements(localized, [note])[0],
    }


def _transition(localized: LocalizedCatalog, transition: Transition) -> Json:
    return {
        "from": transition.origin.slug,
        "to": transition.target.slug,
        "grade": transition.grade,
        "points": transition.points,
        "kinship": transition.kinship,
        "months": transition.months,
        "covered": transition.covered,
        "keep": [_skill(localized, skill) for skill in transition.keep],
        "gain": [_skill(localized, skill) for skill in transition.gain],
        "statements": _statements(localized, transition.statements),
    }


def _statements(localized: LocalizedCatalog, statements: Iterable[Statement]) -> list[Json]:
    return [
        {
            "text": statement.text,
            "clause": statement.clause or None,
            "rule": statement.rule,
            "outcome": statement.outcome,
            "locale": statement.locale,
            "facts": [_fact(localized, fact) for fact in statement.facts],
        }
        for statement in statements
    ]


def _fact(localized: LocalizedCatalog, fact: Fact) -> Json:
    """A fact's fields, those that it has."""
    fields: Json = {
        "career": fact.career.slug,
        "attribute": fact.attribute.key if fact.attribute else None,
        "value": _value(localized, fact.value),
        "part": fact.part,
        "skill": fact.skill.slug if fact.skill else None,
        "count": fact.count,
    }
    return {name: field for name, field in fields.items() if field is not None}
