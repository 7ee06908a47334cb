"""A comparison as JSON: every section, every statement with the facts that prove it. Names are those of the API."""

from collections.abc import Iterable

from careergraph.engine.compare import Comparison
from careergraph.engine.content import Career, CareerSkill
from careergraph.engine.edition import Edition
from careergraph.engine.outcome import Side
from careergraph.engine.statement import Fact, Statement
from careergraph.engine.transition import Transition
from careergraph.engine.values import Value
from careergraph.engine.verdict import ChooseIf

Json = dict[str, object]


def proof(comparison: Comparison) -> Json:
    """The whole of a comparison."""
    edition = comparison.edition
    return {
        "slug": comparison.slug,
        "canonicalSlug": comparison.canonical_slug,
        "title": comparison.title,
        "locale": edition.locale.code,
        "catalogVersion": edition.catalog.version,
        "a": _career(edition, comparison.a),
        "b": _career(edition, comparison.b),
        "description": comparison.description,
        "lead": {"text": comparison.lead.text, "statements": _statements(edition, comparison.lead.statements)},
        "summary": _statements(edition, comparison.summary),
        "glance": _glance(comparison),
        "skills": _skills(comparison),
        "verdict": _verdict(comparison),
        "transitions": [_transition(edition, comparison.transition(side)) for side in Side],
        "collections": [{"slug": it.slug, "title": edition.read(it.title)} for it in comparison.collections],
    }


def _career(edition: Edition, career: Career) -> Json:
    return {"slug": career.slug, "title": edition.read(career.title)}


def _glance(comparison: Comparison) -> Json:
    edition = comparison.edition
    return {
        "rows": [
            {
                "attribute": {"key": row.attribute.key, "label": edition.read(row.attribute.label)},
                "a": _value(edition, row.a),
                "b": _value(edition, row.b),
                "outcome": row.outcome,
                "obstacle": row.obstacle,
            }
            for row in comparison.glance.rows
        ]
    }


def _value(edition: Edition, value: Value | None) -> Json | None:
    if value is None:
        return None
    provenance = value.provenance
    return {
        "display": edition.display(value),
        **value.fields(),
        "source": provenance.source.slug,
        "observedOn": provenance.observed_on.isoformat() if provenance.observed_on else None,
        "method": edition.read(provenance.method) if provenance.method else None,
        "publishedFor": provenance.published_for,
        "region": provenance.region,
        "sampleSize": provenance.sample_size,
    }


def _skills(comparison: Comparison) -> Json:
    edition, skills = comparison.edition, comparison.skills
    return {
        "overlap": skills.overlap,
        "aOnly": [_skill(edition, skill) for skill in skills.a_only],
        "shared": [
            {
                "concept": pair.concept.slug if pair.concept else None,
                "a": _skill(edition, pair.a),
                "b": _skill(edition, pair.b),
            }
            for pair in skills.shared
        ],
        "related": [
            {"a": _skill(edition, pair.a), "b": _skill(edition, pair.b), "because": pair.because(edition)}
            for pair in skills.related
        ],
        "bOnly": [_skill(edition, skill) for skill in skills.b_only],
    }


def _skill(edition: Edition, skill: CareerSkill) -> Json:
    return {
        "text": edition.read(skill.text),
        "position": skill.position,
        "concepts": [concept.slug for concept in skill.concepts],
    }


def _verdict(comparison: Comparison) -> Json:
    edition, verdict = comparison.edition, comparison.verdict
    return {
        "chooseA": _choice(edition, verdict.choose_a),
        "chooseB": _choice(edition, verdict.choose_b),
        "either": _statements(edition, verdict.either),
        "conclusion": _statements(edition, verdict.conclusion),
    }


def _choice(edition: Edition, choice: ChooseIf) -> Json:
    note = choice.note
    return {
        "career": choice.career.slug,
        "reasons": _statements(edition, choice.reasons),
        "note": None if note is None else _statements(edition, [note])[0],
    }


def _transition(edition: Edition, transition: Transition) -> Json:
    return {
        "from": transition.origin.slug,
        "to": transition.target.slug,
        "grade": transition.grade,
        "months": transition.months,
        "covered": transition.covered,
        "keep": [_skill(edition, skill) for skill in transition.keep],
        "gain": [_skill(edition, skill) for skill in transition.gain],
        "statements": _statements(edition, transition.statements),
    }


def _statements(edition: Edition, statements: Iterable[Statement]) -> list[Json]:
    return [
        {
            "text": statement.text,
            "clause": statement.clause or None,
            "rule": statement.rule,
            "outcome": statement.outcome,
            "locale": statement.locale,
            "facts": [_fact(edition, fact) for fact in statement.facts],
        }
        for statement in statements
    ]


def _fact(edition: Edition, fact: Fact) -> Json:
    """A fact's fields, those that it has."""
    fields: Json = {
        "career": fact.career.slug,
        "attribute": fact.attribute.key if fact.attribute else None,
        "value": _value(edition, fact.value),
        "part": fact.part,
        "skill": fact.skill.slug if fact.skill else None,
        "count": fact.count,
    }
    return {name: field for name, field in fields.items() if field is not None}
