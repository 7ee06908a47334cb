"""The quality of suggestions on ESCO's labels and aliases. `make eval` measures it on all of them."""

from pathlib import Path

import pytest
from benchmarks.eval.esco import Esco, half_of

from careergraph.editorial.suggest.suggester import Suggester
from careergraph.editorial.suggest.suggestion import Concept

DATA = Path(__file__).parents[4] / "shared" / "data"
EACH = 9
"""Every ninth alias is asked for."""


@pytest.fixture(scope="module")
def esco() -> Esco:
    if not DATA.exists():
        pytest.skip("there is no ../shared/data beside the checkout, with ESCO's tables")
    return Esco.read(DATA)


def share_right(concepts: list[Concept], cases: list[tuple[str, str]], *, left_out: bool) -> float:
    suggester = Suggester(concepts)
    names = [(name, concept.slug) for concept in concepts for name in concept.names]
    numbers = {name: number for number, name in enumerate(names)} if left_out else {}
    right = 0
    for alias, uri in cases:
        ranked = suggester.ranked(alias, numbers.get((alias, uri)))
        right += bool(ranked) and suggester.index.owner(ranked[0].number).slug == uri
    return right / len(cases)


def test_the_first_suggestion_is_right_as_often_as_promised(esco: Esco) -> None:
    cases = esco.cases(1)[::EACH]
    assert len(esco.labels) > 13_000
    assert len(cases) > 200
    assert share_right(esco.concepts(with_aliases=False), cases, left_out=False) >= 0.60
    assert share_right(esco.concepts(with_aliases=True), cases, left_out=True) >= 0.75


def test_an_alias_that_is_left_out_does_not_find_itself(esco: Esco) -> None:
    """Otherwise the figure with aliases would measure nothing."""
    concepts = esco.concepts(with_aliases=True)
    suggester = Suggester(concepts)
    for number, name in enumerate(suggester.index.names[:: len(concepts) // 50]):
        place = number * (len(concepts) // 50)
        assert all(match.number != place for match in suggester.ranked(name.text, place))


def test_the_halves_share_no_concept(esco: Esco) -> None:
    chosen, scored = ({uri for _, uri in esco.cases(half)} for half in (0, 1))
    assert not chosen & scored
    assert {half_of(uri) for uri in scored} == {1}
    assert min(len(chosen), len(scored)) > 300
