"""Errors of the engine, in words for people at a terminal: with their hints, which the engine's messages leave out."""

from collections.abc import Mapping, Sequence
from typing import cast

from careergraph.engine.errors import Code, CodedError


def explain(error: CodedError, slugs: Mapping[str, str]) -> str:
    """Return the text of an error with its hints. `slugs` are the careers, by the names of the arguments."""
    if error.code is Code.UNKNOWN_CAREER:
        unknown = slugs[cast("list[str]", error.extensions["arguments"])[0]]
        return no_such("career", unknown, cast("list[str]", error.extensions.get("suggestions") or []))
    if error.code is Code.UNKNOWN_LOCALE:
        return f"there is no such locale; there are {_words(error.extensions.get('locales'))}"
    if error.code is Code.UNKNOWN_REGION:
        return f"no figure was observed in such a region; there are {_words(error.extensions.get('regions'))}"
    return error.message


def no_such(kind: str, slug: str, close: Sequence[str]) -> str:
    """Return that there is nothing of a slug, and the slugs that are close to it."""
    return f"there is no {kind} {slug[:100]!a}" + (f"; did you mean {_words(close)}?" if close else "")


def _words(hint: object) -> str:
    return ", ".join(str(word) for word in hint) if isinstance(hint, list | tuple) else ""
