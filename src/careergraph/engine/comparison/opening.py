"""Opening: the paragraph of a page, and what search engines show of it, from the facts of the sections below.

The lead has at most three sentences: what each side is ahead in, with the figures, or else how the conclusion begins;
then how many skills the two share and how hard the move is. It keeps to 320 characters by naming less.
"""

from collections.abc import Iterator
from typing import NamedTuple

from careergraph.engine.comparison.balance import Balance, Strength
from careergraph.engine.comparison.conclusion import conclusion, facts_of, leaders, level, named
from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.comparison.narrator import StatementNarrator
from careergraph.engine.comparison.sentences import no_skill_facts, no_skills
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value_kinds import Flag
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.brevity import TITLE, fill_list
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.localized_catalog import LocalizedCatalog
from careergraph.engine.text.statement import Rule, Statement
from careergraph.engine.transition.moves import moves, skills_and_moves

LEAD, DESCRIPTION = 320, 155
"""The most characters of the paragraph, and of what search engines show."""

SENTENCES = 3
"""The most sentences of the paragraph."""

WORDS = "lead-"
"""How the phrases begin that the paragraph says in words of its own what the conclusion says too."""

NAMED = 2
"""How many advantages of one side the paragraph names, each with its figures as long as they fit."""


class Lead(NamedTuple):
    """A paragraph and the statements that it is made of."""

    text: str
    statements: tuple[Statement, ...]


def lead(pair: CareerPair, balance: Balance, skills: SkillsComparison) -> Lead:
    """The paragraph of a page."""
    statements: list[Statement] = []
    for most, figures in ((NAMED, 2), (NAMED, 1), (NAMED, 0), (1, 0)):
        statements = list(_statements(pair, balance, skills, most, figures))[:SENTENCES]
        if len(_text(statements)) <= LEAD:
            break
    while len(statements) > 1 and len(_text(statements)) > LEAD:
        statements.pop()
    return Lead(_text(statements), tuple(statements))


def description(pair: CareerPair, title: str, glance: Glance, skills: SkillsComparison) -> str:
    """Describe a pair for search engines: the title, then as many as fit of the figures of both, the count of their
    skills, and how hard the moves are; else the figures that no summary has; else their categories. Titles that leave
    no room for any of it are cut."""
    parts = [_figures(pair, row) for row in glance.rows if row.attribute.in_summary and not row.open]
    if pair.a.skills and pair.b.skills:
        parts.insert(1, _skills(pair, len(skills.shared)))
        parts.append(moves(pair, pair.localized, skills))
    if (text := _fitting(title, parts)) != title:
        return text
    apart = [row for row in glance.rows if not row.open and row.outcome is not Outcome.TIE]
    figures = [_figures(pair, row) for row in apart if not isinstance(row.a, Flag)]
    categories = [_categories(pair)]
    words = f" {pair.localized.word('versus')} "
    short = words.join([_cut(it.title, TITLE) for it in (pair.of_a, pair.of_b)])
    for head, rest in ((title, figures), (short, parts), (short, figures), (short, categories)):
        if (text := _fitting(head, rest)) != head:
            return text
    return _fitting(short, [_cut(categories[0], DESCRIPTION - len(short) - 2)])


def _cut(text: str, most: int) -> str:
    """A text of so many characters at most, cut behind a word."""
    return text if len(text) <= most else f"{text[: most - 1].rpartition(' ')[0].rstrip(' ,') or text[: most - 1]}…"


def _categories(pair: CareerPair) -> str:
    """The categories of both, once where they are the same."""
    names = [pair.localized.read(career.category.name) for career in (pair.a, pair.b)]
    return f" {pair.localized.word('versus')} ".join(dict.fromkeys(names))


def _fitting(title: str, parts: list[str]) -> str:
    """A title and as many parts as there is room for."""
    text = title
    for part in parts:
        longer = f"{text}{': ' if text is title else ', '}{part}"
        if len(longer) <= DESCRIPTION:
            text = longer
    return text


def _skills(pair: CareerPair, count: int) -> str:
    phrase = "description-skills"
    template, spoken = pair.localized.counted(phrase, count) if count else pair.localized.general(f"{phrase}.none")
    return template.fill({"n": spoken.count(count)})


def _figures(pair: CareerPair, row: GlanceRow) -> str:
    template, spoken = pair.localized.general("description-figures")
    worded = pair.worded(spoken)
    a, b = worded.of_a.reading(row.column), worded.of_b.reading(row.column)
    return template.fill({"label": spoken.noun(row.attribute), "bare": a.bare_part(None), "other": b.whole})


def _text(statements: list[Statement]) -> str:
    return " ".join([it.text for it in statements])


def _statements(
    pair: CareerPair, balance: Balance, skills: SkillsComparison, most: int, figures: int
) -> Iterator[Statement]:
    ahead = leaders(pair, balance)
    for this, _, side, strengths in ahead:
        yield _has(pair, this, side, strengths, (most, figures))
    if not ahead:
        yield from conclusion(StatementNarrator(pair), balance, WORDS)[: SENTENCES - 1]
    elif len(ahead) == 1 and balance.level:
        yield level(StatementNarrator(pair), balance.level, WORDS)
    if pair.a.skills and pair.b.skills:
        yield skills_and_moves(pair, skills)
    else:
        text, locale = no_skills(pair)
        yield Statement(text, Rule.NO_SKILLS, None, tuple(no_skill_facts(pair)), locale)


def _has(
    pair: CareerPair, localized_career: LocalizedCareer, side: Outcome, strengths: list[Strength], most: tuple[int, int]
) -> Statement:
    """What a career is ahead in: so many named, so many of them with both figures."""
    wording = _, spoken = pair.localized.general("has")
    named_most, figures = most
    this, other = pair.worded(spoken).sides(side)
    parts = [_part(this, other, it, spoken, figures=place < figures) for place, it in enumerate(strengths)]
    name, titles = spoken.name(localized_career.career.title), (localized_career.title,)
    text = fill_list(wording, "strengths", parts, {"career": name}, named_most, titles)
    return Statement(text, Rule.LEADS, side, facts_of(pair, strengths), spoken.locale.code)


def _part(
    this: LocalizedCareer, other: LocalizedCareer, ahead_by: Strength, spoken: LocalizedCatalog, *, figures: bool
) -> str:
    strength = named(spoken, this, ahead_by)
    if not figures or isinstance(ahead_by.row.a, Flag):
        return strength
    mine, theirs = this.reading(ahead_by.row.column), other.reading(ahead_by.row.column)
    slots = {"strength": strength, "bare": mine.bare_part(ahead_by.part), "other": theirs.second(ahead_by.part)}
    return spoken.general("strength-figures")[0].fill(slots)
