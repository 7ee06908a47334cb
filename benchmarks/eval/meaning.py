"""Skill meaning: how often the first suggestion for an alias is its concept, and how well same is told from not.

Whatever was chosen was chosen on the aliases of one half of the concepts. The figures are those of the other half.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

import numpy as np

from benchmarks.eval.esco import Esco
from benchmarks.eval.figure import Figure, Skipped
from benchmarks.eval.overlap import Overlap, letters, words
from careergraph.editorial.suggest.language import ENGLISH
from careergraph.editorial.suggest.parts import parts_of
from careergraph.editorial.suggest.semantic.model import Model, Vectors
from careergraph.editorial.suggest.semantic.suggester import SemanticSuggester
from careergraph.editorial.suggest.suggester import Ranked, Suggester
from careergraph.editorial.suggest.suggestion import Concept

CHOSEN, SCORED = 0, 1
"""The half that things are chosen on, and the half that is scored."""
HELD = "the aliases of the half of the concepts that nothing was chosen on"

Pair = tuple[str, str, bool]
Scores = Callable[[str], Mapping[str, float]]
"""How near a phrase is to concepts, by URI."""
Beside = tuple[tuple[str, float], ...]
"""What other ways of doing the same reach, by name."""


def figures(data: Path) -> Iterator[Figure | Skipped]:
    """The figures, or why there are none."""
    try:
        esco = Esco.read(data)
    except FileNotFoundError as missing:
        yield Skipped(name="skill meaning", reason=f"there is no {missing.filename or missing}")
        return
    bare, rich = (_indexed(esco, with_aliases=it, kind=Suggester) for it in (False, True))
    core = (_top(esco, bare), _top(esco, rich), _same(esco, bare))
    yield _first(esco, bare, core[0], target=0.72, beside=_baselines(esco, bare))
    yield _first(esco, rich, core[1], target=0.83, beside=_baselines(esco, rich))
    yield from _known(esco, rich)
    yield _judged_same(esco, core[2], target=0.84, beside=_letters_same(esco, bare))
    yield from _with_model(esco, core)


def _with_model(esco: Esco, core: tuple[float, float, "F1"]) -> Iterator[Figure]:
    kind = partial(SemanticSuggester, reader=_Reader(esco))
    bare, rich = (_indexed(esco, with_aliases=it, kind=kind) for it in (False, True))
    alone = "by words alone"
    yield _first(esco, bare, _top(esco, bare), target=0.78, beside=((alone, core[0]),), how=" and a model")
    yield _first(esco, rich, _top(esco, rich), target=0.87, beside=((alone, core[1]),), how=" and a model")
    yield from _known(esco, rich)
    yield _judged_same(esco, _same(esco, bare), target=0.84, beside=((alone, core[2].value),), how=" and a model")


class _Reader(Model):
    """Reads each phrase once, and all that will be asked for together, which takes an eighth of the time."""

    def __init__(self, esco: Esco) -> None:
        super().__init__()
        aliases = [alias for half in (CHOSEN, SCORED) for alias, _ in esco.cases(half)]
        texts = [*esco.labels.values(), *aliases, *(part for alias in aliases for part in parts_of(alias))]
        phrases = list(dict.fromkeys([ENGLISH.reworded(text) for text in texts]))
        self._vectors = dict(zip(phrases, super().read(phrases), strict=True))

    def read(self, phrases: Sequence[str]) -> Vectors:
        return np.array([self._vectors[it] for it in phrases])


@dataclass(frozen=True)
class Indexed:
    """A suggester, the names that it has in their order, and the number of each alias that is to be left out when it is
    asked for: none, where the index has no aliases. It is asked once for each alias, whichever figures need it."""

    suggester: Suggester
    texts: list[tuple[str, str]]
    numbers: Mapping[tuple[str, str], int]
    answers: dict[tuple[str, int | None], list[tuple[str, Ranked]]] = field(default_factory=dict)

    def ranked(self, alias: str, without: int | None = None) -> list[tuple[str, Ranked]]:
        """What is suggested for an alias, best first, each beside the URI of its concept."""
        if (answer := self.answers.get((alias, without))) is None:
            matches = self.suggester.ranked(alias, without)
            answer = self.answers[alias, without] = [(self.suggester.index.owner(it.number).slug, it) for it in matches]
        return answer


def _indexed(esco: Esco, *, with_aliases: bool, kind: Callable[[list[Concept]], Suggester]) -> Indexed:
    concepts = esco.concepts(with_aliases=with_aliases)
    texts = [(name, concept.slug) for concept in concepts for name in concept.names]
    numbers = {text: number for number, text in enumerate(texts)} if with_aliases else {}
    return Indexed(kind(concepts), texts, numbers)


def _first(  # noqa: PLR0913 - all that is said of a figure
    esco: Esco, indexed: Indexed, value: float, *, target: float, beside: Beside, how: str = ""
) -> Figure:
    names = "with other aliases" if indexed.numbers else "labels only"
    return Figure(
        name=f"first suggestion{how}, {names}",
        value=value,
        target=target,
        baselines=beside,
        on=f"{len(esco.cases(SCORED))} cases: {HELD}",
    )


def _top(esco: Esco, indexed: Indexed) -> float:
    """How often the first suggestion for an alias is its own concept."""
    ranked = ((indexed.ranked(alias, indexed.numbers.get((alias, uri))), uri) for alias, uri in esco.cases(SCORED))
    return _share(bool(matches) and matches[0][0] == uri for matches, uri in ranked)


def _baselines(esco: Esco, indexed: Indexed) -> Beside:
    texts, numbers, cases = indexed.texts, indexed.numbers, esco.cases(SCORED)
    ways = {
        "shared words": Overlap([text for text, _ in texts], words, rare_weigh_more=False),
        "letters, TF-IDF": Overlap([text for text, _ in texts], letters, rare_weigh_more=True),
    }
    return tuple(
        (name, _share(_best(way, texts, alias, numbers.get((alias, uri))) == uri for alias, uri in cases))
        for name, way in ways.items()
    )


def _best(index: Overlap, texts: Sequence[tuple[str, str]], alias: str, without: int | None) -> str | None:
    scores = index.scores(alias)
    if without is not None:
        scores[without] = 0.0
    best = int(scores.argmax())
    return texts[best][1] if scores[best] else None


def _known(esco: Esco, indexed: Indexed) -> Iterator[Figure]:
    """How far an answer may be believed that says that it knows."""
    known_from, cases = indexed.suggester.known_from, esco.cases(SCORED)
    answered: list[bool] = []
    absent: list[bool] = []
    for alias, uri in cases:
        matches = indexed.ranked(alias, indexed.numbers[alias, uri])
        if matches and matches[0][1].score >= known_from:
            answered.append(matches[0][0] == uri)
        others = [match for other, match in indexed.ranked(alias) if other != uri]
        absent.append(bool(others) and others[0].score >= known_from)
    yield Figure(name="  known", value=len(answered) / len(cases))
    yield Figure(name="  right, where it is known", value=_share(answered))
    yield Figure(name="  known, where the concept is not there", value=_share(absent))


class F1(NamedTuple):
    """How well same is told from not: F1, and the threshold, which the other half gave."""

    value: float
    threshold: float
    pairs: int


def _same(esco: Esco, indexed: Indexed) -> F1:
    return _f1(esco, lambda alias: {uri: it.certainty for uri, it in indexed.ranked(alias)})


def _letters_same(esco: Esco, indexed: Indexed) -> Beside:
    index = Overlap([text for text, _ in indexed.texts], letters, rare_weigh_more=True)
    uris = [uri for _, uri in indexed.texts]
    by_letters = _f1(esco, lambda alias: dict(zip(uris, index.scores(alias).tolist(), strict=True)))
    plain = _f1(esco, lambda alias: {uri: it.score for uri, it in indexed.ranked(alias)})
    return ("letters, TF-IDF", by_letters.value), ("our score without its rivals", plain.value)


def _judged_same(esco: Esco, quality: F1, *, target: float, beside: Beside, how: str = "") -> Figure:
    return Figure(
        name=f"same or not{how}, F1 by certainty",
        value=quality.value,
        target=target,
        baselines=beside,
        on=f"{quality.pairs} pairs, threshold {quality.threshold:.2f} from the other half",
    )


def _f1(esco: Esco, scores: Scores) -> F1:
    pairs = {half: esco.pairs(half) for half in (CHOSEN, SCORED)}
    judged = {half: _judged(cases, scores) for half, cases in pairs.items()}
    steps = [step / 100 for step in range(-100, 101)]
    threshold = max(steps, key=lambda step: _harmonic(judged[CHOSEN], step))
    return F1(_harmonic(judged[SCORED], threshold), threshold, len(pairs[SCORED]))


def _judged(pairs: Sequence[Pair], scores: Scores) -> list[tuple[float, bool]]:
    score_of, phrase, judged = {}, None, []
    for alias, uri, same in pairs:
        if alias != phrase:
            phrase, score_of = alias, dict(scores(alias))
        judged.append((score_of.get(uri, -1.0), same))
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
