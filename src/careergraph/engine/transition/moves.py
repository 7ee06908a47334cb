"""Moves: in one sentence how many skills two careers share and how hard the move is in either direction."""

from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.localized_career import CareerPair
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Rule, Statement
from careergraph.engine.transition.move import moves_of
from careergraph.engine.transition.rule import GRADES


def skills_and_moves(pair: CareerPair, skills: SkillsComparison) -> Statement:
    """Both of it, of two careers that list skills."""
    template, spoken = pair.localized.general("moves")
    text = template.fill({"skills": _skills(spoken, skills), "moves": moves(pair, spoken, skills)})
    counts = (*pair.counts(len(skills.shared)), *pair.counts(len(skills.related)))
    graded = [fact for move in moves_of(pair, skills) for fact in move.facts]
    return Statement(text, Rule.SKILLS_AND_MOVES, None, (*counts, *graded), spoken.locale.code)


def _skills(spoken: LocalizedCatalog, skills: SkillsComparison) -> str:
    shared, related = len(skills.shared), len(skills.related)
    first, localized = spoken.counted("moves-shared", shared) if shared else spoken.general("moves-shared.none")
    text = first.fill({"n": localized.count(shared)})
    if related:
        second, localized = spoken.counted("moves-related" if shared else "moves-related-only", related)
        text += second.fill({"n": localized.count(related)})
    return text


def moves(pair: CareerPair, spoken: LocalizedCatalog, skills: SkillsComparison) -> str:
    """The grades of both moves in words; the easier one first, where they are not the same."""
    grades = [it.place for it in moves_of(pair, skills)]
    words = [spoken.word(f"grade-word.{GRADES[it].lower()}") for it in grades]
    if grades[0] == grades[1]:
        return spoken.general("moves.same")[0].fill({"grade": words[0]})
    targets = [spoken.name(career.title) for career in (pair.b, pair.a)]
    easier = 0 if grades[0] < grades[1] else 1
    slots = {"to": targets[easier], "grade": words[easier], "other": words[1 - easier]}
    return spoken.general("moves.apart")[0].fill(slots)
