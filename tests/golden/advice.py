"""Moves as a careers adviser would grade them: chosen by what the world says, not by what the rule prints."""

from pathlib import Path

from careergraph.engine.comparison.compare import compare
from careergraph.engine.content import Catalog
from careergraph.engine.content.outcome import Side

LINES = (Path(__file__).parent / "advice.tsv").read_text(encoding="utf-8").splitlines()[2:]


def disagreements(catalog: Catalog, name: str) -> list[str]:
    """The moves of a catalog, by its name in the file, that the rule grades otherwise."""
    wrong = []
    for which, expected, origin, target in (line.split("\t") for line in LINES):
        if which == name:
            move = compare(catalog, origin, target).transition(Side.A)
            if move.grade not in expected.split("/"):
                wrong.append(f"{origin} to {target}: {move.grade}, not {expected}: {move.statements[1].text}")
    return wrong
