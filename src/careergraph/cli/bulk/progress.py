"""Progress: how far it is and how long it takes still, on standard error."""

import sys
from time import monotonic

import click

ON_A_TERMINAL, ELSEWHERE = 0.2, 10.0
"""How often progress is shown, in seconds."""


class Progress:
    """Shows progress of so many comparisons, some of which are there already."""

    def __init__(self, total: int, there: int) -> None:
        self._total, self._there, self.done = total, there, 0
        self._began = monotonic()
        self._live = sys.stderr.isatty()
        self._due = self._began + (ON_A_TERMINAL if self._live else ELSEWHERE)

    def add(self, comparisons: int) -> None:
        """More comparisons are written."""
        self.done += comparisons
        now = monotonic()
        if now >= self._due:
            self._due = now + (ON_A_TERMINAL if self._live else ELSEWHERE)
            self._show()

    def end(self) -> None:
        """Nothing more comes."""
        if self._live:
            self._show()
            click.echo(err=True)

    @property
    def rate(self) -> float:
        """Comparisons a second, from the start on."""
        return self.done / max(monotonic() - self._began, 1e-9)

    def _show(self) -> None:
        have = self._there + self.done
        left = f", {(self._total - have) / self.rate:,.0f} s left" if self.done else ""
        line = f"{have:,} of {self._total:,} comparisons, {self.rate:,.0f} a second{left}"
        click.echo(f"\r{line:<78}" if self._live else line, nl=not self._live, err=True)
