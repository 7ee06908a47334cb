"""Features: the parts of a career that its neighbours are found by, component by component.

Texts count in the catalog's default locale: a career is as near to another whatever language it is read in.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from math import log

from careergraph.engine.content import Career, Catalog
from careergraph.engine.content.component import Component
from careergraph.engine.similarity.value_similarity import figures
from careergraph.engine.similarity.words import count_words, stem
from careergraph.engine.text.same_wording import normalised

Amounts = Mapping[str, float]
"""How much there is of each thing, in the order of their names."""

COUNTED = (Component.TASKS, Component.ACTIVITIES, Component.TITLES, Component.SKILLS)
"""The components that are amounts of things, of which a rare one says more."""


class Features:
    """Features of one career."""

    __slots__ = ("_display_names", "_locale", "_titles", "amounts", "career", "knowledge")

    def __init__(self, catalog: Catalog, career: Career, was: "Features | None" = None) -> None:
        """`was` are those of an earlier state of the career, in the same default locale: texts that are the same are
        not read twice."""
        self.career, self._locale = career, catalog.default_locale
        self.amounts: dict[Component, Amounts] = {}
        self.knowledge: Amounts
        self._display_names: dict[str, str] | None = None
        self._titles: dict[str, str] | None = None
        if was is not None and _texts_of(was.career) == _texts_of(career):
            self._display_names, self._titles, self.knowledge = was._display_names, was._titles, was.knowledge
            self.amounts |= was.amounts
        else:
            self._read()
        self.amounts[Component.SKILLS] = _concepts(catalog, career)

    def _read(self) -> None:
        """Read the texts of the career."""
        profile = self.career.profile
        self.amounts |= {
            Component.TASKS: _stems(self._descriptions()),
            Component.ACTIVITIES: _log_counts(profile.activities) if profile else {},
            Component.TITLES: _stems(self._names()),
        }
        self.knowledge = dict(sorted(profile.knowledge.items())) if profile else {}

    def _descriptions(self) -> str:
        profile = self.career.profile
        return "\n".join([self.career.summary.get(self._locale, ""), *(profile.tasks if profile else ())])

    def _names(self) -> str:
        return "\n".join([self.career.title.get(self._locale, ""), *self.career.aliases.get(self._locale, ())])

    @property
    def titles(self) -> Mapping[str, str]:
        """Its names as wholes: as they are compared, and as they are written. Few careers are ever asked for them."""
        if self._titles is None:
            names = [self.career.title.get(self._locale, ""), *self.career.aliases.get(self._locale, ())]
            self._titles = {normalised(name): name for name in names if name}
        return self._titles

    @property
    def display_names(self) -> Mapping[str, str]:
        """The readable form of the words of its texts, by the form that they are compared in."""
        if self._display_names is None:
            names: dict[str, str] = {}
            for word in (*count_words(self._descriptions()), *count_words(self._names())):
                names.setdefault(stem(word), word)
            self._display_names = names  # at once: another thread may read it
        return self._display_names

    def same_as(self, other: "Features") -> bool:
        """Whether the two are as near to every third career, for the same reasons."""
        return (
            self.career.category.slug == other.career.category.slug
            and self.amounts == other.amounts
            and self.knowledge == other.knowledge
            and self.titles == other.titles
            and self.display_names == other.display_names
            and figures(self.career) == figures(other.career)
        )


def _stems(text: str) -> Amounts:
    counts: dict[str, int] = {}
    for word, count in count_words(text).items():
        root = stem(word)
        counts[root] = counts.get(root, 0) + count
    return _weakened(counts)


def _log_counts(things: Iterable[str]) -> Amounts:
    """How often each comes: what comes twice counts more, but not twice as much."""
    return _weakened(Counter(things))


def _weakened(counts: Mapping[str, int]) -> Amounts:
    return {thing: 1.0 if count == 1 else 1 + log(count) for thing, count in sorted(counts.items())}


def _texts_of(career: Career) -> tuple[object, ...]:
    return career.title, career.aliases, career.summary, career.profile


def _concepts(catalog: Catalog, career: Career) -> Amounts:
    own = career.concept_slugs
    related = [catalog.related_skills.get(slug, frozenset()) for slug in own]
    near = career.every_concept_slug.union(*related) - own
    return dict(sorted(_weigh(own, near)))


def _weigh(own: Iterable[str], near: Iterable[str]) -> Iterator[tuple[str, float]]:
    yield from ((slug, 1.0) for slug in own)
    yield from ((slug, 0.5) for slug in near)
