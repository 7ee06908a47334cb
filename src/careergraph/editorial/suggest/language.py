"""Language: how the words of a phrase are told apart, and which of them say the same."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from careergraph.engine.text.same_wording import normalised

LONGEST = 1000
"""Letters of a phrase that are looked at: what is longer is a text, not a phrase."""


@dataclass(frozen=True)
class Language:
    """What is known of one language. Without any of it, words are compared as they are written, which works in all.

    `small` are words that carry no meaning of their own, `broad` words that carry little (`methods`, `software`).
    `phrases` are what several words are replaced by; `alike` are groups of words that may stand for each other, and
    `implied` words that say what others say too (`read`: `understand`, `written`). `endings` are what a word may lose,
    the longest first, `irregular` the stems of words that endings do not explain.
    """

    small: frozenset[str] = frozenset()
    broad: frozenset[str] = frozenset()
    phrases: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[tuple[str, ...], ...] = ()
    implied: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    endings: tuple[str, ...] = ()
    irregular: Mapping[str, str] = field(default_factory=dict)
    spellings: tuple[tuple[str, str], ...] = ()

    def words(self, text: str) -> list[str]:
        """The words of a text as they are spelled: without case, accents and punctuation, phrases replaced."""
        padded = f" {normalised(_POSSESSIVE.sub('', text[:LONGEST]))} "
        if self.phrases:
            padded = self._known_phrases.sub(lambda match: f" {self.phrases[match[1]]} ", padded)
        return padded.split()

    def stems(self, words: Iterable[str]) -> list[str]:
        """The stems of the words that carry meaning, or of all where none does."""
        words = list(words)
        return [self.stem(word) for word in words if word not in self.small] or [self.stem(word) for word in words]

    def stem(self, word: str) -> str:
        """The stem of a word, the same for all its forms; not always a word itself."""
        if (irregular := self.irregular.get(word)) is not None:
            return irregular
        if len(word) <= 3 or not self.endings or not word.isalpha():
            return word
        for theirs, ours in self.spellings:
            word = word.replace(theirs, ours)
        ending = next((ending for ending in self.endings if _may_lose(word, ending)), "")
        left = word.removesuffix(ending) if ending else word
        if len(left) == 3 and ending not in ("", "s"):
            return f"{left}e"  # `caring` goes with `care`, not with `car`
        return _undouble(left)

    @cached_property
    def neighbours(self) -> Mapping[str, tuple[str, ...]]:
        """The stems that may stand for a stem."""
        neighbours: dict[str, dict[str, None]] = {}
        for group in self.alike:
            stems = [self.stem(word) for word in group]
            for stem in stems:
                neighbours.setdefault(stem, {}).update({other: None for other in stems if other != stem})
        for word, others in self.implied.items():
            neighbours.setdefault(self.stem(word), {}).update({self.stem(other): None for other in others})
        return {stem: tuple(others) for stem, others in neighbours.items()}

    @cached_property
    def broad_stems(self) -> frozenset[str]:
        """The stems of the words that carry little meaning."""
        return frozenset({self.stem(word) for word in self.broad})

    @cached_property
    def _known_phrases(self) -> re.Pattern[str]:
        longest_first = sorted(self.phrases, key=lambda phrase: (-len(phrase), phrase))
        return re.compile(rf" ({'|'.join(re.escape(phrase) for phrase in longest_first)})(?= )")


_POSSESSIVE = re.compile(r"['’]s\b")


def _may_lose(word: str, ending: str) -> bool:
    left = len(word) - len(ending)
    return word.endswith(ending) and left >= (4 if len(ending) > 3 else 3) and not (ending == "s" and word[-2] == "s")


def _undouble(stem: str) -> str:
    """`planning` and `plan`, `study` and `studies`."""
    if len(stem) > 3 and stem[-1] == stem[-2] and stem[-1] not in "sz":
        stem = stem[:-1]
    return stem[:-1] if len(stem) > 4 and stem[-1] == "i" else stem
