"""Features: the parts of a career that its neighbours are found by, component by component.

Texts count in the catalog's default locale: a career is as near to another whatever language it is read in.
"""

from collections import Counter
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

    def __init__(self, catalog: Catalog, career: Career, was: "Features | None" = None) -> None:
        """`was` are those of an earlier state of the career, in the same default locale: texts that are the same are
        not read twice."""
        self.career = career
        self.amounts: dict[Component, Amounts] = {}
        self.display_names: dict[str, str]
        self.titles: dict[str, str]
        self.knowledge: Amounts
        if was is not None and _texts_of(was.career) == _texts_of(career):
            self.display_names, self.titles, self.knowledge = was.display_names, was.titles, was.knowledge
            self.amounts |= was.amounts
        else:
            self._read(career, catalog.default_locale)
        self.amounts[Component.SKILLS] = _concepts(catalog, career)

    def _read(self, career: Career, locale: str) -> None:
        """Read the texts of a career."""
        profile = career.profile
        self.display_names = {}
        names = [career.title.get(locale, ""), *career.aliases.get(locale, ())]
        descriptions = [career.summary.get(locale, ""), *(profile.tasks if profile else ())]
        self.amounts |= {
            Component.TASKS: self._stems(descriptions),
            Component.ACTIVITIES: _log_counts(profile.activities) if profile else {},
            Component.TITLES: self._stems(names),
        }
        self.titles = {normalised(name): name for name in names if name}
        self.knowledge = dict(sorted(profile.knowledge.items())) if profile else {}

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
        counts: dict[str, int] = {}
        for word, count in Counter(words("\n".join(texts))).items():
            root = stem(word)
            counts[root] = counts.get(root, 0) + count
            self.display_names.setdefault(root, word)
        return _weakened(counts)


def _log_counts(things: Iterable[str]) -> Amounts:
    """How often each comes: what comes twice counts more, but not twice as much."""
    return _weakened(Counter(things))


def _weakened(counts: Mapping[str, int]) -> Amounts:
    return {thing: 1 + log(count) for thing, count in sorted(counts.items())}


def _texts_of(career: Career) -> tuple[object, ...]:
    return career.title, career.aliases, career.summary, career.profile


def _concepts(catalog: Catalog, career: Career) -> Amounts:
    own = career.concept_slugs
    near = frozenset().union(*[catalog.related_skills.get(slug, frozenset()) for slug in own]) - own
    return dict(sorted(_weigh(own, near)))


def _weigh(own: Iterable[str], near: Iterable[str]) -> Iterator[tuple[str, float]]:
    yield from ((slug, 1.0) for slug in own)
    yield from ((slug, 0.5) for slug in near)
