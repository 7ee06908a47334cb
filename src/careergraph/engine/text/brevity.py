"""Brevity: sentences that stay within a length, by naming the first of a list and counting the rest."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from careergraph.engine.content.locale import NO_SLOTS, Template
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


class SkillList:
    """Some skills as a sentence names them, the rarest first: it counts the others, and how many of them most careers
    have. The sentences of a pair name the same ones, so each length of it is worded once."""

    __slots__ = ("_listed", "_names", "_rarities", "concepts")

    def __init__(self, spoken: LocalizedCatalog, concepts: Sequence[Skill], rarities: Mapping[str, int]) -> None:
        self.concepts, self._rarities = concepts, rarities
        self._names = list(map(spoken.skill, concepts[:NAMED_SKILLS]))
        self._listed: dict[int, str] = {}

    def listed(self, spoken: LocalizedCatalog, named: int) -> str:
        """The list that names so many."""
        if (text := self._listed.get(named)) is None:
            behind = ""
            if left := len(self.concepts) - named:
                common = list(map(self._rarities.__getitem__, map(_slug_of, self.concepts))).count(0)
                behind = others_of(spoken, left, min(left, common))
            text = self._listed[named] = _joined(spoken, self._names[:named], behind)
        return text


def fill_skills(
    wording: Wording,
    slot: str,
    concepts: Sequence[Skill],
    rarities: Mapping[str, int],
    slots: Mapping[str, str] = NO_SLOTS,
) -> str:
    """Fill a phrase of which one slot is a list of skills, the rarest first (`SkillList`)."""
    template, spoken = wording
    latest = spoken.once(_latest_skills)
    skills = latest.get(slot)
    if skills is None or skills.concepts is not concepts:
        skills = latest[slot] = SkillList(spoken, concepts, rarities)
    named = skills
    return _fill(template, slot, slots, lambda count: named.listed(spoken, count), min(len(concepts), NAMED_SKILLS))


def _latest_skills(_: LocalizedCatalog) -> dict[str, SkillList]:
    return {}


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

    def listed(count: int) -> str:
        behind = others(count) if others else others_of(spoken, len(parts) - count)
        return _joined(spoken, parts[:count], behind) if parts else ""

    return _fill(template, slot, slots, listed, min(len(parts), most), titles)


def _joined(spoken: LocalizedCatalog, parts: Sequence[str], behind: str) -> str:
    return spoken.join([*parts, behind] if behind else parts)


def _fill(  # noqa: PLR0913, PLR0917 - as above
    template: Template,
    slot: str,
    slots: Mapping[str, str],
    listed: Callable[[int], str],
    count: int,
    titles: Iterable[str] = (),
) -> str:
    """Fill a phrase with the list of so many parts, or of as many as fit a sentence."""
    filled = dict(slots)
    while True:
        filled[slot] = listed(count)
        text = template.fill(filled)
        if count <= 1 or len(text) <= SENTENCE or length(text, titles) <= SENTENCE:
            return text
        count -= 1
