"""The grades of moves in the seed are those that a careers adviser would give."""

from golden.advice import LINES, disagreements
from truth.seeded import catalog


def test_the_seed_is_graded_as_an_adviser_would() -> None:
    assert not disagreements(catalog(), "seed")


def test_every_grade_is_judged_and_there_are_forty() -> None:
    assert len(LINES) >= 40
    grades = [grade for line in LINES for grade in line.split("\t")[1].split("/")]
    assert set(grades) == {"EASY", "MODERATE", "CHALLENGING", "HARD"}
