"""The names of all phrases, and the slots each may use. Content is checked against these tables.

An attribute's own phrases are tried first, the locale's general ones second, each in the requested locale before any
fallback. A phrase may come in variants, written behind a dot, which are tried before the bare name: `trait.yes`.
"""

from collections.abc import Iterator, Mapping

from careergraph.engine.attribute import Attribute, ValueKind

ATTRIBUTE_PHRASES: Mapping[str, tuple[str, ...]] = {
    "value": ("n", "unit", "scale"),
    "spoken": ("n", "unit", "scale"),
    "bare": ("n", "unit", "scale"),
    "gap": ("n", "unit", "scale"),
    "noun": (),
    "strength": ("label",),
    "best": ("label",),
    "figure": ("label", "career", "value"),
    "advantage": ("label", "strength", "career", "value", "bare", "rival", "other"),
    "tie": ("label", "value"),
    "trait": ("label", "strength", "value", "bare", "other"),
    "clause": ("label", "strength", "value", "bare", "other"),
    "shared": ("label", "value"),
    "clause-shared": ("label", "value"),
}
"""What an attribute may word for itself. `value` shows a number, `spoken` the same inside of a sentence, `bare` without
what a second number of the sentence says too, `gap` by how much two differ. `noun` is what the attribute is called
inside of a sentence, `strength` what it is to have the better of two values ("the higher salary floor"), `best` the
best of several. `figure` says one career's value; `advantage` that a career has the better value (`value`, or just its
`bare` number, against the `other` of its `rival`); `tie` that both have the same; `trait` what a reader is like for
whom the value speaks ("You want ..."); `shared` the same where it speaks for both careers; `clause` and
`clause-shared` say these two behind "Choose the career if you"."""

_NUMBERS = ("value", "spoken", "bare", "gap")
_ENDS = ("low", "high")
_PERCENTILES = ("low-percentile", "high-percentile")
_COMPARED = ("more", "less")
_PLURALS = ("one", "other")
_ANSWERS = ("yes", "no")


def attribute_variants(attribute: Attribute, phrase: str) -> Iterator[str]:
    """The variants of one of the attribute's phrases."""
    if phrase in _NUMBERS:
        yield from _PLURALS if attribute.kind is ValueKind.NUMBER else ()
        return
    if phrase in ("trait", "clause") and attribute.kind in (ValueKind.NUMBER, ValueKind.LEVEL):
        yield from _COMPARED
    if attribute.kind is ValueKind.MONEY_RANGE:
        yield from (*_ENDS, *_PERCENTILES) if phrase in ("advantage", "trait", "clause", "strength") else ()
    elif attribute.kind is ValueKind.FLAG:
        yield from _ANSWERS
    elif attribute.kind in (ValueKind.LEVEL, ValueKind.CHOICE):
        yield from (option.key for option in attribute.options)


