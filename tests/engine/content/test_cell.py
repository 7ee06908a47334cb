"""Cells give exactly the outcomes of the values that they stand for."""

from hypothesis import given, settings

from careergraph.engine.content import Catalog
from careergraph.engine.content.cell import Cell
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value_kinds import outcome
from truth.content import catalogs


@given(catalogs(()))
@settings(max_examples=100, deadline=None)
def test_a_cell_compares_as_its_value_does(catalog: Catalog) -> None:
    here, there = (career.values_by_attribute for career in catalog.careers.values())
    for key in here.keys() & there.keys():
        mine, theirs = Cell(here[key]), Cell(there[key])
        expected = outcome(here[key], there[key])
        assert mine.outcome(theirs) is expected
        assert theirs.outcome(mine) is expected.mirrored
        comparable = expected is not Outcome.NOT_COMPARABLE
        assert mine.above(theirs) == (comparable and here[key].order() > there[key].order())
