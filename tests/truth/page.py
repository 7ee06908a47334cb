"""How the judge looks at a page as a reader does: nothing is empty, nothing is too long, nothing is badly worded."""

import re
from collections import Counter
from collections.abc import Iterator

from careergraph.engine.comparison.compare import Comparison
from careergraph.engine.content.outcome import Side
from careergraph.engine.text.statement import Statement

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
    verdict = comparison.verdict
    if not verdict.conclusion:
        yield "conclusion: there is none"
    rows = {text.text for text in _row_statements(comparison)}
    yield from (f"conclusion: repeats the glance: {it.text!r}" for it in verdict.conclusion if it.text in rows)
    for name, choice in (("chooseA", verdict.choose_a), ("chooseB", verdict.choose_b)):
        if not choice.reasons and choice.note is None:
            yield f"{name}: neither a reason nor a note"
        if any(it.rule == "reason" for it in choice.reasons) == (choice.note is not None):
            yield f"{name}: a note beside a figure that speaks for it, or neither"
        reasons = [(it.text, it.facts[0].attribute and it.facts[0].attribute.key) for it in choice.reasons]
        if len(reasons) != len(set(reasons)):
            yield f"{name}: a reason twice"
    shared = {it.clause for it in verdict.choose_a.reasons} & {it.clause for it in verdict.choose_b.reasons}
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
    verdict = comparison.verdict
    texts = [*comparison.lead.statements, *verdict.choose_a.reasons, *verdict.choose_b.reasons, *verdict.either]
    texts += [*verdict.conclusion, *filter(None, (verdict.choose_a.note, verdict.choose_b.note))]
    texts += [it for side in Side for it in comparison.transition(side).statements]
    yield from (f"{text!r} is said {n} times" for text, n in Counter(it.text for it in texts).items() if n > 1)


def _lead_faults(comparison: Comparison, titles: list[str]) -> Iterator[str]:
    lead, description = comparison.lead, comparison.description
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
        yield from (f"{text!r} has a form that none may have: {it.pattern}" for it in FORBIDDEN if it.search(bare))
        if bare.count(" vs ") > 1 and statement.rule != "leads":  # which has one for each figure it names
            yield f"{text!r} has more than one vs"


def counted(text: str, titles: list[str]) -> int:
    """The characters of a text; of a long title only 40 count."""
    for title in titles:
        text = text.replace(title, title[:TITLE])
    return len(text)


def _said(comparison: Comparison) -> Iterator[Statement]:
    verdict = comparison.verdict
    yield from comparison.summary
    yield from (*verdict.choose_a.reasons, *verdict.choose_b.reasons, *verdict.either, *verdict.conclusion)
    yield from comparison.lead.statements
    yield from (it.note for it in (verdict.choose_a, verdict.choose_b) if it.note)
    yield from _row_statements(comparison)
    for side in Side:
        yield from comparison.transition(side).statements


def _row_statements(comparison: Comparison) -> Iterator[Statement]:
    for row in comparison.glance.rows:
        yield from comparison.statements_of(row)