def attribute_phrases(attribute: Attribute) -> Mapping[str, tuple[str, ...]]:
    """Every phrase name that the attribute may use, with its slots."""
    names: dict[str, tuple[str, ...]] = {}
    for phrase, slots in ATTRIBUTE_PHRASES.items():
        if phrase not in _NUMBERS or attribute.kind is ValueKind.NUMBER:
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
    "advantage.higher": ("label", "strength", "career", "value", "bare", "rival", "other"),
    "advantage.lower": ("label", "strength", "career", "value", "bare", "rival", "other"),
    "advantage.low": ("label", "strength", "career", "value", "bare", "rival", "other"),
    "advantage.high": ("label", "strength", "career", "value", "bare", "rival", "other"),
    "tie": ("label", "value"),
    "trait.higher": ("label", "strength", "value", "bare", "other"),
    "trait.lower": ("label", "strength", "value", "bare", "other"),
    "trait.low": ("label", "strength", "value", "bare", "other"),
    "trait.high": ("label", "strength", "value", "bare", "other"),
    "not-comparable.currency": ("label", "first", "second"),
    "not-comparable.period": ("label", "first", "second"),
    "not-comparable.basis": ("label", "first", "second"),
    "not-comparable.unit": ("label", "first", "second"),
    "not-comparable.region": ("label", "first", "second"),
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
    "roadmap.prepare": (),
    "roadmap.core": (),
    "roadmap.further": (),
    "roadmap.figure": ("label", "value"),
    "transition-grade.easy": ("from", "to"),
    "transition-grade.moderate": ("from", "to"),
    "transition-grade.challenging": ("from", "to"),
    "transition-grade.hard": ("from", "to"),
    "transition-covered": ("to", "total", "shared", "related"),
    "transition-months.none": ("to",),
    "transition-months.one": ("n", "to"),
    "transition-months.other": ("n", "to"),
    "transition-higher": ("label", "to", "value", "from", "other"),
    "leader": ("label", "careers", "best", "value", "n"),
    "leader.many": ("label", "careers", "best", "value", "n"),
    "all-same": ("label", "value", "n"),
    "all-hold": ("n", "skill"),
    "lower-case": (),
    "more.one": ("n",),
    "more.other": ("n",),
    "strength": ("label",),
    "best": ("label",),
    "clause": ("label", "strength", "value", "bare", "other"),
    "clause.trait": ("label", "value", "bare"),
    "clause-shared": ("value", "label"),
    "strength-figures": ("strength", "bare", "other"),
    "strength-gap": ("strength", "gap"),
    "gap-range": ("low", "high"),
    "has": ("career", "strengths"),
    "gets": ("career", "strengths"),
    "level": ("labels",),
    "different": ("labels",),
    "nothing-decides.one": ("n",),
    "nothing-decides.other": ("n",),
    "one-sided.one": ("n", "total", "labels"),
    "one-sided.other": ("n", "total", "labels"),
    "apart": ("labels",),
    "weighed": ("career", "n", "other", "labels"),
    "weighed.tie": ("n",),
    "weighed.none": (),
    "open-ends": ("labels",),
    "no-figures": (),
    "leads-nowhere.none": ("career", "n"),
    "leads-nowhere.one": ("career", "n"),
    "leads-nowhere.other": ("career", "n"),
    "leads-nowhere-level.one": ("career", "n", "labels"),
    "leads-nowhere-level.other": ("career", "n", "labels"),
    "other-category": ("category",),
    "clause-category": ("category",),
    "own-skills": ("skills",),
    "clause-own-skills": ("skills",),
    "clause-shared-category": ("category",),
    "clause-shared-skills": ("skills",),
    "moves": ("skills", "moves"),
    "moves-shared.none": (),
    "moves-shared.one": ("n",),
    "moves-shared.other": ("n",),
    "moves-related.one": ("n",),
    "moves-related.other": ("n",),
    "moves.same": ("grade",),
    "moves.apart": ("to", "grade", "other"),
    "grade-word.easy": (),
    "grade-word.moderate": (),
    "grade-word.challenging": (),
    "grade-word.hard": (),
    "description-skills.none": (),
    "description-skills.one": ("n",),
    "description-skills.other": ("n",),
    "description-figures": ("label", "bare", "other"),
    "transition-covered.one": ("to", "total", "shared", "related"),
    "transition-covered.other": ("to", "total", "shared", "related"),
    "leader-among": ("label", "careers", "best", "value", "n"),
    "leader-among.many": ("label", "careers", "best", "value", "n"),
    "none-hold": ("n",),
    "best-reason": ("label", "best", "value"),
    "clause-best": ("label", "best", "value"),
    "best-reason.among": ("label", "best", "value", "n"),
    "clause-best.among": ("label", "best", "value", "n"),
    "leads-nowhere-many.none": ("career",),
    "leads-nowhere-many.one": ("career", "n"),
    "leads-nowhere-many.other": ("career", "n"),
}
"""What a locale words for all attributes and for everything that belongs to none; labels (`labels.py`) come beside it.
What its document does not word is worded as the newest seed does."""
