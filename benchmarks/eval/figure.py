"""A figure of the evaluation, and what was left out."""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """How good something is, from 0 to 1: what is wished for at least, and what simple ways of doing it reach, all
    computed in this run on the same cases. `on` says on which."""

    name: str
    value: float
    target: float | None = None
    baselines: tuple[tuple[str, float], ...] = ()
    on: str = ""

    def lines(self) -> Iterator[str]:
        """The figure for a terminal."""
        yield f"{self.name:<44}{self.value:6.3f}   {self._judged()}"
        if self.baselines:
            yield "    beside it: " + ", ".join(f"{name} {value:.3f}" for name, value in self.baselines)
        if self.on:
            yield f"    on {self.on}"

    def _judged(self) -> str:
        if self.target is None:
            return ""
        verdict = "reached" if self.value >= self.target else f"MISSED by {self.target - self.value:.3f}"
        return f"wished {self.target:.2f}: {verdict}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A figure that could not be computed, and why."""

    name: str
    reason: str

    def lines(self) -> Iterator[str]:
        """The gap for a terminal."""
        yield f"{self.name:<44}SKIPPED: {self.reason}"
