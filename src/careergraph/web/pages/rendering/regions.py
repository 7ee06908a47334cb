"""Regions: which region's figures a page shows, from its address (`region=Ireland`), and into the form that chooses."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from careergraph.web.pages.rendering.visit import Data, Visit

PARAMETER = "region"
"""The parameter of an address."""


@dataclass(frozen=True, slots=True)
class RegionForm:
    """What can be chosen, what is, and the other parameters of the address, which stay."""

    options: tuple[str, ...]
    chosen: str | None
    others: Mapping[str, str]


class Regions:
    """The region in an address; an empty one is none."""

    def __init__(self, visit: Visit) -> None:
        self.chosen = dict(visit.query()).get(PARAMETER) or None

    @property
    def parameters(self) -> Mapping[str, str]:
        """What a link must carry to lead to the same region."""
        return {PARAMETER: self.chosen} if self.chosen else {}

    def form(self, careers: Iterable[Data], others: Mapping[str, str] | None = None) -> RegionForm:
        """The form of a page about some careers; without options where each of these has one figure of everything."""
        options = {region for career in careers for region in career["regions"]}
        options |= {self.chosen} if self.chosen else set()
        return RegionForm(tuple(sorted(options)), self.chosen, others or {})
