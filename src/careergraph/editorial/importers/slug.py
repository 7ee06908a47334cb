"""Slugs of what is imported, made of its name."""

import re
import unicodedata

LONGEST = 80
"""So that something can be put behind it."""


def slug_of(name: str) -> str:
    """A slug: letters without their accents, words joined by hyphens. A name that has neither letters nor digits of
    ours is `x`; a word `vs`, which joins the slugs of a comparison, is spelt out."""
    plain = unicodedata.normalize("NFKD", name.replace("ß", "ss")).encode("ascii", "ignore").decode()
    plain = plain.replace("+", " plus ").replace("#", " sharp ")
    words = ["versus" if word == "vs" else word for word in re.findall(r"[a-z0-9]+", plain.lower())]
    return "-".join(words)[:LONGEST].rstrip("-") or "x"
