"""How the judge looks at a page as a reader does: nothing is empty, nothing is too long, nothing is badly worded."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.text.statement import Statement
from truth.sections import sections

SENTENCE, LEAD, DESCRIPTION, TITLE = 200, 320, 155, 40

FORBIDDEN = (
    re.compile(r"\bagainst\b|\bOf the 1\b|is moderate\b|leads with|taken on a different basis"),
    re.compile(r"(?<![\d.,])1 (skills|months|figures|points|percentage points|Fähigkeiten|Monate|Angaben|Punkte)\b"),
    re.compile(r"(?<![\d.,])0 (skills|Fähigkeiten|months|Monate)\b"),
    re.compile(
        r"liegt vorn mit|In beiden steckt|Mindestgehalt|Berührung|Du willst hiermit arbeiten|remote möglich|keines"
    ),
    re.compile(r"statt \d|gegenüber \d+ Monate\b|no skill, \d+ more|keine Fähigkeit, \d+ weitere|[Bb]ecoming X|With X"),
    re.compile(r"\b(bei|für|von|vom|zu|zum|mit|aus|[Ww]ähle|wählt) X\b"),
    re.compile(r"\b(\w{3,}) \1\b"),
    re.compile(r"  | \.|\.\.|,,|: \.|\(\)|(?!^)\bNone\b"),
    re.compile(r"/yr|/hr|/mo\b"),
    re.compile(r"(shared|related|gemeinsam|verwandt): \d"),
)
"""Forms that no sentence may have."""

BARE_FLAG = re.compile(r": (yes|no|ja|nein)\.$|remote work.*: (yes|ja)")
"""How a flag reads whose attribute has no phrases of its own. Those of the seed have."""


def page_faults(comparison: Comparison) -> Iterator[str]:
    """What a reader would miss or stumble over."""
    titles = [comparison.localized.read(career.title) for career in (comparison.a, comparison.b)]
    of = sections(comparison)
    if not of.conclusion:
        yield "conclusion: there is none"
    rows = {text.text for text in _row_statements(comparison)}
    yield from (f"conclusion: repeats the glance: {it.text!r}" for it in of.conclusion if it.text in rows)
    for name, reasons, note in (("chooseA", of.reasons_a, of.note_a), ("chooseB", of.reasons_b, of.note_b)):
        if not reasons and note is None:
            yield f"{name}: neither a reason nor a note"
        if any(it.rule == "reason" for it in reasons) == (note is not None):
            yield f"{name}: a note beside a figure that speaks for it, or neither"
        distinct = {(it.text, it.facts[0].attribute and it.facts[0].attribute.key) for it in reasons}
        if len(reasons) != len(distinct):
            yield f"{name}: a reason twice"
    shared = {it.clause for it in of.reasons_a} & {it.clause for it in of.reasons_b}
    if shared:
        yield f"choose: the same reason for both: {shared}"
    yield from _lead_faults(comparison, titles)
    for related in comparison.skills.related:
        because = related.because(comparison.localized)
        for concept in (related.first, related.second):
            written, inside = comparison.localized.read(concept.name), comparison.localized.inside(concept.name)
            if because.find(written) > 0 and inside not in because:  # a name of another language is put in quotes
                yield f"{because!r} writes a name inside of a sentence as at its beginning"
    for statement in _said(comparison):
        yield from _wording_faults(statement, titles)


def repeated(comparison: Comparison) -> Iterator[str]:
    """Sentences that the page says twice: its lead, the reasons, the conclusion and the moves tell different things."""
    of = sections(comparison)
    texts = [*of.lead.statements, *of.verdict, *of.notes]
    texts += [it for move in of.moves for it in move.statements]
    yield from (f"{text!r} is said {n} times" for text, n in Counter(it.text for it in texts).items() if n > 1)


def _lead_faults(comparison: Comparison, titles: list[str]) -> Iterator[str]:
    lead, description = sections(comparison).lead, comparison.description
    if not 1 <= len(lead.statements) <= 3 or counted(lead.text, titles) > LEAD:
        yield f"lead: {len(lead.statements)} sentences, {counted(lead.text, titles)} characters"
    if lead.text != " ".join(it.text for it in lead.statements):
        yield "lead: the text is not that of its statements"
    if not 0 < len(description) <= DESCRIPTION:
        yield f"description: {len(description)} characters"


def _wording_faults(statement: Statement, titles: list[str]) -> Iterator[str]:
    for text in (statement.text, statement.clause):
        if counted(text, titles) > SENTENCE:
            yield f"{text!r} has {counted(text, titles)} characters"
        bare = text
        for title in titles:
            bare = bare.replace(title, "X")
        yield from (f"{text!r} has a form that none may have: {it}" for it in _forbidden_forms(bare))
        if bare.count(" vs ") > 1 and statement.rule != "leads":  # which has one for each figure it names
            yield f"{text!r} has more than one vs"


@lru_cache(maxsize=100_000)
def _forbidden_forms(bare: str) -> tuple[str, ...]:
    """The forms of a text that none may have. Without titles, most texts are said of many pairs."""
    return tuple([it.pattern for it in FORBIDDEN if it.search(bare)])


def counted(text: str, titles: list[str]) -> int:
    """The characters of a text; of a long title only 40 count."""
    for title in titles:
        text = text.replace(title, title[:TITLE])
    return len(text)


def _said(comparison: Comparison) -> Iterator[Statement]:
    of = sections(comparison)
    yield from (*of.summary, *of.verdict, *of.lead.statements, *of.notes)
    yield from _row_statements(comparison)
    for move in of.moves:
        yield from move.statements


def _row_statements(comparison: Comparison) -> Iterator[Statement]:
    for row in comparison.glance.rows:
        yield from comparison.statements_of(row)
