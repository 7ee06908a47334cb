"""Display titles: one career as a sentence names it, from the title that a source gives a group of occupations.

A source writes `Dentists, General`, of many people; a sentence is about one: `General Dentist pays $80,000 a year`. A
title is changed only as far as its words are recognised, and otherwise stays as it is: words that end like a
profession in the plural, or that a profile lists.
"""

import re
from collections.abc import Iterator

from careergraph.editorial.importers.profile import TitleRule
from careergraph.engine.content.locale import DEFAULT_LOCALE
from careergraph.store.documents.documents import Text

_PROFESSIONS = re.compile(r"[a-z']+(er|or|ist|ian|ant|ent|ess|ee|smith)s|[a-z]+sses")
"""How professions in the plural end."""
_ASIDE = re.compile(r", (Except|Including) (.+)")
_OTHERS = ", All Other"
_SEPARATORS = re.compile(r"(, and |, or | and |, )")
_SMALL = frozenset(["a", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])
"""Words within a title that keep their small letter."""


def singular_title(title: str, rule: TitleRule) -> str:
    """Return the title of one member of a group: `Waiter or Waitress` of `Waiters and Waitresses`."""
    if (listed := rule.exceptions.get(title)) is not None:
        return listed
    main, aside = _without_aside(title)
    named, others = (main[: -len(_OTHERS)], True) if main.endswith(_OTHERS) else (main, False)
    singular = _of_one(named, rule)
    if singular is None:
        return title
    return f"{'Other ' if others else ''}{singular}{aside}"


def display_titles(labels: Text) -> Text:
    """Write labels as titles, by language: in English as `Head of Workshop`, elsewhere with a capital in front."""
    return {it: _display_title(" ".join(label.split()), it) for it, label in labels.items()}


def _display_title(title: str, language: str) -> str:
    if language != DEFAULT_LOCALE:
        return _capital(title)
    first, *others = title.split(" ")
    return " ".join([_capital(first), *[it if it in _SMALL else _capital(it) for it in others]])


def _capital(word: str) -> str:
    """Capitalize each part of a word: `Actor/Actress`, `(Senior`."""
    return re.sub(r"(?:^|(?<=[/(]))[^\W\d_]", lambda match: match[0].upper(), word)


def _without_aside(title: str) -> tuple[str, str]:
    """Split off what a title leaves out or takes in, in parentheses."""
    match = _ASIDE.search(title)
    if match is None:
        return title, ""
    named, others = (match[2][: -len(_OTHERS)], _OTHERS) if match[2].endswith(_OTHERS) else (match[2], "")
    return title[: match.start()] + others, f" ({match[1].lower()} {named})"


def _of_one(title: str, rule: TitleRule) -> str | None:
    """Name one of a group, with what is behind the comma in front (`General Dentist`); None where it is not sure."""
    who, of, what = title.partition(" of ")
    segments = who.split(", ")
    end = _end_of_main(segments, rule)
    if end is None:
        return None
    singular = "".join(_singular_pieces(", ".join(segments[:end]), rule))
    behind = segments[end:]
    if any(_is_person(piece, rule) for segment in behind for piece in segment.split(" and ")):
        return None
    return f"{', '.join(behind)} {singular}{of}{what}" if behind else f"{singular}{of}{what}"


def _end_of_main(segments: list[str], rule: TitleRule) -> int | None:
    """Return where the list of professions ends, and what follows only qualifies them; None without a profession."""
    first = next((place for place, segment in enumerate(segments) if _is_person(segment, rule)), None)
    if first is None:
        return None
    for place in range(first + 1, len(segments)):
        pieces = segments[place].removeprefix("and ").split(" and ")
        if not _is_person(segments[place], rule):
            break
        if segments[place].startswith("and ") or (len(pieces) > 1 and all(_is_person(it, rule) for it in pieces)):
            return place + 1
    return first + 1


def _singular_pieces(main: str, rule: TitleRule) -> Iterator[str]:
    """Yield professions, each in the singular, and what stands between them: one is either of two."""
    pieces = _SEPARATORS.split(main)
    for piece, separator in zip(pieces[::2], [*pieces[1::2], ""], strict=True):
        person = _is_person(piece, rule)
        yield _singular(piece) if person else piece
        yield separator.replace("and", "or") if person else separator


def _is_person(words: str, rule: TitleRule) -> bool:
    last = re.split(r"[ /-]", words)[-1].lower()
    return last in rule.professions or _PROFESSIONS.fullmatch(last) is not None


def _singular(words: str) -> str:
    """Put the last word into the singular, and what is before a slash in it too."""
    *front, last = words.split(" ")
    return " ".join([*front, "/".join([_singular_word(it) for it in last.split("/")])])


def _singular_word(word: str) -> str:
    if word.endswith("wives"):
        return f"{word[:-3]}fe"
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
