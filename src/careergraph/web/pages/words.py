"""Words: what the interface says, in the language of a page."""

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from careergraph.engine.locale import DEFAULT_LOCALE, Locale, Template


class Words:
    """The words of one language, or of the first it falls back to that has them."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale
        self._chain = [_words(code) for code in (*[each.code for each in locale.chain()], DEFAULT_LOCALE)]

    def __call__(self, name: str, /, **slots: object) -> str:
        """A phrase with its slots filled. Raises KeyError where no language has it."""
        template = next((words[name] for words in self._chain if name in words), None)
        if template is None:
            raise KeyError(name)
        return template.fill({slot: self._text(value) for slot, value in slots.items()})

    def has(self, name: str) -> bool:
        """Whether there is such a phrase."""
        return any(name in words for words in self._chain)

    def count(self, name: str, n: int, /, **slots: object) -> str:
        """A phrase about a count, in its plural form."""
        return self(f"{name}.{self._locale.plural.form(n)}", n=n, **slots)

    def _text(self, value: object) -> str:
        return self._locale.number(value) if isinstance(value, int) else str(value)


@cache
def _words(code: str) -> Mapping[str, Template]:
    file = files("careergraph.web.pages").joinpath("words", f"{code}.json")
    if not file.is_file():
        return {}
    return {name: Template(text) for name, text in json.loads(file.read_text("utf-8")).items()}
