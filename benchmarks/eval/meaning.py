"""Skill meaning: how often the first suggestion for an alias is its concept, and how well same is told from not.

Whatever was chosen was chosen on the aliases of one half of the concepts. The figures are those of the other half.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from benchmarks.eval.esco import Esco
from benchmarks.eval.figure import Figure, Skipped
from benchmarks.eval.overlap import Overlap, letters, words
from careergraph.editorial.suggest.suggester import KNOWN, Suggester

CHOSEN, SCORED = 0, 1
"""The half that things are chosen on, and the half that is scored."""
HELD = "the aliases of the half of the concepts that nothing was chosen on"

Pair = tuple[str, str, bool]
Scores = Callable[[str], Mapping[str, float]]
"""How near a phrase is to concepts, by URI."""


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    try:
        esco = Esco.read(data)
    except FileNotFoundError as missing:
        yield Skipped(name="skill meaning", reason=f"there is no {missing.filename or missing}")
        return
    yield _top(esco, with_aliases=False, target=0.60)
    yield _top(esco, with_aliases=True, target=0.75)
    yield from _known(esco)
    yield _same(esco, target=0.84)


def _top(esco: Esco, *, with_aliases: bool, target: float) -> Figure:
    cases, concepts = esco.cases(SCORED), esco.concepts(with_aliases=with_aliases)
    texts = [(name, concept.slug) for concept in concepts for name in concept.names]
    numbers = {text: number for number, text in enumerate(texts)} if with_aliases else {}
    suggester = Suggester(concepts)

    def ours(alias: str, without: int | None) -> str | None:
        return next((suggester.index.owner(found.number).slug for found in suggester.ranked(alias, without)), None)

    baselines = {"shared words": Overlap([text for text, _ in texts], words, rare_weigh_more=False)}
    baselines["letters, TF-IDF"] = Overlap([text for text, _ in texts], letters, rare_weigh_more=True)
    return Figure(
        name=f"first suggestion, {'with other aliases' if with_aliases else 'labels only'}",
        value=_share(ours(alias, numbers.get((alias, uri))) == uri for alias, uri in cases),
        target=target,
        baselines=tuple(
            (name, _share(_best(index, texts, alias, numbers.get((alias, uri))) == uri for alias, uri in cases))
            for name, index in baselines.items()
        ),
        on=f"{len(cases)} cases: {HELD}",
    )


def _best(index: Overlap, texts: Sequence[tuple[str, str]], alias: str, without: int | None) -> str | None:
    scores = index.scores(alias)
    if without is not None:
        scores.pop(without, None)
    return texts[max(scores, key=lambda number: (scores[number], -number))][1] if scores else None


def _known(esco: Esco) -> Iterator[Figure]:
    """How far an answer may be believed that says that it knows."""
    concepts = esco.concepts(with_aliases=True)
    numbers = {text: place for place, text in enumerate((name, it.slug) for it in concepts for name in it.names)}
    suggester = Suggester(concepts)
    answered: list[bool] = []
    absent: list[bool] = []
    cases = esco.cases(SCORED)
    for alias, uri in cases:
        found = suggester.ranked(alias, numbers[alias, uri])
        if found and found[0].score >= KNOWN:
            answered.append(suggester.index.owner(found[0].number).slug == uri)
        others = [match for match in suggester.ranked(alias) if suggester.index.owner(match.number).slug != uri]
        absent.append(bool(others) and others[0].score >= KNOWN)
    yield Figure(name="known, with other aliases", value=len(answered) / len(cases))
    yield Figure(name="right, where it is known", value=_share(answered))
    yield Figure(name="known, where the concept is not there", value=_share(absent), on=f"the same {len(cases)} cases")


def _same(esco: Esco, target: float) -> Figure:
    labels = list(esco.labels.items())
    index = Overlap([label for _, label in labels], letters, rare_weigh_more=True)
    suggester = Suggester(esco.concepts(with_aliases=False))
    pairs = {half: esco.pairs(half) for half in (CHOSEN, SCORED)}

    def by_letters(alias: str) -> Mapping[str, float]:
        return {labels[number][0]: score for number, score in index.scores(alias).items()}

    def certainty(alias: str) -> Mapping[str, float]:
        return {suggester.index.owner(found.number).slug: found.certainty for found in suggester.ranked(alias)}

    def score(alias: str) -> Mapping[str, float]:
        return {suggester.index.owner(found.number).slug: found.score for found in suggester.ranked(alias)}

    (f1, threshold), (plain, _), (beside, _) = (_f1(pairs, scores) for scores in (certainty, score, by_letters))
    return Figure(
        name="same or not, F1 by certainty",
        value=f1,
        target=target,
        baselines=(("letters, TF-IDF", beside), ("our score without its rivals", plain)),
        on=f"{len(pairs[SCORED])} pairs, threshold {threshold:.2f} from the other half",
    )


def _f1(pairs: Mapping[int, Sequence[Pair]], scores: Scores) -> tuple[float, float]:
    judged = {half: _judged(found, scores) for half, found in pairs.items()}
    steps = [step / 100 for step in range(-100, 101)]
    threshold = max(steps, key=lambda step: _harmonic(judged[CHOSEN], step))
    return _harmonic(judged[SCORED], threshold), threshold


def _judged(pairs: Sequence[Pair], scores: Scores) -> list[tuple[float, bool]]:
    found, phrase, judged = {}, None, []
    for alias, uri, same in pairs:
        if alias != phrase:
            phrase, found = alias, dict(scores(alias))
        judged.append((found.get(uri, -1.0), same))
    return judged


def _harmonic(judged: Iterable[tuple[float, bool]], threshold: float) -> float:
    hits = called = there = 0
    for score, same in judged:
        called += score >= threshold
        there += same
        hits += same and score >= threshold
    return 2 * hits / (called + there) if called + there else 0.0


def _share(right: Iterable[bool]) -> float:
    answers = list(right)
    return sum(answers) / len(answers)
