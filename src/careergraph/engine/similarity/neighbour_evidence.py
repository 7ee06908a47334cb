"""Evidence of neighbours: the few things in common that say most of how near two careers are.

A word counts once, whether the tasks have it, the titles or both. Of two careers of different categories neither words
of the tasks alone count (systems and pipes are repaired), nor what is common (`weighs_little`): machines have
operators everywhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping

from careergraph.engine.content.career import Career
from careergraph.engine.content.component import Component
from careergraph.engine.content.neighbour import Shared
from careergraph.engine.similarity.features import COUNTED
from careergraph.engine.similarity.vectors import WEIGHTS, Vectors
from careergraph.engine.similarity.words import stem, words

MOST = 3
"""The most shared items of a pair."""

IsCommon = Callable[[Component, str], bool]
"""Whether a thing is common, by its component and name."""

_Candidate = tuple[int, float, Component, str]
"""A thing that both have: words count behind fields of knowledge, and those behind what is the same as a whole; then
comes how much it adds to the score, as a negative number."""
_WHOLE, _FIELD, _ONE_WORD = range(3)


def shared_items(is_common: IsCommon, a: Vectors, b: Vectors) -> tuple[Shared, ...]:
    """Return what says most of why two careers are near, each time of another component as long as there is one: at
    most `MOST`. The same whichever is a."""
    candidates = sorted([*_common_things(is_common, a, b), *_common_titles(a, b), *_common_knowledge(a, b)])
    firsts: dict[Component, _Candidate] = {}
    for candidate in candidates:
        firsts.setdefault(candidate[2], candidate)
    rest = [candidate for candidate in candidates if firsts[candidate[2]] is not candidate]
    if firsts.keys() <= {Component.TASKS} and not _of_one_category(a, b):
        return ()
    different = list(_without_repetitions([*firsts.values(), *rest]))
    return tuple([Shared(component, text) for *_, component, text in different[:MOST]])


def _without_repetitions(candidates: Iterable[_Candidate]) -> Iterator[_Candidate]:
    """Leave out words that came before, and of titles also those of a whole one."""
    roots: dict[Component, set[str]] = {Component.TASKS: set(), Component.TITLES: set()}
    for candidate in candidates:
        kind, _, component, text = candidate
        if kind == _ONE_WORD:
            if stem(text) in roots[component]:
                continue
            for before in roots.values():
                before.add(stem(text))
        elif component is Component.TITLES:
            roots[component] |= {stem(word) for word in words(text)}
        yield candidate


def _of_one_category(a: Vectors, b: Vectors) -> bool:
    return a.features.career.category.slug == b.features.career.category.slug


def _common_things(is_common: IsCommon, a: Vectors, b: Vectors) -> Iterator[_Candidate]:
    here, there = a.features.display_names, b.features.display_names
    apart = not _of_one_category(a, b)
    for component in COUNTED:
        mine, theirs, weight = a.parts[component], b.parts[component], -WEIGHTS[component]
        names = mine.keys() & theirs.keys()
        if component is Component.SKILLS:  # the skills themselves, and none that is related to one
            names &= _common_concepts(a.features.career, b.features.career)
        if apart:
            names = {name for name in names if not is_common(component, name)}
        kind = _ONE_WORD if component in (Component.TASKS, Component.TITLES) else _WHOLE
        for share, name in _least({name: weight * mine[name] * theirs[name] for name in names}):
            text = name if component is Component.SKILLS else min(here.get(name, name), there.get(name, name))
            yield kind, share, component, text


def _common_concepts(a: Career, b: Career) -> frozenset[str]:
    """The concepts that skills of both have, and a skill of either has before others."""
    return (a.concept_slugs & b.every_concept_slug) | (a.every_concept_slug & b.concept_slugs)


def _least(shares: Mapping[str, float]) -> list[tuple[float, str]]:
    """The `MOST` least of some shares, then by name: sorting the figures alone takes a fraction of the time."""
    last = sorted(shares.values())[:MOST][-1:]
    return sorted([(share, name) for name, share in shares.items() if share <= last[0]])[:MOST] if last else []


def _common_titles(a: Vectors, b: Vectors) -> Iterator[_Candidate]:
    """The names of several words that both go by as a whole."""
    mine, theirs = a.features.titles, b.features.titles
    ours, others, weight = a.parts[Component.TITLES], b.parts[Component.TITLES], WEIGHTS[Component.TITLES]
    for name in mine.keys() & theirs.keys():
        stems = sorted([stem(word) for word in words(mine[name])])
        if len(stems) < 2:
            continue
        share = sum([ours.get(it, 0.0) * others.get(it, 0.0) for it in stems])
        yield _WHOLE, -weight * share, Component.TITLES, min(mine[name], theirs[name])


def _common_knowledge(a: Vectors, b: Vectors) -> Iterator[_Candidate]:
    """The fields of knowledge that matter more than the average field in both."""
    mine, theirs, weight = a.above, b.above, WEIGHTS[Component.KNOWLEDGE]
    for name in mine.keys() & theirs.keys():
        yield _FIELD, -weight * mine[name] * theirs[name], Component.KNOWLEDGE, name
