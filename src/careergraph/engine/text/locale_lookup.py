"""Locale lookup: the locale of a catalog that is nearest to a language tag (RFC 4647, 3.4)."""

import re
from collections.abc import Collection

LONGEST_TAG = 100
"""The longest language tag that is looked up, in characters: RFC 5646 expects at most 35."""

_TAG = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")


def nearest_locale(locales: Collection[str], tag: str) -> str | None:
    """The code of the locale that a tag names, or else of the nearest: `zh-Hant` and then `zh` for `zh-Hant-TW`.

    Case does not matter. None where there is none, and for what is no language tag.
    """
    if tag in locales:
        return tag
    if len(tag) > LONGEST_TAG or not _TAG.fullmatch(tag):
        return None
    codes = {code.lower(): code for code in locales}
    subtags = tag.lower().split("-")
    while subtags:
        if (code := codes.get("-".join(subtags))) is not None:
            return code
        subtags.pop()
        if subtags and len(subtags[-1]) == 1:  # such as the x of x-private: nothing without what follows it
            subtags.pop()
    return None
