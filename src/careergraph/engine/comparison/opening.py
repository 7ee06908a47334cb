"""Opening: the paragraph of a page, and what search engines show of it, from the facts of the sections below.

The lead has at most three sentences: what each side is ahead in, with the figures, or else how the conclusion begins;
then how many skills the two share and how hard the move is. It keeps to 320 characters by naming less.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from careergraph.engine.comparison.advantage import strength
from careergraph.engine.comparison.balance import Balance, Strength
from careergraph.engine.comparison.conclusion import conclusion, facts_of, leaders, level
from careergraph.engine.comparison.glance import Glance, GlanceRow
from careergraph.engine.comparison.narrator import Form, Item, Narrator, Prove, StatementNarrator, Worded
from careergraph.engine.comparison.sentences import no_skill_facts, no_skills
from careergraph.engine.content.outcome import Outcome
from careergraph.engine.content.value_kinds import Flag
from careergraph.engine.similarity.skills_comparison import SkillsComparison
from careergraph.engine.text.brevity import TITLE, fill_list, others_of
from careergraph.engine.text.localized_career import CareerPair, LocalizedCareer
from careergraph.engine.text.statement import Rule, Statement
from careergraph.engine.transition.move import moves_of
from careergraph.engine.transition.moves import moves, moves_facts, skills_and_moves

LEAD, DESCRIPTION = 320, 155
"""The most characters of the paragraph, and of what search engines show."""

SENTENCES = 3
"""The most sentences of the paragraph."""

WORDS = "lead-"
"""How the phrases begin that the paragraph says in words of its own what the conclusion says too."""

NAMED = 2
"""How many advantages of one side the paragraph names, each with its figures as long as they fit."""


class Draft(NamedTuple):
    """A sentence that is decided on: its words and their locale, its rule, its outcome, and what proves it."""

    worded: Worded
    rule: Rule
    outcome: Outcome | None
    prove: Prove
    of: tuple[Any, ...]


class _Drafter:
    """The narrator of sections of which the lead is made: it makes drafts."""

    def __init__(self, pair: CareerPair) -> None:
        self.pair = pair

    def sentence(self, worded: Worded, rule: Rule, outcome: Outcome | None, prove: Prove, *of: Any) -> Draft:
        return Draft(worded, rule, outcome, prove, of)


class Lead:
    """A paragraph and the statements that it is made of."""

    def __init__(self, pair: CareerPair, drafts: Sequence[Draft], narrator_of: Callable[[Form[Any]], Narrator[Any]]):
        self._pair, self._drafts, self._narrator_of = pair, drafts, narrator_of
        self.text = _text(drafts)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Its statements."""
        return tuple(_stated(StatementNarrator(self._pair), self._drafts))

    def narrate_statements(self, form: Form[Item]) -> list[Item]:
        """The same in a form."""
        return _stated(self._narrator_of(form), self._drafts)


def lead(
    pair: CareerPair,
    balance: Balance,
    skills: SkillsComparison,
    narrator_of: Callable[[Form[Any]], Narrator[Any]],
) -> Lead:
    """The paragraph of a page. `narrator_of` gives the narrator of the pair in a form."""
    ahead = [_Ahead(pair, *it) for it in leaders(pair, balance)]
    others = list(_others(pair, balance, skills, len(ahead)))
    drafts: list[Draft] = []
    for most, figures in ((NAMED, 2), (NAMED, 1), (NAMED, 0), (1, 0)):
        drafts = [*[it.draft(most, figures) for it in ahead], *others][:SENTENCES]
        if _length(drafts) <= LEAD or not ahead:
            break
    while len(drafts) > 1 and _length(drafts) > LEAD:
        drafts.pop()
    return Lead(pair, drafts, narrator_of)


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
    phrase, spoken = pair.localized.positional("description-figures", ("label", "bare", "other"))
    worded = pair.worded(spoken)
    a, b = worded.of_a.reading(row.column), worded.of_b.reading(row.column)
    return phrase.fill((spoken.noun(row.attribute), a.bare[0], b.whole))


def _text(drafts: Sequence[Draft]) -> str:
    return " ".join([it.worded[0] for it in drafts])


def _length(drafts: Sequence[Draft]) -> int:
    return sum([len(it.worded[0]) for it in drafts]) + len(drafts) - 1


def _stated(narrator: Narrator[Item], drafts: Sequence[Draft]) -> list[Item]:
    return [narrator.sentence(worded, rule, outcome, prove, *of) for worded, rule, outcome, prove, of in drafts]


def _others(pair: CareerPair, balance: Balance, skills: SkillsComparison, ahead: int) -> Iterator[Draft]:
    """Yield what the paragraph says beside what so many careers are ahead in."""
    drafter: Any = _Drafter(pair)
    if not ahead:
        yield from conclusion(drafter, balance, WORDS)[: SENTENCES - 1]
    elif ahead == 1 and balance.level:
        yield level(drafter, balance.level, WORDS)
    if pair.a.skills and pair.b.skills:
        worded = skills_and_moves(pair, skills)
        yield Draft(worded, Rule.SKILLS_AND_MOVES, None, moves_facts, (skills, moves_of(pair, skills)))
    else:
        yield Draft(no_skills(pair), Rule.NO_SKILLS, None, no_skill_facts, ())


class _Ahead:
    """What a career is ahead in, as the paragraph says it."""

    def __init__(
        self,
        pair: CareerPair,
        localized_career: LocalizedCareer,
        _: LocalizedCareer,
        side: Outcome,
        strengths: list[Strength],
    ) -> None:
        self._wording = pair.localized.general("has")
        spoken = self._wording[1]
        self._side, self._strengths, self._titles = side, strengths, (localized_career.title,)
        self._this, self._other = pair.worded(spoken).sides(side)
        self._names = [self._named(it) for it in strengths[:NAMED]]
        self._figured = [self._with_figures(*it) for it in zip(strengths, self._names, strict=False)]

    def draft(self, most: int, figures: int) -> Draft:
        """The sentence that names so many, so many of them with both figures."""
        _, spoken = self._wording
        parts, count = [*self._figured[:figures], *self._names[figures:]], len(self._strengths)
        slots = {"career": self._this.name}

        def others(named: int) -> str:
            return others_of(spoken, count - named)

        text = fill_list(self._wording, "strengths", parts, slots, most, self._titles, others=others)
        return Draft((text, spoken.locale.code), Rule.LEADS, self._side, facts_of, (self._strengths,))

    def _named(self, ahead_by: Strength) -> str:
        row, part = ahead_by
        return strength(self._wording[1], self._this.reading(row.column), part).text

    def _with_figures(self, ahead_by: Strength, name: str) -> str:
        row, part = ahead_by
        if isinstance(row.a, Flag):
            return name
        mine, theirs = self._this.reading(row.column), self._other.reading(row.column)
        phrase, _ = self._wording[1].positional("strength-figures", ("strength", "bare", "other"))
        return phrase.fill((name, mine.bare_part(part), theirs.second(part)))
