"""What is known of ESCO's skill concepts: preferred labels, the aliases that are at hand, and what is broader."""

import csv
import gzip
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from random import Random

from careergraph.editorial.suggest.suggestion import Concept

LABELS = "esco_labels_2026-06/skills_en.csv.gz"
BROADER = "esco_1_2_0/broaderRelationsSkillPillar_en.csv.gz"
COLLECTIONS = "esco_1_2_0/*Skills*Collection_en.csv.gz"


@dataclass(frozen=True)
class Esco:
    """Skill concepts by URI. Aliases are known of some of them only."""

    labels: Mapping[str, str]
    aliases: Mapping[str, tuple[str, ...]]
    broader: Mapping[str, tuple[str, ...]]

    @classmethod
    def read(cls, data: Path) -> "Esco":
        """The concepts of a folder. Raises FileNotFoundError where a table is missing."""
        labels = {row["concept_uri"]: row["preferred_label"] for row in _rows(data / LABELS)}
        tables = sorted(data.glob(COLLECTIONS))
        if not tables:
            raise FileNotFoundError(data / COLLECTIONS)
        broader: dict[str, list[str]] = {}
        for row in _rows(data / BROADER):
            broader.setdefault(row["conceptUri"], []).append(row["broaderUri"])
        return cls(labels, _aliases(tables, labels), {uri: tuple(others) for uri, others in broader.items()})

    def cases(self, half: int) -> list[tuple[str, str]]:
        """The aliases of one half of the concepts that have any, with the URI of their concept. The half of a concept
        is decided by its URI alone: what is tuned is tuned on half 0, and half 1 is only ever scored."""
        return [(alias, uri) for uri in sorted(self.aliases) if half_of(uri) == half for alias in self.aliases[uri]]

    def concepts(self, *, with_aliases: bool) -> list[Concept]:
        """The concepts as suggestions find them."""
        return [
            Concept(slug=uri, names=(label, *(self.aliases.get(uri, ()) if with_aliases else ())))
            for uri, label in self.labels.items()
        ]

    def pairs(self, half: int) -> list[tuple[str, str, bool]]:
        """Phrases and concepts, and whether they mean the same: for each alias its own concept, two that share a
        broader concept with it, and one at random."""
        random, everything = Random(7), sorted(self.labels)
        cases = []
        for alias, uri in self.cases(half):
            cases.append((alias, uri, True))
            siblings = self._siblings(uri)
            others = random.sample(siblings, min(2, len(siblings)))
            cases += [(alias, other, False) for other in (*others, random.choice(everything)) if other != uri]
        return cases

    def _siblings(self, uri: str) -> list[str]:
        near = {other for broader in self.broader.get(uri, ()) for other in self._narrower.get(broader, ())}
        return sorted(near - {uri})

    @cached_property
    def _narrower(self) -> Mapping[str, list[str]]:
        narrower: dict[str, list[str]] = {}
        for uri, broader in self.broader.items():
            if uri in self.labels:
                for other in broader:
                    narrower.setdefault(other, []).append(uri)
        return narrower


def half_of(uri: str) -> int:
    """0 or 1, for half of the concepts each."""
    return int(sha256(uri.encode()).hexdigest(), 16) % 2


def _aliases(tables: list[Path], labels: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """The aliases that differ from the label and from each other by more than case."""
    aliases: dict[str, dict[str, str]] = {}
    for table in tables:
        for row in _rows(table):
            if (label := labels.get(row["conceptUri"])) is not None:
                written = aliases.setdefault(row["conceptUri"], {})
                for alias in filter(None, map(str.strip, re.split(r"[|\n]", row["altLabels"]))):
                    if alias.casefold() != label.casefold():
                        written.setdefault(alias.casefold(), alias)
    return {uri: tuple(written.values()) for uri, written in aliases.items() if written}


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
