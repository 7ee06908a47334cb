"""The names of all phrases, and the slots each may use. Content is checked against these tables.

An attribute's own phrases are tried first, the locale's general ones second, each in the requested locale before any
fallback. A phrase may come in variants, written behind a dot, which are tried before the bare name: `trait.yes`.
"""

from collections.abc import Iterator, Mapping

from careergraph.engine.content.attribute import Attribute, ValueKind
from careergraph.engine.content.plural import FORMS

ATTRIBUTE_PHRASES: Mapping[str, tuple[str, ...]] = {
    "value": ("n", "unit", "scale"),
    "spoken": ("n", "unit", "scale"),
    "bare": ("n", "unit", "scale"),
    "gap": ("n", "unit", "scale"),
    "second": ("n", "unit", "scale"),
    "noun": (),
    "strength": ("label",),
    "best": ("label",),
    "figure": ("label", "career", "value"),
    "advantage": ("label", "strength", "career", "value", "bare", "rival", "other"),
    "tie": ("label", "value"),
    "all-same": ("label", "value", "n"),
    "trait": ("label", "strength", "value", "bare", "other"),
    "clause": ("label", "strength", "value", "bare", "other"),
    "shared": ("label", "value"),
    "clause-shared": ("label", "value"),
}
"""What an attribute may word for itself. `value` shows a number, `spoken` the same inside of a sentence, `bare`
without what a second number of the sentence says too, `second` is that one, in its case; `gap` by how much two
differ. `noun` is what the attribute is called inside of a sentence, `strength` what it is to have the better of two
values ("the higher salary floor"), `best` the best of several. `figure` says one career's value; `advantage` that a
career has the better value (`value`, or just its `bare` number, against the `other` of its `rival`); `tie` that both
have the same, `all-same` that all `n` have; `trait` what a reader is like for whom the value speaks ("You want ...");
`shared` the same where it speaks for both careers; `clause` and `clause-shared` say these two behind "Choose the
career if you"."""

_NUMBERS = ("value", "spoken", "bare", "gap", "second")
_ENDS = ("low", "high")
_OTHER_ENDS = ("low-percentile", "high-percentile", "low-estimate", "high-estimate")
_COMPARED = ("more", "less")
_ANSWERS = ("yes", "no")


def attribute_variants(attribute: Attribute, phrase: str) -> Iterator[str]:
    """The variants of one of the attribute's phrases."""
    if phrase in _NUMBERS:
        yield from FORMS if attribute.kind is ValueKind.NUMBER else ()
        return
    if phrase in ("trait", "clause") and attribute.kind in (ValueKind.NUMBER, ValueKind.LEVEL):
        yield from _COMPARED
    if attribute.kind is ValueKind.MONEY_RANGE:
        yield from (*_ENDS, *_OTHER_ENDS) if phrase in ("advantage", "trait", "clause", "strength") else ()
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


PLAIN_PHRASES: Mapping[str, tuple[str, ...]] = {
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
    "skills-shared.none": (),
    "skills-shared.unnamed": ("n",),
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
    "transition-months.none": ("to",),
    "transition-higher": ("label", "to", "value", "from", "other"),
    "lower-case": (),
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
    "weighed": ("career", "n", "other", "labels"),
    "weighed.none": (),
    "no-figures": (),
    "lead-no-figures": (),
    "leads-nowhere.none": ("career", "n"),
    "other-category": ("category",),
    "clause-category": ("category",),
    "clause-shared-category": ("category",),
    "moves": ("skills", "moves"),
    "moves-shared.none": (),
    "moves.same": ("grade",),
    "moves.apart": ("to", "grade", "other"),
    "grade-word.easy": (),
    "grade-word.moderate": (),
    "grade-word.challenging": (),
    "grade-word.hard": (),
    "description-skills.none": (),
    "description-figures": ("label", "bare", "other"),
    "best-figure": ("best", "value"),
    "best-reason": ("label", "best", "value"),
    "clause-best": ("label", "best", "value"),
    "best-reason.among": ("label", "best", "value", "n", "among"),
    "clause-best.among": ("label", "best", "value", "n", "among"),
    "leads-nowhere-many.none": ("career",),
}
"""What a locale words in one form."""

COUNTED_PHRASES: Mapping[str, tuple[str, ...]] = {
    "skills-shared": ("n", "skills"),
    "skills-related": ("n",),
    "transition-months": ("n", "to"),
    "more": ("n",),
    "nothing-decides": ("n",),
    "one-sided": ("n", "total", "labels"),
    "leads-nowhere": ("career", "n"),
    "leads-nowhere-level": ("career", "n", "labels"),
    "moves-shared": ("n",),
    "moves-related": ("n",),
    "description-skills": ("n",),
    "transition-covered": ("to", "total", "shared", "related"),
    "leads-nowhere-many": ("career", "n"),
    "leader": ("label", "careers", "best", "value", "n"),
    "leader-among": ("label", "careers", "best", "value", "n", "among"),
    "all-same": ("label", "value", "n"),
    "all-hold": ("n", "skill"),
    "none-hold": ("n",),
    "weighed.tie": ("n",),
    "own-skills": ("skills",),
    "clause-own-skills": ("skills",),
    "shared-skills": ("skills",),
    "clause-shared-skills": ("skills",),
    "level": ("labels",),
    "different": ("labels",),
    "apart": ("labels",),
    "open-ends": ("labels",),
    "among": ("n",),
    "moves-related-only": ("n",),
    "transition-uncovered": ("to", "total", "shared", "related"),
    "lead-level": ("labels",),
    "lead-different": ("labels",),
    "lead-apart": ("labels",),
    "lead-open-ends": ("labels",),
    "lead-nothing-decides": ("n",),
    "lead-one-sided": ("n", "total", "labels"),
}
"""What a locale words in the plural forms that it has: `more.one`, `more.few`, `more.other`; or in one form for all
counts, without any (`more`). Those of `leader` and `leader-among` are by how many lead; those of `one-sided` and
`transition-covered` by `n` and by `total`."""

LOCALE_PHRASES: Mapping[str, tuple[str, ...]] = {
    **PLAIN_PHRASES,
    **COUNTED_PHRASES,
    **{f"{name}.{form}": slots for name, slots in COUNTED_PHRASES.items() for form in FORMS},
}
"""What a locale words for all attributes and for everything that belongs to none; labels (`labels.py`) come beside it.
What its document does not word is worded as the newest seed does."""
