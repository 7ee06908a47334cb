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


class Texts:
    """What the texts of one career say, read when somebody first asks for it."""

    __slots__ = ("_amounts", "_career", "_display_names", "_locale", "_titles")

    def __init__(self, career: Career, locale: str) -> None:
        self._career, self._locale = career, locale
        self._amounts: dict[Component, Amounts] | None = None
        self._display_names: dict[str, str] | None = None
        self._titles: dict[str, str] | None = None

    @property
    def amounts(self) -> Mapping[Component, Amounts]:
        """How much there is of each thing but skills."""
        if self._amounts is None:
            profile = self._career.profile
            self._amounts = {
                Component.TASKS: _stems(self._descriptions()),
                Component.ACTIVITIES: _log_counts(profile.activities) if profile else {},
                Component.TITLES: _stems("\n".join(self._names())),
            }
        return self._amounts

    def _descriptions(self) -> str:
        profile = self._career.profile
        return "\n".join([self._career.summary.get(self._locale, ""), *(profile.tasks if profile else ())])

    def _names(self) -> list[str]:
        return [self._career.title.get(self._locale, ""), *self._career.aliases.get(self._locale, ())]

    @property
    def titles(self) -> Mapping[str, str]:
        """Its names as wholes: as they are compared, and as they are written. Few careers are ever asked for them."""
        if self._titles is None:
            self._titles = {normalised(name): name for name in self._names() if name}
        return self._titles

    @property
    def display_names(self) -> Mapping[str, str]:
        """The readable form of the words of its texts, by the form that they are compared in."""
        if self._display_names is None:
            names: dict[str, str] = {}
            for word in (*count_words(self._descriptions()), *count_words("\n".join(self._names()))):
                names.setdefault(stem(word), word)
            self._display_names = names  # at once: another thread may read it
        return self._display_names


class Features:
    """Features of one career."""

    __slots__ = ("_amounts", "_skills", "career", "texts")

    def __init__(self, catalog: Catalog, career: Career, was: "Features | None" = None) -> None:
        """`was` are those of an earlier state of the career, in the same default locale: texts that are the same are
        not read twice."""
        self.career = career
        same = was is not None and _texts_of(was.career) == _texts_of(career)
        self.texts: Texts = was.texts if was is not None and same else Texts(career, catalog.default_locale)
        self._skills = _concepts(catalog, career)
        self._amounts: Mapping[Component, Amounts] | None = None

    @property
    def amounts(self) -> Mapping[Component, Amounts]:
        """How much there is of each thing, by component."""
        if self._amounts is None:
            self._amounts = {**self.texts.amounts, Component.SKILLS: self._skills}
        return self._amounts

    @property
    def knowledge(self) -> Amounts:
        """How important each field of knowledge is."""
        profile = self.career.profile
        return dict(sorted(profile.knowledge.items())) if profile else {}

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of `texts`."""
        return self.texts.titles

    @property
    def display_names(self) -> Mapping[str, str]:
        """The display names of `texts`."""
        return self.texts.display_names

    def weighs_as(self, other: "Features") -> bool:
        """Return whether the two hold the same things, as much of each."""
        if self._skills != other._skills or self.knowledge != other.knowledge:
            return False
        return self.texts is other.texts or self.texts.amounts == other.texts.amounts

    def same_as(self, other: "Features") -> bool:
        """Return whether the two are as near to every third career, for the same reasons."""
        return (
            self.career.category.slug == other.career.category.slug
            and self.weighs_as(other)
            and (self.texts is other.texts or self._reads_as(other))
            and figures(self.career) == figures(other.career)
        )

    def _reads_as(self, other: "Features") -> bool:
        return self.titles == other.titles and self.display_names == other.display_names


def _stems(text: str) -> Amounts:
    counts: dict[str, int] = {}
    for word, count in count_words(text).items():
        root = stem(word)
        counts[root] = counts.get(root, 0) + count
    return _weakened(counts)


def _log_counts(things: Iterable[str]) -> Amounts:
    """Return how often each comes: what comes twice counts more, but not twice as much."""
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
