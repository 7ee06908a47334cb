"""Brevity: sentences that stay within a length, by naming the first of a list and counting the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from careergraph.engine.content.locale import NO_SLOTS
from careergraph.engine.content.skill import Skill
from careergraph.engine.text.localized_catalog import MOST_TEXTS, LocalizedCatalog, Wording

Worded = TypeVar("Worded")

SENTENCE = 200
"""The most characters of a sentence."""

TITLE = 40
"""The most characters of a career's title that count, however long it is."""


def remembered(
    localized: LocalizedCatalog,
    memo_of: Callable[[LocalizedCatalog], dict[object, Worded]],
    key: object,
    word: Callable[..., Worded],
    *of: Any,
) -> Worded:
    """Return words that few pairs are the first to need, from a memo of a localized catalog; else `word(*of)`."""
    memo = localized.memo.get(memo_of) or localized.once(memo_of)
    if (worded := memo.get(key)) is None:
        worded = word(*of)
        if len(memo) < MOST_TEXTS:
            memo[key] = worded
    return worded


def length(text: str, titles: Iterable[str]) -> int:
    """The counted characters of a text that may name careers of these titles."""
    return len(text) - sum([(len(it) - TITLE) * text.count(it) for it in titles if len(it) > TITLE])


NAMED_SKILLS = 5
"""The most skills that a sentence names."""


def fill_skills(
    wording: Wording,
    slot: str,
    concepts: Sequence[Skill],
    rarities: Mapping[str, int],
    slots: Mapping[str, str] = NO_SLOTS,
) -> str:
    """Fill a phrase of which one slot is a list of skills, the rarest first: it names these, and counts the others,
    and how many of them most careers have."""
    _, spoken = wording
    names = list(map(spoken.skill, concepts[:NAMED_SKILLS]))

    def others(named: int) -> str:
        if not (left := len(concepts) - named):
            return ""
        common = list(map(rarities.__getitem__, map(_slug_of, concepts))).count(0)
        return others_of(spoken, left, min(left, common))

    return fill_list(wording, slot, names, slots, others=others)


_slug_of = attrgetter("slug")


def others_of(spoken: LocalizedCatalog, left: int, common: int = 0) -> str:
    """Count what a list does not name, and what of it is common."""
    if not left:
        return ""
    template, worded = spoken.counted("more-common" if common == left else "more-mixed" if common else "more", left)
    return template.fill({"n": worded.count(left), "common": worded.count(common)})


def fill_list(  # noqa: PLR0913, PLR0917 - the phrase, its list, its other slots, and the limits
    wording: Wording,
    slot: str,
    parts: Sequence[str],
    slots: Mapping[str, str] = NO_SLOTS,
    most: int = 1000,
    titles: Iterable[str] = (),
    *,
    others: Callable[[int], str] | None = None,
) -> str:
    """Fill a phrase of which one slot is a list: with at most `most` of the parts, as far as they fit a sentence.
    `others` words what is behind the first so many parts; without it, the other parts are counted."""
    template, spoken = wording
    filled, count = dict(slots), min(len(parts), most)
    while True:
        behind = others(count) if others else others_of(spoken, len(parts) - count)
        filled[slot] = spoken.join([*parts[:count], *([behind] if behind else [])]) if parts else ""
        text = template.fill(filled)
        if count <= 1 or len(text) <= SENTENCE or length(text, titles) <= SENTENCE:
            return text
        count -= 1
