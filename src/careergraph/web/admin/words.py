"""Words of the interface, in English and German. They change with the templates, so they are files beside them."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

LANGUAGES: Mapping[str, str] = {"en": "English", "de": "Deutsch"}
"""The languages of the interface, by code."""


class Words:
    """The words of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._words = read_words(language)

    def __call__(self, name: str, /, **slots: object) -> str:
        """A word with its slots filled. Raises KeyError for one that there is not."""
        return self._words[name].format_map(slots) if slots else self._words[name]

    def count(self, name: str, n: int, /, **slots: object) -> str:
        """A word about a number, in its singular or plural."""
        return self(f"{name}.{'one' if n == 1 else 'other'}", n=self.number(n), **slots)

    def or_none(self, name: str) -> str | None:
        """A word; None where there is none."""
        return self._words.get(name)

    def below(self, prefix: str) -> dict[str, str]:
        """All words whose names begin so, by what follows, in the order of the alphabet."""
        words = {name.removeprefix(prefix): word for name, word in self._words.items() if name.startswith(prefix)}
        return dict(sorted(words.items(), key=lambda each: each[1].lower()))

    def problem(self, problem: Mapping[str, str]) -> str:
        """A problem of the API, whose message is in English; in another language its code in words, and the message."""
        word = read_problems(self.language).get(problem.get("code", ""))
        return problem["message"] if word is None else f"{word} ({problem['message'].rstrip('.')})"

    def or_name(self, name: str, plain: str) -> str:
        """A word, or without one a plain name in words: `observedOn` as `Observed on`."""
        return self._words.get(name) or spaced(plain)

    def number(self, n: int) -> str:
        """A whole number with its thousands separated."""
        return f"{n:,}".replace(",", "." if self.language == "de" else ",")

    def moment(self, at: str) -> str:
        """A time to its minute, of one as answers have it: `2026-05-01T09:00:00Z`."""
        return f"{self.day(at)}{',' if self.language == 'de' else ''} {at[11:16]}"

    def instant(self, at: str, zone: str) -> str:
        """A time on the clocks of a zone, and in UTC: `2026-05-01 11:00 Europe/Berlin (09:00 UTC)`."""
        time = datetime.fromisoformat(at)
        try:
            local = time.astimezone(ZoneInfo(zone)).isoformat()
        except (ValueError, ZoneInfoNotFoundError):  # one that this machine does not know any longer
            return f"{self.moment(at)} UTC"
        utc = at[11:16] if local[:10] == at[:10] else self.moment(at)
        return f"{self.moment(local)} {zone}" + ("" if zone == "UTC" else f" ({utc} UTC)")

    def day(self, at: str) -> str:
        """The day of a time, of one as answers have it."""
        return f"{at[8:10]}.{at[5:7]}.{at[:4]}" if self.language == "de" else at[:10]


def spaced(name: str) -> str:
    """A name of a program as words: `observedOn` and `OBSERVED_ON` as `Observed on`."""
    if name.isupper():
        name = name.lower()
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name).replace("_", " ").replace("-", " ")
    return words[:1].upper() + words[1:]


@cache
def read_words(language: str) -> Mapping[str, str]:
    """All words of a language."""
    content = files("careergraph.web.admin").joinpath("words", f"{language}.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, str])


@cache
def read_problems(language: str) -> Mapping[str, str]:
    """The codes of problems in words of a language; none in English, the language of their messages."""
    if language == "en":
        return {}
    content = files("careergraph.web.admin").joinpath("words", "problems", f"{language}.json").read_bytes()
    return msgspec.json.decode(content, type=dict[str, str])


def language_of(chosen: str | None, accepted: str) -> str:
    """The language of the interface: the one that was chosen, or the first that the browser accepts."""
    if chosen is not None and chosen in LANGUAGES:
        return chosen
    codes = (part.partition(";")[0].strip().lower().partition("-")[0] for part in accepted.split(","))
    return next((code for code in codes if code in LANGUAGES), "en")
