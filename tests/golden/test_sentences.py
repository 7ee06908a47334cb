"""Sentences that a careers adviser accepts, word for word: of seeded careers, of O*NET's and of ESCO's, of nearly all
rules. Read them aloud before you change one."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from careergraph.engine.comparison.compare import compare
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.content import Catalog
from careergraph.engine.text.statement import Rule, Statement
from truth.checker import all_statements, faults
from truth.seeded import catalog as seeded

from .adviser import catalog as imported

pytestmark = pytest.mark.long

SENTENCES = json.loads((Path(__file__).parent / "sentences.json").read_text(encoding="utf-8"))
CATALOGS = {"seed": seeded, "imported": imported}


def statements_of(catalog: Catalog, careers: Sequence[str], locale: str) -> Iterator[Statement]:
    """Everything that is said of two careers, or of several."""
    if len(careers) == 2:
        yield from (statement for _, statement in all_statements(compare(catalog, careers[0], careers[1], locale)))
    else:
        many = compare_many(catalog, list(careers), locale)
        yield from many.statements
        yield from (it for choice in many.choices for it in (*choice.reasons, choice.note) if it is not None)


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: f"{case['rule']}-{case['locale']}")
def test_a_sentence_is_as_an_adviser_says_it(case: dict[str, Any]) -> None:
    statements = statements_of(CATALOGS[case["catalog"]](), case["careers"], case["locale"])
    assert case["text"] in [it.text for it in statements if it.rule.value == case["rule"]]


def test_the_sentences_are_of_all_rules_sources_and_languages() -> None:
    rules = {case["rule"] for case in SENTENCES}
    left_out = {"weighed", "open-ends", "skills-and-moves", "not-comparable", "different"}
    assert rules >= {it.value for it in Rule if not it.value.startswith("transition-")} - left_out
    assert len(SENTENCES) >= 60
    assert len([case for case in SENTENCES if case["locale"] == "de"]) >= 15
    assert max(len(case["text"]) for case in SENTENCES) <= 200


@pytest.mark.parametrize("locale", ["en", "de"])
def test_the_judge_accepts_every_pair_of_imported_careers(locale: str) -> None:
    slugs = list(imported().careers)
    wrong = [it for a in slugs for b in slugs if a < b for it in faults(compare(imported(), a, b, locale))]
    assert wrong == []
