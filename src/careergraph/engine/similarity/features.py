"""Features: the parts of a career that its neighbours are found by, component by component.

Texts count in the catalog's default locale: a career is as near to another whatever language it is read in.
"""

from collections.abc import Iterable, Iterator, Mapping
from math import log

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.similarity.value_similarity import figures
from careergraph.engine.similarity.words import stem, words
from careergraph.engine.text.same_wording import normalised

Amounts = Mapping[str, float]
"""How much there is of each thing, in the order of their names."""

COUNTED = (Component.TASKS, Component.ACTIVITIES, Component.TITLES, Component.SKILLS)
"""The components that are amounts of things, of which a rare one says more."""


class Features:
    """Features of one career. `titles` are its names as wholes; `display_names` maps a name or word, as it is compared,
    to its readable form."""

    __slots__ = ("amounts", "career", "display_names", "knowledge", "titles")

    def __init__(self, catalog: Catalog, career: Career) -> None:
        self.career = career
        self.display_names: dict[str, str] = {}
        code = catalog.default_locale
        profile = career.profile
        names = [career.title.get(code, ""), *career.aliases.get(code, ())]
        descriptions = [career.summary.get(code, ""), *(profile.tasks if profile else ())]
        self.amounts: dict[Component, Amounts] = {
            Component.TASKS: self._stems(descriptions),
            Component.ACTIVITIES: _log_counts(profile.activities) if profile else {},
            Component.TITLES: self._stems(names),
            Component.SKILLS: _concepts(catalog, career),
        }
        self.titles = {normalised(name): name for name in names if name}
        self.knowledge: Amounts = dict(sorted(profile.knowledge.items())) if profile else {}

    def same_as(self, other: "Features") -> bool:
        """Whether the two are as near to every third career."""
        return (
            self.amounts == other.amounts
            and self.knowledge == other.knowledge
            and self.titles == other.titles
            and self.display_names == other.display_names
            and figures(self.career) == figures(other.career)
        )

    def _stems(self, texts: Iterable[str]) -> Amounts:
        stems: list[str] = []
        for text in texts:
            for word in words(text):
                stems.append(root := stem(word))
                self.display_names.setdefault(root, word)
        return _log_counts(stems)


def _log_counts(things: Iterable[str]) -> Amounts:
    """How often each comes: what comes twice counts more, but not twice as much."""
    counts: dict[str, int] = {}
    for thing in things:
        counts[thing] = counts.get(thing, 0) + 1
    return {thing: 1 + log(count) for thing, count in sorted(counts.items())}


def _concepts(catalog: Catalog, career: Career) -> Amounts:
    own = career.concept_slugs
    near = frozenset().union(*[catalog.related_skills.get(slug, frozenset()) for slug in own]) - own
    return dict(sorted(_weigh(own, near)))


def _weigh(own: Iterable[str], near: Iterable[str]) -> Iterator[tuple[str, float]]:
    yield from ((slug, 1.0) for slug in own)
    yield from ((slug, 0.5) for slug in near)
