"""The sections of a comparison, kept while it is judged: it computes them anew each time that it is asked."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.comparison.opening import Lead
from careergraph.engine.content.outcome import Side
from careergraph.engine.text.statement import Statement
from careergraph.engine.transition.transition import Transition

Statements = tuple[Statement, ...]


@dataclass(frozen=True)
class Sections:
    """What a page says, section by section; `moves` are those from a and from b."""

    summary: Statements
    reasons_a: Statements
    reasons_b: Statements
    either: Statements
    conclusion: Statements
    note_a: Statement | None
    note_b: Statement | None
    lead: Lead
    moves: tuple[Transition, ...]

    @property
    def notes(self) -> Iterator[Statement]:
        """The notes that there are."""
        return filter(None, (self.note_a, self.note_b))

    @property
    def verdict(self) -> Iterator[Statement]:
        """The reasons of each side, those of either, and the conclusion."""
        yield from (*self.reasons_a, *self.reasons_b, *self.either, *self.conclusion)


@lru_cache(maxsize=4)
def sections(comparison: Comparison) -> Sections:
    """The sections of a comparison."""
    verdict = comparison.verdict
    return Sections(
        summary=comparison.summary,
        reasons_a=verdict.choose_a.reasons,
        reasons_b=verdict.choose_b.reasons,
        either=verdict.either,
        conclusion=verdict.conclusion,
        note_a=verdict.choose_a.note,
        note_b=verdict.choose_b.note,
        lead=comparison.lead,
        moves=tuple([comparison.transition(side) for side in Side]),
    )
