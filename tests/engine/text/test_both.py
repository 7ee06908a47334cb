"""What is said of two careers where more could be: both, and the figures that are known for both."""

from dataclasses import replace

import pytest

from careergraph.engine.comparison.compare import compare
from careergraph.engine.comparison.multi_comparison import compare_many
from careergraph.engine.content import Catalog
from careergraph.engine.content.career import Career
from careergraph.engine.content.outcome import Obstacle, RangeEnd
from careergraph.engine.content.value_kinds import MoneyRange
from truth.seeded import catalog

CODING = ("ai-data-engineer", "nlp-engineer")


@pytest.mark.parametrize(
    ("locale", "texts"),
    [
        ("en", {"all-same": "Both require coding.", "all-hold": "Common to both: data annotation."}),
        ("de", {"all-same": "Beide verlangen Programmieren."}),
    ],
)
def test_two_careers_are_both(locale: str, texts: dict[str, str]) -> None:
    statements = compare_many(catalog(), CODING, locale).statements
    for rule, text in texts.items():
        assert text in [it.text for it in statements if it.rule == rule]
    assert not [it.text for it in statements if "All 2" in it.text or "llen 2" in it.text or "all 2" in it.text]


def test_two_careers_without_a_common_skill_and_without_skills() -> None:
    apart = compare_many(catalog(), ("plumber", "nlp-engineer")).statements
    assert "No skill is the same in both." in [it.text for it in apart if it.rule == "none-hold"]
    bare = _with(catalog(), {slug: replace(catalog().careers[slug], skills=()) for slug in CODING})
    assert "No skills are listed for either of them." in [it.text for it in compare_many(bare, CODING).statements]


def test_the_other_of_two_is_one() -> None:
    bare = _with(catalog(), {slug: replace(catalog().careers[slug], values=()) for slug in CODING})
    note = compare_many(bare, CODING).choices[0].note
    assert note is not None
    assert note.text.endswith(" has no figure that can be compared with the other's.")


def test_a_figure_that_is_left_open_is_known_for_both() -> None:
    """Ranges from one and the same amount, open above, do not decide; that both have them is counted."""
    careers = {}
    for slug in CODING:
        career = catalog().careers[slug]
        (salary,) = [it for it in career.values if isinstance(it, MoneyRange)]
        coding = [it for it in career.values if it.attribute.key == "requires-coding"]
        careers[slug] = replace(
            career, values=(replace(salary, low=50_000, high=90_000, open_end=RangeEnd.HIGH), *coding)
        )
    open_pair = _with(catalog(), careers)
    texts = [it.text for it in compare(open_pair, *CODING).verdict.conclusion]
    assert texts[0] == "None of the 2 figures known for both decides between them."


@pytest.mark.parametrize(
    ("locale", "lead", "conclusion"),
    [
        ("en", "Their figures cannot be compared in salary.", "Known for both, but not comparable: salary."),
        (
            "de",
            "Ihre Angaben lassen sich hierin nicht vergleichen: Gehalt.",
            "Für beide bekannt, aber nicht vergleichbar: Gehalt.",
        ),
    ],
)
def test_one_and_the_same_figure_is_not_said_to_measure_two_things(locale: str, lead: str, conclusion: str) -> None:
    """Both have the wage of one group of occupations: it tells them apart in nothing, but measures one thing."""
    comparison = compare(catalog(), "blockchain-engineer", "it-project-manager", locale)
    assert Obstacle.SAME_FIGURE in [row.obstacle for row in comparison.glance.rows]
    assert comparison.lead is not None
    assert conclusion in [it.text for it in comparison.verdict.conclusion]
    sparse = compare(catalog(), "ai-evaluation-engineer", "operations-research-analyst", locale)
    assert sparse.lead is not None and lead in sparse.lead.text


def _with(of: Catalog, careers: dict[str, Career]) -> Catalog:
    return replace(of, careers={**of.careers, **careers})
