"""The names of all phrases, and the slots each may use. Content is checked against these tables.

An attribute's own phrases are tried first, the locale's general ones second, each in the requested locale before any
fallback. A phrase may come in variants, written behind a dot, which are tried before the bare name: `trait.yes`.
"""

from collections.abc import Iterator, Mapping

from careergraph.engine.attribute import Attribute, ValueKind

ATTRIBUTE_PHRASES: Mapping[str, tuple[str, ...]] = {
    "value": ("n", "unit", "scale"),
    "figure": ("label", "career", "value"),
    "advantage": ("label", "career", "value", "rival", "other"),
    "tie": ("label", "value"),
    "trait": ("label", "value", "other"),
    "shared": ("label", "value"),
}
"""What an attribute may word for itself. `value` shows a number; `figure` says one career's value; `advantage` that a
career has the better value (`value` against the `other` of its `rival`); `tie` that both have the same; `trait` what a
reader is like for whom the value speaks ("You want ..."); `shared` the same where it speaks for both careers."""

_ENDS = ("low", "high")
_PLURALS = ("one", "other")
_ANSWERS = ("yes", "no")


def attribute_variants(attribute: Attribute, phrase: str) -> Iterator[str]:
    """The variants of one of the attribute's phrases."""
    if phrase == "value":
        yield from _PLURALS if attribute.kind is ValueKind.NUMBER else ()
    elif attribute.kind is ValueKind.MONEY_RANGE:
        yield from _ENDS if phrase in ("advantage", "trait") else ()
    elif attribute.kind is ValueKind.FLAG:
        yield from _ANSWERS
    elif attribute.kind in (ValueKind.LEVEL, ValueKind.CHOICE):
        yield from (option.key for option in attribute.options)


def attribute_phrases(attribute: Attribute) -> Mapping[str, tuple[str, ...]]:
    """Every phrase name that the attribute may use, with its slots."""
    names: dict[str, tuple[str, ...]] = {}
    for phrase, slots in ATTRIBUTE_PHRASES.items():
        if phrase != "value" or attribute.kind is ValueKind.NUMBER:
            names[phrase] = slots
            names |= {f"{phrase}.{variant}": slots for variant in attribute_variants(attribute, phrase)}
    return names


LOCALE_PHRASES: Mapping[str, tuple[str, ...]] = {
    "yes": (),
    "no": (),
    "and": (),
    "from": (),
    "up-to": (),
    "versus": (),
    "figure": ("label", "career", "value"),
    "advantage.higher": ("label", "career", "value", "rival", "other"),
    "advantage.lower": ("label", "career", "value", "rival", "other"),
    "advantage.low": ("label", "career", "value", "rival", "other"),
    "advantage.high": ("label", "career", "value", "rival", "other"),
    "tie": ("label", "value"),
    "trait.higher": ("label", "value", "other"),
    "trait.lower": ("label", "value", "other"),
    "trait.low": ("label", "value", "other"),
    "trait.high": ("label", "value", "other"),
    "not-comparable.currency": ("label",),
    "not-comparable.period": ("label",),
    "not-comparable.basis": ("label",),
    "not-comparable.unit": ("label",),
    "not-comparable.region": ("label",),
    "not-comparable.same-figure": ("label",),
    "shared-category": ("category",),
    "shared-skills": ("skills",),
    "skills-shared.none": (),
    "skills-shared.one": ("n", "skills"),
    "skills-shared.other": ("n", "skills"),
    "skills-shared.unnamed": ("n",),
    "skills-related.one": ("n",),
    "skills-related.other": ("n",),
    "because.edge": ("first", "second"),
    "because.concept": ("skill",),
    "transition-grade.easy": ("from", "to"),
    "transition-grade.moderate": ("from", "to"),
    "transition-grade.challenging": ("from", "to"),
    "transition-grade.hard": ("from", "to"),
    "transition-covered": ("to", "total", "shared", "related"),
    "transition-months.one": ("to", "n"),
    "transition-months.other": ("to", "n"),
    "transition-higher": ("label", "to", "value", "from", "other"),
    "leader": ("label", "careers", "value"),
    "leader.many": ("label", "careers", "value"),
    "all-same": ("label", "value", "n"),
    "all-hold": ("skill", "n"),
}
"""What a locale words for all attributes and for everything that belongs to none; labels (`labels.py`) come beside it.
What its document does not word is worded as the newest seed does."""
