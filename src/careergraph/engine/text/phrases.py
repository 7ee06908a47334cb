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
"""What an attribute may word for itself. `value` shows a number, `spoken` the same inside of a sentence, `bare` without
what a second number of the sentence says too, `second` is that one, in its case; `gap` by how much two differ. `noun`
is what the attribute is called inside of a sentence, `strength` what it is to have the better of two values ("the
higher salary floor"), `best` the best of several. `figure` says one career's value; `advantage` that a career has the
better value (`value`, or just its `bare` number, against the `other` of its `rival`); `tie` that both have the same,
`all-same` that all `n` have; `trait` what a reader is like for whom the value speaks ("You want ..."); `shared` the
same where it speaks for both careers; `clause` and `clause-shared` say these two behind "Choose the career if you"."""

_NUMBERS = ("value", "spoken", "bare", "gap", "second")
_COUNTED = ("all-same",)
"""The phrases of a count of careers: each also in plural forms, behind its variant."""
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
    counted = [name for name in names if name.partition(".")[0] in _COUNTED]
    return names | {f"{name}.{form}": names[name] for name in counted for form in FORMS}


def _by_name(by_slots: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """The slots of each phrase by its name, from the names by their slots."""
    return {name: tuple(slots.split()) for slots, names in by_slots.items() for name in names.split()}


PLAIN_PHRASES = _by_name(
    {
        "": "yes no and from up-to versus lower-case same-sense minor-words roadmap.prepare roadmap.core "
        "roadmap.further no-figures lead-no-figures skills-shared.none no-skills.either moves-shared.none "
        "description-skills.none weighed.none "
        "grade-word.easy grade-word.moderate grade-word.challenging grade-word.hard",
        "name": "foreign",
        "label career value": "figure",
        "label strength career value bare rival other": "advantage.higher advantage.lower advantage.low advantage.high",
        "label value": "tie roadmap.figure",
        "label strength value bare other": "trait.higher trait.lower trait.low trait.high clause",
        "label first second": "not-comparable.currency not-comparable.period not-comparable.basis not-comparable.unit "
        "not-comparable.edition not-comparable.region",
        "label row": "not-comparable.same-row not-comparable.same-estimate",
        "value row": "figure-of-row figure-from-row",
        "value": "at-least",
        "label": "not-comparable.same-figure strength best",
        "careers": "no-skills",
        "category": "shared-category clause-shared-category other-category clause-category",
        "n": "skills-shared.unnamed",
        "first last": "and-besides",
        "first second": "because.edge",
        "skill": "because.concept",
        "from to": "transition-grade.easy transition-grade.moderate transition-grade.challenging transition-grade.hard "
        "transition-work.near transition-work.field transition-work.other transition-preparation.none "
        "transition-unknown",
        "to": "transition-months.none",
        "from to points skills work time hurdles least": "transition-points-least",
        "label to value from other": "transition-higher",
        "label value bare": "clause.trait",
        "value label": "clause-shared",
        "strength bare other": "strength-figures",
        "strength gap": "strength-gap",
        "low high": "gap-range open-range",
        "career strengths": "has gets",
        "career n other labels": "weighed",
        "career n": "leads-nowhere.none",
        "career": "leads-nowhere-many.none",
        "skills moves": "moves",
        "grade": "moves.same",
        "to grade other": "moves.apart",
        "label bare other": "description-figures",
        "best value": "best-figure",
        "best": "best-end.low best-end.high",
        "label best value": "best-reason clause-best",
        "label best value n among": "best-reason.among clause-best.among",
    }
)
"""The phrases that a locale words in one form, with their slots."""

COUNTED_PHRASES = _by_name(
    {
        "n": "more more-common nothing-decides lead-nothing-decides skills-related moves-shared moves-related "
        "moves-related-only description-skills none-hold weighed.tie among",
        "n common": "more-mixed",
        "n skills": "skills-shared",
        "n skill": "all-hold",
        "n to": "transition-months transition-preparation transition-training",
        "from to points skills work time hurdles": "transition-points",
        "n total labels": "one-sided one-sided-all lead-one-sided lead-one-sided-all",
        "career n": "leads-nowhere leads-nowhere-many",
        "career n labels": "leads-nowhere-level",
        "to total shared related": "transition-covered transition-shared transition-related transition-uncovered",
        "label careers best value n": "leader",
        "label careers best value n among": "leader-among",
        "label value n": "all-same",
        "skills": "own-skills clause-own-skills shared-skills clause-shared-skills",
        "labels": "level different apart open-ends lead-level lead-different lead-apart lead-open-ends",
    }
)
"""The phrases that a locale words in its plural forms (`more.one`, `more.few`, `more.other`), or in one form
for all counts (`more`). The forms of `leader` and `leader-among` are by the number of leaders; those of `one-sided` by
`n`, of `transition-covered` by `total`,
of `transition-points` by `points`."""

LOCALE_PHRASES: Mapping[str, tuple[str, ...]] = {
    **PLAIN_PHRASES,
    **COUNTED_PHRASES,
    **{f"{name}.{form}": slots for name, slots in COUNTED_PHRASES.items() for form in FORMS},
}
"""All phrases of a locale but its labels (`labels.py`). A phrase that its document lacks is worded as in the newest
seed."""
