"""Moves: in one sentence how many skills two careers share and how hard the move is in either direction."""

from collections.abc import Iterable, Sequence
from typing import Any

from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.brevity import remembered
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.transition.move import Move, moves_of
from careergraph.engine.transition.rule import GRADES


def skills_and_moves(pair: CareerPair, skills: SkillsComparison) -> tuple[str, str]:
    """Word both of it, of two careers that list skills. Return the locale of the words too."""
    phrase, spoken = pair.localized.positional("moves", ("skills", "moves"))
    counts = len(skills.shared), len(skills.related)
    text = phrase.fill((remembered(spoken, _counted, counts, _skills, spoken, *counts), moves(pair, spoken, skills)))
    return text, spoken.locale.code


def moves_facts(pair: Any, skills: SkillsComparison, of: Sequence[Move]) -> Iterable[Any]:
    """The facts that prove it (`narrator.Prove`)."""
    counts = *pair.counts(len(skills.shared)), *pair.counts(len(skills.related))
    return (*counts, *[fact for move in of for fact in pair.graded(move)])


def _counted(_: LocalizedCatalog) -> dict[object, str]:
    return {}


def _skills(spoken: LocalizedCatalog, shared: int, related: int) -> str:
    first, localized = spoken.counted("moves-shared", shared) if shared else spoken.general("moves-shared.none")
    text = first.fill({"n": localized.count(shared)})
    if related:
        second, localized = spoken.counted("moves-related" if shared else "moves-related-only", related)
        text += second.fill({"n": localized.count(related)})
    return text


def moves(pair: CareerPair, spoken: LocalizedCatalog, skills: SkillsComparison) -> str:
    """The grades of both moves in words; the easier one first, where they are not the same."""
    there, back = [it.decision.place for it in moves_of(pair, skills)]
    if there == back:
        return remembered(spoken, _counted, there, _same, spoken, there)
    target, easier, harder = (pair.b, there, back) if there < back else (pair.a, back, there)
    phrase, _ = spoken.positional("moves.apart", ("to", "grade", "other"))
    return phrase.fill((spoken.name(target.title), _graded(spoken, easier), _graded(spoken, harder)))


def _same(spoken: LocalizedCatalog, place: int) -> str:
    return spoken.general("moves.same")[0].fill({"grade": _graded(spoken, place)})


def _graded(spoken: LocalizedCatalog, place: int) -> str:
    return spoken.word(_WORDS[place])


_WORDS = [f"grade-word.{it.lower()}" for it in GRADES]
